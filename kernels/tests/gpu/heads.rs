use crate::harness::{NMSE_F32, Pair, Random, device, few, frequencies, input, nmse, output, result, run};
use crate::kv::{FORMATS, NMSE_WRITTEN, contents, head_dim};
use gguf::TensorType;
use kernels::gpu::{Heads, KvCache, Rotations, Step, heads};
use kernels::ops::{KvFormat, RopeStyle};
use kernels::reference;
use proptest::prelude::*;

proptest! {
    #![proptest_config(few(8))]

    #[test]
    fn heads_matches_reference(
        kv_heads in 1_usize..4, share in 1_usize..4, quads in 1_usize..65, pos in 0_usize..9, tokens in 1_usize..6,
        norm: bool, halves: bool, format in proptest::sample::select(&FORMATS[..]), seed: u64,
    ) {
        const EPS: f32 = 1e-5;
        let (gpu, mut random, head_dim) = (device(), Random::new(seed), head_dim(format, quads));
        let (width, q_width) = (kv_heads * head_dim, kv_heads * share * head_dim);
        let style = if halves { RopeStyle::Halves } else { RopeStyle::Interleaved };
        let mut q = random.values(tokens * q_width);
        let (mut keys, mut values) = (random.values(tokens * width), random.values(tokens * width));
        let mut vector = || Pair::new(&gpu, &mut random, TensorType::F32, 1, head_dim);
        let (q_norm, k_norm) = (vector(), vector());
        let rows = q.chunks_exact(q_width).zip(keys.chunks_exact(width)).zip(values.chunks_exact(width));
        let qkv: Vec<f32> = rows.flat_map(|((q, keys), values)| [q, keys, values].concat()).collect();
        let qkv = input(&gpu, &qkv, q_width + 2 * width);
        let q_gpu = output(&gpu, &vec![0.0; q.len()], q_width);
        let frequencies = frequencies(head_dim);
        let rotations = Rotations::new(&gpu, &frequencies, pos + tokens).unwrap();
        let cache = KvCache::new(&gpu, pos + tokens + 1, kv_heads, head_dim, format).unwrap();
        let of = Heads {
            qkv: &qkv,
            q: &q_gpu,
            norm: norm.then_some((&q_norm.gpu, &k_norm.gpu, EPS)),
            rotations: &rotations,
            style,
            cache: &cache,
        };
        let step = Step::new(&gpu);
        run(&gpu, &heads(&gpu, &of, &step).unwrap(), &step, pos, tokens);

        for (x, weight, width) in [(&mut q, &q_norm, q_width), (&mut keys, &k_norm, width)] {
            if norm {
                let plain = x.clone();
                let weight: Vec<f32> = bytemuck::pod_collect_to_vec(weight.cpu().row(0));
                reference::rms_norm(&plain, &weight, EPS, x);
            }
            reference::rope(x, width, &frequencies, style, pos);
        }
        reference::store_kv(format, &mut keys);
        reference::store_kv(format, &mut values);
        let error = nmse(&result(&gpu, &q_gpu), &q);
        prop_assert!(error < NMSE_F32, "queries: {error}");
        let tolerance = if format == KvFormat::F32 { NMSE_F32 } else { NMSE_WRITTEN };
        let (found_keys, found_values) = contents(&gpu, &cache);
        for (found, written) in [(found_keys, keys), (found_values, values)] {
            let (before, rest) = found.split_at(pos * width);
            let (found, after) = rest.split_at(tokens * width);
            prop_assert!(before.iter().chain(after).all(|&value| value == 0.0), "another entry");
            let error = nmse(found, &written);
            prop_assert!(error < tolerance, "{error}");
        }
    }
}
