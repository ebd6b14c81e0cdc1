//! How quick the matrix products of a prefill are on a GPU: each kernel, each tile, in the shapes of real models.
//!
//! ```text
//! cargo run --release -p kernels --features gpu --example gpu_speed -- --adapter nvidia
//! ```
//!
//! Options take lists, separated by commas: `--models`, `--types`, `--tokens`, `--products`, `--variants` (`f32`, `f16`,
//! `int`) and `--tiles`, of which any part of the name will do. `--adapter NAME` chooses a GPU.
//!
//! The first table has TFLOP/s of each product; the second has what a whole step's products take, by one variant each with
//! the tiles that the library chooses, and with the best ones: where they differ, `src/gpu/tile.rs` is to be adjusted.

mod options;
mod shapes;
mod timer;

use gguf::TensorType;
use kernels::gpu::{
    Context, Dispatch, FLOAT_TILES, INT_TILES, QuantizedRows, Rows, Step, Store, Tile, Tuning, Weight,
    has_int_kernel, matmul, matmul_int, matmul_int_tiled, matmul_tiled, quantize,
};
use options::Options;
use shapes::{Model, Product};
use std::error::Error;
use timer::Timer;

/// A way to multiply.
#[derive(Clone, Copy)]
enum Variant {
    /// `matmul.wgsl`.
    Float(Tile),
    /// `matmul_int.wgsl`.
    Int(Tile),
}

impl Variant {
    /// Those of the options that the device has.
    fn all(options: &Options, gpu: &Context) -> Vec<Self> {
        let f16 = FLOAT_TILES.into_iter().map(Tile::in_f16).filter(|_| gpu.features().f16);
        let all = FLOAT_TILES.into_iter().chain(f16).map(Self::Float).chain(INT_TILES.map(Self::Int));
        all.filter(|variant| options.has_variant(variant.kind(), variant.tile().name)).collect()
    }

    fn kind(self) -> &'static str {
        match self {
            Self::Float(Tile { f16: true, .. }) => "f16",
            Self::Float(_) => "f32",
            Self::Int(_) => "int",
        }
    }

    fn tile(self) -> Tile {
        match self {
            Self::Float(tile) | Self::Int(tile) => tile,
        }
    }

    fn name(self) -> String {
        format!("{} {}", self.kind(), self.tile().name.trim_start_matches("TILE_"))
    }
}

/// Everything that a product is made of.
struct Bench<'a> {
    gpu: &'a Context,
    weight: Weight,
    x: Rows,
    quantized: QuantizedRows,
    out: Rows,
    step: &'a Step,
}

impl<'a> Bench<'a> {
    fn new(
        gpu: &'a Context,
        step: &'a Step,
        ty: TensorType,
        product: Product,
        most_tokens: u32,
    ) -> Result<Self, Box<dyn Error>> {
        let Product { rows, cols, .. } = product;
        let tokens = most_tokens as usize;
        let mut weight = Weight::new(gpu, "weight", ty, rows, cols)?;
        let bytes = usize::try_from(weight.bytes())?;
        weight.write(gpu, 0, &shapes::random_bytes(bytes))?;
        let x = Rows::new(gpu, "x", tokens, cols)?;
        x.write(gpu, 0, &shapes::random_values(tokens * cols));
        let quantized = QuantizedRows::new(gpu, "quantized", tokens, cols)?;
        let out = Rows::new(gpu, "out", tokens, rows)?;
        Ok(Self { gpu, weight, x, quantized, out, step })
    }

    fn quantize(&self) -> Result<Dispatch, Box<dyn Error>> {
        Ok(quantize(self.gpu, &self.x, &self.quantized, self.step)?)
    }

    fn dispatch(&self, variant: Variant) -> Result<Dispatch, Box<dyn Error>> {
        let Self { gpu, weight, x, quantized, out, step } = self;
        Ok(match variant {
            Variant::Float(tile) => matmul_tiled(gpu, weight, x, out, Store::At(0), step, tile)?,
            Variant::Int(tile) => matmul_int_tiled(gpu, weight, quantized, out, Store::At(0), step, tile)?,
        })
    }

