//! Caches and what is in them.

use crate::harness::read;
use half::f16;
use kernels::gpu::{Context, KvCache};
use kernels::ops::KvFormat;
use kernels::reference;

/// Every format.
pub(crate) const FORMATS: [KvFormat; 3] = [KvFormat::F32, KvFormat::F16, KvFormat::Q8_0];

/// Normalised mean square error of what is written: a device may round to 16 bits either way, and a
/// quotient to the byte beside it.
pub(crate) const NMSE_WRITTEN: f64 = 1e-6;

/// A multiple of 4 that heads of `format` may have, about `quads` times 4.
pub(crate) fn head_dim(format: KvFormat, quads: usize) -> usize {
    (4 * quads).next_multiple_of(if format == KvFormat::Q8_0 { 32 } else { 4 })
}

/// Rows on the processor, rounded, and a cache that holds them and an entry of NaN after them.
pub(crate) fn filled(
    gpu: &Context,
    format: KvFormat,
    (kv_heads, head_dim): (usize, usize),
    keys: &mut [f32],
    values: &mut [f32],
) -> KvCache {
    reference::store_kv(format, keys);
    reference::store_kv(format, values);
    let width = kv_heads * head_dim;
    let entries = keys.chunks_exact(width).zip(values.chunks_exact(width));
    let mut bytes: Vec<u8> = entries.flat_map(|(keys, values)| entry(format, keys, values)).collect();
    let positions = keys.len() / width;
    let cache = KvCache::new(gpu, positions + 1, kv_heads, head_dim, format).unwrap();
    // Bytes that are NaN as floats, as halves, and as the scales of Q8_0.
    bytes.resize(usize::try_from(cache.bytes()).unwrap(), 0xff);
    gpu.queue().write_buffer(cache.buffer(), 0, &bytes);
    cache
}

/// The entries of a cache: keys and values.
pub(crate) fn contents(gpu: &Context, cache: &KvCache) -> (Vec<f32>, Vec<f32>) {
    let bytes = read::<u8>(gpu, cache.buffer());
    let (width, entry) = (cache.width(), usize::try_from(cache.bytes()).unwrap() / cache.positions());
    let (mut keys, mut values) = (Vec::new(), Vec::new());
    for bytes in bytes.chunks_exact(entry).take(cache.positions()) {
        for (row, out) in [&mut keys, &mut values].into_iter().enumerate() {
            out.extend((0..width).map(|i| match cache.format() {
                KvFormat::F32 => f32::from_le_bytes(word(bytes, row * width + i)),
                KvFormat::F16 => half(bytes, row * width + i),
                KvFormat::Q8_0 => {
                    let quant = i8::from_le_bytes([bytes[row * width + i]]);
                    f32::from(quant) * half(bytes, width + 2 * (i / 32) + row)
                }
            }));
        }
    }
    (keys, values)
}

fn word(bytes: &[u8], index: usize) -> [u8; 4] {
    bytes[4 * index..4 * index + 4].try_into().unwrap()
}

fn half(bytes: &[u8], index: usize) -> f32 {
    f16::from_le_bytes([bytes[2 * index], bytes[2 * index + 1]]).to_f32()
}

/// The bytes of an entry that gives back exactly these values, which are rounded already.
fn entry(format: KvFormat, keys: &[f32], values: &[f32]) -> Vec<u8> {
    let both = || keys.iter().chain(values);
    match format {
        KvFormat::F32 => both().flat_map(|value| value.to_le_bytes()).collect(),
        KvFormat::F16 => both().flat_map(|&value| f16::from_f32(value).to_le_bytes()).collect(),
        KvFormat::Q8_0 => {
            // The largest of a rounded block is 127 times its scale.
            let scale = |block: &[f32]| {
                f16::from_f32(block.iter().fold(0.0_f32, |largest, value| largest.max(value.abs())) / 127.0)
            };
            #[expect(clippy::cast_possible_truncation, reason = "a quotient of up to 127")]
            let quants = |block: &[f32]| -> Vec<u8> {
                let scale = scale(block).to_f32();
                block.iter().flat_map(|value| ((value / scale).round() as i8).to_le_bytes()).collect()
            };
            let blocks = || keys.chunks_exact(32).zip(values.chunks_exact(32));
            let quants = keys.chunks_exact(32).chain(values.chunks_exact(32)).flat_map(quants);
            let scales = blocks().flat_map(|(key, value)| [scale(key), scale(value)]);
            quants.chain(scales.flat_map(f16::to_le_bytes)).collect()
        }
    }
}
