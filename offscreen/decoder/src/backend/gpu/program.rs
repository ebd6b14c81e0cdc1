//! A plan as dispatches: compiled when the model is loaded, and only encoded later.

use super::memory::Memory;
use super::tokens::{EXACT, Tokens};
use crate::Error;
use crate::fused::{FusedOp, Heads};
use crate::plan::{Activation, Head, Slot, Weight};
use kernels::gpu::{
    self, Context, Dispatch, Input, Matrix, Output, Qkv, RowLayout, Rows, Step, Store, Tuning,
};
use kernels::ops::Attention;

/// The dispatches of a forward pass.
pub(super) struct Program {
    /// On all tokens of a step.
    pub(super) body: Vec<Dispatch>,
    /// On the last token.
    pub(super) head: Vec<Dispatch>,
}

impl Program {
    pub(super) fn compile(gpu: &Context, memory: &Memory, tokens: Tokens) -> Result<Self, Error> {
        let scope = Scope { tokens, step: &memory.step, split: EXACT };
        let body = body(gpu, memory, scope)?;
        let scope = Scope { tokens: Tokens::One, ..scope };
        let mut head = Compiler { gpu, memory, scope, out: Vec::new() };
        let Head { x, last, norm, weight, logits, .. } = memory.plan.head;
        let (mut row, logits) = (memory.rows(gpu, x)?, memory.rows(gpu, logits)?);
        // Of one token the only row is the last.
        if tokens != Tokens::One {
            let last = memory.rows(gpu, last)?;
            head.out.push(gpu::last_row(gpu, &row, tokens.layout(), &last, &memory.step)?);
            row = last;
        }
        head.product(weight, Source::Normed(&row, norm), Target::Store(&logits, 0))?;
        Ok(Self { body, head: head.out })
    }

    /// Launches for a step of one token.
    pub(super) fn launches(&self) -> usize {
        self.body.iter().chain(&self.head).map(|dispatch| dispatch.count(1)).sum()
    }
}

/// The operations on all tokens of a step.
pub(super) fn body(gpu: &Context, memory: &Memory, scope: Scope<'_>) -> Result<Vec<Dispatch>, Error> {
    let mut body = Compiler { gpu, memory, scope, out: Vec::new() };
    memory.plan.body.iter().try_for_each(|op| body.compile(op))?;
    Ok(body.out)
}

/// The plan's head on the rows that a step names as its tokens: they are gathered first. Of each row
/// it gives what the head of one token does.
pub(super) fn head_of_rows(
    gpu: &Context,
    memory: &Memory,
    layout: RowLayout,
    (step, gathered): (&Step, &Rows),
    logits: &Rows,
) -> Result<Vec<Dispatch>, Error> {
    let scope = Scope { tokens: Tokens::Few, step, split: EXACT };
    let mut compiler = Compiler { gpu, memory, scope, out: Vec::new() };
    let Head { x, norm, weight, .. } = memory.plan.head;
    compiler.out.push(gpu::last_row(gpu, &*memory.rows(gpu, x)?, layout, gathered, step)?);
    compiler.product(weight, Source::Normed(gathered, norm), Target::Store(logits, 0))?;
    Ok(compiler.out)
}

/// The plan's head on every row of a step of few tokens.
pub(super) fn every_row(gpu: &Context, memory: &Memory, logits: &Rows) -> Result<Vec<Dispatch>, Error> {
    let scope = Scope { tokens: Tokens::Few, step: &memory.step, split: EXACT };
    let mut compiler = Compiler { gpu, memory, scope, out: Vec::new() };
    let Head { x, norm, weight, .. } = memory.plan.head;
    // A vocabulary has so many rows that normalising for each of them costs more than a launch.
    let (x, normed) = (memory.rows(gpu, x)?, memory.scratch(gpu, memory.plan.slots[x.0].width)?);
    compiler.norm(&x, norm, &normed)?;
    compiler.product(weight, Source::Rows(&normed), Target::Store(logits, 0))?;
    Ok(compiler.out)
}

/// What any product can read.
#[derive(Clone, Copy)]
enum Source<'a> {
    /// The rows as they are.
    Rows(&'a Rows),
    /// Normalised, with these factors.
    Normed(&'a Rows, Weight),
}

/// Where any product can go.
#[derive(Clone, Copy)]
enum Target<'a> {
    /// It replaces what stands in each row, from this value on.
    Store(&'a Rows, usize),
    /// It is added.
    Add(&'a Rows),
}

/// Which steps a program is for.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pub(super) tokens: Tokens,
    pub(super) step: &'a Step,
    /// Attention of up to so many tokens is split.
    pub(super) split: usize,
}

struct Compiler<'a> {
    gpu: &'a Context,
    memory: &'a Memory,
    scope: Scope<'a>,
    out: Vec<Dispatch>,
}

