use crate::Error;
use gguf::Gguf;

/// The numbers of a model, as its file states them.
#[derive(Clone, Debug, PartialEq)]
pub struct Config {
    /// Family, as in `general.architecture`.
    pub family: String,
    /// Layers.
    pub layers: usize,
    /// Values of a token's activation.
    pub width: usize,
    /// Query heads.
    pub heads: usize,
    /// Key and value heads.
    pub kv_heads: usize,
    /// Values per head.
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

/// More than any model this engine could hold: keeps later arithmetic far from overflow.
const MAX: usize = 1 << 24;

impl Config {
    /// Reads and checks what every family states under the same names.
    ///
    /// # Errors
    /// [`Error::Gguf`] when a value is missing, [`Error::Config`] when one makes no sense.
    pub fn from_gguf(gguf: &Gguf) -> Result<Self, Error> {
        let family = gguf.str("general.architecture")?.to_owned();
        let number = |name: &'static str| -> Result<usize, Error> {
            let value = gguf.u32(&format!("{family}.{name}"))? as usize;
            check(name, value, value > 0 && value <= MAX)
        };
        let or = |name: &'static str, default: usize| match number(name) {
            Err(Error::Gguf(gguf::Error::Missing { .. })) => Ok(default),
            other => other,
        };
        let (width, heads) = (number("embedding_length")?, number("attention.head_count")?);
        let kv_heads = or("attention.head_count_kv", heads)?;
        check("attention.head_count_kv", kv_heads, heads.is_multiple_of(kv_heads))?;
        let head_dim = or("attention.key_length", width / heads)?;
        check("attention.key_length", head_dim, head_dim.is_multiple_of(2) && head_dim <= 1024)?;
        let rope_base = float(gguf, &format!("{family}.rope.freq_base"), 10_000.0)?;
        check("rope.freq_base", rope_base, rope_base.is_finite() && rope_base >= 1.0)?;
        let norm_eps = gguf.f32(&format!("{family}.attention.layer_norm_rms_epsilon"))?;
        check("attention.layer_norm_rms_epsilon", norm_eps, norm_eps.is_finite() && norm_eps >= 0.0)?;
        Ok(Self {
            layers: number("block_count").and_then(|n| check("block_count", n, n <= 1024))?,
            ffn_width: number("feed_forward_length")?,
            context: number("context_length")?,
            vocab: vocab(gguf)?,
            family,
            width,
            heads,
            kv_heads,
            head_dim,
            rope_base,
            norm_eps,
        })
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

fn float(gguf: &Gguf, key: &str, default: f32) -> Result<f32, Error> {
    match gguf.f32(key) {
        Err(gguf::Error::Missing { .. }) => Ok(default),
        other => Ok(other?),
    }
}

fn check<T: ToString>(key: &'static str, value: T, ok: bool) -> Result<T, Error> {
    if ok { Ok(value) } else { Err(Error::Config { key, value: value.to_string() }) }
}
