//! One token's products with what surrounds them, against the references of each part.

use crate::harness::{
    NMSE_F32, Pair, Random, cols, device, few, frequencies, input, interleaved, nmse, output, read, result,
    run, variants, vector,
};
use gguf::TensorType;
use kernels::gpu::{
    Context, Input, KvCache, Output, Partials, Qkv, Rotations, Rows, Step, Weight, attention_split, matvec,
};
use kernels::ops::{Attention, KvFormat, RopeStyle};
use kernels::reference;
use proptest::prelude::*;

const EPS: f32 = 1e-5;

/// A product on both; `normed` normalises first.
struct Product {
    weight: Pair,
    x: Vec<f32>,
    norm: Vec<f32>,
    expected: Vec<f32>,
}

impl Product {
    fn new(
        gpu: &Context,
        random: &mut Random,
        ty: TensorType,
        rows: usize,
        cols: usize,
        normed: bool,
    ) -> Self {
        let weight = Pair::new(gpu, random, ty, rows, cols);
        let (x, norm) = (random.values(cols), random.values(cols));
        let mut before = x.clone();
        if normed {
            reference::rms_norm(&x, &norm, EPS, &mut before);
        }
        let mut expected = vec![0.0; rows];
        reference::matmul(&weight.cpu(), &before, &mut expected);
        Self { weight, x, norm, expected }
    }

    fn run(&self, gpu: &Context, normed: bool, step: &Step, pos: usize, output: Output<'_>) {
        let (x, norm) = (input(gpu, &interleaved(&self.x), self.x.len()), vector(gpu, &self.norm));
        let from = if normed { Input::Normed { x: &x, weight: &norm, eps: EPS } } else { Input::Plain(&x) };
        run(gpu, &matvec(gpu, &self.weight.gpu, from, output).unwrap(), step, pos, 1);
    }
}

/// The error of a plain product, stored among other values or added to them.
fn error(
    gpu: &Context,
    ty: TensorType,
    rows: usize,
    blocks: usize,
    normed: bool,
    add: bool,
    seed: u64,
) -> f64 {
    let rows = if add { rows.next_multiple_of(32) } else { rows };
    let mut random = Random::new(seed);
    let product = Product::new(gpu, &mut random, ty, rows, cols(ty, blocks), normed && !add);
    let (at, width) = if add { (0, rows) } else { (3, rows + 5) };
    let old = random.values(width);
    let mut expected = old.clone();
    for (old, new) in expected[at..].iter_mut().zip(&product.expected) {
        *old = if add { *old + new } else { *new };
    }
    if add {
        expected = interleaved(&expected);
    }
    let out = output(gpu, &if add { interleaved(&old) } else { old }, width);
    let to = if add { Output::Add(&out) } else { Output::Store(&out, at) };
    product.run(gpu, normed && !add, &Step::new(gpu), 0, to);
    nmse(&result(gpu, &out), &expected)
}

