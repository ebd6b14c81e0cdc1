//! From an installed model's file to a model that answers: read the header, place the weights on a device.

use crate::place::{Placed, Watch, Wish, place};
use crate::store::ModelFile;
use crate::{Error, browser};
use catalog::ModelInfo;
use protocol::{Choice, ModelState};
use tasks::Model;

/// A model, ready to answer.
pub(crate) struct Loaded {
    /// Which.
    pub(crate) known: ModelInfo,
    /// Decoder, tokenizer and chat template.
    pub(crate) model: Model,
    /// Where it is.
    pub(crate) placed: Placed,
    /// Milliseconds it took.
    pub(crate) load_ms: f64,
}

impl Loaded {
    /// As it is told to a reader who made this choice.
    pub(crate) fn state(&self, choice: Choice) -> ModelState {
        let device = self.placed.info_for(choice);
        ModelState::Ready { model: self.known.name.clone(), device, load_ms: self.load_ms }
    }
}

/// Loads a model; `start` is when that began.
///
/// # Errors
/// Whatever can be wrong with storage, file, device or memory; [`Error::is_stop`] when it was cancelled.
pub(crate) async fn load(
    known: ModelInfo,
    mut file: ModelFile,
    wish: Wish<'_>,
    start: f64,
    watch: &Watch<'_>,
) -> Result<Loaded, Error> {
    let header = decoder::read_header(&mut file, known.bytes)?;
    let (decoder, placed) = place(&header, &mut file, wish, watch).await?;
    let model = Model::new(&header, decoder, browser::now)?;
    Ok(Loaded { known, model, placed, load_ms: browser::now() - start })
}
