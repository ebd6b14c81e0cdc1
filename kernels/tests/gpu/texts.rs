//! Tokens of several texts in one step: each as in a step of its text alone, to the bit.

use crate::harness::{Random, device, few, frequencies, input, output, result, run, tuned};
use crate::kv::{FORMATS, contents, filled, head_dim};
use kernels::gpu::{Context, RowLayout};
use kernels::gpu::{Dispatch, Heads, KvCache, Partials, Place, Rotations, Step, attention, heads, last_row};
use kernels::ops::{Attention, RopeStyle};
use proptest::prelude::*;

/// Steps of up to so many tokens are split.
const FEW: usize = 8;

/// The tokens of a text that a step computes: so many after so many.
type Share = (usize, usize);

fn shares() -> impl Strategy<Value = Vec<Share>> {
    prop::collection::vec((0_usize..200, prop_oneof![2 => Just(1), 1 => 1_usize..40]), 1..6)
}

/// Distinct entries for the positions of each text, anywhere among all of them.
fn entries(random: &mut Random, shares: &[Share]) -> Vec<Vec<u32>> {
    let all: usize = shares.iter().map(|(pos, tokens)| pos + tokens).sum();
    let mut free: Vec<u32> = (0..u32::try_from(all).unwrap()).collect();
    let mut take = || free.swap_remove(random.below(free.len()));
    shares.iter().map(|(pos, tokens)| (0..pos + tokens).map(|_| take()).collect()).collect()
}

/// A step of these shares, and its tokens.
fn step(gpu: &Context, shares: &[Share], entries: &[Vec<u32>]) -> (Step, usize) {
    let step = Step::of_texts(gpu, entries.concat().len()).unwrap();
    let (mut start, mut places) = (0, Vec::new());
    for ((pos, _), entries) in shares.iter().zip(entries) {
        step.write_entries(gpu, start, entries);
        let place =
            |at: usize| Place::new(u32::try_from(at).unwrap(), entries[at], u32::try_from(start).unwrap());
        places.extend((*pos..entries.len()).map(place));
        start += entries.len();
    }
    step.write_places(gpu, &places, shares.iter().map(|(_, tokens)| *tokens));
    (step, places.len())
}

/// Runs a kernel for a step of several texts.
fn run_texts(gpu: &Context, dispatch: &Dispatch, tokens: usize) {
    let mut encoder = gpu.device().create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
    {
        let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor::default());
        dispatch.encode(&mut pass, u32::try_from(tokens).unwrap());
    }
    gpu.queue().submit([encoder.finish()]);
}

