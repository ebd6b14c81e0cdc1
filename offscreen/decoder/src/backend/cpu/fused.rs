//! Operations that are several in one: each runs its parts one after the other.

use super::pass::Pass;
use crate::backend::device::ALONE;
use crate::fused::Heads;
use crate::plan::{Activation, Slot, Weight};
use kernels::simd;

impl Pass<'_, '_> {
    /// `out[at..] = weight · (rms_norm(x) · norm)`.
    pub(super) fn norm_matmul(&mut self, (x, norm): (Slot, Weight), weight: Weight, out: Slot, at: usize) {
        let (pool, plan) = (self.pool, self.plan);
        let (norm, rows, width) = (self.vector(norm), self.matrix(weight).rows(), plan.slots[out.0].width);
        self.with_scratch(self.rows * plan.slots[x.0].width, |pass, normed| {
            simd::rms_norm(pool, pass.read(x), norm, plan.norm_eps, normed);
            if width == rows {
                return pass.write(out, |pass, out| pass.product(weight, normed, out));
            }
            pass.with_scratch(pass.rows * rows, |pass, product| {
                pass.product(weight, normed, product);
                pass.write(out, |_, out| {
                    for (row, product) in out.chunks_exact_mut(width).zip(product.chunks_exact(rows)) {
                        row[at..at + rows].copy_from_slice(product);
                    }
                });
            });
        });
    }

    /// `out += weight · x`.
    pub(super) fn matmul_add(&mut self, weight: Weight, x: Slot, out: Slot) {
        self.with_scratch(self.rows * self.matrix(weight).rows(), |pass, product| {
            pass.product(weight, pass.read(x), product);
            pass.write(out, |pass, out| simd::add(pass.pool, out, product));
        });
    }

    /// `out += rms_norm(x) · weight`.
    pub(super) fn norm_add(&mut self, x: Slot, weight: Weight, out: Slot) {
        let (weight, eps) = (self.vector(weight), self.plan.norm_eps);
        self.write(out, |pass, out| simd::norm_add(pass.pool, pass.read(x), weight, eps, out));
    }

    /// Norms, rotates and stores queries, keys and values that lie side by side.
    pub(super) fn heads(&mut self, heads: Heads) {
        let (pool, plan, positions) = (self.pool, self.plan, self.positions);
        let (q_width, kv_width) = (plan.slots[heads.q.0].width, plan.kv_width);
        let part = |pass: &Self, from: usize, out: &mut [f32], width: usize| {
            let rows = pass.read(heads.qkv).chunks_exact(q_width + 2 * kv_width);
            for (out, row) in out.chunks_exact_mut(width).zip(rows) {
                out.copy_from_slice(&row[from..from + width]);
            }
        };
        let len = self.rows * kv_width;
        self.with_scratch(3 * len, |pass, scratch| {
            let (keys, rest) = scratch.split_at_mut(len);
            let (values, normed) = rest.split_at_mut(len);
            part(pass, q_width, keys, kv_width);
            part(pass, q_width + kv_width, values, kv_width);
            pass.write(heads.q, |pass, q| part(pass, 0, q, q_width));
            let mut keys = &mut keys[..];
            if let Some((q_norm, k_norm)) = heads.norms {
                let (q_norm, k_norm) = (pass.vector(q_norm), pass.vector(k_norm));
                let plain = std::mem::take(&mut pass.activations[heads.q.0]);
                pass.write(heads.q, |_, q| simd::rms_norm(pool, &plain, q_norm, plan.norm_eps, q));
                simd::rms_norm(pool, keys, k_norm, plan.norm_eps, normed);
                keys = normed;
            }
            let rotations = &mut pass.rotations[heads.rotary.base];
            let q = &mut pass.activations[heads.q.0];
            simd::rope(pool, q, q_width, rotations, heads.rotary.style, positions);
            simd::rope(pool, keys, kv_width, rotations, heads.rotary.style, positions);
            let (mut keys, mut values) = (&*keys, &*values);
            for share in &mut *pass.shares {
                let len = share.ids.len() * kv_width;
                share.cache[heads.layer].store(share.pos, &keys[..len], &values[..len]);
                (keys, values) = (&keys[len..], &values[len..]);
            }
        });
    }

    /// `out = activation(gate) · up`, which lie side by side in `both`.
    pub(super) fn gate_halves(&mut self, activation: Activation, both: Slot, out: Slot) {
        let (pool, width) = (self.pool, self.plan.slots[out.0].width);
        self.write(out, |pass, out| {
            let both = pass.read(both);
            pool.chunks(out, width, |token, gate| {
                let (from, up) = both[2 * token * width..][..2 * width].split_at(width);
                gate.copy_from_slice(from);
                // Rows are shared out among the threads already.
                match activation {
                    Activation::Silu => simd::silu_mul(&ALONE, gate, up),
                    Activation::Gelu => simd::gelu_mul(&ALONE, gate, up),
                }
            });
        });
    }
}
