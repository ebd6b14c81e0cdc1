use super::kv_cache::{SPAN, Span};
use super::partial::{HEAD, Partials};
use super::queries::Queries;
use super::tile::{INNER, OUTER, Strip, Tile, inverse, products, quantize, strip_scale};
use crate::simd::exp::exp2;
use crate::simd::rows::largest;
use std::array::from_fn;
use std::ops::Range;
use wide::f32x4;

/// Strips of a row of weights.
const STRIPS: usize = SPAN / INNER;

/// What is worked out on the way.
#[derive(Default)]
pub(super) struct Scratch {
    /// `[row][position]`.
    scores: Vec<[f32; SPAN]>,
    /// `[row][position / 32]`: `2^(score - largest)` times the value's scale.
    weights: Vec<[Strip; STRIPS]>,
    scales: Vec<[f32; STRIPS]>,
}

impl Span {
    /// What `queries` get from this span, which begins at position `first`.
    pub(super) fn attend(
        &self,
        first: usize,
        queries: &Queries,
        scratch: &mut Scratch,
        partials: &Partials,
        out: &mut [f32],
    ) {
        let rows = queries.len();
        scratch.scores.resize(rows, [0.0; SPAN]);
        scratch.weights.resize(rows, [[0; INNER / 2]; STRIPS]);
        scratch.scales.resize(rows, [0.0; STRIPS]);
        let seen = within(&queries.seen(), first);
        self.score(seen.start / OUTER..seen.end.div_ceil(OUTER), queries, &mut scratch.scores);
        for (row, out) in out.chunks_exact_mut(partials.stride()).enumerate() {
            let sees = within(&queries.sees[row], first);
            let (max, sum) = self.weigh(
                sees,
                &mut scratch.scores[row],
                &mut scratch.weights[row],
                &mut scratch.scales[row],
            );
            (out[0], out[1]) = (max, sum);
        }
        self.sum_values(seen.start / INNER..seen.end.div_ceil(INNER), scratch, partials, out);
    }

    /// The scores of every eight positions of `octets`.
    fn score(&self, octets: Range<usize>, queries: &Queries, scores: &mut [[f32; SPAN]]) {
        let strips = self.keys.len() / (SPAN / OUTER);
        for octet in octets {
            let tiles = &self.keys[octet * strips..][..strips];
            let at = octet * OUTER;
            let key_scales = pair(&self.key_scales, at);
            let q = queries.strips.chunks(4 * strips);
            for ((q, factors), scores) in q.zip(queries.scales.chunks(4)).zip(scores.chunks_mut(4)) {
                match factors.len() {
                    1 => score_rows::<1>(q, factors, tiles, key_scales, scores, at),
                    2 => score_rows::<2>(q, factors, tiles, key_scales, scores, at),
                    3 => score_rows::<3>(q, factors, tiles, key_scales, scores, at),
                    _ => score_rows::<4>(q, factors, tiles, key_scales, scores, at),
                }
            }
        }
    }

    /// Turns a row's scores into weights; the largest score and the sum of weights, see [`HEAD`].
    fn weigh(
        &self,
        sees: Range<usize>,
        scores: &mut [f32; SPAN],
        weights: &mut [Strip; STRIPS],
        scales: &mut [f32; STRIPS],
    ) -> (f32, f32) {
        let (start, end) = (sees.start / INNER * INNER, sees.end.next_multiple_of(INNER));
        if sees.len() < SPAN {
            *scales = [0.0; STRIPS];
            *weights = [[0; INNER / 2]; STRIPS];
        }
        if sees.is_empty() {
            return (f32::NEG_INFINITY, 0.0);
        }
        scores[start..sees.start].fill(f32::NEG_INFINITY);
        scores[sees.end..end].fill(f32::NEG_INFINITY);
        let scores = &mut scores[start..end];
        let max = scores.as_chunks().0.iter();
        let max = max.fold(f32x4::splat(f32::NEG_INFINITY), |max, scores| max.fast_max(f32x4::new(*scores)));
        let max = largest(max);
        let mut sum = f32x4::ZERO;
        let value_scales = self.value_scales[start..end].as_chunks().0;
        for (score, value_scale) in scores.as_chunks_mut().0.iter_mut().zip(value_scales) {
            let seen = f32x4::new(*score);
            let weight = exp2(seen - f32x4::splat(max)) & seen.simd_gt(f32x4::splat(f32::NEG_INFINITY));
            sum += weight;
            *score = (weight * f32x4::new(*value_scale)).to_array();
        }
        let strips = weights[start / INNER..].iter_mut().zip(&mut scales[start / INNER..]);
        for (scores, (strip, scale)) in scores.as_chunks().0.iter().zip(strips) {
            *scale = strip_scale(scores);
            *strip = quantize(scores, inverse(*scale));
        }
        (max, sum.reduce_add())
    }

