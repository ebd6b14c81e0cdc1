use std::io;

/// What can go wrong between a model file and its tokens.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "each message names the fields of its error")]
pub enum Error {
    /// The file is of a model family without a plan.
    #[error("models of the family \"{0}\" are not supported")]
    UnsupportedFamily(String),
    /// A value in the header makes no sense.
    #[error("the model file's {key} is {value}, which cannot be")]
    Config { key: &'static str, value: String },
    /// A tensor the plan needs is not in the file.
    #[error("the model file has no tensor \"{0}\"")]
    MissingTensor(String),
    /// A tensor has another shape than the plan needs.
    #[error("tensor \"{name}\" is {found:?}, but the model needs {expected:?} (rows, columns)")]
    TensorShape {
        name: String,
        /// Rows and columns the plan needs.
        expected: (usize, usize),
        /// Rows and columns in the file.
        found: (usize, usize),
    },
    /// A file is no LoRA adapter.
    #[error("the file is no LoRA adapter that can be used: its {key} is {value}")]
    NoAdapter { key: &'static str, value: String },
    /// An adapter was made for another model than it is to change.
    #[error("the adapter was made for {made_for}, but the model is {model}")]
    OtherBase {
        /// Family, or SHA-256 of a file.
        made_for: String,
        /// The same of the model.
        model: String,
    },
    /// A tensor of an adapter does not fit the model.
    #[error("the adapter's tensor \"{name}\" {problem}")]
    AdapterTensor { name: String, problem: &'static str },
    /// An adapter that was not loaded.
    #[error("the model has no adapter \"{0}\"")]
    UnknownAdapter(String),
    /// The header is not valid.
    #[error(transparent)]
    Gguf(#[from] gguf::Error),
    /// A tensor cannot be computed with.
    #[error(transparent)]
    Matrix(#[from] kernels::Error),
    /// The weights could not be read.
    #[error("the model file could not be read: {0}")]
    Read(#[from] io::Error),
    /// The GPU refused or failed.
    #[error(transparent)]
    Gpu(#[from] kernels::gpu::Error),
    /// A family's plan has an operation among neighbours that it cannot be fused with.
    #[error("there is no kernel for {0} by itself")]
    Unfused(String),
    /// A token id outside the vocabulary.
    #[error("token {id} is outside the vocabulary of {vocab}")]
    Token { id: u32, vocab: usize },
    /// No token to begin with.
    #[error("an empty prompt cannot be continued")]
    EmptyPrompt,
    /// More tokens than the context has positions.
    #[error("{needed} tokens do not fit the context of {context}")]
    ContextFull { needed: usize, context: usize },
    /// More texts side by side than there is room for.
    #[error("there is no room for another text beside the others")]
    TooManyTexts,
    /// [`crate::Scheduler`] asked to stop.
    #[error("stopped")]
    Stopped,
}
