/// `gate = silu(gate) · up`, with `silu(x) = x / (1 + e^-x)`: the gated unit of a SwiGLU
/// feed-forward block (Shazeer 2020, <https://arxiv.org/abs/2002.05202>).
pub fn silu_mul(gate: &mut [f32], up: &[f32]) {
    for (gate, up) in gate.iter_mut().zip(up) {
        *gate = *gate / (1.0 + (-*gate).exp()) * up;
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn agrees_with_f64() {
        for x in [-30.0_f32, -1.5, 0.0, 0.3, 20.0] {
            let mut gate = [x];
            super::silu_mul(&mut gate, &[0.7]);
            let exact = f64::from(x) / (1.0 + (-f64::from(x)).exp()) * 0.7;
            assert!((f64::from(gate[0]) - exact).abs() <= 1e-6 * exact.abs().max(1e-6), "{x}");
        }
    }
}
