//! The largest product of each token, without most of the work of computing all.
//!
//! A first pass reads the upper halves of the weights ([`Planes`]), whose products, with an
//! allowance for what it leaves out, are limits that the products don't exceed. The second computes
//! those rows whose limit reaches a product that is known: of the groups of four
//! that Gemma 3's 262,144 rows make, one in forty.
//!
//! A row's product is `y = Σ_b d_b · q_b·x_b` over its blocks of 32: `d_b` a scale, `q_b` weights,
//! `x_b` activations in 16 bits. The first pass knows the centers `c_b` in place of `q_b`, and `z_b`
//! in place of `x_b`, the activations in fewer bits. As
//!
//! `q_b·x_b = c_b·z_b + (q_b - c_b)·x_b + c_b·(x_b - z_b)`,
//!
//! by Cauchy and Schwarz `y ≤ Σ d_b · c_b·z_b + Σ |d_b| · (s · |x_b| + w · |x_b - z_b|)`, where `s`
//! is the row's spread, at least `|q_b - c_b|`, and `w` at least any `|c_b|`. As `s` is at least
//! [`LEAST_SPREAD`], the second sum is at most `s · Σ |d_b| · reach_b`, with `reach_b = |x_b| + w /
//! LEAST_SPREAD · |x_b - z_b|`.
//!
//! All of this is computed in `f32`. With `L = 128 · √32`, which is as long as 32 weights may be, no
//! term of these sums over `n` blocks is larger than `1.03 · L · |d_b| · |x_b|`, and the roundings
//! within one are at most 9 · 2^-24 times that; so the product, its estimate and the allowance
//! together err by less than `4 · (n + 8) · 2^-24 · L · Σ |d_b| · |x_b|`. That is added to the spread
//! ([`margin`]), and to limits what is lost of numbers too small for an `f32`.
#![expect(unsafe_code, reason = "threads write different columns of the limits: see Output")]

use super::activations::{BLOCK, Block, Quant, quantize};
use super::formats::{Format, GROUP, Q4_0, Q8_0};
use super::lanes::halves;
use super::output::Output;
use super::planes::{LEAST_SPREAD, Planes};
use super::tile::{Dot, add_part};
use super::unrolled::each;
use super::{Packed, Pool};
use std::ops::Range;
use wide::f32x4;

/// What the first pass has activations in: 8 bits are faster with relaxed SIMD alone.
#[cfg(all(target_arch = "wasm32", target_feature = "relaxed-simd"))]
type Quick = i8;
#[cfg(not(all(target_arch = "wasm32", target_feature = "relaxed-simd")))]
type Quick = i16;

/// The index of each token's largest product: that of
/// [`reference::argmax`](crate::reference::argmax) of what [`matmul`](super::matmul()) gives in 16
/// bits. None where the matrix is not [in planes](Packed::in_planes).
#[must_use]
pub fn argmax(pool: &Pool, weight: &Packed, x: &[f32]) -> Option<Vec<usize>> {
    let planes = weight.planes()?;
    let exact: Vec<Block<i16>> = quantize(pool, x, weight.cols());
    let rough: Vec<Block<Quick>> = quantize(pool, x, weight.cols());
    let limits = limits(pool, planes, &exact, &rough);
    Some(search(pool, planes, &exact, &limits))
}

/// Activations of the first pass, and what they leave out.
struct Rough<Q> {
    q: [[Q; BLOCK / 2]; 2],
    /// Of 16 times the upper halves.
    scale: f32,
    /// What all centers have in common, times the activations.
    common: f32,
    reach: f32,
}

impl<Q: Quant + Into<f64>> Rough<Q> {
    fn new(exact: &Block<i16>, rough: &Block<Q>, widest: f32) -> Self {
        /// More than what is rounded away on the way.
        const ROUNDED: f64 = 1.0001;
        // Squares of small numbers are no `f32`.
        let (mut length, mut error) = (0.0_f64, 0.0_f64);
        for (&x, &z) in exact.q.as_flattened().iter().zip(rough.q.as_flattened()) {
            let x = f64::from(exact.scale) * f64::from(x);
            length += x * x;
            error += (x - f64::from(rough.scale) * z.into()).powi(2);
        }
        let reach = ROUNDED * (length.sqrt() + f64::from(widest / LEAST_SPREAD) * error.sqrt());
        #[expect(clippy::cast_possible_truncation, reason = "activations are no larger")]
        let reach = reach as f32;
        Self { q: rough.q, scale: 16.0 * rough.scale, common: 120.5 * rough.sum, reach }
    }
}

/// What is added to a spread for the roundings of sums of so many blocks.
fn margin(blocks: usize) -> f32 {
    /// `128 · √32`, and as much as 2^-22 of a unit takes.
    const UNIT: f32 = 724.1 / (1 << 22) as f32;
    (blocks + 8) as f32 * UNIT
}

/// What no product of a group exceeds, `[token][group]`.
fn limits<Q: Quant + Dot + Into<f64>>(
    pool: &Pool,
    planes: &Planes,
    exact: &[Block<i16>],
    rough: &[Block<Q>],
) -> Vec<f32> {
    let widest = planes.widest();
    let x = exact.iter().zip(rough).map(|(exact, rough)| Rough::new(exact, rough, widest));
    let x: Vec<Rough<Q>> = x.collect();
    let x: Vec<_> = x.chunks_exact(planes.width()).collect();
    let mut limits = vec![0.0; x.len() * planes.groups()];
    let (out, share) = (Output::new(&mut limits, planes.groups()), share(pool, planes, x.len()));
    pool.run(planes.groups().div_ceil(share), |part| {
        for group in groups(planes, part, share) {
            let (fours, rest) = x.as_chunks::<4>();
            for (i, &x) in fours.iter().enumerate() {
                limit(planes, group, x, 4 * i, &out);
            }
            for (i, &x) in rest.iter().enumerate() {
                limit(planes, group, [x], 4 * fours.len() + i, &out);
            }
        }
    });
    limits
}

