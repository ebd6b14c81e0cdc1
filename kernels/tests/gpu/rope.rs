use crate::harness::{NMSE_F32, Random, device, few, frequencies, nmse, output, result, run};
use kernels::cpu::{self, RopeStyle};
use kernels::gpu::{Rotations, Step, rope};
use proptest::prelude::*;

proptest! {
    #![proptest_config(few(8))]

    #[test]
    fn rope_matches_twin(
        heads in 1_usize..10, pairs in 1_usize..40, tokens in 1_usize..7, pos in 0_usize..3000,
        interleaved: bool, seed: u64,
    ) {
        let (gpu, mut random, width) = (device(), Random::new(seed), heads * pairs * 2);
        let style = if interleaved { RopeStyle::Interleaved } else { RopeStyle::Halves };
        let frequencies = frequencies(2 * pairs);
        let mut x = random.values(tokens * width);
        let (out, step) = (output(&gpu, &x, width), Step::new(&gpu));
        let rotations = Rotations::new(&gpu, &frequencies, pos + tokens).unwrap();
        run(&gpu, &rope(&gpu, &out, &rotations, style, &step).unwrap(), &step, pos, tokens);
        cpu::rope(&mut x, width, &frequencies, style, pos);
        let error = nmse(&result(&gpu, &out), &x);
        prop_assert!(error < NMSE_F32, "{error}");
    }
}
