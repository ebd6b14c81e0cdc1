use super::dequantize;
use crate::Matrix;

/// `out[t] = table[ids[t]] · scale`: gathers and expands one row of the embedding table per token.
///
/// # Panics
/// When an id is not a row of the table: ids are checked where they enter the decoder.
pub fn embed(table: &Matrix<'_>, ids: &[u32], scale: f32, out: &mut [f32]) {
    for (&id, out) in ids.iter().zip(out.chunks_exact_mut(table.cols())) {
        dequantize(table.ty(), table.row(id as usize), out);
        if scale != 1.0 {
            out.iter_mut().for_each(|x| *x *= scale);
        }
    }
}

#[cfg(test)]
mod tests {
    use gguf::TensorType;

    #[test]
    fn gathers_rows() {
        let rows: Vec<u8> = [1.0_f32, 2.0, 3.0, 4.0].iter().flat_map(|x| x.to_le_bytes()).collect();
        let table = crate::Matrix::new(TensorType::F32, 2, 2, &rows).unwrap();
        let mut out = [0.0; 4];
        super::embed(&table, &[1, 0], 2.0, &mut out);
        assert_eq!(out, [6.0, 8.0, 2.0, 4.0]);
    }
}
