//! Granite 3 and the dense models of Granite 4: as llama, but embeddings, attention, what each block
//! adds and logits are scaled.
//!
//! Blocks read the residual stream `x` through norms alone. With `r` the factor of what they add,
//! the plan holds `x / r`: blocks then add what they compute as it is, embeddings are divided by `r`
//! once, and a norm gives the same where its epsilon is divided by `r²`. References: Granite Team
//! 2024, <https://github.com/ibm-granite/granite-3.0-language-models>; for the factors: Yang et al.
//! 2022, <https://arxiv.org/abs/2203.03466>.

use super::layers::{self, Layer};
use super::rope;
use crate::config::Numbers;
use crate::plan::Rotary;
use crate::{Config, Error, Plan};
use kernels::ops::RopeStyle;

pub(super) fn plan(config: &Config, numbers: &Numbers<'_>) -> Result<Plan, Error> {
    let embedding = numbers.scale_or("embedding_scale", 1.0)?;
    let attention = numbers.scale_or("attention.scale", 1.0 / (config.head_dim as f32).sqrt())?;
    let residual = numbers.scale_or("residual_scale", 1.0)?;
    let logits = numbers.scale_or("logit_scale", 1.0)?;
    // What other families would call fine-tuned for longer texts is whether positions are seen at all.
    let frequencies = match numbers.gguf.bool("granite.rope.scaling.finetuned") {
        Ok(false) => rope::none(config.head_dim),
        Ok(true) | Err(gguf::Error::Missing { .. }) => {
            rope::frequencies(numbers, config.rope_base, config.head_dim)?
        }
        Err(error) => return Err(error.into()),
    };
    let (mut plan, slots) = layers::start(config, numbers.gguf, vec![frequencies], embedding / residual);
    plan.norm_eps /= residual * residual;
    plan.head.scale = 1.0 / logits;
    let rotary = Rotary { style: RopeStyle::Interleaved, base: 0 };
    for index in 0..config.layers {
        let mut layer = Layer { plan: &mut plan, config, slots, index };
        layer.project(slots.q, slots.keys, slots.values);
        layer.attend_scaled(rotary, None, attention);
        layer.add(slots.delta);
        layer.swiglu();
        layer.add(slots.delta);
    }
    Ok(plan)
}
