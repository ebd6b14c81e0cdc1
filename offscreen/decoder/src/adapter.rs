//! LoRA adapters: small files that change what a model's matrices do, as llama.cpp writes them.
//!
//! An adapter is a GGUF file of `general.type` `adapter` and `adapter.type` `lora`. Of a matrix
//! `<name>` it holds `<name>.lora_a`, rows as long as the matrix's, and `<name>.lora_b`, a row for
//! each of the matrix's that is as long as A has rows: the rank. What is added to the matrix is
//! `adapter.lora.alpha / rank · B · A`. A key of our own, `sotto.base.sha256`, names the model file
//! that it was made for.

use crate::{Error, Part, Source, TensorShape};
use gguf::{Gguf, Tensor};
use half::f16;
use half::slice::HalfFloatSliceExt;
use kernels::LowRank;
use std::collections::BTreeSet;

/// What the names of the two halves end in.
const A: &str = ".lora_a";
const B: &str = ".lora_b";

/// The largest rank accepted: adapters of use have 4 to 32.
const MAX_RANK: usize = 64;

/// The largest `alpha` accepted, to either side of 0: those of use are about the rank.
const MAX_ALPHA: f32 = 4096.0;

/// The largest value accepted, to either side of 0: trained ones are below 1.
///
/// Ranks that differ within a weight multiply values of B by up to [`MAX_RANK`].
const MAX_VALUE: f32 = 512.0;

/// Values are multiplied by a power of two that brings the largest close to what 16 bits hold, so
/// that small ones keep their digits; by this one at most.
const MOST_SHIFT: i32 = 24;

/// The model that an adapter is to fit.
pub(crate) struct Base<'a> {
    /// As in `general.architecture`.
    pub(crate) family: &'a str,
    /// SHA-256 of its file in hexadecimal, where that is known.
    pub(crate) sha256: Option<&'a str>,
    /// Its weights, as they are placed.
    pub(crate) weights: &'a [TensorShape],
}

/// Reads an adapter: what it adds to each of the model's weights.
///
/// # Errors
/// [`Error::NoAdapter`], [`Error::OtherBase`] and [`Error::AdapterTensor`] for a file that does not
/// fit; [`Error::Gguf`] for a header that lacks something; [`Error::Read`].
pub(crate) fn read(
    header: &Gguf,
    source: &mut impl Source,
    base: &Base<'_>,
) -> Result<Vec<Option<LowRank>>, Error> {
    check(header, base)?;
    let alpha = alpha(header)?;
    let all = || base.weights.iter().flat_map(matrices);
    let names: BTreeSet<&str> = all().map(|part| &part.name[..]).collect();
    let known = |tensor: &&Tensor| {
        let name = tensor.name.strip_suffix(A).or_else(|| tensor.name.strip_suffix(B));
        name.is_some_and(|name| names.contains(name))
    };
    if let Some(tensor) = header.tensors.iter().find(|tensor| !known(tensor)) {
        return Err(refused(tensor, "is of no matrix that an adapter of this model can change"));
    }
    let mut most = [0.0_f32; 2];
    for part in all() {
        if let Some(pair) = Pair::find(header, part)? {
            most[0] = most[0].max(largest(pair.a, source)?);
            most[1] = most[1].max(largest(pair.b, source)?);
        }
    }
    let [a, b] = most.map(power);
    let mut updates = Vec::new();
    for weight in base.weights {
        let pairs = matrices(weight).map(|part| Pair::find(header, part)).collect::<Result<Vec<_>, _>>()?;
        let Some(rank) = pairs.iter().flatten().map(|pair| pair.rank).max() else {
            updates.push(None);
            continue;
        };
        let mut update = LowRank {
            rank,
            cols: weight.cols,
            parts: weight.parts.iter().map(|part| part.rows).collect(),
            scale: scale(alpha, rank) / (a * b),
            a: vec![f16::ZERO; rank * weight.cols * pairs.len()],
            b: vec![f16::ZERO; rank * weight.rows],
        };
        let mut first = 0;
        for (i, (part, pair)) in weight.parts.iter().zip(pairs).enumerate() {
            if let Some(pair) = pair {
                let rows = &mut update.a[i * rank * weight.cols..];
                copy(pair.a, source, a, rows, weight.cols)?;
                // Exact, unless the parts' ranks differ.
                let b = b * (scale(alpha, pair.rank) / scale(alpha, rank));
                copy(pair.b, source, b, &mut update.b[first * rank..], rank)?;
            }
            first += part.rows;
        }
        updates.push(Some(update));
    }
    Ok(updates)
}

/// Whether it is an adapter, and for this model.
fn check(header: &Gguf, base: &Base<'_>) -> Result<(), Error> {
    for (key, expected) in [("general.type", "adapter"), ("adapter.type", "lora")] {
        let found = header.str(key)?;
        if found != expected {
            return Err(Error::NoAdapter { key, value: found.to_owned() });
        }
    }
    let family = header.str("general.architecture")?;
    if family != base.family {
        let (made_for, model) = (family.to_owned(), base.family.to_owned());
        return Err(Error::OtherBase { made_for, model });
    }
    match (header.str("sotto.base.sha256"), base.sha256) {
        (Err(gguf::Error::Missing { .. }), _) | (Ok(_), None) => Ok(()),
        (Ok(made_for), Some(model)) if made_for.eq_ignore_ascii_case(model) => Ok(()),
        (Ok(made_for), Some(model)) => {
            Err(Error::OtherBase { made_for: made_for.to_owned(), model: model.to_owned() })
        }
        (Err(error), _) => Err(error.into()),
    }
}

