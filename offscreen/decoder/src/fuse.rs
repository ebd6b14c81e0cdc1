//! Fusions: a plan rewritten so that a GPU launches fewer kernels, with the same result.
//!
//! Each rule recognises a run of operations as the families write it and replaces it by one; what
//! the slots between them held is not computed any more, and nothing else reads it. A llama layer
//! of 16 operations becomes 4.

mod weights;

use crate::Error;
use crate::fused::{FusedOp, Heads};
use crate::plan::{Head, Op, Plan, Slot, SlotShape, Weight};
use weights::{Types, Weights};

/// Fuses a plan. Matrices that read the same input become one where their types agree.
///
/// # Errors
/// [`Error::Unfused`] for an operation that only exists fused with certain neighbours, and has
/// others. No family writes such a plan.
pub fn fuse(plan: Plan, types: Types<'_>) -> Result<Plan<FusedOp>, Error> {
    let Plan { slots, tensors, layers, kv_width, head_dim, .. } = plan;
    let Plan { rope_frequencies, rope_factors, norm_eps, body, head, .. } = plan;
    let mut fuser = Fuser { weights: Weights::new(&tensors, types), slots, qkv: None, both: None };
    let body = fuser.rewrite(&body)?;
    let head = Head { norm: fuser.weights.keep(head.norm), weight: fuser.weights.keep(head.weight), ..head };
    let (slots, tensors) = (fuser.slots, fuser.weights.finish());
    Ok(Plan {
        slots,
        tensors,
        layers,
        kv_width,
        head_dim,
        rope_frequencies,
        rope_factors,
        norm_eps,
        body,
        head,
    })
}

struct Fuser<'a> {
    weights: Weights<'a>,
    slots: Vec<SlotShape>,
    /// Queries, keys and values of a token side by side.
    qkv: Option<Slot>,
    /// Gate and up of a token side by side.
    both: Option<Slot>,
}

/// What replaces operations, and how many of them.
type Rewritten = Option<(Vec<FusedOp>, usize)>;

