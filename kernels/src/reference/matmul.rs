use super::dequantize;
use super::dot::dot;
use crate::Matrix;

/// `out[t][r] = Σ_c weight[r][c] · x[t][c]`.
///
/// Each row is expanded once and used for every token, so a chunk of tokens costs little more than
/// one.
pub fn matmul(weight: &Matrix<'_>, x: &[f32], out: &mut [f32]) {
    let (rows, cols) = (weight.rows(), weight.cols());
    let mut expanded = vec![0.0; cols];
    for r in 0..rows {
        dequantize(weight.ty(), weight.row(r), &mut expanded);
        for (x, out) in x.chunks_exact(cols).zip(out.chunks_exact_mut(rows)) {
            out[r] = dot(&expanded, x);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use gguf::TensorType;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn agrees_with_f64(rows in 1_usize..9, cols in 1_usize..70, tokens in 1_usize..4, seed in any::<u32>()) {
            let value = |i: usize| ((i as f32 + f32::from((seed % 251) as u8)) * 0.731).sin();
            let weights: Vec<f32> = (0..rows * cols).map(value).collect();
            let bytes: Vec<u8> = weights.iter().flat_map(|w| w.to_le_bytes()).collect();
            let x: Vec<f32> = (0..tokens * cols).map(|i| value(i * 7 + 3)).collect();
            let mut out = vec![0.0; tokens * rows];
            matmul(&Matrix::new(TensorType::F32, rows, cols, &bytes).unwrap(), &x, &mut out);
            for t in 0..tokens {
                for r in 0..rows {
                    let exact: f64 = (0..cols)
                        .map(|c| f64::from(weights[r * cols + c]) * f64::from(x[t * cols + c]))
                        .sum();
                    prop_assert!((f64::from(out[t * rows + r]) - exact).abs() < 1e-4);
                }
            }
        }
    }
}
