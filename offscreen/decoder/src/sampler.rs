//! Choosing a token from logits.

use std::collections::HashMap;

/// How tokens are chosen. The default is greedy: always the best.
#[derive(Clone, Debug, PartialEq)]
pub struct SamplerOptions {
    /// Divides the logits; 0 is greedy.
    pub temperature: f32,
    /// Only the `top_k` best tokens; 0 for all.
    pub top_k: usize,
    /// Only the fewest best tokens whose probabilities add up to `top_p` (Holtzman et al. 2020,
    /// <https://arxiv.org/abs/1904.09751>); 1 for all.
    pub top_p: f32,
    /// Only tokens at least `min_p` times as probable as the best (Nguyen et al. 2024,
    /// <https://arxiv.org/abs/2407.01082>); 0 for all.
    pub min_p: f32,
    /// Divides positive and multiplies negative logits of tokens seen before (Keskar et al. 2019,
    /// <https://arxiv.org/abs/1909.05858>); 1 for none.
    pub repetition_penalty: f32,
    /// Added to the logits of these tokens; `f32::NEG_INFINITY` bans one.
    pub bias: Vec<(u32, f32)>,
    /// The same seed makes the same choices.
    pub seed: u32,
}

impl Default for SamplerOptions {
    fn default() -> Self {
        Self {
            temperature: 0.0,
            top_k: 0,
            top_p: 1.0,
            min_p: 0.0,
            repetition_penalty: 1.0,
            bias: Vec::new(),
            seed: 0,
        }
    }
}

/// Chooses tokens, one after the other.
#[derive(Clone, Debug)]
pub struct Sampler {
    options: SamplerOptions,
    seen: HashMap<u32, u32>,
    drawn: u32,
}

impl Sampler {
    /// A sampler that has seen nothing.
    #[must_use]
    pub fn new(options: SamplerOptions) -> Self {
        Self { options, seen: HashMap::new(), drawn: 0 }
    }

    /// True when the choice is always the best logit, so that nothing but its index is needed.
    #[must_use]
    pub fn is_plain_greedy(&self) -> bool {
        let SamplerOptions { temperature, repetition_penalty, bias, .. } = &self.options;
        *temperature <= 0.0 && *repetition_penalty == 1.0 && bias.is_empty()
    }

    /// Remembers a token for the repetition penalty: for prompts; chosen tokens are remembered by themselves.
    pub fn observe(&mut self, id: u32) {
        if self.options.repetition_penalty != 1.0 {
            *self.seen.entry(id).or_default() += 1;
        }
    }

    /// Chooses a token; `logits` are used up.
    pub fn sample(&mut self, mut logits: Vec<f32>) -> u32 {
        self.adjust(&mut logits);
        let id = if self.options.temperature > 0.0 {
            self.draw(&logits)
        } else {
            index(kernels::cpu::argmax(&logits))
        };
        self.observe(id);
        id
    }

    fn adjust(&self, logits: &mut [f32]) {
        let penalty = self.options.repetition_penalty;
        for &id in self.seen.keys() {
            if let Some(logit) = logits.get_mut(id as usize) {
                *logit = if *logit > 0.0 { *logit / penalty } else { *logit * penalty };
            }
        }
        for &(id, bias) in &self.options.bias {
            if let Some(logit) = logits.get_mut(id as usize) {
                *logit += bias;
            }
        }
    }

    fn draw(&mut self, logits: &[f32]) -> u32 {
        let candidates = self.candidates(logits);
        let total: f32 = candidates.iter().map(|&(_, p)| p).sum();
        let mut left = uniform(self.options.seed, self.drawn) * total;
        self.drawn = self.drawn.wrapping_add(1);
        for &(id, p) in &candidates {
            left -= p;
            if left < 0.0 {
                return id;
            }
        }
        candidates.last().map_or(0, |&(id, _)| id)
    }

