//! A plan as dispatches: compiled when the model is loaded, and only encoded later.

use super::memory::Memory;
use crate::Error;
use crate::plan::{Activation, Heads, Op, Slot, Weight};
use kernels::gpu::{self, Context, Dispatch, Input, Output, Qkv, RowLayout, Rows, Store, Tuning};

/// How many tokens a program is for.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Tokens {
    /// One: products with what surrounds them in one launch.
    One,
    /// Up to [`EXACT`]: the same, with attention's results put together before they are multiplied.
    Few,
    /// Any number: products by themselves.
    Many,
}

impl Tokens {
    /// What suits a step of so many tokens.
    pub(super) fn of(tokens: usize) -> Self {
        match tokens {
            0 | 1 => Self::One,
            2..=EXACT => Self::Few,
            _ => Self::Many,
        }
    }

    /// How activations lie: as the products of one token and of few read them, or not.
    fn layout(self) -> RowLayout {
        match self {
            Self::One | Self::Few => RowLayout::Interleaved,
            Self::Many => RowLayout::Plain,
        }
    }
}

/// Steps of up to so many tokens are computed as those of one, in the same order and without rounding to integers: guesses that
/// are verified must come out as if written one by one.
pub(super) const EXACT: usize = 16;

// Every draft is verified by such a step.
const _: () = assert!(crate::lookup::MOST < EXACT);

/// The dispatches of a forward pass.
pub(super) struct Program {
    /// On all tokens of a step.
    pub(super) body: Vec<Dispatch>,
    /// On the last token.
    pub(super) head: Vec<Dispatch>,
}

impl Program {
    pub(super) fn compile(gpu: &Context, memory: &Memory, tokens: Tokens) -> Result<Self, Error> {
        let mut body = Compiler { gpu, memory, tokens, out: Vec::new() };
        memory.plan.body.iter().try_for_each(|op| body.compile(op))?;
        let mut head = Compiler { gpu, memory, tokens: Tokens::One, out: Vec::new() };
        let mut last = None;
        for op in &memory.plan.head {
            match (op, last) {
                // The only row is the last.
                (&Op::LastRow { x, out }, _) if tokens == Tokens::One => last = Some((out, x)),
                (&Op::LastRow { x, out }, _) => {
                    let (x, out) = (memory.rows(gpu, x)?, memory.rows(gpu, out)?);
                    head.out.push(gpu::last_row(gpu, &x, tokens.layout(), &out, &memory.step)?);
                }
                (&Op::NormMatMul { x, norm, weight, out, at }, Some((row, whole))) if x == row => {
                    head.compile(&Op::NormMatMul { x: whole, norm, weight, out, at })?;
                }
                _ => head.compile(op)?,
            }
        }
        Ok(Self { body: body.out, head: head.out })
    }

    /// Launches for a step of one token.
    pub(super) fn launches(&self) -> usize {
        self.body.iter().chain(&self.head).map(|dispatch| dispatch.count(1)).sum()
    }
}

/// The plan's head on every row of a step of few tokens.
pub(super) fn every_row(gpu: &Context, memory: &Memory, logits: &Rows) -> Result<Vec<Dispatch>, Error> {
    let mut compiler = Compiler { gpu, memory, tokens: Tokens::Few, out: Vec::new() };
    match memory.plan.head[..] {
        [Op::LastRow { x, out: last }, Op::NormMatMul { x: row, norm, weight, .. }] if last == row => {
            // A vocabulary has so many rows that normalising for each of them costs more than a launch.
            let (x, normed) = (memory.rows(gpu, x)?, memory.scratch(gpu, memory.plan.slots[x.0].width)?);
            compiler.norm(&x, norm, &normed)?;
            compiler.product(weight, Input::Plain(&normed), Output::Store(logits, 0))?;
            Ok(compiler.out)
        }
        _ => Err(Error::Unfused(format!("{:?}", memory.plan.head))),
    }
}

struct Compiler<'a> {
    gpu: &'a Context,
    memory: &'a Memory,
    tokens: Tokens,
    out: Vec<Dispatch>,
}

