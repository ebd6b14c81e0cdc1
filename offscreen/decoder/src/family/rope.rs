//! Rotary frequencies as a file states them.

use crate::config::Numbers;
use crate::{Error, Plan, TensorShape};
use gguf::Gguf;
use kernels::ops::rope_frequencies;

/// Frequencies of one base, slowed down by the factor that a model with linear scaling names
/// (position interpolation, Chen et al. 2023, <https://arxiv.org/abs/2306.15595>).
pub(super) fn frequencies(numbers: &Numbers<'_>, base: f32, head_dim: usize) -> Result<Vec<f32>, Error> {
    let factor = match numbers.gguf.str(&format!("{}.rope.scaling.type", numbers.family)) {
        Err(gguf::Error::Missing { .. }) | Ok("none") => 1.0,
        Ok("linear") => numbers.rope_or("rope.scaling.factor", 1.0)?,
        Ok(other) => return Err(Error::Config { key: "rope.scaling.type", value: other.to_owned() }),
        Err(error) => return Err(error.into()),
    };
    let mut frequencies = rope_frequencies(base, head_dim);
    frequencies.iter_mut().for_each(|frequency| *frequency /= factor);
    Ok(frequencies)
}

/// Frequencies that turn nothing, for layers that see no positions: a rotation by zero leaves every
/// value as it is.
pub(super) fn none(head_dim: usize) -> Vec<f32> {
    vec![0.0; head_dim / 2]
}

/// Llama 3's scaling: files hold a factor for each frequency.
pub(super) fn with_factors(plan: &mut Plan, gguf: &Gguf, head_dim: usize) {
    let name = "rope_freqs.weight";
    plan.rope_factors = gguf.tensor(name).map(|_| TensorShape::one(name.to_owned(), 1, head_dim / 2));
}
