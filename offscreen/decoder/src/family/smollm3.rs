//! SmolLM3: as llama, but every fourth layer sees no positions.
//!
//! No file states which layers those are: the models that are published under this name agree.
//! References: Bakouch et al. 2025, <https://huggingface.co/blog/smollm3>; for layers without
//! positions: Yang et al. 2025, <https://arxiv.org/abs/2501.18795>.

use super::layers::{self, Layer};
use super::rope;
use crate::config::Numbers;
use crate::{Config, Error, Plan};
use kernels::ops::RopeStyle;

/// One layer in so many sees no positions.
const PATTERN: usize = 4;

/// Places in `Plan::rope_frequencies`.
const ROTATED: usize = 0;
const PLAIN: usize = 1;

pub(super) fn plan(config: &Config, numbers: &Numbers<'_>) -> Result<Plan, Error> {
    let rotated = rope::frequencies(numbers, config.rope_base, config.head_dim)?;
    let frequencies = vec![rotated, rope::none(config.head_dim)];
    let (mut plan, slots) = layers::start(config, numbers.gguf, frequencies, 1.0);
    for index in 0..config.layers {
        let mut layer = Layer { plan: &mut plan, config, slots, index };
        let base = if (index + 1).is_multiple_of(PATTERN) { PLAIN } else { ROTATED };
        layer.project(slots.q, slots.keys, slots.values);
        layer.attend(RopeStyle::Interleaved, base, None);
        layer.add(slots.delta);
        layer.swiglu();
        layer.add(slots.delta);
    }
    Ok(plan)
}
