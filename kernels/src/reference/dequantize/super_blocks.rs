//! Blocks of 256 elements (the "k-quants", <https://github.com/ggml-org/llama.cpp/pull/1684>).

use super::half_at::half_at;

/// Elements of a block.
const LEN: usize = 256;

/// Eight parts of 32, `x = d · s · q - dmin · m` with a scale `s` and a minimum `m` per part: `d`
/// and `dmin` as `f16`, 12 bytes of scales and minima, then 32 bytes for two parts each, the low
/// nibbles being the first part.
pub(super) fn q4_k(block: &[u8; 144], out: &mut [f32; LEN]) {
    let (scales, quants) = (&block[4..16], &block[16..]);
    for (pair, (out, q)) in out.chunks_exact_mut(64).zip(quants.chunks_exact(32)).enumerate() {
        let (low, high) = out.split_at_mut(32);
        let (scale, min) = part(block, scales, 2 * pair);
        for (out, q) in low.iter_mut().zip(q) {
            *out = scale * f32::from(q & 15) - min;
        }
        let (scale, min) = part(block, scales, 2 * pair + 1);
        for (out, q) in high.iter_mut().zip(q) {
            *out = scale * f32::from(q >> 4) - min;
        }
    }
}

/// As `q4_k`, with a fifth bit: between scales and nibbles, 32 bytes of which bit `p` of byte `i`
/// belongs to element `i` of part `p`.
pub(super) fn q5_k(block: &[u8; 176], out: &mut [f32; LEN]) {
    let (scales, fifth, quants) = (&block[4..16], &block[16..48], &block[48..]);
    for (pair, (out, q)) in out.chunks_exact_mut(64).zip(quants.chunks_exact(32)).enumerate() {
        let (low, high) = out.split_at_mut(32);
        let (scale, min) = part(block, scales, 2 * pair);
        for ((out, q), fifth) in low.iter_mut().zip(q).zip(fifth) {
            *out = scale * f32::from(q & 15 | (fifth >> (2 * pair) & 1) << 4) - min;
        }
        let (scale, min) = part(block, scales, 2 * pair + 1);
        for ((out, q), fifth) in high.iter_mut().zip(q).zip(fifth) {
            *out = scale * f32::from(q >> 4 | (fifth >> (2 * pair + 1) & 1) << 4) - min;
        }
    }
}

/// Scale and minimum of a part of `q4_k` or `q5_k`, multiplied by the block's.
fn part(block: &[u8], scales: &[u8], part: usize) -> (f32, f32) {
    let (scale, min) = six_bits(scales, part);
    (half_at(block, 0) * f32::from(scale), half_at(block, 2) * f32::from(min))
}

/// Eight scales and eight minima of six bits in 12 bytes: those of parts 0-3 are the low bits of
/// bytes 0-3 and 4-7; those of parts 4-7 have their low four bits in bytes 8-11 and their high two
/// in what is left of bytes 0-3 and 4-7.
#[inline]
fn six_bits(scales: &[u8], part: usize) -> (u8, u8) {
    if part < 4 {
        return (scales[part] & 63, scales[part + 4] & 63);
    }
    let low = scales[part + 4];
    (low & 15 | scales[part - 4] >> 6 << 4, low >> 4 | scales[part] >> 6 << 4)
}

/// Sixteen parts of 16, `x = d · s · (q - 32)`: low four bits, high two bits, 16 signed scales, `d`
/// as `f16`. Each half of the block is four runs of 32 elements: 64 bytes hold the low bits of runs
/// 0 and 1 (low nibbles) and of runs 2 and 3 (high nibbles), 32 bytes the high bits, two per run.
pub(super) fn q6_k(block: &[u8; 210], out: &mut [f32; LEN]) {
    let (low, high, scales) = (&block[..128], &block[128..192], &block[192..208]);
    let d = half_at(block, 208);
    for (i, (out, scale)) in out.chunks_exact_mut(16).zip(scales).enumerate() {
        let (half, run, start) = (i / 8, i / 2 % 4, i % 2 * 16);
        let low = &low[64 * half + 32 * (run % 2) + start..][..16];
        let high = &high[32 * half + start..][..16];
        let scale = d * f32::from(scale.cast_signed());
        for ((out, low), high) in out.iter_mut().zip(low).zip(high) {
            let q = low >> (4 * (run / 2)) & 15 | (high >> (2 * run) & 3) << 4;
            *out = scale * (f32::from(q) - 32.0);
        }
    }
}
