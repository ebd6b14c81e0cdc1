use crate::harness::{NMSE_F32, Random, device, few, input, nmse, output, read, result, run, tuned};
use kernels::cpu::{self, Attention};
use kernels::gpu::{KvCache, Step, attention, store_kv};
use proptest::prelude::*;

proptest! {
    #![proptest_config(few(24))]

    #[test]
    fn attention_matches_twin(
        kv_heads in 1_usize..4, share in 1_usize..4, quads in 1_usize..65, pos in 0_usize..150,
        tokens in 1_usize..11, window in proptest::option::of(1_usize..100), hardware: bool, seed: u64,
    ) {
        let (gpu, mut random, head_dim, heads) = (tuned(hardware), Random::new(seed), 4 * quads, kv_heads * share);
        let shape = Attention { heads, kv_heads, head_dim, scale: 3.0 / (head_dim as f32).sqrt(), window };
        let (q_width, kv_width, end) = (heads * head_dim, kv_heads * head_dim, pos + tokens);
        let q = random.values(tokens * q_width);
        let (keys, values) = (random.values(end * kv_width), random.values(end * kv_width));
        let mut expected = vec![0.0; tokens * q_width];
        cpu::attention(&shape, &q, &keys, &values, pos, &mut expected);

        let cache = KvCache { keys: input(&gpu, &keys, kv_width), values: input(&gpu, &values, kv_width) };
        let (q, out, step) =
            (input(&gpu, &q, q_width), output(&gpu, &vec![0.0; tokens * q_width], q_width), Step::new(&gpu));
        run(&gpu, &attention(&gpu, &shape, &q, &cache, &out, &step).unwrap(), &step, pos, tokens);
        let error = nmse(&result(&gpu, &out), &expected);
        prop_assert!(error < NMSE_F32, "{error}");
    }

    #[test]
    fn store_kv_writes_the_steps_entries_only(
        quads in 1_usize..70, pos in 0_usize..9, tokens in 1_usize..6, seed: u64,
    ) {
        let (gpu, mut random, width) = (device(), Random::new(seed), 4 * quads);
        let (keys, values) = (random.values(tokens * width), random.values(tokens * width));
        let cache = KvCache::new(&gpu, pos + tokens + 1, width).unwrap();
        let step = Step::new(&gpu);
        let (keys_gpu, values_gpu) = (input(&gpu, &keys, width), input(&gpu, &values, width));
        run(&gpu, &store_kv(&gpu, &keys_gpu, &values_gpu, &cache, &step).unwrap(), &step, pos, tokens);
        for (cache, written) in [(&cache.keys, keys), (&cache.values, values)] {
            let expected = [vec![0.0; pos * width], written, vec![0.0; width]].concat();
            prop_assert_eq!(read::<f32>(&gpu, cache.buffer()), expected);
        }
    }
}
