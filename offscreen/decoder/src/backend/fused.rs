//! Fused operations on the CPU: each is the operations it stands for, one after the other.

use super::cpu::Pass;
use crate::plan::{Activation, Heads, Slot, Weight};
use kernels::cpu;

impl Pass<'_> {
    /// `out[at..] = weight · (rms_norm(x) · norm)`.
    pub(super) fn norm_matmul(
        &mut self,
        (x, norm): (Slot, Weight),
        weight: Weight,
        out: Slot,
        at: usize,
        tokens: usize,
    ) {
        let normed = self.normed(x, norm, tokens);
        let weight = self.matrix(weight);
        let mut product = vec![0.0; tokens * weight.rows()];
        kernels::matmul(&weight, &normed, &mut product);
        let width = self.plan.slots[out.0].width;
        self.write(out, tokens, |_, out| {
            for (row, product) in out.chunks_exact_mut(width).zip(product.chunks_exact(weight.rows())) {
                row[at..at + weight.rows()].copy_from_slice(product);
            }
        });
    }

    /// `out += weight · x`.
    pub(super) fn matmul_add(&mut self, weight: Weight, x: Slot, out: Slot, tokens: usize) {
        let weight = self.matrix(weight);
        let mut product = vec![0.0; tokens * weight.rows()];
        kernels::matmul(&weight, self.read(x, tokens), &mut product);
        self.write(out, tokens, |_, out| cpu::add(out, &product));
    }

    /// `out += rms_norm(x) · weight`.
    pub(super) fn norm_add(&mut self, x: Slot, weight: Weight, out: Slot, tokens: usize) {
        let normed = self.normed(x, weight, tokens);
        self.write(out, tokens, |_, out| cpu::add(out, &normed));
    }

    /// Norms, rotates and stores queries, keys and values that lie side by side.
    pub(super) fn heads(&mut self, heads: Heads, tokens: usize) {
        let (q_width, kv_width) = (self.plan.slots[heads.q.0].width, self.plan.kv_width);
        let mut parts = [Vec::new(), Vec::new(), Vec::new()];
        for row in self.read(heads.qkv, tokens).chunks_exact(q_width + 2 * kv_width) {
            let (q, kv) = row.split_at(q_width);
            let (keys, values) = kv.split_at(kv_width);
            parts.iter_mut().zip([q, keys, values]).for_each(|(part, row)| part.extend_from_slice(row));
        }
        let [mut q, mut keys, values] = parts;
        if let Some((q_norm, k_norm)) = heads.norms {
            q = self.norm(&q, q_norm);
            keys = self.norm(&keys, k_norm);
        }
        let frequencies = &self.plan.rope_frequencies[heads.rotary.base];
        cpu::rope(&mut q, q_width, frequencies, heads.rotary.style, self.pos);
        cpu::rope(&mut keys, kv_width, frequencies, heads.rotary.style, self.pos);
        self.write(heads.q, tokens, |_, out| out.copy_from_slice(&q));
        self.store(heads.layer, &keys, &values);
    }

    /// `out = activation(gate) · up`, which lie side by side in `both`.
    pub(super) fn gate_halves(&mut self, activation: Activation, both: Slot, out: Slot, tokens: usize) {
        let width = self.plan.slots[out.0].width;
        self.write(out, tokens, |pass, out| {
            for (row, both) in
                out.chunks_exact_mut(width).zip(pass.read(both, tokens).chunks_exact(2 * width))
            {
                let (gate, up) = both.split_at(width);
                row.copy_from_slice(gate);
                activate(activation, row, up);
            }
        });
    }

    fn normed(&self, x: Slot, weight: Weight, tokens: usize) -> Vec<f32> {
        self.norm(self.read(x, tokens), weight)
    }

    fn norm(&self, x: &[f32], weight: Weight) -> Vec<f32> {
        let mut out = vec![0.0; x.len()];
        cpu::rms_norm(x, &self.vector(weight), self.plan.norm_eps, &mut out);
        out
    }
}

/// `gate = activation(gate) · up`.
pub(super) fn activate(activation: Activation, gate: &mut [f32], up: &[f32]) {
    match activation {
        Activation::Silu => cpu::silu_mul(gate, up),
        Activation::Gelu => cpu::gelu_mul(gate, up),
    }
}