impl Fuser<'_> {
    fn rewrite(&mut self, mut ops: &[Op]) -> Result<Vec<FusedOp>, Error> {
        let rules =
            [Self::qkv, Self::gate, Self::norm_matmul, Self::attention, Self::matmul_add, Self::norm_add];
        let mut out = Vec::new();
        while let Some((first, rest)) = ops.split_first() {
            match rules.iter().find_map(|rule| rule(self, ops)) {
                Some((new, taken)) => {
                    out.extend(new);
                    ops = &ops[taken..];
                }
                None => {
                    out.push(self.alone(first)?);
                    ops = rest;
                }
            }
        }
        Ok(out)
    }

    /// From the norm before the projections to the cache.
    fn qkv(&mut self, ops: &[Op]) -> Rewritten {
        let [
            Op::RmsNorm { x, weight: norm, out: normed },
            Op::MatMul { weight: wq, x: xq, out: q },
            Op::MatMul { weight: wk, x: xk, out: k },
            Op::MatMul { weight: wv, x: xv, out: v },
            rest @ ..,
        ] = ops
        else {
            return None;
        };
        let mut taken = 4;
        let (biases, rest) = match rest {
            [
                Op::AddBias { x: bq, bias: q_bias },
                Op::AddBias { x: bk, bias: k_bias },
                Op::AddBias { x: bv, bias: v_bias },
                rest @ ..,
            ] if [bq, bk, bv] == [q, k, v] => {
                taken += 3;
                (Some([*q_bias, *k_bias, *v_bias]), rest)
            }
            rest => (None, rest),
        };
        let (norms, q, k, rest) = match rest {
            [
                Op::RmsNorm { x: nq, weight: q_norm, out: q_out },
                Op::RmsNorm { x: nk, weight: k_norm, out: k_out },
                rest @ ..,
            ] if [nq, nk] == [q, k] => {
                taken += 2;
                (Some((*q_norm, *k_norm)), q_out, k_out, rest)
            }
            rest => (None, q, k, rest),
        };
        let [
            Op::Rope { x: rq, rotary },
            Op::Rope { x: rk, rotary: k_rotary },
            Op::StoreKv { keys, values, layer },
            ..,
        ] = rest
        else {
            return None;
        };
        let connected = [xq, xk, xv] == [normed; 3] && [rq, rk, keys, values] == [q, k, k, v];
        if !connected || rotary != k_rotary {
            return None;
        }
        let bias = match biases {
            Some(biases) => Some(self.weights.stack(&biases)?),
            None => None,
        };
        let width = [q, k, v].map(|slot| self.slots[slot.0].width).iter().sum();
        let qkv = self.qkv.unwrap_or_else(|| self.slot(width));
        self.qkv = Some(qkv);
        let norm = self.weights.keep(*norm);
        let norms = norms.map(|(q_norm, k_norm)| (self.weights.keep(q_norm), self.weights.keep(k_norm)));
        let heads = Heads { qkv, norms, rotary: *rotary, q: *q, layer: *layer };
        let fused = match self.weights.stack(&[*wq, *wk, *wv]) {
            Some(weight) if norms.is_none() => vec![FusedOp::NormQkv { x: *x, norm, weight, bias, heads }],
            weight => {
                let mut ops = match weight {
                    Some(weight) => vec![FusedOp::NormMatMul { x: *x, norm, weight, out: qkv, at: 0 }],
                    None => self.side_by_side(*x, norm, &[*wq, *wk, *wv], qkv),
                };
                ops.extend(bias.map(|bias| FusedOp::AddBias { x: qkv, bias }));
                ops.push(FusedOp::Heads(heads));
                ops
            }
        };
        Some((fused, taken + 3))
    }

    /// Products of one input, each where the one before ends.
    fn side_by_side(&mut self, x: Slot, norm: Weight, weights: &[Weight], out: Slot) -> Vec<FusedOp> {
        let mut at = 0;
        let mut product = |weight: &Weight| {
            let weight = self.weights.keep(*weight);
            let op = FusedOp::NormMatMul { x, norm, weight, out, at };
            at += self.weights.rows(weight);
            op
        };
        weights.iter().map(&mut product).collect()
    }

    /// From the norm before the feed-forward block to its gated middle.
    fn gate(&mut self, ops: &[Op]) -> Rewritten {
        let [
            Op::RmsNorm { x, weight: norm, out: normed },
            Op::MatMul { weight: gate_weight, x: x_gate, out: gate },
            Op::MatMul { weight: up_weight, x: x_up, out: up },
            Op::Gate { activation, gate: gated, up: by },
            ..,
        ] = ops
        else {
            return None;
        };
        if [x_gate, x_up] != [normed; 2] || [gate, up] != [gated, by] {
            return None;
        }
        let width = 2 * self.slots[gate.0].width;
        let both = self.both.unwrap_or_else(|| self.slot(width));
        self.both = Some(both);
        let norm = self.weights.keep(*norm);
        let (x, activation, out) = (*x, *activation, *gate);
        let fused = match self.weights.stack(&[*gate_weight, *up_weight]) {
            Some(weight) => vec![FusedOp::NormGate { x, norm, weight, activation, both, out }],
            None => {
                let mut ops = self.side_by_side(x, norm, &[*gate_weight, *up_weight], both);
                ops.push(FusedOp::GateHalves { activation, both, out });
                ops
            }
        };
        Some((fused, 4))
    }

    /// A norm and the products of what it gives.
    fn norm_matmul(&mut self, ops: &[Op]) -> Rewritten {
        let [Op::RmsNorm { x, weight: norm, out: normed }, rest @ ..] = ops else { return None };
        let mut fused = Vec::new();
        let norm = *norm;
        for op in rest {
            match *op {
                Op::MatMul { weight, x: input, out } if input == *normed => {
                    let (norm, weight) = (self.weights.keep(norm), self.weights.keep(weight));
                    fused.push(FusedOp::NormMatMul { x: *x, norm, weight, out, at: 0 });
                }
                _ => break,
            }
        }
        let taken = 1 + fused.len();
        (taken > 1).then_some((fused, taken))
    }

    /// Attention and the projection of what it gives, with the addition to the residual stream if
    /// that follows.
    fn attention(&mut self, ops: &[Op]) -> Rewritten {
        let [Op::Attention { q, layer, shape, out: attended }, Op::MatMul { weight, x, out }, rest @ ..] =
            ops
        else {
            return None;
        };
        if x != attended {
            return None;
        }
        let added = match rest {
            [Op::Add { x, y }, ..] if y == out => Some(*x),
            _ => None,
        };
        let fused = FusedOp::AttentionMatMul {
            q: *q,
            layer: *layer,
            shape: *shape,
            attended: *attended,
            weight: self.weights.keep(*weight),
            out: added.unwrap_or(*out),
            add: added.is_some(),
        };
        Some((vec![fused], if added.is_some() { 3 } else { 2 }))
    }

    /// A product that is added to the residual stream.
    fn matmul_add(&mut self, ops: &[Op]) -> Rewritten {
        match *ops {
            [Op::MatMul { weight, x, out }, Op::Add { x: sum, y }, ..] if y == out => {
                Some((vec![FusedOp::MatMulAdd { weight: self.weights.keep(weight), x, out: sum }], 2))
            }
            _ => None,
        }
    }

    /// A norm of what is added to the residual stream.
    fn norm_add(&mut self, ops: &[Op]) -> Rewritten {
        match *ops {
            [Op::RmsNorm { x, weight, out }, Op::Add { x: sum, y }, ..] if y == out => {
                Some((vec![FusedOp::NormAdd { x, weight: self.weights.keep(weight), out: sum }], 2))
            }
            _ => None,
        }
    }

    /// An operation that no rule joins with its neighbours.
    fn alone(&mut self, op: &Op) -> Result<FusedOp, Error> {
        Ok(match *op {
            Op::Embed { table, out, scale } => FusedOp::Embed { table: self.weights.keep(table), out, scale },
            Op::MatMul { weight, x, out } => FusedOp::MatMul { weight: self.weights.keep(weight), x, out },
            Op::AddBias { x, bias } => FusedOp::AddBias { x, bias: self.weights.keep(bias) },
            Op::RmsNorm { .. }
            | Op::Rope { .. }
            | Op::StoreKv { .. }
            | Op::Attention { .. }
            | Op::Gate { .. }
            | Op::Add { .. } => return Err(Error::Unfused(format!("{op:?}"))),
        })
    }

    fn slot(&mut self, width: usize) -> Slot {
        self.slots.push(SlotShape { width, one_row: false });
        Slot(self.slots.len() - 1)
    }
}
