use super::*;
use proptest::prelude::*;

fn expand(ty: TensorType, block: &[u8]) -> Vec<f32> {
    let mut out = vec![0.0; ty.block_len()];
    dequantize(ty, block, &mut out);
    out
}

#[test]
fn blocks_expand_as_laid_out() {
    let half = |x: f32| f16::from_f32(x).to_le_bytes().to_vec();
    let nibbles: Vec<u8> = (0_u8..16).map(|i| i | (15 - i) << 4).collect();
    let q4_0 = expand(TensorType::Q4_0, &[half(0.5), nibbles.clone()].concat());
    assert_eq!((q4_0[0], q4_0[15], q4_0[16], q4_0[31]), (-4.0, 3.5, 3.5, -4.0));
    let q4_1 = expand(TensorType::Q4_1, &[half(0.5), half(-1.0), nibbles].concat());
    assert_eq!((q4_1[0], q4_1[15], q4_1[16], q4_1[31]), (-1.0, 6.5, 6.5, -1.0));
    let bytes: Vec<u8> = (0_u8..32).map(|i| i.wrapping_sub(16)).collect();
    let q8_0 = expand(TensorType::Q8_0, &[half(2.0), bytes].concat());
    assert_eq!((q8_0[0], q8_0[16], q8_0[31]), (-32.0, 0.0, 30.0));
    assert_eq!(expand(TensorType::F16, &half(1.5)), [1.5]);
    assert_eq!(expand(TensorType::Bf16, &bf16::from_f32(-2.5).to_le_bytes()), [-2.5]);
    assert_eq!(expand(TensorType::F32, &7.25_f32.to_le_bytes()), [7.25]);
}

/// Element `i` of a block, in `f64` and one bit field at a time, as ggml's reference reads it.
fn naive(ty: TensorType, block: &[u8], i: usize) -> f64 {
    let half = |offset: usize| f64::from(f16::from_le_bytes([block[offset], block[offset + 1]]));
    let nibble = |start: usize, i: usize| block[start + i % 16] >> (i / 16 * 4) & 15;
    let fifth = |start: usize| (block[start + i / 8] >> (i % 8) & 1) * 16;
    let (part, place) = (i / 32, i % 32);
    let wide_nibble = |start: usize| block[start + part / 2 * 32 + place] >> (part % 2 * 4) & 15;
    // The twelve bytes at 4, as ggml's get_scale_min_k4.
    let k4 = |j: usize| {
        let s = &block[4..];
        if j < 4 {
            (s[j] & 63, s[j + 4] & 63)
        } else {
            ((s[j + 4] & 15) + (s[j - 4] / 64) * 16, s[j + 4] / 16 + (s[j] / 64) * 16)
        }
    };
    let scaled = |q: u8| half(0) * f64::from(k4(part).0) * f64::from(q) - half(2) * f64::from(k4(part).1);
    match ty {
        TensorType::Q8_0 => half(0) * f64::from(block[2 + i].cast_signed()),
        TensorType::Q4_0 => half(0) * (f64::from(nibble(2, i)) - 8.0),
        TensorType::Q4_1 => half(0) * f64::from(nibble(4, i)) + half(2),
        TensorType::Q5_0 => half(0) * (f64::from(nibble(6, i) + fifth(2)) - 16.0),
        TensorType::Q5_1 => half(0) * f64::from(nibble(8, i) + fifth(4)) + half(2),
        TensorType::Q4K => scaled(wide_nibble(16)),
        TensorType::Q5K => scaled(wide_nibble(48) + (block[16 + place] >> part & 1) * 16),
        TensorType::Q6K => {
            let (n, run, l) = (i / 128, i % 128 / 32, i % 32);
            let (low, high) = (block[64 * n + l + run % 2 * 32], block[128 + 32 * n + l]);
            let low = if run < 2 { low & 15 } else { low >> 4 };
            let q = f64::from(low + (high >> (2 * run) & 3) * 16) - 32.0;
            half(208) * f64::from(block[192 + 8 * n + l / 16 + 2 * run].cast_signed()) * q
        }
        _ => unreachable!("not a quantised type"),
    }
}

proptest! {
    #[test]
    fn agrees_with_f64(
        bytes in prop::collection::vec(any::<u8>(), 256), d in 0.001_f32..2.0, m in -2.0_f32..2.0,
    ) {
        for ty in TensorType::ALL.into_iter().filter(|ty| ty.is_quantized()) {
            let mut block = bytes[..ty.block_bytes()].to_vec();
            for (&at, value) in ty.halves().iter().zip([d, m]) {
                block[at..at + 2].copy_from_slice(&f16::from_f32(value).to_le_bytes());
            }
            // One rounding each of product and sum, of values up to 63 · 31 · d.
            let tolerance = 1e-6 * 128.0 * 32.0 * f64::from(d + m.abs());
            for (i, &found) in expand(ty, &block).iter().enumerate() {
                let exact = naive(ty, &block, i);
                prop_assert!((f64::from(found) - exact).abs() < tolerance, "{} element {i}: {found}, not {exact}", ty.name());
            }
        }
    }
}
