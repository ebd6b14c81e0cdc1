use crate::harness::{Pair, Random, TYPES, device, few, output, result, run};
use kernels::cpu;
use kernels::gpu::{Ids, Step, embed};
use proptest::prelude::*;

proptest! {
    #![proptest_config(few(12))]

    #[test]
    fn embed_matches_twin(
        ty in 0..TYPES.len(), rows in 1_usize..99, blocks in 1_usize..40, tokens in 1_usize..9, seed: u64,
    ) {
        let (gpu, mut random, width) = (device(), Random::new(seed), 32 * blocks);
        let table = Pair::new(&gpu, &mut random, TYPES[ty], rows, width);
        let ids: Vec<u32> = (0..tokens).map(|_| u32::try_from(random.below(rows)).unwrap()).collect();
        let mut expected = vec![0.0; tokens * width];
        // A power of two: scaling before or after the sum is the same.
        cpu::embed(&table.cpu(), &ids, 4.0, &mut expected);
        let (ids_gpu, out, step) = (
            Ids::new(&gpu, tokens).unwrap(),
            output(&gpu, &vec![0.0; tokens * width], width),
            Step::new(&gpu),
        );
        ids_gpu.write(&gpu, &ids);
        run(&gpu, &embed(&gpu, &table.gpu, &ids_gpu, &out, 4.0).unwrap(), &step, 0, tokens);
        for (found, expected) in result(&gpu, &out).iter().zip(expected) {
            // One rounding apart at most: a device may fuse the multiplication and the addition.
            prop_assert!((found - expected).abs() <= 1e-6 * expected.abs().max(1.0), "{found} {expected}");
        }
    }
}