    /// The tokens to draw from and their weights (relative to the best token's 1), best first.
    fn candidates(&self, logits: &[f32]) -> Vec<(u32, f32)> {
        let SamplerOptions { temperature, top_k, top_p, min_p, .. } = self.options;
        let mut order: Vec<u32> =
            (0..index(logits.len())).filter(|&id| logits[id as usize].is_finite()).collect();
        let by_logit = |a: &u32, b: &u32| logits[*b as usize].total_cmp(&logits[*a as usize]).then(a.cmp(b));
        if top_k > 0 && top_k < order.len() {
            order.select_nth_unstable_by(top_k - 1, by_logit);
            order.truncate(top_k);
        }
        order.sort_unstable_by(by_logit);
        let Some(&best) = order.first() else { return Vec::new() };
        let max = logits[best as usize];
        let mut candidates: Vec<(u32, f32)> = order
            .into_iter()
            .map(|id| (id, ((logits[id as usize] - max) / temperature).exp()))
            .take_while(|&(_, p)| p >= min_p)
            .collect();
        let total: f32 = candidates.iter().map(|&(_, p)| p).sum();
        let mut mass = 0.0;
        let nucleus = candidates.iter().position(|&(_, p)| {
            mass += p;
            mass >= top_p * total
        });
        candidates.truncate(nucleus.map_or(candidates.len(), |last| last + 1));
        candidates
    }
}

/// A uniform number in [0, 1) from a seed and a counter: the PCG hash (Jarzynski & Olano 2020,
/// <https://jcgt.org/published/0009/03/02/>), which needs 32-bit integers only and so is the same on every device.
fn uniform(seed: u32, counter: u32) -> f32 {
    let hash = |x: u32| {
        let state = x.wrapping_mul(747_796_405).wrapping_add(2_891_336_453);
        let word = ((state >> ((state >> 28) + 4)) ^ state).wrapping_mul(277_803_737);
        (word >> 22) ^ word
    };
    (hash(hash(seed).wrapping_add(counter)) >> 8) as f32 / (1_u32 << 24) as f32
}

#[expect(clippy::cast_possible_truncation, reason = "a vocabulary has at most 2^24 tokens")]
fn index(i: usize) -> u32 {
    i as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sampler(options: SamplerOptions) -> Sampler {
        Sampler::new(options)
    }

    #[test]
    fn greedy_takes_the_best_and_bans_and_penalties_change_it() {
        let logits = vec![1.0, 4.0, 3.5, -2.0];
        assert_eq!(sampler(SamplerOptions::default()).sample(logits.clone()), 1);
        let banned = SamplerOptions { bias: vec![(1, f32::NEG_INFINITY)], ..Default::default() };
        assert_eq!(sampler(banned).sample(logits.clone()), 2);
        let mut penalised = sampler(SamplerOptions { repetition_penalty: 2.0, ..Default::default() });
        assert_eq!(penalised.sample(logits.clone()), 1);
        assert_eq!(penalised.sample(logits), 2, "4.0 / 2 is below 3.5");
    }

    #[test]
    fn draws_follow_the_distribution() {
        let probabilities = [0.5_f32, 0.3, 0.15, 0.05];
        let logits: Vec<f32> = probabilities.iter().map(|p| p.ln()).collect();
        let mut sampler = sampler(SamplerOptions { temperature: 1.0, seed: 7, ..Default::default() });
        let mut counts = [0_u16; 4];
        for _ in 0..20_000 {
            counts[sampler.sample(logits.clone()) as usize] += 1;
        }
        for (count, p) in counts.iter().zip(probabilities) {
            assert!((f32::from(*count) / 20_000.0 - p).abs() < 0.012, "{counts:?}");
        }
    }

    #[test]
    fn filters_cut_the_tail() {
        let logits: Vec<f32> = [0.5_f32, 0.3, 0.15, 0.05].iter().map(|p| p.ln()).collect();
        let kept = |options: SamplerOptions| sampler(options).candidates(&logits).len();
        let base = SamplerOptions { temperature: 1.0, ..Default::default() };
        assert_eq!(kept(base.clone()), 4);
        assert_eq!(kept(SamplerOptions { top_k: 2, ..base.clone() }), 2);
        assert_eq!(kept(SamplerOptions { top_p: 0.75, ..base.clone() }), 2);
        assert_eq!(kept(SamplerOptions { min_p: 0.25, ..base }), 3);
    }

    proptest! {
        #[test]
        fn never_chooses_a_banned_token(
            logits in prop::collection::vec(-20.0_f32..20.0, 2..50),
            temperature in 0.0_f32..2.0,
            top_k in 0_usize..60,
            top_p in 0.01_f32..1.0,
            seed in any::<u32>(),
        ) {
            let bias = vec![(0, f32::NEG_INFINITY)];
            let options = SamplerOptions { temperature, top_k, top_p, seed, bias, ..Default::default() };
            let (mut a, mut b) = (sampler(options.clone()), sampler(options));
            for _ in 0..8 {
                let id = a.sample(logits.clone());
                prop_assert!(id != 0 && (id as usize) < logits.len());
                prop_assert_eq!(id, b.sample(logits.clone()), "the same seed makes the same choices");
            }
        }
    }
}
