//! Fusions: a plan rewritten so that a GPU launches fewer kernels, with the same result.
//!
//! Each rule recognises a run of operations as the families write it and replaces it by one; what a rule's intermediate
//! slots held is not computed any more, and nothing else reads it. A llama layer of 16 operations becomes 4.

use crate::plan::{Heads, Op, Part, Plan, Slot, TensorShape, Weight};
use gguf::TensorType;

/// The type of a tensor of the file, by its name.
type Types<'a> = &'a dyn Fn(&str) -> Option<TensorType>;

/// Fuses what can be fused: matrices that read the same input become one where their types agree.
pub fn fuse(plan: &mut Plan, types: Types<'_>) {
    let mut fuser = Fuser {
        old: std::mem::take(&mut plan.tensors),
        new: plan,
        types,
        tensors: Vec::new(),
        qkv: None,
        both: None,
    };
    let body = std::mem::take(&mut fuser.new.body);
    let head = std::mem::take(&mut fuser.new.head);
    fuser.new.body = fuser.rewrite(&body);
    fuser.new.head = fuser.rewrite(&head);
    plan.tensors = fuser.tensors;
}

struct Fuser<'a> {
    /// The weights before.
    old: Vec<TensorShape>,
    /// The plan in the making.
    new: &'a mut Plan,
    types: Types<'a>,
    /// The weights after.
    tensors: Vec<TensorShape>,
    /// Queries, keys and values of a token side by side.
    qkv: Option<Slot>,
    /// Gate and up of a token side by side.
    both: Option<Slot>,
}

/// What replaces operations, and how many of them.
type Rewritten = Option<(Vec<Op>, usize)>;

impl Fuser<'_> {
    fn rewrite(&mut self, mut ops: &[Op]) -> Vec<Op> {
        let mut out = Vec::new();
        while let Some(first) = ops.first() {
            let rules =
                [Self::qkv, Self::gate, Self::norm_matmul, Self::attention, Self::matmul_add, Self::norm_add];
            let (new, taken) = rules
                .iter()
                .find_map(|rule| rule(self, ops))
                .unwrap_or_else(|| (vec![self.unchanged(first)], 1));
            out.extend(new);
            ops = &ops[taken..];
        }
        out
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
            Some(biases) => Some(self.stack(&biases)?),
            None => None,
        };
        let width = [q, k, v].map(|slot| self.new.slots[slot.0].width).iter().sum();
        let qkv = *self.qkv.get_or_insert_with(|| self.new.slot(width));
        let norm = self.keep(*norm);
        let norms = norms.map(|(q_norm, k_norm)| (self.keep(q_norm), self.keep(k_norm)));
        let heads = Heads { qkv, norms, rotary: *rotary, q: *q, layer: *layer };
        let fused = match self.stack(&[*wq, *wk, *wv]) {
            Some(weight) if norms.is_none() => vec![Op::NormQkv { x: *x, norm, weight, bias, heads }],
            Some(weight) => {
                vec![Op::NormMatMul { x: *x, norm, weight, out: qkv, at: 0 }, Op::Heads(heads)]
            }
            None => {
                let mut ops = self.side_by_side(*x, norm, &[*wq, *wk, *wv], qkv);
                ops.extend(bias.map(|bias| Op::AddBias { x: qkv, bias }));
                ops.push(Op::Heads(heads));
                ops
            }
        };
        Some((fused, taken + 3))
    }

    /// Products of one input, each where the one before ends.
    fn side_by_side(&mut self, x: Slot, norm: Weight, weights: &[Weight], out: Slot) -> Vec<Op> {
        let mut at = 0;
        let mut product = |weight: &Weight| {
            let weight = self.keep(*weight);
            let op = Op::NormMatMul { x, norm, weight, out, at };
            at += self.tensors[weight.0].rows;
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
        let width = 2 * self.new.slots[gate.0].width;
        let both = *self.both.get_or_insert_with(|| self.new.slot(width));
        let norm = self.keep(*norm);
        let (x, activation, out) = (*x, *activation, *gate);
        let fused = match self.stack(&[*gate_weight, *up_weight]) {
            Some(weight) => vec![Op::NormGate { x, norm, weight, activation, both, out }],
            None => {
                let mut ops = self.side_by_side(x, norm, &[*gate_weight, *up_weight], both);
                ops.push(Op::GateHalves { activation, both, out });
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
                    let (norm, weight) = (self.keep(norm), self.keep(weight));
                    fused.push(Op::NormMatMul { x: *x, norm, weight, out, at: 0 });
                }
                _ => break,
            }
        }
        let taken = 1 + fused.len();
        (taken > 1).then_some((fused, taken))
    }

    /// Attention and the projection of what it gives, with the addition to the residual stream if that follows.
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
        let fused = Op::AttentionMatMul {
            q: *q,
            layer: *layer,
            shape: *shape,
            attended: *attended,
            weight: self.keep(*weight),
            out: added.unwrap_or(*out),
            add: added.is_some(),
        };
        Some((vec![fused], if added.is_some() { 3 } else { 2 }))
    }

    /// A product that is added to the residual stream.
    fn matmul_add(&mut self, ops: &[Op]) -> Rewritten {
        match *ops {
            [Op::MatMul { weight, x, out }, Op::Add { x: sum, y }, ..] if y == out => {
                Some((vec![Op::MatMulAdd { weight: self.keep(weight), x, out: sum }], 2))
            }
            _ => None,
        }
    }

    /// A norm of what is added to the residual stream.
    fn norm_add(&mut self, ops: &[Op]) -> Rewritten {
        match *ops {
            [Op::RmsNorm { x, weight, out }, Op::Add { x: sum, y }, ..] if y == out => {
                Some((vec![Op::NormAdd { x, weight: self.keep(weight), out: sum }], 2))
            }
            _ => None,
        }
    }

    /// An operation as it was, but for the numbers of its weights.
    fn unchanged(&mut self, op: &Op) -> Op {
        let mut op = op.clone();
        match &mut op {
            Op::Embed { table: weight, .. }
            | Op::RmsNorm { weight, .. }
            | Op::MatMul { weight, .. }
            | Op::AddBias { bias: weight, .. } => *weight = self.keep(*weight),
            _ => {}
        }
        op
    }

    fn keep(&mut self, weight: Weight) -> Weight {
        let shape = self.old[weight.0].clone();
        self.add(shape)
    }

    /// Weights of one type as one: matrices one above the other, vectors end to end.
    fn stack(&mut self, weights: &[Weight]) -> Option<Weight> {
        let shapes: Vec<_> = weights.iter().map(|weight| &self.old[weight.0]).collect();
        let parts: Vec<Part> = shapes.iter().flat_map(|shape| shape.parts.clone()).collect();
        let first = (self.types)(&parts.first()?.name)?;
        if !parts.iter().all(|part| (self.types)(&part.name) == Some(first)) {
            return None;
        }
        let sum = |size: fn(&TensorShape) -> usize| shapes.iter().map(|shape| size(shape)).sum();
        let (rows, cols) = if shapes.iter().all(|shape| shape.rows == 1) {
            (1, sum(|shape| shape.cols))
        } else {
            (sum(|shape| shape.rows), shapes[0].cols)
        };
        Some(self.add(TensorShape { parts, rows, cols }))
    }

    fn add(&mut self, shape: TensorShape) -> Weight {
        let found = self.tensors.iter().position(|known| known.parts == shape.parts);
        Weight(found.unwrap_or_else(|| {
            self.tensors.push(shape);
            self.tensors.len() - 1
        }))
    }
}
