/// `out[t] = x[t] / sqrt(mean(x[t]²) + eps) · weight` for each token's row of `weight.len()` values
/// (Zhang & Sennrich 2019, <https://arxiv.org/abs/1910.07467>).
pub fn rms_norm(x: &[f32], weight: &[f32], eps: f32, out: &mut [f32]) {
    let width = weight.len();
    for (x, out) in x.chunks_exact(width).zip(out.chunks_exact_mut(width)) {
        let square_sum: f32 = x.iter().map(|x| x * x).sum();
        let scale = 1.0 / (square_sum / width as f32 + eps).sqrt();
        for ((out, x), weight) in out.iter_mut().zip(x).zip(weight) {
            *out = x * scale * weight;
        }
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn agrees_with_f64() {
        let x: Vec<f32> = (0_u8..96).map(|i| (f32::from(i) * 0.37).sin() * 3.0).collect();
        let weight: Vec<f32> = (0_u8..48).map(|i| 0.5 + f32::from(i) / 48.0).collect();
        let mut out = vec![0.0; 96];
        super::rms_norm(&x, &weight, 1e-5, &mut out);
        for t in 0..2 {
            let row = &x[t * 48..(t + 1) * 48];
            let mean = row.iter().map(|&x| f64::from(x).powi(2)).sum::<f64>() / 48.0;
            for (i, &x) in row.iter().enumerate() {
                let exact = f64::from(x) / (mean + 1e-5).sqrt() * f64::from(weight[i]);
                assert!((f64::from(out[t * 48 + i]) - exact).abs() < 1e-5);
            }
        }
    }
}
