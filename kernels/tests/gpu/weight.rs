use crate::harness::{Random, TYPES, device, few, input, nmse, output, result, run};
use gguf::TensorType;
use kernels::gpu::{Error, Step, Store, Weight, matmul};
use kernels::{Matrix, cpu};
use proptest::prelude::*;

proptest! {
    #![proptest_config(few(8))]

    #[test]
    fn pieces_may_be_cut_anywhere(
        ty in 0..TYPES.len(), rows in 1_usize..20, blocks in 1_usize..6, piece in 1_usize..200, seed: u64,
    ) {
        let (gpu, mut random, cols) = (device(), Random::new(seed), 32 * blocks);
        let bytes = random.blocks(TYPES[ty], rows, cols);
        let mut weight = Weight::new(&gpu, "test", TYPES[ty], rows, cols).unwrap();
        prop_assert_eq!(weight.bytes(), bytes.len() as u64);
        for (i, piece_bytes) in bytes.chunks(piece).enumerate() {
            weight.write(&gpu, (i * piece) as u64, piece_bytes).unwrap();
        }
        let x = random.values(cols);
        let mut expected = vec![0.0; rows];
        cpu::matmul(&Matrix::new(TYPES[ty], rows, cols, &bytes).unwrap(), &x, &mut expected);
        let (x, out, step) = (input(&gpu, &x, cols), output(&gpu, &vec![0.0; rows], rows), Step::new(&gpu));
        run(&gpu, &matmul(&gpu, &weight, &x, &out, Store::Replace, &step).unwrap(), &step, 0, 1);
        prop_assert!(nmse(&result(&gpu, &out), &expected) < crate::harness::NMSE_F32);
    }
}

#[test]
fn refuses_what_it_cannot_hold() {
    let gpu = device();
    let new = |ty, rows, cols| Weight::new(&gpu, "test", ty, rows, cols);
    assert!(matches!(new(TensorType::Q6K, 1, 256), Err(Error::UnsupportedType("Q6_K"))));
    assert!(matches!(new(TensorType::F32, 4, 33), Err(Error::Shape { .. })));
    assert!(matches!(new(TensorType::F32, 1 << 30, 1 << 20), Err(Error::TooLarge { .. })));
    let mut weight = new(TensorType::Q8_0, 1, 64).unwrap();
    weight.write(&gpu, 0, &[0; 34]).unwrap();
    assert!(matches!(weight.write(&gpu, 0, &[0; 34]), Err(Error::Order { expected: 34, found: 0 })));
    assert!(matches!(weight.write(&gpu, 34, &[0; 35]), Err(Error::Shape { .. })));
}
