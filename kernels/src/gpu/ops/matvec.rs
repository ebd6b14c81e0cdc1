//! Products of one token, or of the few of a draft, with what comes before and after them.

use super::matrix::Matrix;
use super::sharing::Sharing;
use crate::gpu::device::{Context, Dispatch, Grid, Launch};
use crate::gpu::error::Error;
use crate::gpu::memory::{KvCache, LowRank, Partials, Rotations, Rows, Shard, Step, Weight};
use crate::gpu::shape::{blocks, same};
use crate::gpu::wgsl::{self, Matvec};
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
    /// What [`attention_split`](crate::gpu::attention_split()) found for the first token, put
    /// together.
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
    /// Of a matrix of gate's rows above those of up, `activation(gate) · up` replaces the first
    /// row, interleaved.
    Gated {
        /// Bends the gate by GELU in its tanh form, instead of SiLU.
        gelu: bool,
        /// The row.
        out: &'a Rows,
    },
    /// Of a matrix of queries' rows above those of keys and values, all are put where attention
    /// finds them.
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

/// True where [`matvec()`] can do this: a matrix whose rows mean different things must lie in one
/// piece, and so must one with an update, a cache take single pairs of values, and nothing have both an
/// update and a bias.
#[must_use]
pub fn can_fuse<'a>(matrix: impl Into<Matrix<'a>>, input: Input<'_>, output: Output<'_>) -> bool {
    let Matrix { weight, update } = matrix.into();
    let input = match input {
        Input::Attended { partials, .. } => partials.head_dim().is_multiple_of(32),
        Input::Plain(_) | Input::Normed { .. } => true,
    };
    let output = match output {
        Output::Gated { .. } => weight.shards().len() == 1,
        Output::Qkv(Qkv { cache, bias, .. }) => {
            let is_plain = update.is_none() || bias.is_none();
            weight.shards().len() == 1 && cache.format() != KvFormat::Q8_0 && is_plain
        }
        Output::Store(..) | Output::Add(_) => update.is_none() || weight.shards().len() == 1,
    };
    input && output
}

/// `out = after(weight · before(x))` for one token.
///
/// # Errors
/// [`Error::Shape`] when widths differ, a norm or a bias is not a vector of `f32`, or
/// [`can_fuse()`] says no.
pub fn matvec<'a>(
    gpu: &Context,
    matrix: impl Into<Matrix<'a>>,
    input: Input<'_>,
    output: Output<'_>,
) -> Result<Dispatch, Error> {
    let matrix = matrix.into();
    matvec_shared(gpu, matrix, input, output, Sharing::of(gpu, matrix))
}

/// As [`matvec()`], shared in this way.
///
/// # Errors
/// As [`matvec()`].
pub fn matvec_shared<'a>(
    gpu: &Context,
    matrix: impl Into<Matrix<'a>>,
    input: Input<'_>,
    output: Output<'_>,
    sharing: Sharing,
) -> Result<Dispatch, Error> {
    launch(gpu, matrix.into(), input, output, sharing, None)
}

/// As [`matvec()`] for each token of a step of a few: what it says of the first row holds for each
/// token's. All of a row is stored, and nothing is [`Attended`](Input::Attended).
///
/// The result is that of [`matvec()`] whatever the number of tokens. Weights are read once for four
/// tokens, and come from memory once for all.
///
/// # Errors
/// As [`matvec()`].
pub fn matvec_few<'a>(
    gpu: &Context,
    matrix: impl Into<Matrix<'a>>,
    input: Input<'_>,
    output: Output<'_>,
    step: &Step,
) -> Result<Dispatch, Error> {
    let matrix = matrix.into();
    launch(gpu, matrix, input, output, Sharing::of(gpu, matrix), Some(step))
}

