use crate::Placement;
use catalog::ModelInfo;
use protocol::{BackendChoice, ModelState};
use tasks::Model;

/// A model, ready to answer.
pub(crate) struct Loaded {
    pub(crate) info: ModelInfo,
    /// Decoder, tokenizer and chat template.
    pub(crate) model: Model,
    /// Where it is.
    pub(crate) placement: Placement,
    /// Milliseconds it took.
    pub(crate) load_ms: f64,
}

impl Loaded {
    /// As it is told to a reader who made this choice.
    pub(crate) fn state(&self, choice: BackendChoice) -> ModelState {
        let device = self.placement.info_for(choice);
        ModelState::Ready { model: self.info.name.clone(), device, load_ms: self.load_ms }
    }
}
