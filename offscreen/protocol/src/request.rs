//! What the engine can be asked.

use crate::{Input, JobId, ModelId, OfferQuestion, Task};
use serde::{Deserialize, Serialize};

/// A message to the engine.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Request {
    /// Asks for the whole state; the answer is [`crate::Event::Snapshot`], and live events follow
    /// it.
    Attach,
    /// Announces a job: its model is loaded, installed before when it comes with the extension, and
    /// reads what the task's prompts begin with. Only the last announcement counts.
    Warm {
        task: Task,
        choice: BackendChoice,
        /// The model; the best one for the task when absent.
        model: Option<ModelId>,
    },
    /// Queues a job. Jobs run one at a time, those of a tab in order, those of several tabs in
    /// turns. An id seen before is not started again.
    Start {
        job: JobId,
        task: Task,
        input: Input,
        choice: BackendChoice,
        /// The model; the best one for the task when absent.
        model: Option<ModelId>,
        /// The tab that it was asked for in, so that no tab keeps the others waiting.
        tab: Option<u32>,
    },
    /// Stops a job, whatever it is doing; a finished or unknown job is left as it is.
    Cancel { job: JobId },
    /// Puts a model into the browser's storage. How it goes is told by [`crate::Event::Models`],
    /// how it ended by [`crate::Event::InstallEnded`].
    Install {
        /// Which, and where from.
        source: ModelSource,
        /// Chosen by whoever asks, to know the end by.
        key: String,
    },
    /// Asks about a server of the reader's: where an address leads, and with `list`, for which a request
    /// is sent there, which models it has. The answer is [`crate::Event::Server`].
    Server {
        address: String,
        list: bool,
        /// Chosen by whoever asks, to know the answer by.
        key: String,
    },
    /// Stops an installation, a check or a repair. Of a file that comes from an address, what has
    /// come remains, and another request to install it goes on there.
    StopInstall { model: ModelId },
    /// Looks through all of an installed model's files: how it goes and what is found is told by
    /// [`crate::Event::Models`].
    Check { model: ModelId },
    /// Fetches what is damaged of a model's files once more, and nothing else, as a check found it.
    Repair { model: ModelId },
    /// Asks how well tasks could be done, and by which model: the answer is
    /// [`crate::Event::Offers`], and holds until the models change.
    Offers { questions: Vec<OfferQuestion> },
    /// Removes a model from the browser's storage, or what of it is there. An installation is
    /// stopped before. One on a server is forgotten, and stays there.
    Remove { model: ModelId },
    /// Asks what lies in the browser's storage that nothing uses: the answer is
    /// [`crate::Event::Unused`], and holds until the models change.
    Unused,
    /// Removes that. The answer is [`crate::Event::Freed`].
    RemoveUnused,
    /// Removes every model, and all else that is stored of models. Installations are stopped before.
    /// The answer is [`crate::Event::Freed`].
    RemoveAll,
}

/// Where a model's files come from.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "from", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum ModelSource {
    /// The extension's own package.
    Package { model: ModelId },
    /// The addresses that the catalogue names.
    Catalog { model: ModelId },
    /// An address: `https:`, or `http:` of this machine.
    Address {
        url: String,
        /// What the file's SHA-256 must be (hexadecimal), if the reader knows it.
        sha256: Option<String>,
    },
    /// A file of the reader's, which the view has handed over under this name on the channel for
    /// files.
    File {
        /// The name it was handed over under.
        handle: String,
        name: String,
    },
    /// A server of the reader's: nothing is fetched, the model is asked there.
    Server {
        address: String,
        /// Its name there.
        model: String,
    },
}

/// Where the reader wants the model to run.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum BackendChoice {
    /// The GPU where there is one, else the CPU; the reason is shown.
    #[default]
    Auto,
    /// The GPU or nothing: without one the job fails.
    Gpu,
    Cpu,
}