/// A launch for one token, or for the few of a step.
fn launch(
    gpu: &Context,
    Matrix { weight, update }: Matrix<'_>,
    input: Input<'_>,
    output: Output<'_>,
    sharing: Sharing,
    few: Option<&Step>,
) -> Result<Dispatch, Error> {
    /// Tokens of a thread: as in `shared/few_tokens.wgsl`.
    const FEW: usize = 4;
    if !can_fuse(Matrix { weight, update }, input, output) {
        return Err(Error::shape("matvec", "this product and what surrounds it do not go together"));
    }
    let (from, to) = (Operand::new(input, weight)?, Destination::new(output, weight)?);
    let most = Sharing::most_updated(gpu);
    let update = update.map(|update| Updated::new(update, weight, output, sharing, most)).transpose()?;
    let Sharing { threads, lanes } = update.as_ref().map_or(sharing, |update| update.sharing);
    let subgroup = gpu.features().subgroup as usize;
    let subgroups = subgroup > 1 && lanes > 1;
    // Lanes whose sums subgroups add up.
    let summed = if subgroups { lanes.min(subgroup) } else { 1 };
    let (attended, row, qkv) = (from.attended, to.row, to.qkv);
    let launch = |shard: &Shard| {
        let rows = shard.rows();
        let kernel = Matvec {
            weight_type: weight.weight_type(),
            input: from.permutation,
            output: to.permutation,
            few: few.is_some(),
            subgroups,
            low_rank: update.is_some(),
            rows: rows.len(),
            blocks: weight.blocks(),
            threads,
            lanes,
            staged: if lanes > summed { threads / summed } else { 1 },
            subgroup: subgroups.then_some(subgroup),
            eps: from.norm.map(|(_, eps)| eps),
            batched: attended.is_some().then_some(false).or(qkv.map(|qkv| qkv.step.is_batched())),
            heads: attended.map(|(partials, _)| partials.heads()),
            window: attended.map(|(_, window)| window.unwrap_or(0)),
            head_quads: attended.map(|of| of.0.head_quads()).or(qkv.map(|qkv| qkv.cache.head_quads())),
            first_row: row.map(|row| row.first + rows.start),
            out_width: row.map(|row| row.width),
            interleaved: row.map(|row| row.interleaved),
            gelu: to.gelu,
            kv_heads: qkv.map(|qkv| qkv.cache.kv_heads()),
            q_end: qkv.map(|qkv| qkv.q.width()),
            k_end: qkv.map(|qkv| qkv.q.width() + qkv.cache.width()),
            head_pairs: qkv.map(|qkv| qkv.rotations.pairs()),
            halves: qkv.map(|qkv| qkv.style == RopeStyle::Halves),
            has_bias: to.bias.filter(|_| update.is_none()).and(qkv).map(|qkv| qkv.bias.is_some()),
            rank: update.as_ref().map(|update| update.of.rank()),
            b_at: update.as_ref().map(|update| update.of.b_at()),
            second: update.as_ref().map(|update| update.of.starts()[0]),
            third: update.as_ref().map(|update| update.of.starts()[1]),
            scale: update.as_ref().map(|update| update.of.scale()),
            inner_quads: update.as_ref().map(|update| update.inner_quads),
            apart: update.as_ref().map(|update| update.apart),
            quants: shard.quants(),
            scales: shard.scales(),
            x: from.x,
            norm: from.norm.map(|(factors, _)| factors),
            out: to.out,
            step: few.or(from.step).or(qkv.map(|qkv| qkv.step)).map(Step::buffer),
            rotations: qkv.map(|qkv| qkv.rotations.buffer()),
            cache: qkv.map(|qkv| qkv.cache.buffer()),
            bias: to.bias.filter(|_| update.is_none()),
            ab: update.as_ref().map(|update| update.of.buffer()),
        };
        let quads = rows.len().div_ceil(4);
        let grid = Grid { x: quads.div_ceil(threads / lanes), tokens: few.map(|_| FEW) };
        Launch::new(gpu, &kernel, grid)
    };
    Ok(Dispatch::all(weight.shards().iter().map(launch).collect::<Result<_, _>>()?))
}

/// An update that fits, and how a workgroup makes it.
struct Updated<'a> {
    of: &'a LowRank,
    sharing: Sharing,
    /// Products with A of each workgroup, over four.
    inner_quads: usize,
    /// Whether a workgroup's rows are all of one part.
    apart: bool,
}

impl<'a> Updated<'a> {
    fn new(
        of: &'a LowRank,
        matrix: &Weight,
        output: Output<'_>,
        sharing: Sharing,
        most: usize,
    ) -> Result<Self, Error> {
        same("matvec", "the width of an update", matrix.cols(), of.cols())?;
        same("matvec", "the height of an update", matrix.rows(), of.rows())?;
        let (of_part, of_all) = (of.rank() / 4, of.inner() / 4);
        let alone = sharing.with_groups(of_part, most);
        let rows = 4 * alone.threads / alone.lanes;
        let apart = of.starts().iter().all(|start| start.is_multiple_of(rows) || *start == of.rows());
        Ok(if apart && !matches!(output, Output::Gated { .. }) {
            Self { of, sharing: alone, inner_quads: of_part, apart: true }
        } else {
            Self { of, sharing: sharing.with_groups(of_all, most), inner_quads: of_all, apart: false }
        })
    }
}