proptest! {
    #![proptest_config(few(8))]

    #[test]
    fn products_match_reference(
        variant in 0..3_usize, ty in 0..TensorType::ALL.len(), rows in 1_usize..200, blocks in 1_usize..80, normed: bool, add: bool,
        seed: u64,
    ) {
        let error = error(&variants()[variant], TensorType::ALL[ty], rows, blocks, normed, add, seed);
        prop_assert!(error < NMSE_F32, "{error}");
    }

    #[test]
    fn gated_products_match_reference(
        variant in 0..3_usize, ty in 0..TensorType::ALL.len(), width in 1_usize..6, blocks in 1_usize..40, gelu: bool, seed: u64,
    ) {
        let (gpu, mut random) = (&variants()[variant], Random::new(seed));
        let width = 32 * width;
        let product = Product::new(gpu, &mut random, TensorType::ALL[ty], 2 * width, cols(TensorType::ALL[ty], blocks), true);
        let (gate, up) = product.expected.split_at(width);
        let mut expected = gate.to_vec();
        if gelu { reference::gelu_mul(&mut expected, up) } else { reference::silu_mul(&mut expected, up) }
        let out = output(gpu, &vec![0.0; width], width);
        product.run(gpu, true, &Step::new(gpu), 0, Output::Gated { gelu, out: &out });
        let error = nmse(&result(gpu, &out), &interleaved(&expected));
        prop_assert!(error < NMSE_F32, "{error}");
    }

    #[test]
    fn queries_keys_and_values_match_reference(
        variant in 0..3_usize, ty in 0..TensorType::ALL.len(), kv_heads in 1_usize..4, share in 1_usize..4, quads in 1_usize..20,
        blocks in 1_usize..20, pos in 0_usize..40, halves: bool, biased: bool, half_cache: bool, seed: u64,
    ) {
        let (gpu, mut random) = (&variants()[variant], Random::new(seed));
        let head_dim = 4 * quads;
        let (q_width, kv_width) = (kv_heads * share * head_dim, kv_heads * head_dim);
        let rows = q_width + 2 * kv_width;
        let product = Product::new(gpu, &mut random, TensorType::ALL[ty], rows, cols(TensorType::ALL[ty], blocks), true);
        let mut expected = product.expected.clone();
        let bias = random.values(rows);
        if biased {
            reference::add(&mut expected, &bias);
        }
        let style = if halves { RopeStyle::Halves } else { RopeStyle::Interleaved };
        let frequencies = frequencies(head_dim);
        reference::rope(&mut expected[..q_width], q_width, &frequencies, style, pos);
        reference::rope(&mut expected[q_width..q_width + kv_width], kv_width, &frequencies, style, pos);

        let format = if half_cache { KvFormat::F16 } else { KvFormat::F32 };
        let cache = KvCache::new(gpu, pos + 2, kv_heads, head_dim, format).unwrap();
        let rotations = Rotations::new(gpu, &frequencies, pos + 1).unwrap();
        let (q, step, bias) = (output(gpu, &vec![0.0; q_width], q_width), Step::new(gpu), vector(gpu, &bias));
        let qkv = Qkv {
            bias: biased.then_some(&bias), rotations: &rotations, style, q: &q, cache: &cache, step: &step,
        };
        product.run(gpu, true, &step, pos, Output::Qkv(qkv));

        let error = nmse(&result(gpu, &q), &expected[..q_width]);
        prop_assert!(error < NMSE_F32, "queries: {error}");
        let entries = cached(gpu, &cache);
        prop_assert!(entries[..2 * pos * kv_width].iter().all(|&value| value == 0.0));
        prop_assert!(entries[2 * (pos + 1) * kv_width..].iter().all(|&value| value == 0.0));
        let error = nmse(&entries[2 * pos * kv_width..][..2 * kv_width], &expected[q_width..]);
        /// The rounding of 16-bit floats: 11 bits, squared.
        const NMSE_F16: f64 = 1e-6;
        prop_assert!(error < if half_cache { NMSE_F16 } else { NMSE_F32 }, "entry: {error}");
    }
}

