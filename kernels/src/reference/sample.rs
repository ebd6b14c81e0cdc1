//! Choosing a token from logits, so that every device chooses the same one.
//!
//! A draw is a maximum: with Gumbel noise that depends only on the seed, the number of the draw and
//! the token, the token with the largest `log p + noise` is chosen with probability `p`
//! (Gumbel-max; Maddison et al. 2014, <https://arxiv.org/abs/1411.0030>). So neither sorting nor
//! the order of a sum matters, and filters are only a threshold. Beyond two roundings in `f32` (see
//! [`distance`]) everything is integers, which are alike everywhere.

mod distance;
mod noise;

use crate::ops::{SampleOptions, Thresholds, WHOLE};
use distance::{distance, order, weight};
use noise::{noise, stream};

/// Applies the repetition penalty to the tokens `seen` (each once), then adds `bias`;
/// `f32::NEG_INFINITY` bans a token.
///
/// The penalty divides positive logits and multiplies others (Keskar et al. 2019,
/// <https://arxiv.org/abs/1909.05858>); it divides by multiplying with the inverse, which is
/// rounded alike on every device. Ids past the last logit are ignored.
pub fn adjust(logits: &mut [f32], penalty: f32, seen: impl IntoIterator<Item = u32>, bias: &[(u32, f32)]) {
    let inverse = penalty.recip();
    for id in seen {
        if let Some(logit) = logits.get_mut(id as usize) {
            *logit *= if *logit > 0.0 { inverse } else { penalty };
        }
    }
    for &(id, bias) in bias {
        if let Some(logit) = logits.get_mut(id as usize) {
            *logit += bias;
        }
    }
}

/// Chooses a token from [`adjust`]ed logits; `counter` is the number of the draw.
///
/// Logits that are not finite are never chosen; when none is, the result is 0. The first of equals
/// wins.
#[must_use]
pub fn sample(logits: &[f32], options: &SampleOptions, counter: u32) -> u32 {
    if options.is_greedy() {
        return first_largest(logits.iter().map(|&logit| order(logit)));
    }
    let thresholds = Thresholds::new(options);
    let (best, limit) = (best(logits), limit(logits, &thresholds));
    let stream = stream(options.seed, counter);
    first_largest((0_u32..).zip(logits).map(|(id, &logit)| {
        let distance = distance(logit, best, thresholds.scale);
        if distance <= limit { noise(stream, id) - distance } else { 0 }
    }))
}

/// The tokens that [`sample`] draws from, in the order of their ids: the `top_k` best; of these,
/// those at least `min_p` times as probable as the best; of these, the fewest best with `top_p` of
/// their probability. Equals of the last one are kept.
#[must_use]
pub fn sample_candidates(logits: &[f32], options: &SampleOptions) -> Vec<u32> {
    let thresholds = Thresholds::new(options);
    let (best, limit) = (best(logits), limit(logits, &thresholds));
    let near = |&(_, &logit): &(u32, &f32)| distance(logit, best, thresholds.scale) <= limit;
    (0..).zip(logits).filter(near).map(|(id, _)| id).collect()
}

fn best(logits: &[f32]) -> f32 {
    logits.iter().copied().filter(|logit| logit.is_finite()).fold(f32::MIN, f32::max)
}

/// Candidates are no farther than this from the best token.
fn limit(logits: &[f32], thresholds: &Thresholds) -> u32 {
    let best = best(logits);
    let mut limit = thresholds.farthest;
    let near = logits.iter().map(|&logit| distance(logit, best, thresholds.scale));
    let mut near: Vec<u32> = near.filter(|&distance| distance <= limit).collect();
    let top_k = thresholds.top_k as usize;
    if top_k > 0 && top_k < near.len() {
        limit = *near.select_nth_unstable(top_k - 1).1;
        near.retain(|&distance| distance <= limit);
    }
    if thresholds.top_p < WHOLE {
        near.sort_unstable();
        let total: u64 = near.iter().map(|&distance| u64::from(weight(distance))).sum();
        let enough = (total * u64::from(thresholds.top_p) / u64::from(WHOLE)).max(1);
        let mut mass = 0;
        let last = near.into_iter().find(|&distance| {
            mass += u64::from(weight(distance));
            mass >= enough
        });
        limit = last.unwrap_or(limit);
    }
    limit
}

/// The id of the largest score, the first of equals; 0 when all are 0.
fn first_largest(scores: impl Iterator<Item = u32>) -> u32 {
    let larger = |best: (u32, u32), (id, score)| if score > best.1 { (id, score) } else { best };
    (0..).zip(scores).fold((0, 0), larger).0
}

#[cfg(test)]
#[path = "sample/tests.rs"]
mod tests;