    /// What the library chooses, by kind.
    fn chosen(&self, kind: &str) -> Result<Dispatch, Box<dyn Error>> {
        let Self { gpu, weight, x, quantized, out, step } = self;
        Ok(match kind {
            "int" => matmul_int(gpu, weight, quantized, out, Store::At(0), step)?,
            _ => matmul(gpu, weight, x, out, Store::At(0), step)?,
        })
    }
}

/// Milliseconds that the products of a step take.
#[derive(Clone, Copy, Default)]
struct Total {
    chosen: f64,
    best: f64,
    quantize: f64,
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = Options::parse(std::env::args().skip(1))?;
    let (gpu, timer) = timer::device(options.adapter.as_deref())?;
    let gpu = gpu.with_tuning(Tuning::Hardware);
    println!("{}: {:?}, timed by {}", gpu.adapter(), gpu.features(), timer.name());
    let variants = Variant::all(&options, &gpu);
    let mut summary = Vec::new();
    for model in options.models() {
        for &ty in &options.types {
            for &tokens in &options.tokens {
                summary.extend(step(&gpu, &timer, &options, &model, ty, tokens, &variants)?);
            }
        }
    }
    println!("\nProducts of a step, ms: with the tiles chosen, with the best ones; quantize");
    summary.iter().for_each(|line| println!("{line}"));
    Ok(())
}

/// Measures the products of one model in one type, and gives lines for the summary.
fn step(
    gpu: &Context,
    timer: &Timer,
    options: &Options,
    model: &Model,
    ty: TensorType,
    tokens: u32,
    variants: &[Variant],
) -> Result<Vec<String>, Box<dyn Error>> {
    println!("\n{} {}, {tokens} tokens: TFLOP/s (µs)", model.name, ty.name());
    let step = Step::new(gpu);
    step.write(gpu, 0, tokens);
    let mut totals = [("f32", Total::default()), ("int", Total::default())];
    for product in model.products().into_iter().filter(|product| options.has_product(product.name)) {
        let bench = Bench::new(gpu, &step, ty, product, tokens)?;
        let flop = 2.0 * product.rows as f64 * product.cols as f64 * f64::from(tokens);
        let quantized = timer.measure(gpu, &bench.quantize()?, tokens)?;
        let mut figures = Vec::new();
        for &variant in variants.iter().filter(|variant| variant.kind() != "int" || has_int_kernel(ty)) {
            let seconds = timer.measure(gpu, &bench.dispatch(variant)?, tokens)?;
            figures.push((variant, seconds));
        }
        println!(
            "  {} ({} x {}), quantize {:.1} µs",
            product.name,
            product.rows,
            product.cols,
            quantized * 1e6
        );
        for (variant, seconds) in &figures {
            println!("    {:<18}{:>7.2} ({:.1})", variant.name(), flop / seconds / 1e12, seconds * 1e6);
        }
        let layers = 1e3 * model.layers as f64;
        for (kind, total) in &mut totals {
            let of_kind = figures.iter().filter(|(variant, _)| variant.kind() == *kind);
            let best = of_kind.map(|&(_, seconds)| seconds).fold(f64::INFINITY, f64::min);
            if best.is_finite() {
                total.chosen += layers * timer.measure(gpu, &bench.chosen(kind)?, tokens)?;
                total.best += layers * best;
                total.quantize += layers * quantized;
            }
        }
    }
    let line = |(kind, total): &(&str, Total)| {
        let quantize = if *kind == "int" { total.quantize } else { 0.0 };
        format!(
            "{:<14}{:<6}{tokens:>5} tokens {kind}  {:>8.3} {:>8.3} {quantize:>8.3}",
            model.name,
            ty.name(),
            total.chosen,
            total.best,
        )
    };
    Ok(totals.iter().filter(|(_, total)| total.best > 0.0).map(line).collect())
}