fn alpha(header: &Gguf) -> Result<f32, Error> {
    let key = "adapter.lora.alpha";
    let alpha = header.f32(key)?;
    if alpha.abs() <= MAX_ALPHA { Ok(alpha) } else { Err(Error::NoAdapter { key, value: alpha.to_string() }) }
}

/// The tensors of a weight, if it is a matrix of a layer.
fn matrices(weight: &TensorShape) -> impl Iterator<Item = &Part> + Clone {
    let is_matrix = |part: &&Part| part.rows > 1 && part.name.starts_with("blk.");
    weight.parts.iter().filter(is_matrix)
}

/// The power of two by which values up to this one are multiplied.
#[expect(clippy::cast_possible_truncation, reason = "an exponent")]
fn power(largest: f32) -> f32 {
    // Below 2^9, which 16 bits hold [`MAX_RANK`] times.
    let shift = if largest > 0.0 { 8 - largest.log2().floor() as i32 } else { 0 };
    2.0_f32.powi(shift.clamp(0, MOST_SHIFT))
}

fn refused(tensor: &Tensor, problem: &'static str) -> Error {
    Error::AdapterTensor { name: tensor.name.clone(), problem }
}

/// A and B of a matrix.
#[derive(Clone, Copy)]
struct Pair<'a> {
    a: &'a Tensor,
    b: &'a Tensor,
    rank: usize,
}

impl<'a> Pair<'a> {
    /// What the file has of a matrix, if anything.
    fn find(header: &'a Gguf, part: &Part) -> Result<Option<Self>, Error> {
        let tensor = |end: &str| header.tensor(&format!("{}{end}", part.name));
        let (a, b) = match (tensor(A), tensor(B)) {
            (Some(a), Some(b)) => (a, b),
            (None, None) => return Ok(None),
            (Some(alone), None) | (None, Some(alone)) => {
                return Err(refused(alone, "stands without its other half"));
            }
        };
        let (cols, rank) = shape(a);
        if cols != part.cols as u64 {
            return Err(refused(a, "has rows of another length than the model's matrix"));
        }
        if shape(b) != (rank, part.rows as u64) {
            return Err(refused(
                b,
                "is not as wide as its other half is high, or not as high as the model's matrix",
            ));
        }
        let rank = usize::try_from(rank).ok().filter(|rank| (1..=MAX_RANK).contains(rank));
        let rank = rank.ok_or_else(|| refused(a, "has more rows than an adapter may have"))?;
        Ok(Some(Self { a, b, rank }))
    }
}

/// What the product of B and A is multiplied by.
fn scale(alpha: f32, rank: usize) -> f32 {
    // As llama.cpp takes an adapter that doesn't say.
    if alpha == 0.0 { 1.0 } else { alpha / rank as f32 }
}

/// The largest value to either side of 0.
fn largest(tensor: &Tensor, source: &mut impl Source) -> Result<f32, Error> {
    let values = values(tensor, source)?;
    if !values.iter().all(|value| value.abs() <= MAX_VALUE) {
        return Err(refused(tensor, "holds a value that none can have"));
    }
    Ok(values.iter().fold(0.0, |largest: f32, value| largest.max(value.abs())))
}

/// Writes a tensor's rows, times `scale`, to the beginning of rows of this width.
fn copy(
    tensor: &Tensor,
    source: &mut impl Source,
    scale: f32,
    out: &mut [f16],
    width: usize,
) -> Result<(), Error> {
    let mut values = values(tensor, source)?;
    values.iter_mut().for_each(|value| *value *= scale);
    let cols = usize::try_from(shape(tensor).0).unwrap_or(width);
    for (out, row) in out.chunks_mut(width).zip(values.chunks_exact(cols)) {
        out[..cols].convert_from_f32_slice(row);
    }
    Ok(())
}

/// Row length and number of rows.
fn shape(tensor: &Tensor) -> (u64, u64) {
    let rows = tensor.shape.iter().skip(1).fold(1_u64, |rows, &n| rows.saturating_mul(n));
    (tensor.shape.first().copied().unwrap_or(0), rows)
}

/// A tensor's values. It is as small as a matrix of the model allows.
fn values(tensor: &Tensor, source: &mut impl Source) -> Result<Vec<f32>, Error> {
    let mut bytes = vec![0; usize::try_from(tensor.len).unwrap_or(usize::MAX)];
    source.read_at(tensor.offset, &mut bytes)?;
    let mut values = vec![0.0; bytes.len() / tensor.ty.block_bytes() * tensor.ty.block_len()];
    kernels::reference::dequantize(tensor.ty, &bytes, &mut values);
    Ok(values)
}
