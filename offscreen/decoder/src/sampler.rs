//! Choosing a token from logits.

use kernels::ops::SampleOptions;
use kernels::reference;
use std::collections::BTreeSet;

/// How tokens are chosen. The default is greedy: always the best.
#[derive(Clone, Debug, PartialEq)]
pub struct SamplerOptions {
    /// Divides the logits; 0 is greedy.
    pub temperature: f32,
    /// Only the `top_k` best tokens and those as good as the last of them; 0 for all.
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

impl From<&SamplerOptions> for SampleOptions {
    fn from(options: &SamplerOptions) -> Self {
        Self {
            temperature: options.temperature,
            top_k: u32::try_from(options.top_k).unwrap_or(u32::MAX),
            top_p: options.top_p,
            min_p: options.min_p,
            repetition_penalty: options.repetition_penalty,
            seed: options.seed,
        }
    }
}

/// Chooses tokens, one after the other: the state over [`kernels::reference::sample`].
#[derive(Clone, Debug)]
pub struct Sampler {
    options: SampleOptions,
    bias: Vec<(u32, f32)>,
    seen: BTreeSet<u32>,
    drawn: u32,
}

impl Sampler {
    /// A sampler that has seen nothing.
    #[must_use]
    pub fn new(options: SamplerOptions) -> Self {
        Self { options: SampleOptions::from(&options), bias: options.bias, seen: BTreeSet::new(), drawn: 0 }
    }

    /// True when the choice is always the best logit, so that nothing but its index is needed.
    #[must_use]
    pub fn is_plain_greedy(&self) -> bool {
        self.options.is_greedy() && !self.penalises() && self.bias.is_empty()
    }

    /// Remembers a token for the repetition penalty: for prompts; chosen tokens are remembered by
    /// themselves.
    pub fn observe(&mut self, id: u32) {
        if self.penalises() {
            self.seen.insert(id);
        }
    }

    /// Chooses a token and accepts it; `logits` are used up.
    pub fn sample(&mut self, logits: Vec<f32>) -> u32 {
        let id = self.choose(logits);
        self.accept(id);
        id
    }

    /// Chooses a token; `logits` are used up.
    #[must_use]
    pub fn choose(&self, mut logits: Vec<f32>) -> u32 {
        reference::adjust(&mut logits, self.options.repetition_penalty, self.seen(), &self.bias);
        reference::sample(&logits, &self.options, self.drawn)
    }

    /// Notes that a token was chosen, here or by a copy of this sampler: the next choice is the one
    /// after it.
    pub fn accept(&mut self, id: u32) {
        self.observe(id);
        self.drawn = self.drawn.wrapping_add(1);
    }

    /// How tokens are chosen, but for the [`bias`](Self::bias).
    #[must_use]
    pub fn options(&self) -> &SampleOptions {
        &self.options
    }

    /// What is added to the logits of some tokens.
    #[must_use]
    pub fn bias(&self) -> &[(u32, f32)] {
        &self.bias
    }

    /// The tokens that the repetition penalty applies to, each once; none without a penalty.
    pub fn seen(&self) -> impl Iterator<Item = u32> + '_ {
        self.seen.iter().copied()
    }

    /// The number of tokens chosen so far.
    #[must_use]
    pub fn drawn(&self) -> u32 {
        self.drawn
    }

    fn penalises(&self) -> bool {
        self.options.repetition_penalty != 1.0
    }
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
    fn what_was_chosen_elsewhere_counts() {
        let options =
            SamplerOptions { temperature: 1.0, repetition_penalty: 1.5, seed: 3, ..Default::default() };
        let logits: Vec<f32> = (0..40_u8).map(|i| f32::from(i % 7)).collect();
        let (mut a, mut b) = (sampler(options.clone()), sampler(options));
        for _ in 0..20 {
            b.accept(a.sample(logits.clone()));
            assert_eq!(b.sample(logits.clone()), a.sample(logits.clone()));
        }
        assert!(a.seen().eq(b.seen()));
        assert_eq!((a.drawn(), b.drawn()), (40, 40));
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
