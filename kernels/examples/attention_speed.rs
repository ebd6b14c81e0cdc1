//! How long attention takes on this machine's GPU: `cargo run --release -p kernels --features
//! gpu --example attention_speed [SHAPE]`.
//!
//! Each figure is the median of seven runs of one pass with a launch for every layer of a model, by the wall clock: so it has
//! a share of what a submission costs. `SOTTO_ADAPTER` chooses an adapter by name.

#![expect(clippy::unwrap_used, reason = "an experiment fails by panicking")]

use kernels::gpu::{Context, Dispatch, KvCache, Partials, Readback, Rows, Step, attention, attention_split};
use kernels::ops::{Attention, KvFormat};
use std::time::Instant;

/// A model's name, layers, and the shape of its attention.
const SHAPES: [(&str, usize, Attention); 4] = [
    ("smollm2-135m", 30, shape(9, 3, 64)),
    ("qwen2.5-0.5b", 24, shape(14, 2, 64)),
    ("qwen2.5-1.5b", 28, shape(12, 2, 128)),
    ("gemma3-270m", 18, shape(4, 1, 256)),
];

const FORMATS: [KvFormat; 3] = [KvFormat::F32, KvFormat::F16, KvFormat::Q8_0];

/// Positions there is room for.
const POSITIONS: usize = 4096;

/// Tokens of the largest step.
const TOKENS: usize = 512;

const fn shape(heads: usize, kv_heads: usize, head_dim: usize) -> Attention {
    Attention { heads, kv_heads, head_dim, scale: 0.125, window: None }
}

fn main() {
    let name = std::env::var("SOTTO_ADAPTER").ok();
    let gpu = pollster::block_on(Context::request(name.as_deref())).unwrap();
    let wanted = std::env::args().nth(1);
    println!("{}, {:?}", gpu.adapter(), gpu.features());
    println!("model          cache  tokens  at     ms of all layers");
    for (name, layers, shape) in SHAPES {
        if wanted.as_ref().is_none_or(|wanted| name.contains(wanted)) {
            FORMATS.iter().for_each(|&format| model(&gpu, name, layers, &shape, format));
        }
    }
}

fn model(gpu: &Context, name: &str, layers: usize, shape: &Attention, format: KvFormat) {
    let Attention { heads, kv_heads, head_dim, .. } = *shape;
    let rows = || Rows::new(gpu, "rows", TOKENS, heads * head_dim).unwrap();
    let (q, out, step) = (rows(), rows(), Step::new(gpu));
    let partials = Partials::new(gpu, 16, heads, head_dim).unwrap();
    let cache = || KvCache::new(gpu, POSITIONS, kv_heads, head_dim, format).unwrap();
    let caches: Vec<_> = (0..layers).map(|_| cache()).collect();
    let whole: Vec<_> = caches
        .iter()
        .map(|cache| attention(gpu, shape, &q, cache, &partials, &out, &step).unwrap())
        .collect();
    let first_half: Vec<_> = caches
        .iter()
        .map(|cache| attention_split(gpu, shape, &q, cache, &partials, &step).unwrap())
        .collect();
    for (what, dispatches, tokens, pos) in [
        ("", &whole, 512, 0),
        ("", &whole, 64, 448),
        ("", &whole, 16, 500),
        ("", &whole, 1, 100),
        ("", &whole, 1, 500),
        (" (split only)", &first_half, 1, 500),
        ("", &whole, 1, 4000),
    ] {
        let ms = time(gpu, dispatches, &step, &out, tokens, pos);
        println!("{name:14} {:6} {tokens:6}  {pos:5}  {ms:.3}{what}", format!("{format:?}"));
    }
}

/// Milliseconds, the median of seven after one more.
fn time(gpu: &Context, dispatches: &[Dispatch], step: &Step, out: &Rows, tokens: u32, pos: u32) -> f64 {
    let mut readback = Readback::new(gpu, 4);
    let mut times: Vec<f64> = (0..8)
        .map(|_| {
            step.write(gpu, pos, tokens);
            let mut encoder = gpu.device().create_command_encoder(&Default::default());
            let mut pass = encoder.begin_compute_pass(&Default::default());
            dispatches.iter().for_each(|dispatch| dispatch.encode(&mut pass, tokens));
            drop(pass);
            let start = Instant::now();
            gpu.queue().submit([encoder.finish()]);
            pollster::block_on(readback.read::<u32>(gpu, out.buffer(), 0..4)).unwrap();
            1000.0 * start.elapsed().as_secs_f64()
        })
        .skip(1)
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
