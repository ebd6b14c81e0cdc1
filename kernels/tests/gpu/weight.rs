use crate::harness::{NMSE_F32, Random, SCALE, cols, device, few, input, limited, nmse, output, result, run};
use gguf::TensorType;
use kernels::gpu::{Error, Step, Store, Tuning, Weight, matmul};
use kernels::{Matrix, reference};
use proptest::prelude::*;

proptest! {
    #![proptest_config(few(8))]

    #[test]
    fn pieces_may_be_cut_anywhere(
        ty in 0..TensorType::ALL.len(), rows in 1_usize..20, blocks in 1_usize..6, piece in 1_usize..200, seed: u64,
    ) {
        let (gpu, mut random, cols) = (device(), Random::new(seed), cols(TensorType::ALL[ty], blocks));
        let bytes = random.blocks(TensorType::ALL[ty], rows, cols, SCALE);
        let mut weight = Weight::new(&gpu, "test", TensorType::ALL[ty], rows, cols).unwrap();
        prop_assert_eq!(weight.bytes(), bytes.len() as u64);
        for (i, piece_bytes) in bytes.chunks(piece).enumerate() {
            weight.write(&gpu, (i * piece) as u64, piece_bytes).unwrap();
        }
        let x = random.values(cols);
        let mut expected = vec![0.0; rows];
        reference::matmul(&Matrix::new(TensorType::ALL[ty], rows, cols, &bytes).unwrap(), &x, &mut expected);
        let (x, out, step) = (input(&gpu, &x, cols), output(&gpu, &vec![0.0; rows], rows), Step::new(&gpu));
        run(&gpu, &matmul(&gpu, &weight, &x, &out, Store::At(0), &step).unwrap(), &step, 0, 1);
        prop_assert!(nmse(&result(&gpu, &out), &expected) < NMSE_F32);
    }
}

/// A matrix that the device cannot bind at once is several, which nobody notices.
#[test]
fn shards_match_reference() {
    for tuning in [Tuning::Hardware, Tuning::Software] {
        let gpu = limited(16 << 10).with_tuning(tuning);
        for name in [TensorType::F32, TensorType::Q5_0, TensorType::Q6K] {
            let ty = TensorType::ALL.iter().position(|&ty| ty == name).unwrap();
            let blocks = 8;
            // As many as make three shards, the last one smaller and odd.
            let rows = if name == TensorType::F32 { 41 } else { 225 };
            let weight = Weight::new(&gpu, "test", name, rows, 32 * blocks).unwrap();
            let (x, out) = (input(&gpu, &[0.0; 256], 256), output(&gpu, &vec![0.0; rows], rows));
            let dispatch = matmul(&gpu, &weight, &x, &out, Store::At(0), &Step::new(&gpu)).unwrap();
            assert!(dispatch.count(1) > 1, "{} is in shards", name.name());
            for tokens in [1, 6] {
                let error = crate::matmul::error(&gpu, ty, rows, blocks, tokens, false, 5);
                assert!(error < NMSE_F32, "{} with {tokens} tokens: {error}", name.name());
            }
            let error = crate::embed::error(&gpu, ty, rows, blocks, 7, 5);
            assert!(error <= crate::embed::TOLERANCE, "{}: {error}", name.name());
        }
    }
}

#[test]
fn refuses_what_it_cannot_hold() {
    let gpu = device();
    let new = |ty, rows, cols| Weight::new(&gpu, "test", ty, rows, cols);
    assert!(matches!(new(TensorType::Q6K, 1, 128), Err(Error::Shape { .. })));
    assert!(matches!(new(TensorType::F32, 4, 33), Err(Error::Shape { .. })));
    assert!(matches!(new(TensorType::F32, 2, 1 << 40), Err(Error::TooLarge { .. })));
    let mut weight = new(TensorType::Q8_0, 1, 64).unwrap();
    weight.write(&gpu, 0, &[0; 34]).unwrap();
    assert!(matches!(weight.write(&gpu, 0, &[0; 34]), Err(Error::Order { expected: 34, found: 0 })));
    assert!(matches!(weight.write(&gpu, 34, &[0; 35]), Err(Error::Shape { .. })));
}