impl<'a> Compiler<'a> {
    fn compile(&mut self, op: &Op) -> Result<(), Error> {
        let (gpu, memory, step) = (self.gpu, self.memory, &self.memory.step);
        let rows = |slot: Slot| memory.rows(gpu, slot);
        let weights = |weight: Weight| &memory.weights[weight.0];
        match *op {
            Op::Embed { table, out, scale } => {
                self.out.push(gpu::embed(
                    gpu,
                    weights(table),
                    &memory.ids,
                    &*rows(out)?,
                    scale,
                    self.tokens.layout(),
                )?);
            }
            Op::MatMul { weight, x, out } => {
                let (x, out) = (rows(x)?, rows(out)?);
                self.product(weight, Input::Plain(&x), Output::Store(&out, 0))?;
            }
            Op::MatMulAdd { weight, x, out } => {
                let (x, out) = (rows(x)?, rows(out)?);
                self.product(weight, Input::Plain(&x), Output::Add(&out))?;
            }
            Op::NormMatMul { x, norm, weight, out, at } => {
                let (x, out) = (rows(x)?, rows(out)?);
                self.product(weight, self.normed(&x, norm), Output::Store(&out, at))?;
            }
            Op::AddBias { x, bias } => self.out.push(gpu::add_bias(gpu, &*rows(x)?, weights(bias))?),
            Op::NormAdd { x, weight, out } => {
                let (x, out, eps) = (rows(x)?, rows(out)?, memory.plan.norm_eps);
                self.out.push(gpu::norm_add(gpu, &x, weights(weight), &out, eps, self.tokens.layout())?);
            }
            Op::Heads(heads) => self.heads(heads)?,
            Op::NormQkv { x, norm, weight, bias, heads } => self.qkv(x, norm, weight, bias, heads)?,
            Op::AttentionMatMul { q, layer, shape, attended, weight, out, add } => {
                let (q, attended, out) = (rows(q)?, rows(attended)?, rows(out)?);
                let (cache, partials) = (&memory.caches[layer], memory.partials(gpu, q.width())?);
                let to = if add { Output::Add(&out) } else { Output::Store(&out, 0) };
                let from = Input::Attended { partials: &partials, window: shape.window, step };
                if self.fuses(weight, from, to) {
                    self.out.push(gpu::attention_split(gpu, &shape, &q, cache, &partials, step)?);
                    self.product(weight, from, to)?;
                } else if self.tokens != Tokens::Many {
                    let layout = self.tokens.layout();
                    self.out.push(gpu::attention_split(gpu, &shape, &q, cache, &partials, step)?);
                    self.out.push(gpu::attention_combine(gpu, &shape, &partials, &attended, layout, step)?);
                    self.product(weight, Input::Plain(&attended), to)?;
                } else {
                    self.out.push(gpu::attention(gpu, &shape, &q, cache, &partials, &attended, step)?);
                    self.product(weight, Input::Plain(&attended), to)?;
                }
            }
            Op::GateHalves { activation, both, out } => self.gate(activation, &*rows(both)?, &*rows(out)?)?,
            Op::NormGate { x, norm, weight, activation, both, out } => {
                let (x, both, out) = (rows(x)?, rows(both)?, rows(out)?);
                let gelu = activation == Activation::Gelu;
                let (from, to) = (self.normed(&x, norm), Output::Gated { gelu, out: &out });
                if self.fuses(weight, from, to) {
                    self.product(weight, from, to)?;
                } else {
                    self.product(weight, from, Output::Store(&both, 0))?;
                    self.gate(activation, &both, &out)?;
                }
            }
            Op::RmsNorm { .. }
            | Op::Rope { .. }
            | Op::StoreKv { .. }
            | Op::Attention { .. }
            | Op::Gate { .. }
            | Op::LastRow { .. }
            | Op::Add { .. } => return Err(Error::Unfused(format!("{op:?}"))),
        }
        Ok(())
    }

