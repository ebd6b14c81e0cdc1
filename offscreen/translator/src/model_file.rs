//! A model file of Marian, as far as it must be sound before `fxtranslate` reads it: that crate takes
//! lengths, shapes and names on trust and ends the program where they lie.
//!
//! ```text
//! version 1 | number of tensors
//! for each: length of its name, type, number of dimensions, bytes of its data   (64 bits each)
//! the names | the dimensions (32 bits each) | bytes of padding, and these | the data
//! ```
//!
//! 8-bit weights are followed by the factor that they were multiplied by.

use crate::cursor::Cursor;
use crate::error::Error;
use std::collections::HashMap;

const WHAT: &str = "model file";

/// The only version there is.
const VERSION: u64 = 1;

/// Types of tensors: 32-bit floats, and 8-bit weights for integer products.
const F32: u64 = 0x404;
const INT8: u64 = 0x4101;

/// Plain bytes: the description of the model.
const BYTES: u64 = 0x101;

/// More than any model has.
const MOST_TENSORS: u64 = 4096;
const LONGEST_NAME: u64 = 256;
const WIDEST: usize = 4096;
const WIDEST_INNER: usize = 16_384;
const DEEPEST: usize = 24;
const LARGEST_VOCABULARY: usize = 1 << 18;

/// Of what size a sound model is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Sizes {
    /// Words that it reads.
    pub(crate) source: usize,
    /// Words that it writes.
    pub(crate) target: usize,
}

/// A tensor as the file describes it.
struct Tensor<'a> {
    ty: u64,
    shape: Vec<usize>,
    data: &'a [u8],
}

impl Tensor<'_> {
    /// The factor behind 8-bit weights.
    fn factor(&self) -> Option<f32> {
        let behind = self.data.get(self.shape.iter().product()..)?;
        Some(f32::from_le_bytes(*behind.first_chunk()?))
    }
}

/// The tensors of a sound file.
struct Tensors<'a>(HashMap<&'a str, Tensor<'a>>);

/// Checks a file, so that reading it and computing with it cannot fail.
pub(crate) fn check(bytes: &[u8]) -> Result<Sizes, Error> {
    let tensors = Tensors::read(bytes)?;
    let settings = Settings::of(&tensors)?;
    let shared = tensors.0.contains_key("Wemb");
    let (source, target) = if shared { ("Wemb", "Wemb") } else { ("encoder_Wemb", "decoder_Wemb") };
    let (source, target) =
        (tensors.embedding(source, settings.width)?, tensors.embedding(target, settings.width)?);
    // `fxtranslate` would take the table for weights, and drop it.
    const READ_AS_WEIGHTS: &str = "encoder_Wemb_QuantMultA";
    if tensors.0.get(READ_AS_WEIGHTS).is_some_and(|tensor| tensor.ty == F32) {
        return Err(Error::Tensor(READ_AS_WEIGHTS.to_owned()));
    }
    tensors.check_layers(settings)?;
    tensors.check_output(target)?;
    Ok(Sizes { source, target })
}