proptest! {
    #![proptest_config(few(8))]

    #[test]
    fn attention_is_that_of_each_text_alone(
        shares in shares(), kv_heads in 1_usize..3, group in 1_usize..3, quads in 1_usize..33,
        window in prop::option::of(1_usize..100), hardware: bool,
        format in prop::sample::select(&FORMATS[..]), seed: u64,
    ) {
        let (gpu, mut random, head_dim) = (tuned(hardware), Random::new(seed), head_dim(format, quads));
        let (heads, width) = (kv_heads * group, kv_heads * head_dim);
        let shape = Attention { heads, kv_heads, head_dim, scale: 3.0 / (head_dim as f32).sqrt(), window };
        let entries = entries(&mut random, &shares);
        let count = entries.concat().len();
        let (keys, values) = (random.values(count * width), random.values(count * width));
        let q_width = heads * head_dim;
        let (step, tokens) = step(&gpu, &shares, &entries);
        let q = random.values(tokens * q_width);
        // As many tokens together are split as alone, so that kernels are the same.
        let is_few = shares.iter().all(|(_, tokens)| *tokens <= FEW);
        let room = if is_few { tokens.max(FEW) } else { 0 };
        let run_on = |q: &[f32], cache: &KvCache, step: &Step| {
            let (q, out) = (input(&gpu, q, q_width), output(&gpu, &vec![0.0; q.len()], q_width));
            let partials = Partials::new(&gpu, room, heads, head_dim).unwrap();
            (attention(&gpu, &shape, &q, cache, &partials, &out, step).unwrap(), out)
        };
        let cache = filled(&gpu, format, (kv_heads, head_dim), &mut keys.clone(), &mut values.clone());
        let (dispatch, out) = run_on(&q, &cache, &step);
        run_texts(&gpu, &dispatch, tokens);
        let found = result(&gpu, &out);
        let mut first = 0;
        for ((pos, tokens), entries) in shares.into_iter().zip(&entries) {
            let own = |rows: &[f32]| -> Vec<f32> {
                entries.iter().flat_map(|&entry| rows[entry as usize * width..][..width].to_vec()).collect()
            };
            let cache = filled(&gpu, format, (kv_heads, head_dim), &mut own(&keys), &mut own(&values));
            let (from, len) = (first * q_width, tokens * q_width);
            let alone = Step::new(&gpu);
            let (dispatch, out) = run_on(&q[from..][..len], &cache, &alone);
            run(&gpu, &dispatch, &alone, pos, tokens);
            prop_assert_eq!(&found[from..][..len], &result(&gpu, &out)[..]);
            first += tokens;
        }
    }

    #[test]
    fn heads_are_those_of_each_text_alone(
        shares in shares(), kv_heads in 1_usize..3, quads in 1_usize..17,
        format in prop::sample::select(&FORMATS[..]), seed: u64,
    ) {
        let (gpu, mut random, head_dim) = (device(), Random::new(seed), head_dim(format, quads));
        let width = kv_heads * head_dim;
        let entries = entries(&mut random, &shares);
        let count = entries.concat().len();
        let rotations = Rotations::new(&gpu, &frequencies(head_dim), 300).unwrap();
        let (step, tokens) = step(&gpu, &shares, &entries);
        let qkv = random.values(tokens * 3 * width);
        let run_on = |qkv: &[f32], entries: usize, step: &Step| {
            let (qkv, q) = (input(&gpu, qkv, 3 * width), output(&gpu, &vec![0.0; qkv.len() / 3], width));
            let cache = KvCache::new(&gpu, entries, kv_heads, head_dim, format).unwrap();
            let (rotations, style) = (&rotations, RopeStyle::Halves);
            let of = Heads { qkv: &qkv, q: &q, norm: None, rotations, style, cache: &cache };
            (heads(&gpu, &of, step).unwrap(), q, cache)
        };
        let (dispatch, q, cache) = run_on(&qkv, count, &step);
        run_texts(&gpu, &dispatch, tokens);
        let (found, (keys, values)) = (result(&gpu, &q), contents(&gpu, &cache));
        let mut first = 0;
        for ((pos, tokens), entries) in shares.into_iter().zip(&entries) {
            let alone = Step::new(&gpu);
            let (dispatch, q, cache) = run_on(&qkv[first * 3 * width..][..tokens * 3 * width], pos + tokens, &alone);
            run(&gpu, &dispatch, &alone, pos, tokens);
            prop_assert_eq!(&found[first * width..][..tokens * width], &result(&gpu, &q)[..]);
            let own = |rows: &[f32]| -> Vec<f32> {
                entries[pos..].iter().flat_map(|&entry| rows[entry as usize * width..][..width].to_vec()).collect()
            };
            let (own_keys, own_values) = contents(&gpu, &cache);
            prop_assert_eq!(own(&keys), &own_keys[pos * width..]);
            prop_assert_eq!(own(&values), &own_values[pos * width..]);
            first += tokens;
        }
    }
}

#[test]
fn rows_are_gathered() {
    let gpu = device();
    let values: Vec<f32> = (0..4_u8).flat_map(|row| [f32::from(row); 32]).collect();
    let (x, out) = (input(&gpu, &values, 32), output(&gpu, &[0.0; 3 * 32], 32));
    let step = Step::of_texts(&gpu, 1).unwrap();
    step.write_places(&gpu, &[2, 0, 3].map(|row| Place::new(row, 0, 0)), [3]);
    run_texts(&gpu, &last_row(&gpu, &x, RowLayout::Interleaved, &out, &step).unwrap(), 3);
    assert_eq!(result(&gpu, &out), [[2.0; 32], [0.0; 32], [3.0; 32]].concat());
}
