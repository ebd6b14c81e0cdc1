//! Weights that mean nothing, but keep a model's activations near one: for models that are only to be computed.

use gguf::{Tensor, TensorType};
use half::f16;
use kernels::reference;

/// How large weights are, as a root mean square: products of some thousand of them stay about as
/// large as what they are products of.
const SIZE: f32 = 0.04;

/// Fills a tensor: vectors around one, matrices around zero, of random bits under scales that make
/// weights of about `SIZE`. The same `state`, which is not 0, gives the same weights.
pub fn fill(tensor: &Tensor, bytes: &mut [u8], state: &mut u64) {
    randomize(bytes, state);
    let ty = tensor.ty;
    if ty == TensorType::F32 {
        let (middle, reach) = if tensor.shape.len() == 1 { (1.0, 0.25) } else { (0.0, 2.0 * SIZE) };
        for value in bytes.chunks_exact_mut(4) {
            let random = f32::from(value[0]) / 128.0 - 1.0;
            value.copy_from_slice(&(middle + reach * random).to_le_bytes());
        }
        return;
    }
    let scales = if ty.is_quantized() { scales(ty) } else { Vec::new() };
    for block in bytes.chunks_exact_mut(ty.block_bytes()) {
        match ty {
            // Any sign and mantissa, an exponent that means -7 to -4.
            TensorType::F16 => block[1] = block[1] & 0x8f | 0x20,
            TensorType::Bf16 => block[1] = block[1] & 0x80 | 0x3d,
            _ => set(ty, block, &scales),
        }
    }
}

/// The scale, and for types that have one the scale of minima, for random bits.
fn scales(ty: TensorType) -> Vec<f32> {
    /// Blocks whose weights are looked at: enough for a mean.
    const BLOCKS: usize = 256;
    let mut bytes = vec![0; BLOCKS * ty.block_bytes()];
    randomize(&mut bytes, &mut 1);
    let mut mean_and_size = |scales: [f32; 2]| {
        bytes.chunks_exact_mut(ty.block_bytes()).for_each(|block| set(ty, block, &scales));
        let mut weights = vec![0.0; BLOCKS * ty.block_len()];
        reference::dequantize(ty, &bytes, &mut weights);
        let mean = |values: &mut dyn Iterator<Item = f32>| values.sum::<f32>() / weights.len() as f32;
        let middle = mean(&mut weights.iter().copied());
        (middle, mean(&mut weights.iter().map(|weight| (weight - middle).powi(2))).sqrt())
    };
    let (middle, size) = mean_and_size([1.0, 0.0]);
    let scale = SIZE / size;
    match ty.halves() {
        [_, _] => vec![scale, -scale * middle / mean_and_size([0.0, 1.0]).0],
        _ => vec![scale],
    }
}

/// Sets the 16-bit floats of a block.
fn set(ty: TensorType, block: &mut [u8], scales: &[f32]) {
    for (&at, &scale) in ty.halves().iter().zip(scales) {
        block[at..at + 2].copy_from_slice(&f16::from_f32(scale).to_le_bytes());
    }
}

/// Random bytes (xorshift, Marsaglia 2003).
fn randomize(bytes: &mut [u8], state: &mut u64) {
    for bytes in bytes.chunks_mut(8) {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        bytes.copy_from_slice(&state.to_le_bytes()[..bytes.len()]);
    }
}

#[cfg(test)]
mod tests {
    use super::fill;
    use gguf::TensorType;
    use gguf::write::Writer;

    /// The mean of a tensor's weights, and the root of their mean square.
    fn moments(ty: TensorType, shape: &[u64]) -> (f32, f32) {
        let mut writer = Writer::new();
        writer.tensor("weights", ty, shape).expect("a small tensor");
        let mut weights = Vec::new();
        let _ = writer.to_bytes(|tensor, bytes| {
            fill(tensor, bytes, &mut 1);
            weights = vec![0.0; bytes.len() / ty.block_bytes() * ty.block_len()];
            kernels::reference::dequantize(ty, bytes, &mut weights);
        });
        let mean = |values: &mut dyn Iterator<Item = f32>| values.sum::<f32>() / weights.len() as f32;
        let square = mean(&mut weights.iter().map(|weight| weight * weight));
        (mean(&mut weights.iter().copied()), square.sqrt())
    }

    #[test]
    fn matrices_of_every_type_are_small_and_around_zero() {
        for ty in TensorType::ALL {
            let (mean, root) = moments(ty, &[256, 256]);
            assert!(mean.abs() < 0.02, "{}: mean {mean}", ty.name());
            assert!((0.02..0.12).contains(&root), "{}: root mean square {root}", ty.name());
        }
    }

    #[test]
    fn vectors_are_around_one() {
        let (mean, root) = moments(TensorType::F32, &[4096]);
        assert!((mean - 1.0).abs() < 0.02 && (root - 1.0).abs() < 0.02, "{mean}, {root}");
    }
}