proptest! {
    #![proptest_config(few(8))]

    #[test]
    fn what_was_attended_to_matches_reference(
        variant in 0..3_usize, ty in 0..TensorType::ALL.len(), row_blocks in 1_usize..4, kv_heads in 1_usize..3, share in 1_usize..4,
        blocks in 1_usize..9, pos in 0_usize..1300, window in proptest::option::of(1_usize..600), add: bool, seed: u64,
    ) {
        let (gpu, mut random) = (&variants()[variant], Random::new(seed));
        let rows = 32 * row_blocks;
        // Heads are whole blocks of 32, and rows whole blocks of their type.
        let blocks = if TensorType::ALL[ty].block_len() > 32 { 8 } else { blocks };
        let (head_dim, heads) = (32 * blocks.min(8), kv_heads * share);
        let (width, kv_width) = (heads * head_dim, kv_heads * head_dim);
        let shape = Attention { heads, kv_heads, head_dim, scale: 1.0 / (head_dim as f32).sqrt(), window };
        let weight = Pair::new(gpu, &mut random, TensorType::ALL[ty], rows, width);
        let q = random.values(width);
        let (keys, values) = (random.values((pos + 1) * kv_width), random.values((pos + 1) * kv_width));
        let old = random.values(rows);
        let (mut attended, mut expected) = (vec![0.0; width], vec![0.0; rows]);
        reference::attention(&shape, &q, &keys, &values, pos, &mut attended);
        reference::matmul(&weight.cpu(), &attended, &mut expected);
        let mut old = old;
        if add {
            reference::add(&mut expected, &old);
            (expected, old) = (interleaved(&expected), interleaved(&old));
        }

        let cache = filled(gpu, &shape, &keys, &values);
        let (q, out, step) = (input(gpu, &q, width), output(gpu, &old, rows), Step::new(gpu));
        let partials = Partials::new(gpu, 1, heads, head_dim).unwrap();
        run(gpu, &attention_split(gpu, &shape, &q, &cache, &partials, &step).unwrap(), &step, pos, 1);
        let from = Input::Attended { partials: &partials, window, step: &step };
        let to = if add { Output::Add(&out) } else { Output::Store(&out, 0) };
        run(gpu, &matvec(gpu, &weight.gpu, from, to).unwrap(), &step, pos, 1);
        let error = nmse(&result(gpu, &out), &expected);
        prop_assert!(error < NMSE_F32, "{error}");
    }
}

/// A cache of these entries.
fn filled(gpu: &Context, shape: &Attention, keys: &[f32], values: &[f32]) -> KvCache {
    let (width, positions) =
        (shape.kv_heads * shape.head_dim, keys.len() / (shape.kv_heads * shape.head_dim));
    let cache = KvCache::new(gpu, positions, shape.kv_heads, shape.head_dim, KvFormat::F32).unwrap();
    let entries: Vec<f32> = keys
        .chunks_exact(width)
        .zip(values.chunks_exact(width))
        .flat_map(|(key, value)| [key, value].concat())
        .collect();
    gpu.queue().write_buffer(cache.buffer(), 0, bytemuck::cast_slice(&entries));
    cache
}

/// A cache's values.
fn cached(gpu: &Context, cache: &KvCache) -> Vec<f32> {
    match cache.format() {
        KvFormat::F16 => read::<half::f16>(gpu, cache.buffer()).into_iter().map(f32::from).collect(),
        _ => read(gpu, cache.buffer()),
    }
}

/// Every type in every variant, and in every way to share the work.
#[test]
fn every_type_matches_reference() {
    let shapes = [(67, 19), (4096, 8), (8, 300)];
    for (first, gpu) in variants().iter().enumerate() {
        for (ty, &(rows, blocks)) in TensorType::ALL.into_iter().zip(shapes.iter().cycle().skip(first)) {
            let error = error(gpu, ty, rows, blocks, true, false, 7);
            assert!(error < NMSE_F32, "{} of {rows} rows: {error}", ty.name());
        }
    }
}

#[test]
fn refuses_what_does_not_fit() {
    let gpu = device();
    let weight = Weight::new(&gpu, "weight", TensorType::Q4_0, 8, 64).unwrap();
    let rows = |width| Rows::new(&gpu, "rows", 1, width).unwrap();
    let (x, short, out) = (rows(64), rows(32), rows(8));
    assert!(matvec(&gpu, &weight, Input::Plain(&short), Output::Add(&out)).is_err());
    assert!(matvec(&gpu, &weight, Input::Plain(&x), Output::Store(&out, 1)).is_err());
    assert!(matvec(&gpu, &weight, Input::Plain(&x), Output::Gated { gelu: false, out: &out }).is_err());
}