    /// Norm, projections, rotation and cache.
    fn qkv(
        &mut self,
        x: Slot,
        norm: Weight,
        weight: Weight,
        bias: Option<Weight>,
        heads: Heads,
    ) -> Result<(), Error> {
        let (gpu, memory) = (self.gpu, self.memory);
        let (x, q) = (memory.rows(gpu, x)?, memory.rows(gpu, heads.q)?);
        let from = self.normed(&x, norm);
        let to = Output::Qkv(Qkv {
            bias: bias.map(|bias| &memory.weights[bias.0]),
            rotations: &memory.rotations[heads.rotary.base],
            style: heads.rotary.style,
            q: &q,
            cache: &memory.caches[heads.layer],
            step: &memory.step,
        });
        if self.fuses(weight, from, to) {
            return self.product(weight, from, to);
        }
        let qkv = memory.rows(gpu, heads.qkv)?;
        self.product(weight, from, Output::Store(&qkv, 0))?;
        if let Some(bias) = bias {
            self.out.push(gpu::add_bias(gpu, &qkv, &memory.weights[bias.0])?);
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
            cache: &memory.caches[heads.layer],
        };
        self.out.push(gpu::heads(gpu, &of, &memory.step)?);
        Ok(())
    }

    fn gate(&mut self, activation: Activation, both: &Rows, out: &Rows) -> Result<(), Error> {
        self.out.push(gpu::gate(self.gpu, both, activation == Activation::Gelu, out, self.tokens.layout())?);
        Ok(())
    }

    fn norm(&mut self, x: &Rows, weight: Weight, out: &Rows) -> Result<(), Error> {
        let memory = self.memory;
        let (weight, eps) = (&memory.weights[weight.0], memory.plan.norm_eps);
        self.out.push(gpu::rms_norm(self.gpu, x, weight, out, eps, self.tokens.layout())?);
        Ok(())
    }

    /// Whether a product and what surrounds it are one launch.
    fn fuses(&self, weight: Weight, from: Input<'_>, to: Output<'_>) -> bool {
        let alone = self.tokens == Tokens::One || !matches!(from, Input::Attended { .. });
        self.tokens != Tokens::Many && alone && gpu::can_fuse(&self.memory.weights[weight.0], from, to)
    }

    /// A product: for one token or few with what surrounds it, for many after it.
    fn product(&mut self, weight: Weight, from: Input<'_>, to: Output<'_>) -> Result<(), Error> {
        let (gpu, memory, matrix) = (self.gpu, self.memory, &self.memory.weights[weight.0]);
        match self.tokens {
            Tokens::One => self.out.push(gpu::matvec(gpu, matrix, from, to)?),
            Tokens::Few => self.out.push(gpu::matvec_few(gpu, matrix, from, to, &memory.step)?),
            Tokens::Many => self.product_of_many(matrix, from, to)?,
        }
        Ok(())
    }

    fn product_of_many(
        &mut self,
        weight: &gpu::Weight,
        from: Input<'_>,
        to: Output<'_>,
    ) -> Result<(), Error> {
        let (gpu, memory) = (self.gpu, self.memory);
        let normed;
        let x = match from {
            Input::Plain(x) => x,
            Input::Normed { x, weight: norm, eps } => {
                normed = memory.scratch(gpu, x.width())?;
                self.out.push(gpu::rms_norm(gpu, x, norm, &normed, eps, RowLayout::Plain)?);
                &*normed
            }
            Input::Attended { .. } => return Err(Error::Unfused("attention of many tokens".to_owned())),
        };
        let (out, store) = match to {
            Output::Store(out, at) => (out, Store::At(at)),
            Output::Add(out) => (out, Store::Add),
            Output::Gated { .. } | Output::Qkv(_) => {
                return Err(Error::Unfused("a product of many tokens".to_owned()));
            }
        };
        let integers = gpu.features().int_dot && gpu.tuning() == Tuning::Hardware;
        if !integers || !gpu::has_int_kernel(weight.ty()) {
            self.out.push(gpu::matmul(gpu, weight, x, out, store, &memory.step)?);
            return Ok(());
        }
        let quantized = memory.quantized(gpu, x.width())?;
        self.out.push(gpu::quantize(gpu, x, &quantized, &memory.step)?);
        self.out.push(gpu::matmul_int(gpu, weight, &quantized, out, store, &memory.step)?);
        Ok(())
    }

    fn normed<'x>(&self, x: &'x Rows, norm: Weight) -> Input<'x>
    where
        'a: 'x,
    {
        Input::Normed { x, weight: &self.memory.weights[norm.0], eps: self.memory.plan.norm_eps }
    }
}
