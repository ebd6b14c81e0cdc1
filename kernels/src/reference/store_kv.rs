use crate::ops::KvFormat;
use half::f16;

/// Values that share a scale in [`KvFormat::Q8_0`].
const SCALED: usize = 32;

/// Rounds keys or values to what a cache of `format` gives back of them, in place. With
/// [`KvFormat::Q8_0`] rows are whole blocks of 32 values.
pub fn store_kv(format: KvFormat, rows: &mut [f32]) {
    match format {
        KvFormat::F32 => {}
        KvFormat::F16 => rows.iter_mut().for_each(|value| {
            *value = f16::from_f32(value.clamp(f16::MIN.to_f32(), f16::MAX.to_f32())).to_f32();
        }),
        KvFormat::Q8_0 => rows.chunks_exact_mut(SCALED).for_each(|block| {
            let largest = block.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
            let scale = f16::from_f32((largest / 127.0).min(f16::MAX.to_f32())).to_f32();
            let inverse = if largest > 0.0 { 127.0 / largest } else { 0.0 };
            block.iter_mut().for_each(|value| *value = (*value * inverse).round_ties_even() * scale);
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_no_further_than_the_format_says() {
        let exact: Vec<f32> = (0_u8..64).map(|i| (f32::from(i) * 0.7).sin() * f32::from(i)).collect();
        for (format, step) in
            [(KvFormat::F32, 0.0), (KvFormat::F16, 0.5 / 1024.0), (KvFormat::Q8_0, 0.51 / 127.0)]
        {
            let mut rounded = exact.clone();
            store_kv(format, &mut rounded);
            for (exact, rounded) in exact.chunks(32).zip(rounded.chunks(32)) {
                let largest = exact.iter().fold(0.0_f32, |largest, value| largest.max(value.abs()));
                let error = exact.iter().zip(rounded).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
                assert!(error <= step * largest, "{format:?}: {error} of {largest}");
                assert_eq!(error == 0.0, format == KvFormat::F32);
            }
        }
    }

    #[test]
    fn nothing_becomes_infinite_or_nan() {
        for format in [KvFormat::F16, KvFormat::Q8_0] {
            let mut rows = [0.0; 64];
            rows[3] = 1e9;
            store_kv(format, &mut rows);
            assert!(rows.iter().all(|value| value.is_finite()), "{format:?}");
            assert!(rows[32..].iter().all(|&value| value == 0.0), "{format:?}");
        }
    }
}