impl<'a> Tensors<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, Error> {
        let mut cursor = Cursor::new(bytes, WHAT);
        if cursor.u64()? != VERSION {
            return Err(Error::Magic(WHAT));
        }
        let count = cursor.u64()?;
        limit("the number of tensors", count, MOST_TENSORS)?;
        let mut headers = Vec::new();
        for _ in 0..count {
            headers.push([cursor.u64()?, cursor.u64()?, cursor.u64()?, cursor.u64()?]);
        }
        let mut names = Vec::new();
        for &[length, ..] in &headers {
            limit("the length of a name", length, LONGEST_NAME)?;
            let name = cursor.take(length)?;
            let name = name.split(|byte| *byte == 0).next().unwrap_or_default();
            names.push(str::from_utf8(name).map_err(|_| Error::Truncated(WHAT))?);
        }
        let mut shapes = Vec::new();
        for (&[_, _, dimensions, _], name) in headers.iter().zip(&names) {
            let odd = || Error::Tensor((*name).to_owned());
            if !(1..=2).contains(&dimensions) {
                return Err(odd());
            }
            let mut shape = Vec::new();
            for _ in 0..dimensions {
                let size = usize::try_from(cursor.i32()?).map_err(|_| odd())?;
                shape.push(Some(size).filter(|size| *size > 0).ok_or_else(odd)?);
            }
            shapes.push(shape);
        }
        let padding = cursor.u64()?;
        cursor.take(padding)?;
        let mut tensors = HashMap::new();
        for ((&[_, ty, _, length], name), shape) in headers.iter().zip(names).zip(shapes) {
            let data = cursor.take(length)?;
            let elements = shape.iter().try_fold(1_usize, |product, size| product.checked_mul(*size));
            let bytes = elements.and_then(|count| match ty {
                F32 => count.checked_mul(4),
                INT8 => count.checked_add(4),
                BYTES => Some(count),
                _ => None,
            });
            let sound = bytes.is_some_and(|bytes| bytes <= data.len());
            let tensor = Tensor { ty, shape, data };
            if !sound || tensors.insert(name, tensor).is_some() {
                return Err(Error::Tensor(name.to_owned()));
            }
        }
        // One matrix of floats is enough for the whole model to be taken for one of floats.
        let is_matrix = |tensor: &Tensor<'_>| tensor.shape.iter().filter(|size| **size > 1).count() > 1;
        match tensors.iter().find(|(_, tensor)| tensor.ty == F32 && is_matrix(tensor)) {
            Some((name, _)) => Err(Error::Tensor((*name).to_owned())),
            None => Ok(Self(tensors)),
        }
    }

    fn get(&self, name: &str) -> Result<&Tensor<'a>, Error> {
        self.0.get(name).ok_or_else(|| Error::Missing(name.to_owned()))
    }

    /// Checks a vector of floats; one number may stand for all.
    fn vector(&self, name: &str, length: usize) -> Result<(), Error> {
        let tensor = self.get(name)?;
        let sound = tensor.ty == F32 && tensor.shape.iter().product::<usize>() == length;
        if sound { Ok(()) } else { Err(Error::Tensor(name.to_owned())) }
    }

    /// Checks 8-bit weights, with the factors of theirs and of what they are multiplied with.
    fn weights(&self, name: &str, shape: [usize; 2]) -> Result<(), Error> {
        let tensor = self.get(name)?;
        if tensor.ty != INT8 || tensor.shape != shape || !tensor.factor().is_some_and(is_factor) {
            return Err(Error::Tensor(name.to_owned()));
        }
        self.activation(&format!("{name}_QuantMultA"))
    }

    /// Checks the factor of what is multiplied with weights.
    fn activation(&self, name: &str) -> Result<(), Error> {
        self.vector(name, 1)?;
        let factor = self.get(name)?.data.first_chunk().map(|bytes| f32::from_le_bytes(*bytes));
        if factor.is_some_and(is_factor) { Ok(()) } else { Err(Error::Tensor(name.to_owned())) }
    }

    /// The rows of a table of words.
    fn embedding(&self, name: &str, width: usize) -> Result<usize, Error> {
        let tensor = self.get(name)?;
        match tensor.shape[..] {
            [rows, columns]
                if tensor.ty == INT8
                    && columns == width
                    && rows <= LARGEST_VOCABULARY
                    && tensor.factor().is_some_and(is_factor) =>
            {
                Ok(rows)
            }
            _ => Err(Error::Tensor(name.to_owned())),
        }
    }

    fn check_layers(&self, settings: Settings) -> Result<(), Error> {
        let Settings { width, inner, .. } = settings;
        let square = |name: &str| self.weights(name, [width, width]);
        let attention = |name: &str| {
            for part in ["q", "k", "v", "o"] {
                square(&format!("{name}_W{part}"))?;
                self.vector(&format!("{name}_b{part}"), width)?;
            }
            self.norm(&format!("{name}_Wo"), width)
        };
        let feed_forward = |name: &str| {
            self.weights(&format!("{name}_W1"), [width, inner])?;
            self.vector(&format!("{name}_b1"), inner)?;
            self.weights(&format!("{name}_W2"), [inner, width])?;
            self.vector(&format!("{name}_b2"), width)?;
            self.norm(&format!("{name}_ffn"), width)
        };
        for layer in 1..=settings.encoder_layers {
            attention(&format!("encoder_l{layer}_self"))?;
            feed_forward(&format!("encoder_l{layer}_ffn"))?;
        }
        for layer in 1..=settings.decoder_layers {
            let cell = format!("decoder_l{layer}_rnn");
            square(&format!("{cell}_W"))?;
            square(&format!("{cell}_Wf"))?;
            self.vector(&format!("{cell}_bf"), width)?;
            self.norm(&format!("{cell}_ffn"), width)?;
            attention(&format!("decoder_l{layer}_context"))?;
            feed_forward(&format!("decoder_l{layer}_ffn"))?;
        }
        Ok(())
    }

    fn norm(&self, name: &str, width: usize) -> Result<(), Error> {
        let either = |name: &str| self.vector(name, width).or_else(|_| self.vector(name, 1));
        either(&format!("{name}_ln_scale"))?;
        let bias = format!("{name}_ln_bias");
        if self.0.contains_key(bias.as_str()) { either(&bias) } else { Ok(()) }
    }

    /// Checks what stands between the last layer and the words: the factor of what is multiplied with
    /// their table is named `none` where the table is shared.
    fn check_output(&self, words: usize) -> Result<(), Error> {
        const BIAS: &str = "decoder_ff_logit_out_b";
        if self.0.contains_key(BIAS) {
            self.vector(BIAS, words)?;
        }
        const SHARED: &str = "none_QuantMultA";
        if self.0.get(SHARED).is_some_and(|tensor| tensor.ty == F32) {
            return self.activation(SHARED);
        }
        let name = "decoder_Wemb_QuantMultA";
        let tensor = self.get(name)?;
        let value = tensor.data.first().map(|byte| f32::from(byte.cast_signed()));
        let factor = tensor.factor().zip(value).map(|(factor, value)| value / factor);
        let sound = tensor.ty == INT8 && factor.is_some_and(is_factor);
        if sound { Ok(()) } else { Err(Error::Tensor(name.to_owned())) }
    }
}

