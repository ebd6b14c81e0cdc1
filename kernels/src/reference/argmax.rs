/// Index of the largest value; the first of equals, as every backend must agree on ties. NaN never
/// wins.
///
/// Returns 0 for an empty slice.
#[must_use]
pub fn argmax(values: &[f32]) -> usize {
    let mut best = 0;
    let mut best_value = f32::NEG_INFINITY;
    for (i, &value) in values.iter().enumerate() {
        if value > best_value {
            best = i;
            best_value = value;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::argmax;

    #[test]
    fn first_of_equals_wins_and_nan_never() {
        assert_eq!(argmax(&[1.0, 3.0, 3.0, 2.0]), 1);
        assert_eq!(argmax(&[f32::NAN, -5.0, f32::NAN]), 1);
        assert_eq!(argmax(&[]), 0);
    }
}