impl<'a> Compiler<'a> {
    fn compile(&mut self, op: &FusedOp) -> Result<(), Error> {
        let (gpu, memory, layout) = (self.gpu, self.memory, self.scope.tokens.layout());
        let rows = |slot: Slot| memory.rows(gpu, slot);
        match *op {
            FusedOp::Embed { table, out, scale } => {
                let (table, out) = (&memory.weights[table.0], rows(out)?);
                self.out.push(gpu::embed(gpu, table, &memory.ids, &out, scale, layout)?);
                Ok(())
            }
            FusedOp::MatMul { weight, x, out } => {
                self.product(weight, Source::Rows(&*rows(x)?), Target::Store(&*rows(out)?, 0))
            }
            FusedOp::MatMulAdd { weight, x, out } => {
                self.product(weight, Source::Rows(&*rows(x)?), Target::Add(&*rows(out)?))
            }
            FusedOp::NormMatMul { x, norm, weight, out, at } => {
                self.product(weight, Source::Normed(&*rows(x)?, norm), Target::Store(&*rows(out)?, at))
            }
            FusedOp::AddBias { x, bias } => self.add_bias(&*rows(x)?, bias),
            FusedOp::NormAdd { x, weight, out } => {
                let (x, out, eps) = (rows(x)?, rows(out)?, memory.plan.norm_eps);
                self.out.push(gpu::norm_add(gpu, &x, &memory.weights[weight.0], &out, eps, layout)?);
                Ok(())
            }
            FusedOp::Heads(heads) => self.heads(heads),
            FusedOp::NormQkv { x, norm, weight, bias, heads } => self.qkv((x, norm), weight, bias, heads),
            FusedOp::AttentionMatMul { q, layer, shape, attended, weight, out, add } => {
                let out = rows(out)?;
                let target = if add { Target::Add(&out) } else { Target::Store(&out, 0) };
                self.attention((q, layer, shape), attended, weight, target)
            }
            FusedOp::GateHalves { activation, both, out } => {
                self.gate(activation, &*rows(both)?, &*rows(out)?)
            }
            FusedOp::NormGate { x, norm, weight, activation, both, out } => {
                let (x, out) = (rows(x)?, rows(out)?);
                let to = Output::Gated { gelu: activation == Activation::Gelu, out: &out };
                if let Some(fused) = self.fused(weight, self.normed(&x, norm), to)? {
                    self.out.push(fused);
                    return Ok(());
                }
                let both = rows(both)?;
                self.product(weight, Source::Normed(&x, norm), Target::Store(&both, 0))?;
                self.gate(activation, &both, &out)
            }
        }
    }

    /// Norm, projections, rotation and cache.
    fn qkv(
        &mut self,
        (x, norm): (Slot, Weight),
        weight: Weight,
        bias: Option<Weight>,
        heads: Heads,
    ) -> Result<(), Error> {
        let (gpu, memory) = (self.gpu, self.memory);
        let (x, q) = (memory.rows(gpu, x)?, memory.rows(gpu, heads.q)?);
        let to = Output::Qkv(Qkv {
            bias: bias.map(|bias| &memory.weights[bias.0]),
            rotations: &memory.rotations[heads.rotary.base],
            style: heads.rotary.style,
            q: &q,
            cache: &memory.kv_caches[heads.layer],
            step: self.scope.step,
        });
        if let Some(fused) = self.fused(weight, self.normed(&x, norm), to)? {
            self.out.push(fused);
            return Ok(());
        }
        let qkv = memory.rows(gpu, heads.qkv)?;
        self.product(weight, Source::Normed(&x, norm), Target::Store(&qkv, 0))?;
        if let Some(bias) = bias {
            self.add_bias(&qkv, bias)?;
        }
        self.heads(heads)
    }

    fn heads(&mut self, heads: Heads) -> Result<(), Error> {
        let (gpu, memory) = (self.gpu, self.memory);
        let weight = |weight: Weight| &memory.weights[weight.0];
        let of = gpu::Heads {
            qkv: &*memory.rows(gpu, heads.qkv)?,
            q: &*memory.rows(gpu, heads.q)?,
            norm: heads.norms.map(|(q, k)| (weight(q), weight(k), memory.plan.norm_eps)),
            rotations: &memory.rotations[heads.rotary.base],
            style: heads.rotary.style,
            cache: &memory.kv_caches[heads.layer],
        };
        self.out.push(gpu::heads(gpu, &of, self.scope.step)?);
        Ok(())
    }

    /// Attention and the projection of what it gives.
    fn attention(
        &mut self,
        (q, layer, shape): (Slot, usize, Attention),
        attended: Slot,
        weight: Weight,
        target: Target<'_>,
    ) -> Result<(), Error> {
        let (gpu, memory, step) = (self.gpu, self.memory, self.scope.step);
        let (q, cache) = (memory.rows(gpu, q)?, &memory.kv_caches[layer]);
        let partials = memory.partials(gpu, q.width(), self.scope.split)?;
        if self.scope.tokens == Tokens::Many {
            let attended = memory.rows(gpu, attended)?;
            self.out.push(gpu::attention(gpu, &shape, &q, cache, &partials, &attended, step)?);
            return self.product(weight, Source::Rows(&attended), target);
        }
        self.out.push(gpu::attention_split(gpu, &shape, &q, cache, &partials, step)?);
        let from = Input::Attended { partials: &partials, window: shape.window, step };
        if let Some(fused) = self.fused(weight, from, target.output())? {
            self.out.push(fused);
            return Ok(());
        }
        let (attended, layout) = (memory.rows(gpu, attended)?, self.scope.tokens.layout());
        self.out.push(gpu::attention_combine(gpu, &shape, &partials, &attended, layout, step)?);
        self.product(weight, Source::Rows(&attended), target)
    }

