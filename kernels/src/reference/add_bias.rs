/// `x[t] += bias` for each token's row of `bias.len()` values.
pub fn add_bias(x: &mut [f32], bias: &[f32]) {
    for row in x.chunks_exact_mut(bias.len()) {
        super::add(row, bias);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn adds_to_each_row() {
        let mut x = [1.0, -2.0, 0.5, 4.0];
        super::add_bias(&mut x, &[0.5, 2.0]);
        assert_eq!(x, [1.5, 0.0, 1.0, 6.0]);
    }
}
