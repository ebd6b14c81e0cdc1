//! Products of a draft's tokens: what `matvec` gives for each of them, however many there are.

use crate::harness::{
    NMSE_F32, Pair, Random, cols, device, few, frequencies, input, interleaved, limited, nmse, output, read,
    result, run, variants, vector,
};
use gguf::TensorType;
use kernels::gpu::{
    Context, Input, KvCache, Output, Partials, Qkv, Rotations, Rows, Step, Weight, matvec, matvec_few,
};
use kernels::ops::{KvFormat, RopeStyle};
use kernels::reference;
use proptest::prelude::*;

const EPS: f32 = 1e-5;

/// Numbers are added in the same order; a compiler may join multiplications and additions
/// differently.
const NMSE_SAME: f64 = 1e-12;

/// What becomes of a product.
#[derive(Clone, Copy, Debug)]
enum To {
    Stored,
    Added,
    Gated,
}

impl To {
    const ALL: [Self; 3] = [Self::Stored, Self::Added, Self::Gated];

    /// A number of rows that it takes.
    fn rows(self, rows: usize) -> usize {
        match self {
            Self::Stored => rows,
            Self::Added => rows.next_multiple_of(32),
            Self::Gated => rows.next_multiple_of(64),
        }
    }

    /// Values of a token's result.
    fn width(self, rows: usize) -> usize {
        match self {
            Self::Stored => rows + 5,
            Self::Added => rows,
            Self::Gated => rows / 2,
        }
    }

    fn output(self, out: &Rows) -> Output<'_> {
        match self {
            Self::Stored => Output::Store(out, 3),
            Self::Added => Output::Add(out),
            Self::Gated => Output::Gated { gelu: false, out },
        }
    }
}

/// Rows to multiply with a matrix, and their norm.
struct Case<'a> {
    gpu: &'a Context,
    weight: Pair,
    x: Vec<f32>,
    norm: Vec<f32>,
    old: Vec<f32>,
    to: To,
}

impl<'a> Case<'a> {
    fn new(gpu: &'a Context, ty: TensorType, rows: usize, blocks: usize, tokens: usize, to: To) -> Self {
        let (mut random, width, rows) = (Random::new(31), cols(ty, blocks), to.rows(rows));
        let weight = Pair::new(gpu, &mut random, ty, rows, width);
        let (x, norm) = (random.values(tokens * width), random.values(width));
        Self { gpu, weight, x, norm, old: random.values(tokens * to.width(rows)), to }
    }

    /// Whether the kernels normalise what goes in: they don't before additions.
    fn normed(&self) -> bool {
        !matches!(self.to, To::Added)
    }

    /// The result for the tokens from `first` on, together or one by one.
    fn run(&self, first: usize, tokens: usize, together: bool) -> Vec<f32> {
        let (gpu, width, step) = (self.gpu, self.norm.len(), Step::new(self.gpu));
        let rows: Vec<f32> =
            self.x[first * width..][..tokens * width].chunks(width).flat_map(interleaved).collect();
        let (x, norm) = (input(gpu, &rows, width), vector(gpu, &self.norm));
        let from =
            if self.normed() { Input::Normed { x: &x, weight: &norm, eps: EPS } } else { Input::Plain(&x) };
        let out_width = self.to.width(self.weight.gpu.rows());
        let out = output(gpu, &self.old[first * out_width..][..tokens * out_width], out_width);
        let (weight, to) = (&self.weight.gpu, self.to.output(&out));
        let dispatch =
            if together { matvec_few(gpu, weight, from, to, &step) } else { matvec(gpu, weight, from, to) };
        run(gpu, &dispatch.unwrap(), &step, 0, tokens);
        result(gpu, &out)
    }

    fn tokens(&self) -> usize {
        self.x.len() / self.norm.len()
    }

    /// How far the tokens together are from each by itself.
    fn difference(&self) -> f64 {
        let alone: Vec<f32> = (0..self.tokens()).flat_map(|token| self.run(token, 1, false)).collect();
        nmse(&self.run(0, self.tokens(), true), &alone)
    }

    /// How far a product that is stored is from the reference's.
    fn error(&self) -> f64 {
        let rows = self.weight.gpu.rows();
        let mut normed = self.x.clone();
        reference::rms_norm(&self.x, &self.norm, EPS, &mut normed);
        let mut product = vec![0.0; self.tokens() * rows];
        reference::matmul(&self.weight.cpu(), &normed, &mut product);
        let mut expected = self.old.clone();
        for (expected, product) in expected.chunks_mut(rows + 5).zip(product.chunks(rows)) {
            expected[3..3 + rows].copy_from_slice(product);
        }
        nmse(&self.run(0, self.tokens(), true), &expected)
    }
}

proptest! {
    #![proptest_config(few(8))]

    #[test]
    fn drafts_multiply_as_single_tokens(
        variant in 0..3_usize, ty in 0..TensorType::ALL.len(), rows in 1_usize..200, blocks in 1_usize..80, tokens in 1_usize..17,
        to in 0..3_usize,
    ) {
        let gpu = &variants()[variant];
        let case = Case::new(gpu, TensorType::ALL[ty], rows, blocks, tokens, To::ALL[to]);
        let difference = case.difference();
        prop_assert!(difference < NMSE_SAME, "{difference}");
        // The same bits however many tokens there are.
        let width = case.old.len() / tokens;
        let fewer = tokens.div_ceil(2);
        prop_assert_eq!(&case.run(0, fewer, true), &case.run(0, tokens, true)[..fewer * width]);
    }
}