    fn add_bias(&mut self, x: &Rows, bias: Weight) -> Result<(), Error> {
        self.out.push(gpu::add_bias(self.gpu, x, &self.memory.weights[bias.0])?);
        Ok(())
    }

    fn gate(&mut self, activation: Activation, both: &Rows, out: &Rows) -> Result<(), Error> {
        self.out.push(gpu::gate(
            self.gpu,
            both,
            activation == Activation::Gelu,
            out,
            self.scope.tokens.layout(),
        )?);
        Ok(())
    }

    fn norm(&mut self, x: &Rows, weight: Weight, out: &Rows) -> Result<(), Error> {
        let memory = self.memory;
        let (weight, eps) = (&memory.weights[weight.0], memory.plan.norm_eps);
        self.out.push(gpu::rms_norm(self.gpu, x, weight, out, eps, self.scope.tokens.layout())?);
        Ok(())
    }

    /// A product and what surrounds it as one launch, where there is a kernel for that: never for
    /// many tokens, and for few not of attention's partial results.
    fn fused(&self, weight: Weight, from: Input<'_>, to: Output<'_>) -> Result<Option<Dispatch>, Error> {
        let (gpu, weight) = (self.gpu, self.memory.matrix(weight));
        let can_fuse = gpu::can_fuse(weight, from, to);
        Ok(match (self.scope.tokens, from) {
            (Tokens::One, _) if can_fuse => Some(gpu::matvec(gpu, weight, from, to)?),
            (Tokens::Few, Input::Plain(_) | Input::Normed { .. }) if can_fuse => {
                Some(gpu::matvec_few(gpu, weight, from, to, self.scope.step)?)
            }
            (Tokens::One | Tokens::Few | Tokens::Many, _) => None,
        })
    }

    /// A product: for one token or few with the norm before it and the sum after it, for many by
    /// itself.
    fn product(&mut self, weight: Weight, source: Source<'_>, target: Target<'_>) -> Result<(), Error> {
        let (gpu, memory, matrix) = (self.gpu, self.memory, self.memory.matrix(weight));
        let input = match source {
            Source::Rows(x) => Input::Plain(x),
            Source::Normed(x, norm) => self.normed(x, norm),
        };
        match self.scope.tokens {
            Tokens::One => self.out.push(gpu::matvec(gpu, matrix, input, target.output())?),
            Tokens::Few => {
                self.out.push(gpu::matvec_few(gpu, matrix, input, target.output(), self.scope.step)?);
            }
            Tokens::Many => match source {
                Source::Rows(x) => self.product_of_many(matrix, x, target)?,
                Source::Normed(x, norm) => {
                    let normed = memory.scratch(gpu, x.width())?;
                    self.norm(x, norm, &normed)?;
                    self.product_of_many(matrix, &normed, target)?;
                }
            },
        }
        Ok(())
    }

    fn product_of_many(&mut self, matrix: Matrix<'_>, x: &Rows, target: Target<'_>) -> Result<(), Error> {
        let (gpu, memory, Matrix { weight, update }) = (self.gpu, self.memory, matrix);
        let (out, store) = match target {
            Target::Store(out, at) => (out, Store::At(at)),
            Target::Add(out) => (out, Store::Add),
        };
        let integers = gpu.features().int_dot && gpu.tuning() == Tuning::Hardware;
        if !integers || !gpu::has_int_kernel(weight.ty()) {
            self.out.push(gpu::matmul(gpu, weight, x, out, store, self.scope.step)?);
        } else {
            let quantized = memory.quantized(gpu, x.width())?;
            self.out.push(gpu::quantize(gpu, x, &quantized, self.scope.step)?);
            self.out.push(gpu::matmul_int(gpu, weight, &quantized, out, store, self.scope.step)?);
        }
        if let Some(update) = update {
            self.out.push(gpu::low_rank(gpu, update, x, out, store, self.scope.step)?);
        }
        Ok(())
    }

    fn normed<'x>(&self, x: &'x Rows, norm: Weight) -> Input<'x>
    where
        'a: 'x,
    {
        Input::Normed { x, weight: &self.memory.weights[norm.0], eps: self.memory.plan.norm_eps }
    }
}

impl<'a> Target<'a> {
    fn output(self) -> Output<'a> {
        match self {
            Self::Store(rows, at) => Output::Store(rows, at),
            Self::Add(rows) => Output::Add(rows),
        }
    }
}
