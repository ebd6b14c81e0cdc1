/// Elements that share a scale.
const BLOCK: usize = 32;

/// Activations as 8-bit integers: element `i` is `scales[i / 32] · quants[i]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantized {
    /// `[token][width]`, in -127..=127.
    pub quants: Vec<i8>,
    /// `[token][block]`.
    pub scales: Vec<f32>,
    /// `[token][block]`: scale · Σ quants, what a weight block's offset is to be multiplied by.
    pub sums: Vec<f32>,
}

impl Quantized {
    /// The values that the integers stand for.
    #[must_use]
    pub fn values(&self) -> Vec<f32> {
        let blocks = self.quants.chunks_exact(BLOCK).zip(&self.scales);
        blocks.flat_map(|(quants, scale)| quants.iter().map(move |&q| scale * f32::from(q))).collect()
    }
}

/// Rounds whole blocks of 32 to integers, the largest of each block to 127.
#[must_use]
pub fn quantize(x: &[f32]) -> Quantized {
    let (blocks, _) = x.as_chunks::<BLOCK>();
    let mut result = Quantized { quants: Vec::new(), scales: Vec::new(), sums: Vec::new() };
    for block in blocks {
        let scale = block.iter().fold(0.0_f32, |most, x| most.max(x.abs())) / 127.0;
        let inverse = if scale > 0.0 { 1.0 / scale } else { 0.0 };
        #[expect(clippy::cast_possible_truncation, reason = "rounded, and the cast saturates")]
        let quants = block.map(|x| (x * inverse).round_ties_even() as i8);
        let sum: i16 = quants.iter().map(|&q| i16::from(q)).sum();
        result.quants.extend(quants);
        result.scales.push(scale);
        result.sums.push(scale * f32::from(sum));
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_within_half_a_step() {
        let x: Vec<f32> = (0_u8..96).map(|i| (f32::from(i) * 0.37).sin() * f32::from(i)).collect();
        let quantized = quantize(&x);
        let found = quantized.values();
        for (i, (found, x)) in found.iter().zip(&x).enumerate() {
            assert!((found - x).abs() <= quantized.scales[i / 32] * 0.5001, "{i}: {found} for {x}");
        }
        for (block, sum) in found.chunks(32).zip(&quantized.sums) {
            assert!((block.iter().sum::<f32>() - sum).abs() < 1e-3);
        }
    }

    #[test]
    fn nothing_stays_nothing() {
        assert_eq!(quantize(&[0.0; 32]).values(), [0.0; 32]);
    }
}