#[test]
fn every_type_matches_reference() {
    // Shapes whose rows few lanes share and many; one for each variant and type, as pipelines take
    // software adapters long to make.
    let shapes = [(67, 19, 6), (4096, 8, 2), (8, 300, 16)];
    for (i, gpu) in variants().iter().enumerate() {
        for (j, ty) in TensorType::ALL.into_iter().enumerate() {
            let (rows, blocks, tokens) = shapes[(i + j) % shapes.len()];
            let error = Case::new(gpu, ty, rows, blocks, tokens, To::Stored).error();
            assert!(error < NMSE_F32, "{} of {rows} rows: {error}", ty.name());
        }
    }
}

/// As many rows as the largest vocabularies have: 65,535 workgroups are a dimension's limit.
#[test]
fn many_rows_match_reference() {
    for gpu in variants() {
        let error = Case::new(&gpu, TensorType::Q8_0, 262_144, 1, 2, To::Stored).error();
        assert!(error < NMSE_F32, "{error}");
    }
}

/// A matrix in several shards.
#[test]
fn shards_match_reference() {
    let gpu = limited(1 << 16);
    for to in [To::Stored, To::Added] {
        let difference = Case::new(&gpu, TensorType::Q8_0, 333, 16, 5, to).difference();
        assert!(difference < NMSE_SAME, "{to:?}: {difference}");
    }
}

/// Queries, keys and values of tokens from a position on: the rows of queries, and the cache.
fn qkv(gpu: &Context, style: RopeStyle, kv: KvFormat, tokens: usize, together: bool) -> (Vec<f32>, Vec<u32>) {
    const POS: usize = 5;
    let (heads, kv_heads, head_dim, width) = (3, 2, 32, 96);
    let (q_width, mut random) = (heads * head_dim, Random::new(3));
    let rows = q_width + 2 * kv_heads * head_dim;
    let weight = Pair::new(gpu, &mut random, TensorType::Q4_1, rows, width);
    let (norm, bias) = (vector(gpu, &random.values(width)), vector(gpu, &random.values(rows)));
    let rotations = Rotations::new(gpu, &frequencies(head_dim), POS + tokens).unwrap();
    let cache = KvCache::new(gpu, POS + tokens, kv_heads, head_dim, kv).unwrap();
    let values = random.values(tokens * width);
    let step = Step::new(gpu);
    let product = |first: usize, tokens: usize| {
        let rows: Vec<f32> =
            values[first * width..][..tokens * width].chunks(width).flat_map(interleaved).collect();
        let (x, q) = (input(gpu, &rows, width), output(gpu, &vec![0.0; tokens * q_width], q_width));
        let from = Input::Normed { x: &x, weight: &norm, eps: EPS };
        let to = Output::Qkv(Qkv {
            bias: Some(&bias),
            rotations: &rotations,
            style,
            q: &q,
            cache: &cache,
            step: &step,
        });
        let dispatch = if together {
            matvec_few(gpu, &weight.gpu, from, to, &step)
        } else {
            matvec(gpu, &weight.gpu, from, to)
        };
        run(gpu, &dispatch.unwrap(), &step, POS + first, tokens);
        result(gpu, &q)
    };
    let q = if together { product(0, tokens) } else { (0..tokens).flat_map(|i| product(i, 1)).collect() };
    (q, read(gpu, cache.buffer()))
}

#[test]
fn heads_of_drafts_are_those_of_single_tokens() {
    for gpu in variants() {
        for (style, kv) in [(RopeStyle::Halves, KvFormat::F32), (RopeStyle::Interleaved, KvFormat::F16)] {
            let ((q, cache), (q_alone, cache_alone)) =
                (qkv(&gpu, style, kv, 7, true), qkv(&gpu, style, kv, 7, false));
            assert!(nmse(&q, &q_alone) < NMSE_SAME);
            let values = |cache: Vec<u32>| -> Vec<f32> {
                match kv {
                    KvFormat::F16 => {
                        let halves: &[half::f16] = bytemuck::cast_slice(&cache);
                        halves.iter().map(|half| half.to_f32()).collect()
                    }
                    _ => cache.into_iter().map(f32::from_bits).collect(),
                }
            };
            let difference = nmse(&values(cache), &values(cache_alone));
            assert!(difference < NMSE_F32, "{difference}");
        }
    }
}

#[test]
fn refuses_what_is_not_put_together() {
    let gpu = device();
    let weight = Weight::new(&gpu, "weight", TensorType::Q4_0, 8, 64).unwrap();
    let (partials, out) = (Partials::new(&gpu, 2, 2, 32).unwrap(), Rows::new(&gpu, "out", 2, 8).unwrap());
    let step = Step::new(&gpu);
    let from = Input::Attended { partials: &partials, window: None, step: &step };
    assert!(matvec_few(&gpu, &weight, from, Output::Store(&out, 0), &step).is_err());
}