/// Whether a number can be one that weights were multiplied by: products and quotients of two are no
/// infinity.
fn is_factor(value: f32) -> bool {
    (1e-9..1e9).contains(&value)
}

/// How the model is built.
#[derive(Clone, Copy)]
struct Settings {
    width: usize,
    inner: usize,
    encoder_layers: usize,
    decoder_layers: usize,
}

impl Settings {
    /// From the description in the model: YAML, of which `fxtranslate` reads lines too.
    fn of(tensors: &Tensors<'_>) -> Result<Self, Error> {
        const NAME: &str = "special:model.yml";
        let text = str::from_utf8(tensors.get(NAME)?.data).map_err(|_| Error::Tensor(NAME.to_owned()))?;
        let get = |key: &str, what: &'static str, most: usize| {
            let values =
                text.lines().filter_map(|line| line.trim().strip_prefix(key)?.trim().strip_prefix(':'));
            let value: usize = values
                .filter_map(|value| value.trim().parse().ok())
                .next()
                .ok_or_else(|| Error::Missing(key.to_owned()))?;
            limit(what, value as u64, most as u64)?;
            Ok(value)
        };
        let width = get("dim-emb", "the model's width", WIDEST)?;
        let heads = get("transformer-heads", "the number of heads", WIDEST)?;
        if width < 4 || heads == 0 || !width.is_multiple_of(heads) {
            return Err(Error::Mismatch("the model's width is no multiple of its heads"));
        }
        Ok(Self {
            width,
            inner: get("transformer-dim-ffn", "the model's inner width", WIDEST_INNER)?,
            encoder_layers: get("enc-depth", "the number of layers", DEEPEST)?,
            decoder_layers: get("dec-depth", "the number of layers", DEEPEST)?,
        })
    }
}

fn limit(what: &'static str, value: u64, most: u64) -> Result<(), Error> {
    if value > most { Err(Error::TooLarge { what, value }) } else { Ok(()) }
}