/// An [`Input`] that fits.
struct Operand<'a> {
    permutation: wgsl::Input,
    x: &'a wgpu::Buffer,
    /// Factors and epsilon.
    norm: Option<(&'a wgpu::Buffer, f32)>,
    attended: Option<(&'a Partials, Option<usize>)>,
    step: Option<&'a Step>,
}

impl<'a> Operand<'a> {
    fn new(input: Input<'a>, matrix: &Weight) -> Result<Self, Error> {
        let fits = |width: usize| same("matvec", "the width of the input", matrix.cols(), width);
        let plain = |x| Self { permutation: wgsl::Input::PLAIN, x, norm: None, attended: None, step: None };
        Ok(match input {
            Input::Plain(x) => {
                fits(x.width())?;
                plain(x.buffer())
            }
            Input::Normed { x, weight, eps } => {
                fits(x.width())?;
                same("matvec", "the width of the norm", x.width(), weight.cols())?;
                let norm = Some((weight.interleaved_vector("matvec")?, eps));
                Self { permutation: wgsl::Input::NORM, norm, ..plain(x.buffer()) }
            }
            Input::Attended { partials, window, step } => {
                fits(partials.heads() * partials.head_dim())?;
                let (permutation, attended) = (wgsl::Input::ATTENDED, Some((partials, window)));
                Self { permutation, attended, step: Some(step), ..plain(partials.buffer()) }
            }
        })
    }
}

/// An [`Output`] that fits.
struct Destination<'a> {
    permutation: wgsl::Output,
    out: &'a wgpu::Buffer,
    row: Option<Row>,
    gelu: Option<bool>,
    qkv: Option<Qkv<'a>>,
    bias: Option<&'a wgpu::Buffer>,
}

/// Where products go in a row.
#[derive(Clone, Copy)]
struct Row {
    first: usize,
    width: usize,
    interleaved: bool,
}

impl<'a> Destination<'a> {
    fn new(output: Output<'a>, matrix: &Weight) -> Result<Self, Error> {
        match output {
            Output::Store(out, first) => {
                if first + matrix.rows() > out.width() {
                    let problem = format!("no {} values from {first} on", matrix.rows());
                    return Err(Error::shape("matvec", problem));
                }
                let row = Row { first, width: out.width(), interleaved: false };
                Ok(Self::row(wgsl::Output::STORED, out, row))
            }
            Output::Add(out) => Self::interleaved(wgsl::Output::ADDED, out, matrix.rows(), out.width()),
            Output::Gated { gelu, out } => {
                let to = Self::interleaved(wgsl::Output::GATED, out, matrix.rows(), 2 * out.width())?;
                Ok(Self { gelu: Some(gelu), ..to })
            }
            Output::Qkv(qkv) => Self::qkv(qkv, matrix),
        }
    }

    fn row(permutation: wgsl::Output, out: &'a Rows, row: Row) -> Self {
        Self { permutation, out: out.buffer(), row: Some(row), gelu: None, qkv: None, bias: None }
    }

    /// A whole row that takes the products of `found` rows of the matrix, and should take those of
    /// `rows`.
    fn interleaved(
        permutation: wgsl::Output,
        out: &'a Rows,
        rows: usize,
        found: usize,
    ) -> Result<Self, Error> {
        same("matvec", "the width of the output", rows, found)?;
        blocks("matvec", out.width())?;
        Ok(Self::row(permutation, out, Row { first: 0, width: out.width(), interleaved: true }))
    }

    fn qkv(qkv: Qkv<'a>, matrix: &Weight) -> Result<Self, Error> {
        let Qkv { bias, rotations, q, cache, .. } = qkv;
        same("matvec", "the width of the output", matrix.rows(), q.width() + 2 * cache.width())?;
        same("matvec", "the width of the rotations", cache.head_dim(), 2 * rotations.pairs())?;
        let bias = match bias {
            Some(bias) => {
                same("matvec", "the width of the bias", matrix.rows(), bias.cols())?;
                bias.vector("matvec")?
            }
            // Bound, and not read.
            None => rotations.buffer(),
        };
        let permutation = match cache.format() {
            KvFormat::F16 => wgsl::Output::QKV_F16,
            KvFormat::F32 | KvFormat::Q8_0 => wgsl::Output::QKV_F32,
        };
        let (out, qkv) = (q.buffer(), Some(qkv));
        Ok(Self { permutation, out, row: None, gelu: None, qkv, bias: Some(bias) })
    }
}
