//! From a model in the catalog to a model that answers: install, read the header, place the weights on a device.

use crate::pace::WorkerPace;
use crate::place::{Placed, Watch, place};
use crate::store::{self, CatalogEntry, ModelFile};
use crate::{Error, browser};
use prompt::{ChatTemplate, Tokenizer};
use protocol::{Choice, Phase};
use tasks::Model;

/// A model, ready to answer.
pub(crate) struct Loaded {
    /// Decoder, tokenizer and chat template.
    pub(crate) model: Model,
    /// Where it is.
    pub(crate) placed: Placed,
    /// Milliseconds it took.
    pub(crate) load_ms: f64,
}

/// Loads a model, installing it first when it is not there yet.
///
/// # Errors
/// Whatever can be wrong with storage, file, device or memory; [`Error::is_stop`] when it was cancelled.
pub(crate) async fn load(
    entry: &CatalogEntry,
    models_url: &str,
    choice: Choice,
    watch: &Watch<'_>,
) -> Result<Loaded, Error> {
    let start = browser::now();
    let mut file = installed(entry, models_url, watch).await?;
    let header = decoder::read_header(&mut file, entry.bytes)?;
    let tokenizer = Tokenizer::from_gguf(&header)?;
    let template = ChatTemplate::from_gguf(&header)?;
    let (decoder, placed) = place(&header, &mut file, choice, watch).await?;
    let model = Model::new(decoder, tokenizer, template, browser::now);
    Ok(Loaded { model, placed, load_ms: browser::now() - start })
}

async fn installed(entry: &CatalogEntry, models_url: &str, watch: &Watch<'_>) -> Result<ModelFile, Error> {
    if let Some(file) = store::open(entry).await? {
        return Ok(file);
    }
    let report = |done| (watch.report)(Phase::Installing, done);
    let pace = WorkerPace::new(watch.cancel.clone(), &report);
    store::install(entry, models_url, &pace).await?;
    store::open(entry).await?.ok_or(Error::Damaged { file: entry.file.to_owned() })
}
