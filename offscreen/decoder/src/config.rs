use crate::Error;
use crate::backend::SET_ASIDE;
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

/// More than any model has: keeps later arithmetic far from overflow, on 32 bits too.
const MAX: usize = 1 << 24;

/// More than any width of a model that this engine could hold: activations, of many tokens at a time,
/// are as wide.
const MAX_WIDTH: usize = 1 << 17;

/// More than any vocabulary has.
const MAX_VOCAB: usize = 1 << 20;

/// Bases and factors beyond this are none: published ones end at ten million.
const MAX_ROPE: f32 = 1e12;

/// No epsilon is as large: published ones are a hundred-thousandth or less.
const MAX_EPS: f32 = 0.1;

/// Published scales lie between a hundredth and a hundred.
const MIN_SCALE: f32 = 1e-4;
const MAX_SCALE: f32 = 1e4;

impl Config {
    /// Reads and checks what every family states under the same names.
    ///
    /// # Errors
    /// [`Error::Gguf`] when a value is missing, [`Error::Config`] when one makes no sense.
    pub fn from_gguf(gguf: &Gguf) -> Result<Self, Error> {
        let family = gguf.str("general.architecture")?;
        let numbers = Numbers { gguf, family };
        let (width, heads) = (numbers.width("embedding_length")?, numbers.count("attention.head_count")?);
        let kv_heads = numbers.count_or("attention.head_count_kv", heads)?;
        check("attention.head_count_kv", kv_heads, heads.is_multiple_of(kv_heads))?;
        let head_dim = numbers.count_or("attention.key_length", width / heads)?;
        let is_even = head_dim > 0 && head_dim.is_multiple_of(2);
        check("attention.key_length", head_dim, is_even && head_dim <= 1024)?;
        // Values are as wide as keys, and whole heads are rotated: other models would run, and write
        // nonsense.
        for name in ["attention.value_length", "rope.dimension_count"] {
            let dim = numbers.count_or(name, head_dim)?;
            check(name, dim, dim == head_dim)?;
        }
        // No wider than a token's activation may be: both factors are small enough for 64 bits, not
        // for 32.
        check("attention.head_count", heads, heads as u64 * head_dim as u64 <= MAX_WIDTH as u64)?;
        let norm_eps = gguf.f32(&format!("{family}.attention.layer_norm_rms_epsilon"))?;
        check("attention.layer_norm_rms_epsilon", norm_eps, norm_eps > 0.0 && norm_eps <= MAX_EPS)?;
        Ok(Self {
            family: family.to_owned(),
            layers: numbers.count("block_count").and_then(|n| check("block_count", n, n <= 1024))?,
            ffn_width: numbers.width("feed_forward_length")?,
            context: numbers.count("context_length")?,
            vocab: vocab(gguf)?,
            width,
            heads,
            kv_heads,
            head_dim,
            rope_base: numbers.rope_or("rope.freq_base", 10_000.0)?,
            norm_eps,
        })
    }

    /// Bytes that a processor needs for a text of so many tokens, the weights left aside: keys and
    /// values, and the activations of `chunk` tokens at a time.
    pub(crate) fn text_bytes(&self, positions: usize, chunk: usize) -> u64 {
        let [width, ffn, vocab] = [self.width, self.ffn_width, self.vocab].map(|n| n as u64);
        let [q, kv] = [self.heads, self.kv_heads].map(|heads| heads as u64 * self.head_dim as u64);
        // As slots and scratch of a plan have them, about twice.
        let active = 4 * width + 4 * q + 6 * kv + 6 * ffn;
        let values = active * chunk as u64 + 16 * vocab;
        let cache = cache_bytes(self.cached_values() as u64, positions);
        values.saturating_mul(size_of::<f32>() as u64).saturating_add(cache)
    }

    /// Values that the KV cache keeps of a token.
    #[must_use]
    pub fn cached_values(&self) -> usize {
        2 * self.layers * self.kv_heads * self.head_dim
    }
}

/// Bytes that a KV cache of so many positions takes, with what is set aside of it for another adapter:
/// 16 bits a value, on every device, and a little for scales.
#[must_use]
pub fn cache_bytes(cached_values: u64, positions: usize) -> u64 {
    let positions = positions as u64 + positions.min(SET_ASIDE) as u64;
    positions.saturating_mul(cached_values).saturating_mul(17) / 8
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

    /// A width: at least two, because a matrix of one row could not be told from a vector.
    fn width(&self, name: &'static str) -> Result<usize, Error> {
        let width = self.count(name)?;
        check(name, width, (2..=MAX_WIDTH).contains(&width))
    }

    /// As [`Self::count`], where the file may leave it out.
    pub(crate) fn count_or(&self, name: &'static str, default: usize) -> Result<usize, Error> {
        match self.count(name) {
            Err(Error::Gguf(gguf::Error::Missing { .. })) => Ok(default),
            other => other,
        }
    }

    /// What something is multiplied by, where the file may leave it out.
    pub(crate) fn scale_or(&self, name: &'static str, default: f32) -> Result<f32, Error> {
        match self.gguf.f32(&format!("{}.{name}", self.family)) {
            Err(gguf::Error::Missing { .. }) => Ok(default),
            other => {
                other.map_err(Error::from).and_then(|n| check(name, n, (MIN_SCALE..=MAX_SCALE).contains(&n)))
            }
        }
    }

    /// A base of rotary frequencies, or what divides them, where the file may leave it out.
    pub(crate) fn rope_or(&self, name: &'static str, default: f32) -> Result<f32, Error> {
        match self.gguf.f32(&format!("{}.{name}", self.family)) {
            Err(gguf::Error::Missing { .. }) => Ok(default),
            other => other.map_err(Error::from).and_then(|n| check(name, n, (1.0..=MAX_ROPE).contains(&n))),
        }
    }
}

/// The vocabulary is as large as the embedding table has rows.
fn vocab(gguf: &Gguf) -> Result<usize, Error> {
    let name = "token_embd.weight";
    let table = gguf.tensor(name).ok_or_else(|| Error::MissingTensor(name.to_owned()))?;
    let rows = table.shape.get(1).copied().unwrap_or(1);
    let rows = usize::try_from(rows).unwrap_or(usize::MAX);
    check("vocabulary", rows, (2..=MAX_VOCAB).contains(&rows))
}

fn check<T: ToString>(key: &'static str, value: T, ok: bool) -> Result<T, Error> {
    if ok { Ok(value) } else { Err(Error::Config { key, value: value.to_string() }) }
}
