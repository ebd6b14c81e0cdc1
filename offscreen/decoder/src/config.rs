use crate::Error;
use gguf::Gguf;

/// The numbers of a model, as its file states them.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// As in `general.architecture`.
    pub family: String,
    /// How many.
    pub layers: usize,
    /// Values of a token's activation between layers.
    pub width: usize,
    /// Query heads.
    pub heads: usize,
    /// Key and value heads: `heads` is a multiple.
    pub kv_heads: usize,
    /// Values per head: even.
    pub head_dim: usize,
    /// Values inside the feed-forward block.
    pub ffn_width: usize,
    /// Tokens in the vocabulary.
    pub vocab: usize,
    /// Positions the model was trained for.
    pub context: usize,
    /// Base of the rotary frequencies.
    pub rope_base: f32,
    /// Epsilon of RMSNorm.
    pub norm_eps: f32,
}

/// More than any width, vocabulary or context of a model that this engine could hold: keeps later
/// arithmetic far from overflow.
const MAX: usize = 1 << 24;

impl Config {
    /// Reads and checks what every family states under the same names.
    ///
    /// # Errors
    /// [`Error::Gguf`] when a value is missing, [`Error::Config`] when one makes no sense.
    pub fn from_gguf(gguf: &Gguf) -> Result<Self, Error> {
        let family = gguf.str("general.architecture")?;
        let numbers = Numbers { gguf, family };
        let (width, heads) = (numbers.count("embedding_length")?, numbers.count("attention.head_count")?);
        let kv_heads = numbers.count_or("attention.head_count_kv", heads)?;
        check("attention.head_count_kv", kv_heads, heads.is_multiple_of(kv_heads))?;
        let head_dim = numbers.count_or("attention.key_length", width / heads)?;
        check("attention.key_length", head_dim, head_dim.is_multiple_of(2) && head_dim <= 1024)?;
        // No wider than a token's activation may be. Both factors are small enough for 64 bits, not
        // for 32.
        check("attention.head_count", heads, heads as u64 * head_dim as u64 <= MAX as u64)?;
        let norm_eps = gguf.f32(&format!("{family}.attention.layer_norm_rms_epsilon"))?;
        check("attention.layer_norm_rms_epsilon", norm_eps, norm_eps.is_finite() && norm_eps >= 0.0)?;
        Ok(Self {
            family: family.to_owned(),
            layers: numbers.count("block_count").and_then(|n| check("block_count", n, n <= 1024))?,
            ffn_width: numbers.count("feed_forward_length")?,
            context: numbers.count("context_length")?,
            vocab: vocab(gguf)?,
            width,
            heads,
            kv_heads,
            head_dim,
            rope_base: numbers.at_least_one_or("rope.freq_base", 10_000.0)?,
            norm_eps,
        })
    }
}

/// The numbers that a file states under its family's name.
pub(crate) struct Numbers<'a> {
    pub(crate) gguf: &'a Gguf,
    pub(crate) family: &'a str,
}

impl Numbers<'_> {
    /// A number of things: at least one, and not absurdly many.
    pub(crate) fn count(&self, name: &'static str) -> Result<usize, Error> {
        let value = self.gguf.u32(&format!("{}.{name}", self.family))? as usize;
        check(name, value, value > 0 && value <= MAX)
    }

    /// As [`Self::count`], where the file may leave it out.
    pub(crate) fn count_or(&self, name: &'static str, default: usize) -> Result<usize, Error> {
        match self.count(name) {
            Err(Error::Gguf(gguf::Error::Missing { .. })) => Ok(default),
            other => other,
        }
    }

    /// A finite number of at least one, where the file may leave it out.
    pub(crate) fn at_least_one_or(&self, name: &'static str, default: f32) -> Result<f32, Error> {
        match self.gguf.f32(&format!("{}.{name}", self.family)) {
            Err(gguf::Error::Missing { .. }) => Ok(default),
            other => other.map_err(Error::from).and_then(|n| check(name, n, n.is_finite() && n >= 1.0)),
        }
    }
}

/// The vocabulary is as large as the embedding table has rows.
fn vocab(gguf: &Gguf) -> Result<usize, Error> {
    let name = "token_embd.weight";
    let table = gguf.tensor(name).ok_or_else(|| Error::MissingTensor(name.to_owned()))?;
    let rows = table.shape.get(1).copied().unwrap_or(1);
    let rows = usize::try_from(rows).unwrap_or(usize::MAX);
    check("vocabulary", rows, rows <= MAX)
}

fn check<T: ToString>(key: &'static str, value: T, ok: bool) -> Result<T, Error> {
    if ok { Ok(value) } else { Err(Error::Config { key, value: value.to_string() }) }
}
