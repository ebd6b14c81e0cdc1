/// `gate = gelu(gate) · up`, with `gelu(x) = x/2 · (1 + tanh(√(2/π) · (x + 0.044715 · x³)))`: the
/// gated unit of a GeGLU feed-forward block (Shazeer 2020, <https://arxiv.org/abs/2002.05202>) with
/// the tanh form of GELU (Hendrycks & Gimpel 2016, <https://arxiv.org/abs/1606.08415>).
pub fn gelu_mul(gate: &mut [f32], up: &[f32]) {
    /// `√(2/π)`.
    const ROOT: f32 = std::f32::consts::FRAC_2_SQRT_PI * std::f32::consts::FRAC_1_SQRT_2;
    for (gate, up) in gate.iter_mut().zip(up) {
        let x = *gate;
        // 1 + tanh(y) = 2 / (1 + e^-2y): one exponential.
        let y = ROOT * (x + 0.044_715 * x * x * x);
        *gate = x / (1.0 + (-2.0 * y).exp()) * up;
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn agrees_with_f64() {
        for x in [-30.0_f32, -1.5, -0.2, 0.0, 0.3, 2.0, 20.0] {
            let mut gate = [x];
            super::gelu_mul(&mut gate, &[0.7]);
            let x = f64::from(x);
            let inner = (2.0 / std::f64::consts::PI).sqrt() * (x + 0.044_715 * x.powi(3));
            let exact = 0.5 * x * (1.0 + inner.tanh()) * 0.7;
            assert!((f64::from(gate[0]) - exact).abs() <= 1e-6 * exact.abs().max(1.0), "{x}");
        }
    }
}
