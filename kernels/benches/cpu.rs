//! How long the CPU kernels take on one thread, at the shapes of SmolLM2-135M:
//!
//! - natively: `cargo bench -p kernels --bench cpu`;
//! - as WebAssembly on Node, after `rustup target add wasm32-wasip1`: the same with `--target
//!   wasm32-wasip1`.
//!
//! Each figure is the least of many runs, in microseconds for each token and layer; products at the
//! end.

use gguf::TensorType;
use kernels::ops::{Attention, RopeStyle, rope_frequencies};
use kernels::simd::{self, KvCache, Packed, Pool, Precision, Rotations};
use std::hint::black_box;
use std::time::Instant;

/// Layers of the model: what a figure is multiplied by for a whole pass.
const LAYERS: f64 = 30.0;

const WIDTH: usize = 576;
const FEED_FORWARD: usize = 1536;
const SHAPE: Attention = Attention { heads: 9, kv_heads: 3, head_dim: 64, scale: 0.125, window: None };
const KV_WIDTH: usize = SHAPE.kv_heads * SHAPE.head_dim;

/// Tokens of a step, and positions before them.
const STEPS: [(usize, usize); 5] = [(1, 128), (1, 1024), (4, 1024), (512, 0), (512, 512)];

fn main() {
    println!("kernel      tokens  after    µs  ms in a pass");
    for (tokens, pos) in STEPS {
        let pool = Pool::new();
        let figure = |name: &str, work: &mut dyn FnMut()| {
            let micros = 1e6 * time(work) / tokens as f64;
            println!("{name:10}  {tokens:6}  {pos:5}  {micros:4.1}  {:.3}", micros * LAYERS / 1e3);
        };
        let (x, weight) = (rows(tokens, WIDTH), rows(1, WIDTH));
        let mut out = rows(tokens, WIDTH);
        figure("rms_norm", &mut || simd::rms_norm(&pool, black_box(&x), &weight, 1e-5, &mut out));
        figure("add", &mut || simd::add(&pool, &mut out, black_box(&x)));
        let mut rotations = Rotations::new(&rope_frequencies(10_000.0, SHAPE.head_dim));
        let style = RopeStyle::Interleaved;
        let positions: Vec<usize> = (pos..pos + tokens).collect();
        figure("rope", &mut || simd::rope(&pool, &mut out, WIDTH, &mut rotations, style, &positions));
        let (gate, up) = (rows(tokens, FEED_FORWARD), rows(tokens, FEED_FORWARD));
        let mut bent = gate.clone();
        figure("silu_mul", &mut || {
            bent.copy_from_slice(&gate);
            simd::silu_mul(&pool, &mut bent, black_box(&up));
        });
        figure("gelu_mul", &mut || {
            bent.copy_from_slice(&gate);
            simd::gelu_mul(&pool, &mut bent, black_box(&up));
        });
        let mut cache = KvCache::new(SHAPE.kv_heads, SHAPE.head_dim);
        let kv = rows(pos + tokens, KV_WIDTH);
        cache.store(0, &kv, &kv);
        let new = &kv[pos * KV_WIDTH..];
        figure("store", &mut || cache.store(pos, black_box(new), new));
        figure("attention", &mut || simd::attention(&pool, &SHAPE, black_box(&x), &cache, pos, &mut out));
    }
    products();
}

/// A layer's largest product, gate and up in one, by type: multiplications and additions a second,
/// in 10⁹.
fn products() {
    const TOKENS: [usize; 6] = [1, 2, 4, 8, 16, 64];
    println!("\nproducts, 10⁹ multiplications a second by tokens {TOKENS:?}: in 16 bits, in 8");
    let pool = Pool::new();
    for ty in TensorType::ALL {
        let width = WIDTH.next_multiple_of(ty.block_len());
        let mut weight = Packed::new(ty, 2 * FEED_FORWARD, width).expect("whole blocks");
        weight.write(0, &vec![17; 2 * FEED_FORWARD * width / ty.block_len() * ty.block_bytes()]);
        let [exact, fast] = [Precision::Bits16, Precision::Bits8].map(|precision| {
            TOKENS.map(|tokens| {
                let (x, mut out) = (rows(tokens, width), rows(tokens, 2 * FEED_FORWARD));
                let mut work = || simd::matmul(&pool, &weight, black_box(&x), precision, &mut out);
                (tokens * width * 2 * FEED_FORWARD) as f64 / time(&mut work) / 1e9
            })
        });
        println!("{:5} {exact:5.1?} {fast:5.1?}", ty.name());
    }
}

/// Rows of values in [-1, 1).
fn rows(tokens: usize, width: usize) -> Vec<f32> {
    (0..tokens * width).map(|i| (i as f32 * 0.618_034).fract() * 2.0 - 1.0).collect()
}

/// Seconds of a run: the least of many, each of as many as take a millisecond, so that what else
/// the machine does is left out.
fn time(work: &mut dyn FnMut()) -> f64 {
    let mut seconds = |runs: usize| {
        let start = Instant::now();
        (0..runs).for_each(|_| work());
        start.elapsed().as_secs_f64() / runs as f64
    };
    let once = seconds(1).min(seconds(3));
    #[expect(clippy::cast_possible_truncation, reason = "a small positive number")]
    let runs = ((1e-3 / once) as usize).clamp(1, 10_000);
    (0..60).map(|_| seconds(runs)).fold(once, f64::min)
}
