//! Products of one token, or of the few of a draft, with what comes before and after them.

use super::sharing::Sharing;
use crate::gpu::device::{Constant, Context, Dispatch, Grid, Launch};
use crate::gpu::error::Error;
use crate::gpu::memory::{KvCache, Partials, Rotations, Rows, Shard, Step, Weight};
use crate::gpu::shape::{blocks, same};
use crate::ops::{KvFormat, RopeStyle};

/// What is multiplied. Rows are interleaved ([`RowLayout::Interleaved`](crate::gpu::RowLayout)).
#[derive(Clone, Copy)]
pub enum Input<'a> {
    /// The first row.
    Plain(&'a Rows),
    /// The first row, normalised as by [`rms_norm`](crate::gpu::rms_norm()).
    Normed {
        /// The row.
        x: &'a Rows,
        /// Per-feature factors.
        weight: &'a Weight,
        /// Added to the mean square.
        eps: f32,
    },
    /// What [`attention_split`](crate::gpu::attention_split()) found for the first token, put together.
    Attended {
        /// What it found.
        partials: &'a Partials,
        /// As attention's.
        window: Option<usize>,
        /// The step.
        step: &'a Step,
    },
}

/// What becomes of the product.
#[derive(Clone, Copy)]
pub enum Output<'a> {
    /// It replaces what stands in the first row, from this value on.
    Store(&'a Rows, usize),
    /// It is added to the first row, which is interleaved: a residual connection.
    Add(&'a Rows),
    /// Of a matrix of gate's rows above those of up, `activation(gate) · up` replaces the first row, interleaved.
    Gated {
        /// Bends the gate by GELU in its tanh form, instead of SiLU.
        gelu: bool,
        /// The row.
        out: &'a Rows,
    },
    /// Of a matrix of queries' rows above those of keys and values, all are put where attention finds them.
    Qkv(Qkv<'a>),
}

/// Where queries, keys and values go.
#[derive(Clone, Copy)]
pub struct Qkv<'a> {
    /// Added to the product.
    pub bias: Option<&'a Weight>,
    /// Rotates queries and keys.
    pub rotations: &'a Rotations,
    /// Pairing.
    pub style: RopeStyle,
    /// The first row receives the queries.
    pub q: &'a Rows,
    /// Receives keys and values at the step's position.
    pub cache: &'a KvCache,
    /// The step.
    pub step: &'a Step,
}

/// True where [`matvec()`] can do this: a matrix whose rows mean different things must lie in one piece, and a cache take
/// single pairs of values.
#[must_use]
pub fn can_fuse(weight: &Weight, input: Input<'_>, output: Output<'_>) -> bool {
    let input = match input {
        Input::Attended { partials, .. } => partials.head_dim().is_multiple_of(32),
        Input::Plain(_) | Input::Normed { .. } => true,
    };
    let output = match output {
        Output::Gated { .. } => weight.shards().len() == 1,
        Output::Qkv(Qkv { cache, .. }) => weight.shards().len() == 1 && cache.format() != KvFormat::Q8_0,
        Output::Store(..) | Output::Add(_) => true,
    };
    input && output
}

/// `out = after(weight · before(x))` for one token.
///
/// # Errors
/// [`Error::Shape`] when widths differ, a norm or a bias is not a vector of `f32`, or [`can_fuse()`] says no.
pub fn matvec(
    gpu: &Context,
    weight: &Weight,
    input: Input<'_>,
    output: Output<'_>,
) -> Result<Dispatch, Error> {
    matvec_shared(gpu, weight, input, output, Sharing::of(gpu, weight))
}

/// As [`matvec()`], shared in this way.
///
/// # Errors
/// As [`matvec()`].
pub fn matvec_shared(
    gpu: &Context,
    weight: &Weight,
    input: Input<'_>,
    output: Output<'_>,
    sharing: Sharing,
) -> Result<Dispatch, Error> {
    launch(gpu, weight, input, output, sharing, None)
}

/// As [`matvec()`] for each token of a step of a few: what it says of the first row holds for each token's. All of a row is
/// stored, and nothing is [`Attended`](Input::Attended).
///
/// The result is that of [`matvec()`] whatever the number of tokens. Weights are read once for four tokens, and come from memory
/// once for all.
///
/// # Errors
/// As [`matvec()`].
pub fn matvec_few(
    gpu: &Context,
    weight: &Weight,
    input: Input<'_>,
    output: Output<'_>,
    step: &Step,
) -> Result<Dispatch, Error> {
    launch(gpu, weight, input, output, Sharing::of(gpu, weight), Some(step))
}

/// A launch for one token, or for the few of a step.
fn launch(
    gpu: &Context,
    weight: &Weight,
    input: Input<'_>,
    output: Output<'_>,
    Sharing { threads, lanes }: Sharing,
    few: Option<&Step>,
) -> Result<Dispatch, Error> {
    /// Tokens of a thread, as in the kernel.
    const TOKENS: u32 = 4;
    if !can_fuse(weight, input, output) {
        return Err(Error::shape(
            "matvec",
            "this product and what surrounds it do not go together".to_owned(),
        ));
    }
    let mut call = Call { defines: vec![weight.define()], constants: Vec::new(), buffers: Vec::new() };
    let (from, width) = call.input(input)?;
    same("matvec", "the width of the input", weight.cols(), width)?;
    let to = call.output(output, weight)?;
    if let Input::Attended { step, .. } = input {
        call.buffers.push(step.buffer());
    }
    let (kernel, tokens) = match few {
        None => ("matvec", None),
        Some(_) if matches!(input, Input::Attended { .. }) => {
            return Err(Error::shape("matvec_few", "what was attended to is not put together"));
        }
        Some(_) => ("matvec_few", Some(TOKENS)),
    };
    if let (Some(step), false) = (few, matches!(output, Output::Qkv(_))) {
        call.buffers.push(step.buffer());
    }
    call.defines.push(permutation(from, to)?);
    let subgroup = gpu.features().subgroup as usize;
    if subgroup > 1 && lanes > 1 {
        call.defines.push("SUBGROUPS");
        call.constants.push(("SUBGROUP", subgroup.into()));
    }
    let launch = |shard: &Shard| {
        let rows = shard.rows();
        let mut constants = call.constants.clone();
        constants.extend([
            ("ROWS", rows.len().into()),
            ("FIRST_ROW", (call.first(output) + rows.start).into()),
            ("BLOCKS", weight.blocks().into()),
            ("THREADS", threads.into()),
            ("LANES", lanes.into()),
        ]);
        let quads = rows.len().div_ceil(4);
        let grid = Grid { x: quads.div_ceil(threads / lanes), tokens };
        Launch::new(gpu, kernel, &call.defines, &constants, &shard.bind(&call.buffers), grid)
    };
    Ok(Dispatch::all(weight.shards().iter().map(launch).collect::<Result<_, _>>()?))
}

struct Call<'a> {
    defines: Vec<&'static str>,
    constants: Vec<(&'static str, Constant)>,
    /// In the order of their bindings, after those of the weight.
    buffers: Vec<&'a wgpu::Buffer>,
}

impl<'a> Call<'a> {
    /// Name of the input's part of the permutation, and the input's width.
    fn input(&mut self, input: Input<'a>) -> Result<(&'static str, usize), Error> {
        Ok(match input {
            Input::Plain(x) => {
                self.buffers.push(x.buffer());
                ("", x.width())
            }
            Input::Normed { x, weight, eps } => {
                same("matvec", "the width of the norm", x.width(), weight.cols())?;
                self.buffers.extend([x.buffer(), weight.interleaved_vector("matvec")?]);
                self.constants.push(("EPS", eps.into()));
                ("NORM_", x.width())
            }
            Input::Attended { partials, window, .. } => {
                self.buffers.push(partials.buffer());
                self.constants.extend(partials.constants(window));
                ("ATTENDED_", partials.heads() * partials.head_dim())
            }
        })
    }

    /// Name of the output's part of the permutation.
    fn output(&mut self, output: Output<'a>, weight: &Weight) -> Result<&'static str, Error> {
        let fits = |width: usize, found: usize| same("matvec", "the width of the output", width, found);
        Ok(match output {
            Output::Store(out, at) => {
                if at + weight.rows() > out.width() {
                    return Err(Error::shape("matvec", format!("no {} values from {at} on", weight.rows())));
                }
                self.buffers.push(out.buffer());
                self.constants.extend([("OUT_WIDTH", out.width().into()), ("INTERLEAVED", false.into())]);
                "STORED"
            }
            Output::Add(out) => {
                fits(weight.rows(), out.width())?;
                self.interleaved(out)?;
                "ADDED"
            }
            Output::Gated { gelu, out } => {
                fits(weight.rows(), 2 * out.width())?;
                self.interleaved(out)?;
                self.constants.push(("GELU", gelu.into()));
                "GATED"
            }
            Output::Qkv(Qkv { bias, rotations, style, q, cache, step }) => {
                fits(weight.rows(), q.width() + 2 * cache.width())?;
                same("matvec", "the width of the rotations", cache.head_dim(), 2 * rotations.pairs())?;
                let bias_buffer = match bias {
                    Some(bias) => {
                        same("matvec", "the width of the bias", weight.rows(), bias.cols())?;
                        bias.vector("matvec")?
                    }
                    None => rotations.buffer(),
                };
                self.buffers.extend([
                    q.buffer(),
                    step.buffer(),
                    rotations.buffer(),
                    cache.buffer(),
                    bias_buffer,
                ]);
                self.constants.extend([
                    ("Q_END", q.width().into()),
                    ("K_END", (q.width() + cache.width()).into()),
                    ("HEAD_PAIRS", rotations.pairs().into()),
                    ("HALVES", (style == RopeStyle::Halves).into()),
                    ("HAS_BIAS", bias.is_some().into()),
                ]);
                self.constants.extend(cache.constants());
                if cache.format() == KvFormat::F16 { "QKV_F16" } else { "QKV_F32" }
            }
        })
    }

    fn interleaved(&mut self, out: &'a Rows) -> Result<(), Error> {
        self.buffers.push(out.buffer());
        blocks("matvec", out.width())?;
        self.constants.extend([("OUT_WIDTH", out.width().into()), ("INTERLEAVED", true.into())]);
        Ok(())
    }

    fn first(&self, output: Output<'_>) -> usize {
        match output {
            Output::Store(_, at) => at,
            _ => 0,
        }
    }
}

fn permutation(from: &str, to: &str) -> Result<&'static str, Error> {
    /// As in the kernel.
    const NAMES: [&str; 8] = [
        "STORED",
        "ADDED",
        "NORM_STORED",
        "NORM_GATED",
        "NORM_QKV_F32",
        "NORM_QKV_F16",
        "ATTENDED_STORED",
        "ATTENDED_ADDED",
    ];
    let found = NAMES.iter().find(|name| name.strip_prefix(from) == Some(to));
    found.copied().ok_or_else(|| Error::shape("matvec", format!("no kernel has {from}{to}")))
}
