//! How long choosing a token takes on this machine's GPU: `cargo run --release -p kernels --features gpu --example
//! sampler_speed`.
//!
//! Each figure is what one choice more costs in a pass, by the wall clock: the difference between many and few in one pass.
//! `SOTTO_ADAPTER` chooses an adapter by name.

#![expect(clippy::unwrap_used, reason = "an experiment fails by panicking")]

use kernels::gpu::{Choices, Context, Ids, Readback, Rows, Sampler, Step};
use kernels::ops::SampleOptions;
use std::time::Instant;

/// Tokens of SmolLM2, Qwen2.5 and Gemma 3.
const VOCABULARIES: [usize; 3] = [49_152, 151_936, 262_144];

/// Choices of a pass: few and many.
const PASSES: [usize; 2] = [4, 36];

fn main() {
    let name = std::env::var("SOTTO_ADAPTER").ok();
    let gpu = pollster::block_on(Context::request(name.as_deref())).unwrap();
    println!("{}, {:?}", gpu.adapter(), gpu.tuning());
    println!("tokens  options            dispatches  µs");
    let greedy = SampleOptions { seed: 1, ..Default::default() };
    let drawing = SampleOptions { temperature: 1.0, ..greedy };
    let options = [
        ("greedy", greedy),
        ("penalty", SampleOptions { repetition_penalty: 1.1, ..greedy }),
        ("draw", drawing),
        ("draw top-k", SampleOptions { top_k: 40, ..drawing }),
        ("draw top-p", SampleOptions { top_p: 0.95, ..drawing }),
        ("draw top-k top-p", SampleOptions { top_k: 40, top_p: 0.95, ..drawing }),
    ];
    for vocab in VOCABULARIES {
        let (logits, out, step) =
            (Rows::new(&gpu, "logits", 1, vocab).unwrap(), Ids::new(&gpu, 1).unwrap(), Step::new(&gpu));
        // Spread like a model's: most far below the best, by the golden ratio's multiples.
        let values = (0..vocab).map(|id| (id as f32 * 0.618_034).fract().max(1e-6));
        logits.write(&gpu, 0, &values.map(|value| -1.5 * value.ln()).collect::<Vec<_>>());
        let mut sampler = Sampler::new(&gpu, vocab).unwrap();
        let choices = sampler.choices(&gpu, &logits, &out, &step).unwrap();
        for (name, options) in &options {
            sampler.begin(&gpu, options, [7], &[], 0);
            let [few, many] = PASSES.map(|passes| time(&gpu, &sampler, &choices, &out, passes));
            let micros = 1e6 * (many - few) / (PASSES[1] - PASSES[0]) as f64;
            let dispatches = sampler.choose(&choices).len();
            println!("{vocab:6}  {name:17} {dispatches:11}  {micros:.2}");
        }
    }
}

/// Seconds of a pass, the median of seven after one more.
fn time(gpu: &Context, sampler: &Sampler, choices: &Choices, out: &Ids, passes: usize) -> f64 {
    let mut readback = Readback::new(gpu, 4);
    let mut times: Vec<f64> = (0..8)
        .map(|_| {
            let mut encoder = gpu.device().create_command_encoder(&Default::default());
            let mut pass = encoder.begin_compute_pass(&Default::default());
            for _ in 0..passes {
                sampler.choose(choices).iter().for_each(|dispatch| dispatch.encode(&mut pass, 1));
            }
            drop(pass);
            let start = Instant::now();
            gpu.queue().submit([encoder.finish()]);
            pollster::block_on(readback.read::<u32>(gpu, out.buffer(), 0..4)).unwrap();
            start.elapsed().as_secs_f64()
        })
        .skip(1)
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}
