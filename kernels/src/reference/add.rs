/// `x += y`, element by element: the residual connection.
pub fn add(x: &mut [f32], y: &[f32]) {
    for (x, y) in x.iter_mut().zip(y) {
        *x += y;
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn adds_in_place() {
        let mut x = [1.0, -2.0, 0.5];
        super::add(&mut x, &[0.5, 2.0, 0.25]);
        assert_eq!(x, [1.5, 0.0, 0.75]);
    }
}
