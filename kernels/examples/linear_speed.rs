//! How fast products of one token read their weights, by how threads share them; and what those of a draft's tokens take.
//!
//! cargo run --release -p kernels --features gpu --example linear_speed -- nvidia

#[path = "gpu_speed/timer.rs"]
mod timer;

use gguf::TensorType;
use kernels::gpu::{Input, Output, Rows, Sharing, Step, Weight, linear_few, linear_shared};
use std::error::Error;

/// Bytes that caches don't hold.
const MUCH: u64 = 400_000_000;

/// Most tokens of a step.
const FEW: u32 = 16;

fn main() -> Result<(), Box<dyn Error>> {
    let (gpu, timer) = timer::device(std::env::args().nth(1).as_deref())?;
    println!("{}: {:?}, timed by {}", gpu.adapter(), gpu.features(), timer.name());
    for (name, ty, width, ffn, qkv, vocab) in [
        ("smollm2-135m", TensorType::Q4_1, 576, 1536, 960, 49_152),
        ("qwen2.5-0.5b", TensorType::Q4_0, 896, 4864, 1152, 151_936),
        ("qwen2.5-1.5b", TensorType::Q4_0, 1536, 8960, 2048, 151_936),
    ] {
        let products = [
            ("qkv", qkv, width),
            ("o", width, width),
            ("gate_up", 2 * ffn, width),
            ("down", width, ffn),
            ("head", vocab, width),
        ];
        for (product, rows, cols) in products {
            let bytes = (rows * cols / ty.block_len() * ty.block_bytes()) as u64;
            let copies = (MUCH / bytes).clamp(1, 64);
            let weights = (0..copies)
                .map(|_| Weight::new(&gpu, "weight", ty, rows, cols))
                .collect::<Result<Vec<_>, _>>()?;
            let norm = Weight::new(&gpu, "norm", TensorType::F32, 1, cols)?;
            let gated = product == "gate_up";
            let out = Rows::new(&gpu, "out", FEW as usize, if gated { rows / 2 } else { rows })?;
            let x = Rows::new(&gpu, "x", FEW as usize, cols)?;
            let normed = Input::Normed { x: &x, weight: &norm, eps: 1e-5 };
            let (from, to) = match product {
                "gate_up" => (normed, Output::Gated { gelu: false, out: &out }),
                "qkv" => (normed, Output::Store(&out, 0)),
                "head" => (Input::Plain(&x), Output::Store(&out, 0)),
                _ => (Input::Plain(&x), Output::Add(&out)),
            };
            let mut best = Vec::new();
            for threads in [32, 64, 128, 256] {
                for lanes in [1, 2, 4, 8, 16, 32, 64, 128, 256] {
                    if lanes > threads || lanes / 2 >= cols / 32 {
                        continue;
                    }
                    let dispatches = weights
                        .iter()
                        .map(|weight| linear_shared(&gpu, weight, from, to, Sharing { threads, lanes }))
                        .collect::<Result<Vec<_>, _>>()?;
                    let seconds = timer.measure_all(&gpu, &dispatches, 1)?;
                    best.push((seconds, threads, lanes));
                }
            }
            best.sort_by(|a, b| a.0.total_cmp(&b.0));
            print!("{name} {product:8} {:6.2} MB:", bytes as f64 / 1e6);
            for (seconds, threads, lanes) in &best[..best.len().min(9)] {
                let rate = bytes as f64 / seconds / 1e9;
                print!("  {lanes}/{threads} {:.2} µs ({rate:.0} GB/s)", seconds * 1e6);
            }
            println!();
            let Sharing { threads, lanes } = Sharing::of(&gpu, &weights[0]);
            let chosen = weights
                .iter()
                .map(|weight| linear_shared(&gpu, weight, from, to, Sharing { threads, lanes }))
                .collect::<Result<Vec<_>, _>>()?;
            let one = timer.measure_all(&gpu, &chosen, 1)?;
            print!("{name} {product:8} {lanes}/{threads}, tokens: 1 {:.2} µs", one * 1e6);
            let step = Step::new(&gpu);
            let few = weights
                .iter()
                .map(|weight| linear_few(&gpu, weight, from, to, &step))
                .collect::<Result<Vec<_>, _>>()?;
            for tokens in [2, 4, 8, FEW] {
                step.write(&gpu, 0, tokens);
                let seconds = timer.measure_all(&gpu, &few, tokens)?;
                print!("  {tokens} {:.2} µs (x {:.2})", seconds * 1e6, seconds / one);
            }
            println!();
        }
    }
    Ok(())
}
