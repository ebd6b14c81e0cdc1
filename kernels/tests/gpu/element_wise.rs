use crate::harness::{NMSE_F32, Pair, Random, device, few, input, interleaved, nmse, output, result, run};
use gguf::TensorType;
use kernels::gpu::{RowLayout, Step, add_bias, gate, last_row, norm_add, rms_norm};
use kernels::reference;
use proptest::prelude::*;

proptest! {
    #![proptest_config(few(6))]

    #[test]
    fn rms_norm_matches_reference(quads in 1_usize..200, heads in 1_usize..5, tokens in 1_usize..7, seed: u64) {
        let (gpu, mut random, head) = (device(), Random::new(seed), 4 * quads);
        let width = heads * head;
        let weight = Pair::new(&gpu, &mut random, TensorType::F32, 1, head);
        let x = random.values(tokens * width);
        let mut factors = vec![0.0; head];
        reference::dequantize(TensorType::F32, weight.cpu().row(0), &mut factors);
        let mut expected = vec![0.0; tokens * width];
        reference::rms_norm(&x, &factors, 1e-5, &mut expected);
        let (x, out, step) = (input(&gpu, &x, width), output(&gpu, &vec![0.0; tokens * width], width), Step::new(&gpu));
        run(&gpu, &rms_norm(&gpu, &x, &weight.gpu, &out, 1e-5, RowLayout::Plain).unwrap(), &step, 0, tokens);
        let error = nmse(&result(&gpu, &out), &expected);
        prop_assert!(error < NMSE_F32, "{error}");
    }

    #[test]
    fn norm_add_matches_reference(quads in 1_usize..200, tokens in 1_usize..7, seed: u64) {
        let (gpu, mut random, width) = (device(), Random::new(seed), 4 * quads);
        let weight = Pair::new(&gpu, &mut random, TensorType::F32, 1, width);
        let (x, old) = (random.values(tokens * width), random.values(tokens * width));
        let mut factors = vec![0.0; width];
        reference::dequantize(TensorType::F32, weight.cpu().row(0), &mut factors);
        let mut expected = vec![0.0; tokens * width];
        reference::rms_norm(&x, &factors, 1e-5, &mut expected);
        reference::add(&mut expected, &old);
        let (x, out, step) = (input(&gpu, &x, width), output(&gpu, &old, width), Step::new(&gpu));
        run(&gpu, &norm_add(&gpu, &x, &weight.gpu, &out, 1e-5, RowLayout::Plain).unwrap(), &step, 0, tokens);
        let error = nmse(&result(&gpu, &out), &expected);
        prop_assert!(error < NMSE_F32, "{error}");
    }

    #[test]
    fn gate_matches_reference(quads in 1_usize..200, tokens in 1_usize..7, gelu: bool, seed: u64) {
        let (gpu, mut random, width) = (device(), Random::new(seed), 4 * quads);
        let mut expected = random.values(tokens * width);
        expected.iter_mut().for_each(|gate| *gate *= 4.0);
        // Far ends too, where exp alone would overflow.
        expected[..4].copy_from_slice(&[-1000.0, 1000.0, -11.0, 11.0]);
        let up = random.values(tokens * width);
        let rows = expected.chunks_exact(width).zip(up.chunks_exact(width));
        let both = input(&gpu, &rows.flat_map(|(gate, up)| [gate, up].concat()).collect::<Vec<_>>(), 2 * width);
        let (out, step) = (output(&gpu, &vec![0.0; tokens * width], width), Step::new(&gpu));
        run(&gpu, &gate(&gpu, &both, gelu, &out, RowLayout::Plain).unwrap(), &step, 0, tokens);
        if gelu { reference::gelu_mul(&mut expected, &up) } else { reference::silu_mul(&mut expected, &up) }
        let found = result(&gpu, &out);
        // The large value would hide the others' errors.
        prop_assert!((found[1] / expected[1] - 1.0).abs() < 1e-6, "{} for {}", found[1], expected[1]);
        prop_assert!(found[0].abs() < 1e-30, "{}", found[0]);
        let error = nmse(&found[2..], &expected[2..]);
        prop_assert!(error < NMSE_F32, "{error}");
    }

    #[test]
    fn add_bias_matches_reference(quads in 1_usize..200, tokens in 1_usize..7, seed: u64) {
        let (gpu, mut random, width) = (device(), Random::new(seed), 4 * quads);
        let bias = Pair::new(&gpu, &mut random, TensorType::F32, 1, width);
        let mut vector = vec![0.0; width];
        reference::dequantize(TensorType::F32, bias.cpu().row(0), &mut vector);
        let mut x = random.values(tokens * width);
        let (out, step) = (output(&gpu, &x, width), Step::new(&gpu));
        run(&gpu, &add_bias(&gpu, &out, &bias.gpu).unwrap(), &step, 0, tokens);
        reference::add_bias(&mut x, &vector);
        prop_assert_eq!(result(&gpu, &out), x);
    }

    #[test]
    fn last_row_interleaves_it(blocks in 1_usize..30, tokens in 1_usize..7, seed: u64) {
        let (gpu, mut random, width) = (device(), Random::new(seed), 32 * blocks);
        let values = random.values(tokens * width);
        let out = output(&gpu, &vec![0.0; width], width);
        let interleaved: Vec<f32> = values.chunks(width).flat_map(interleaved).collect();
        for (values, layout) in [(&values, RowLayout::Plain), (&interleaved, RowLayout::Interleaved)] {
            let (x, step) = (input(&gpu, values, width), Step::new(&gpu));
            run(&gpu, &last_row(&gpu, &x, layout, &out, &step).unwrap(), &step, 0, tokens);
            prop_assert_eq!(&result(&gpu, &out), &interleaved[(tokens - 1) * width..]);
        }
    }

    #[test]
    fn rms_norm_takes_interleaved_rows(blocks in 1_usize..30, tokens in 1_usize..7, seed: u64) {
        let (gpu, mut random, width) = (device(), Random::new(seed), 32 * blocks);
        let (weight, step) = (Pair::new(&gpu, &mut random, TensorType::F32, 1, width), Step::new(&gpu));
        let values = random.values(tokens * width);
        let normed = |values: &[f32], layout| {
            let (x, out) = (input(&gpu, values, width), output(&gpu, &vec![0.0; tokens * width], width));
            run(&gpu, &rms_norm(&gpu, &x, &weight.gpu, &out, 1e-5, layout).unwrap(), &step, 0, tokens);
            result(&gpu, &out)
        };
        let rows = |values: &[f32]| values.chunks(width).flat_map(interleaved).collect::<Vec<_>>();
        let error = nmse(&normed(&rows(&values), RowLayout::Interleaved), &rows(&normed(&values, RowLayout::Plain)));
        prop_assert!(error < NMSE_F32, "{error}");
    }
}