    /// Sums the weighted values of every 32 positions of `strips`.
    fn sum_values(&self, strips: Range<usize>, scratch: &Scratch, partials: &Partials, out: &mut [f32]) {
        let octets = partials.width / OUTER;
        for strip in strips.clone() {
            let first = strip == strips.start;
            for (octet, tile) in self.values[strip * octets..][..octets].iter().enumerate() {
                let at = HEAD + octet * OUTER;
                let rows = scratch.weights.chunks(4).zip(scratch.scales.chunks(4));
                for ((weights, scales), out) in rows.zip(out.chunks_mut(4 * partials.stride())) {
                    let out = out.chunks_exact_mut(partials.stride()).map(|row| &mut row[at..at + OUTER]);
                    match weights.len() {
                        1 => add_rows::<1>(weights, scales, strip, tile, first, out),
                        2 => add_rows::<2>(weights, scales, strip, tile, first, out),
                        3 => add_rows::<3>(weights, scales, strip, tile, first, out),
                        _ => add_rows::<4>(weights, scales, strip, tile, first, out),
                    }
                }
            }
        }
    }
}

/// The part of `positions` that lies in the span from `first` on, from there.
fn within(positions: &Range<usize>, first: usize) -> Range<usize> {
    let start = positions.start.saturating_sub(first).min(SPAN);
    start..positions.end.saturating_sub(first).min(SPAN).max(start)
}

#[inline(always)]
fn score_rows<const ROWS: usize>(
    q: &[Strip],
    factors: &[f32],
    tiles: &[Tile],
    key_scales: [f32x4; 2],
    scores: &mut [[f32; SPAN]],
    at: usize,
) {
    let mut sums = [[f32x4::ZERO; 2]; ROWS];
    for (i, tile) in tiles.iter().enumerate() {
        let parts = products::<ROWS>(from_fn(|row| &q[row * tiles.len() + i]), tile);
        for (sums, parts) in sums.iter_mut().zip(parts) {
            *sums = [sums[0] + parts[0], sums[1] + parts[1]];
        }
    }
    for ((sums, factor), scores) in sums.into_iter().zip(factors).zip(scores) {
        let factor = f32x4::splat(*factor);
        let result = [sums[0] * (key_scales[0] * factor), sums[1] * (key_scales[1] * factor)];
        scores[at..at + OUTER].copy_from_slice(bytemuck::cast_ref::<_, [f32; OUTER]>(&result));
    }
}

#[inline(always)]
fn add_rows<'a, const ROWS: usize>(
    weights: &[[Strip; STRIPS]],
    scales: &[[f32; STRIPS]],
    strip: usize,
    tile: &Tile,
    first: bool,
    out: impl Iterator<Item = &'a mut [f32]>,
) {
    let sums = products::<ROWS>(from_fn(|row| &weights[row][strip]), tile);
    for ((sums, scales), out) in sums.into_iter().zip(scales).zip(out) {
        let scale = f32x4::splat(scales[strip]);
        let before = if first { [f32x4::ZERO; 2] } else { pair(out, 0) };
        let after = [before[0] + sums[0] * scale, before[1] + sums[1] * scale];
        out.copy_from_slice(bytemuck::cast_ref::<_, [f32; OUTER]>(&after));
    }
}

/// Eight values from `at` on.
#[inline(always)]
fn pair(values: &[f32], at: usize) -> [f32x4; 2] {
    let mut pair = [0.0; OUTER];
    pair.copy_from_slice(&values[at..at + OUTER]);
    bytemuck::cast(pair)
}
