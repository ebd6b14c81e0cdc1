use crate::amount::amount;
use crate::wrong::Wrong;
use protocol::ModelId;
use std::collections::TryReserveError;

/// What can go wrong between a request and its result.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The message is not of the protocol.
    #[error("A message could not be read: {0}.")]
    Request(String),
    /// The browser's storage has no room left.
    #[error("The browser's storage is full.")]
    StorageFull,
    /// The browser's storage refused.
    #[error("The browser's storage refused: {0}")]
    Storage(String),
    /// The browser's storage has too little room left for a file.
    #[error("There is not enough room for {file}: {} MB more must be free.", missing.div_ceil(1_000_000))]
    NoRoom {
        /// Name of the file.
        file: String,
        /// Bytes.
        missing: u64,
    },
    /// A file is larger than any model that could be run here.
    #[error("The file {file} is larger than any model that can be run here.")]
    TooLarge {
        /// Name of the file.
        file: String,
    },
    /// An address that models are not fetched from.
    #[error("This is no address that models are fetched from: {0}")]
    Address(String),
    /// An address that no text is sent to.
    #[error("This is no address that Sotto sends text to: {0}")]
    ServerAddress(String),
    /// The reader's own server does not answer, or not as it should.
    #[error("The server at {host} {error}.")]
    Server {
        /// Its host.
        host: String,
        /// What it does instead.
        error: server::Error,
    },
    /// A file that was handed over did not arrive.
    #[error("The file did not reach the engine.")]
    NotHandedOver,
    /// A model is asked for that is not there.
    #[error("{name} is not installed.")]
    NotInstalled {
        /// Its name.
        name: String,
        /// Its id.
        id: ModelId,
    },
    /// The model cannot do this.
    #[error("{what}")]
    Unsupported {
        /// What it cannot do, in a sentence.
        what: String,
        /// Name and id of a model that can.
        other: Option<(String, ModelId)>,
    },
    /// No model that is known can do this.
    #[error("No model that Sotto knows can do this.")]
    NoModel,
    /// As many jobs as may wait are waiting already.
    #[error("{waiting} jobs{} are waiting already.", if *of_tab { " of this tab" } else { "" })]
    QueueFull {
        /// How many wait.
        waiting: usize,
        /// Whether those of the same tab are meant.
        of_tab: bool,
    },
    /// A model is being installed still.
    #[error("{0} is being installed.")]
    Installing(String),
    /// A task was asked to work on something that it does not work on.
    #[error("This cannot be done with {0}.")]
    Input(&'static str),
    /// A model could not be fetched.
    #[error("The model file {file} could not be fetched: {reason}")]
    Missing {
        /// Name of the file.
        file: String,
        /// What the browser says.
        reason: String,
    },
    /// Nothing came any more of a file that is fetched.
    #[error("The model file {file} stopped coming: nothing arrived for {seconds} seconds.")]
    Stalled {
        /// Name of the file.
        file: String,
        /// How long it was waited for.
        seconds: u32,
    },
    /// The connection to a file that is fetched was lost too often.
    #[error("The connection to {file} was lost, and {tries} times more when it was tried again.")]
    Lost {
        /// Name of the file.
        file: String,
        /// How often it was tried again.
        tries: usize,
    },
    /// A page came in a file's place.
    #[error("A web page came in place of the model file {file}.")]
    WebPage {
        /// Name of the file.
        file: String,
    },
    /// A server sends what it was not asked for.
    #[error("The server sends another part of {file} than it was asked for.")]
    WrongRange {
        /// Name of the file.
        file: String,
    },
    /// A server says one thing of a file and then another.
    #[error("The file {file} changes on its server, or is not as long as the server says.")]
    Changed {
        /// Name of the file.
        file: String,
    },
    /// A file in the browser's storage is not as it was when it was installed.
    #[error("{name} is damaged: {} as it was when it was installed.", subject(*wrong))]
    Broken {
        /// Name of the model.
        name: String,
        /// Its id.
        id: ModelId,
        /// How many of its bytes can be fetched again so that it is whole, where that is known.
        wrong: Option<u64>,
    },
    /// A model's files are being looked through or put right.
    #[error("{0} is being checked or repaired.")]
    Tending(String),
    /// What a source has now is not the file that was installed from there.
    #[error("What came for {file} is not what was installed: its source has another version now.")]
    OtherVersion {
        /// Name of the file.
        file: String,
    },
    /// A model file is not what was expected.
    #[error(
        "The model file {file} is damaged, or another one: its length or its SHA-256 is not the expected one."
    )]
    Damaged {
        /// Name of the file.
        file: String,
    },
    /// A model file is sound, but no answer would come of it.
    #[error("{0}")]
    Unusable(String),
    /// There is no GPU, or it failed.
    #[error("{0}")]
    Gpu(String),
    /// What the GPU computes is not what it should be.
    #[error("The GPU's results were wrong: {0}.")]
    WrongResults(#[from] Wrong),
    /// The GPU has too little memory.
    #[error("The GPU has too little memory for the model.")]
    GpuMemory,
    /// A model needs more memory than there is.
    #[error("{name} needs about {} of memory, more than the {} that this browser gives.", amount(*needs), amount(*has))]
    NoFit {
        /// Name of the model.
        name: String,
        /// Bytes.
        needs: u64,
        /// Bytes.
        has: u64,
        /// Name and id of the largest model that fits.
        instead: Option<(String, ModelId)>,
    },
    /// Memory that there should be could not be had.
    #[error("There is not enough memory for the model.")]
    Memory(#[from] TryReserveError),
    /// The model file cannot be used, or the decoder failed.
    #[error(transparent)]
    Decoder(#[from] decoder::Error),
    /// The tokenizer or the chat template cannot be used.
    #[error(transparent)]
    Prompt(#[from] prompt::Error),
    /// The files of a translator cannot be used.
    #[error(transparent)]
    Translator(#[from] translator::Error),
    /// The page's text could not be found.
    #[error(transparent)]
    Article(#[from] article::Error),
    /// The task failed.
    #[error(transparent)]
    Task(#[from] tasks::Error),
    /// The work was stopped.
    #[error("stopped")]
    Stopped,
    /// The work was stopped, and can go on.
    #[error("paused")]
    Paused,
}

/// What is not as it was.
fn subject(wrong: Option<u64>) -> String {
    wrong.map_or("its file is not".to_owned(), |bytes| {
        format!("a part of its file ({} MB) is not", ((bytes + 500_000) / 1_000_000).max(1))
    })
}

impl Error {
    /// The decoder's error in it, if that is what it is.
    pub(crate) fn decoder(&self) -> Option<&decoder::Error> {
        match self {
            Self::Decoder(error) | Self::Task(tasks::Error::Decoder(error)) => Some(error),
            _ => None,
        }
    }

    /// Whether the GPU is to blame: elsewhere it may work.
    #[must_use]
    pub fn is_gpu(&self) -> bool {
        matches!(self, Self::Gpu(_) | Self::GpuMemory | Self::WrongResults(_))
            || matches!(self.decoder(), Some(decoder::Error::Gpu(_)))
    }

    /// Whether memory is what is lacking: with less it may work.
    #[must_use]
    pub fn is_memory(&self) -> bool {
        let is_too_large =
            matches!(self.decoder(), Some(decoder::Error::Gpu(kernels::gpu::Error::TooLarge { .. })));
        is_too_large || matches!(self, Self::GpuMemory | Self::NoFit { .. } | Self::Memory(_))
    }

    /// Whether it tells of a file that nothing can be made of, so that no more of it need come.
    #[must_use]
    pub fn is_final(&self) -> bool {
        let is_about_file = matches!(
            self,
            Self::Damaged { .. } | Self::TooLarge { .. } | Self::Unusable(_) | Self::Decoder(_)
        );
        is_about_file && !self.is_stop() && !matches!(self, Self::Decoder(decoder::Error::Read(_)))
    }

    /// Whether it is no error at all, but the end that was asked for.
    #[must_use]
    pub fn is_stop(&self) -> bool {
        matches!(self, Self::Stopped | Self::Paused)
            || matches!(self.decoder(), Some(decoder::Error::Stopped))
    }
}
