//! What is asked of the sampler, and the numbers that its kernels work with.

/// How a token is chosen. The default is greedy: always the best.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SampleOptions {
    /// Divides the logits; 0 is greedy.
    pub temperature: f32,
    /// Only the `top_k` best tokens; 0 for all.
    pub top_k: u32,
    /// Only the fewest best tokens whose probabilities add up to `top_p` (Holtzman et al. 2020,
    /// <https://arxiv.org/abs/1904.09751>), in steps of 2^-16; 1 for all.
    pub top_p: f32,
    /// Only tokens at least `min_p` times as probable as the best (Nguyen et al. 2024,
    /// <https://arxiv.org/abs/2407.01082>); 0 for all that are at least 2^-32 times as probable.
    pub min_p: f32,
    /// Divides positive and multiplies other logits of tokens seen before; 1 for none.
    pub repetition_penalty: f32,
    /// The same seed makes the same choices.
    pub seed: u32,
}

impl Default for SampleOptions {
    fn default() -> Self {
        Self { temperature: 0.0, top_k: 0, top_p: 1.0, min_p: 0.0, repetition_penalty: 1.0, seed: 0 }
    }
}

impl SampleOptions {
    /// True when the best token is chosen, without drawing.
    #[must_use]
    pub fn is_greedy(&self) -> bool {
        self.temperature <= 0.0 || self.temperature.is_nan()
    }
}

/// Steps of distance in a factor of two of probability.
pub(crate) const STEPS: u32 = 1 << 19;

/// The distance of tokens that are too improbable to be drawn.
pub(crate) const FAR: u32 = (1 << 24) - 1;

/// [`Thresholds::top_p`] of all tokens.
pub(crate) const WHOLE: u32 = 1 << 16;

/// The options as the kernels read them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Thresholds {
    /// Steps of distance in a logit.
    pub(crate) scale: f32,
    /// As in the options.
    pub(crate) top_k: u32,
    /// In parts of [`WHOLE`].
    pub(crate) top_p: u32,
    /// Distance of a token as improbable as `min_p` allows.
    pub(crate) farthest: u32,
}

impl Thresholds {
    #[expect(clippy::cast_possible_truncation, reason = "clamped to what is representable")]
    #[expect(clippy::cast_sign_loss, reason = "neither is negative")]
    pub(crate) fn new(options: &SampleOptions) -> Self {
        let scale = std::f32::consts::LOG2_E * STEPS as f32 / options.temperature;
        let min_p = f64::from(options.min_p.clamp(0.0, 1.0));
        Self {
            // Infinite, it would make the best token's distance of 0 undefined.
            scale: scale.min(f32::MAX),
            top_k: options.top_k,
            top_p: (options.top_p.clamp(0.0, 1.0) * WHOLE as f32).round() as u32,
            farthest: ((-min_p.log2() * f64::from(STEPS)) as u32).min(FAR - 1),
        }
    }
}