/// The row of each token's largest product.
fn search(pool: &Pool, planes: &Planes, exact: &[Block<i16>], limits: &[f32]) -> Vec<usize> {
    let share = share(pool, planes, 1);
    let parts = planes.groups().div_ceil(share);
    let tokens = exact.chunks_exact(planes.width()).zip(limits.chunks_exact(planes.groups()));
    // With a product that each token's largest is not below: one that is likely to be large.
    let tokens: Vec<_> = tokens
        .map(|(x, limits)| {
            let mut likely = Best::NONE;
            limits.iter().enumerate().for_each(|(group, &limit)| likely.try_value(group, limit));
            let mut known = Best::NONE;
            known.try_group(planes, likely.index, x);
            (x, limits, known.value)
        })
        .collect();
    let mut found = vec![Best::NONE; tokens.len() * parts];
    pool.chunks(&mut found, parts, |token, found| {
        let (x, limits, known) = tokens[token];
        pool.chunks(found, 1, |part, best| {
            for group in groups(planes, part, share) {
                // A limit that is no number says nothing.
                let is_below = limits[group] < known;
                if !is_below {
                    best[0].try_group(planes, group, x);
                }
            }
        });
    });
    let best_of = |found: &[Best]| {
        let mut best = Best::NONE;
        found.iter().for_each(|found| best.try_value(found.index, found.value));
        best.index
    };
    found.chunks_exact(parts).map(best_of).collect()
}

/// Groups that make a part of what threads share.
fn share(pool: &Pool, planes: &Planes, tokens: usize) -> usize {
    pool.share(planes.groups(), GROUP * planes.width() * BLOCK * tokens)
}

/// Those of a part.
fn groups(planes: &Planes, part: usize, share: usize) -> Range<usize> {
    part * share..planes.groups().min((part + 1) * share)
}

/// The largest value so far, the first of equals, as
/// [`reference::argmax`](crate::reference::argmax) has it.
#[derive(Clone, Copy)]
struct Best {
    index: usize,
    value: f32,
}

impl Best {
    const NONE: Self = Self { index: 0, value: f32::NEG_INFINITY };

    fn try_value(&mut self, index: usize, value: f32) {
        if value > self.value {
            *self = Self { index, value };
        }
    }

    /// Computes a group's products.
    fn try_group(&mut self, planes: &Planes, group: usize, x: &[Block<i16>]) {
        let mut sums = [f32x4::ZERO];
        planes.expand(group, |column, part| add_part::<Q8_0, i16, 1>(&part, [&x[column]], &mut sums));
        let rows = GROUP * group..planes.rows();
        rows.zip(sums[0].to_array()).for_each(|(row, value)| self.try_value(row, value));
    }
}

/// The limit of a group's products with tokens from `first` on.
#[inline(always)]
fn limit<Q: Dot, const T: usize>(
    planes: &Planes,
    group: usize,
    x: [&[Rough<Q>]; T],
    first: usize,
    out: &Output<'_>,
) {
    let upper = planes.upper(group);
    let x = x.map(|x| &x[..upper.len() / Q4_0::BYTES]);
    let (mut sums, mut reached) = ([f32x4::ZERO; T], [f32x4::ZERO; T]);
    for (column, upper) in upper.chunks_exact(Q4_0::BYTES).enumerate() {
        let upper = &upper[..Q4_0::BYTES];
        let x = x.map(|x| &x[column]);
        Q4_0::expand(upper, |_, part| {
            let (low, high) = part.q.split_at(4);
            let (Ok(low), Ok(high)) = (low.try_into(), high.try_into()) else {
                unreachable!("a half is four words")
            };
            let mut dots = [Q::ZERO; T];
            Q::add::<Q4_0, T>(low, x.map(|x| &x.q[0]), &mut dots);
            Q::add::<Q4_0, T>(high, x.map(|x| &x.q[1]), &mut dots);
            let scale = halves(upper, 0);
            let size = scale.abs();
            each!(I of T => {
                let x = x[I];
                let product = f32x4::from_i32x4(Q::total(dots[I])) * f32x4::splat(x.scale) - f32x4::splat(x.common);
                sums[I] += product * scale;
                reached[I] += size * f32x4::splat(x.reach);
            });
        });
    }
    let spread = planes.spread(group) + f32x4::splat(margin(x.first().map_or(0, |x| x.len())));
    for (t, (sum, reached)) in sums.into_iter().zip(reached).enumerate() {
        let limits = (sum + reached * spread + f32x4::splat(f32::MIN_POSITIVE)).to_array();
        // One that is no number stays: what it is the limit of may be one.
        let limit = limits
            .into_iter()
            .fold(f32::NEG_INFINITY, |most, limit| if most.is_nan() || limit <= most { most } else { limit });
        // SAFETY: each group is in one part.
        unsafe { out.put_one(first + t, group, limit) };
    }
}

#[cfg(test)]
#[path = "argmax/tests.rs"]
mod tests;
