//! Weights that mean nothing, but keep a model's activations finite.

use gguf::TensorType;

/// A 16-bit float, little-endian: two to this power, from -14 to 15.
const fn power(exponent: i16) -> [u8; 2] {
    ((exponent + 15) << 10).to_le_bytes()
}

/// The same below zero.
const fn negative(exponent: i16) -> [u8; 2] {
    let [low, high] = power(exponent);
    [low, high | 0x80]
}

/// Fills a tensor: vectors with ones, blocks with random digits. Their scales make weights of about 1/25 around zero, so
/// that products of some thousand of them stay about as large as what they are products of.
pub(super) fn fill(ty: TensorType, bytes: &mut [u8], state: &mut u64) {
    if ty == TensorType::F32 {
        bytes.chunks_exact_mut(4).for_each(|value| value.copy_from_slice(&1.0_f32.to_le_bytes()));
        return;
    }
    randomize(bytes, state);
    for block in bytes.chunks_exact_mut(ty.block_bytes()) {
        // Where the 16-bit floats of a block lie, and what they shall be: a scale, and the least value or what is taken off.
        let floats: &[(usize, [u8; 2])] = match ty {
            TensorType::F32 => &[],
            TensorType::F16 | TensorType::Bf16 => {
                // Any sign and mantissa, an exponent that means -7 to -4.
                block[1] =
                    if ty == TensorType::F16 { block[1] & 0x8f | 0x20 } else { block[1] & 0x80 | 0x3d };
                &[]
            }
            TensorType::Q4_0 => &[(0, power(-7))],
            TensorType::Q4_1 => &[(0, power(-7)), (2, negative(-4))],
            TensorType::Q5_0 => &[(0, power(-8))],
            TensorType::Q5_1 => &[(0, power(-8)), (2, negative(-4))],
            TensorType::Q8_0 => &[(0, power(-11))],
            TensorType::Q4K => &[(0, power(-12)), (2, power(-9))],
            TensorType::Q5K => &[(0, power(-13)), (2, power(-9))],
            TensorType::Q6K => &[(208, power(-14))],
        };
        for &(at, value) in floats {
            block[at..at + 2].copy_from_slice(&value);
        }
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

    #[test]
    fn weights_of_every_type_are_small_and_around_zero() {
        let mut state = 1;
        for ty in TensorType::ALL.into_iter().filter(|&ty| ty != TensorType::F32) {
            let blocks = 65_536 / ty.block_len();
            let mut bytes = vec![0; blocks * ty.block_bytes()];
            fill(ty, &mut bytes, &mut state);
            let mut weights = vec![0.0; blocks * ty.block_len()];
            kernels::reference::dequantize(ty, &bytes, &mut weights);
            let mean = |values: &mut dyn Iterator<Item = f32>| values.sum::<f32>() / weights.len() as f32;
            let (offset, square) =
                (mean(&mut weights.iter().copied()), mean(&mut weights.iter().map(|weight| weight * weight)));
            assert!(offset.abs() < 0.02, "{}: mean {offset}", ty.name());
            assert!(
                (0.02..0.12).contains(&square.sqrt()),
                "{}: root mean square {}",
                ty.name(),
                square.sqrt()
            );
        }
    }
}
