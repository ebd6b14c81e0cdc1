/// What is wrong with the files of a translator.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A file is not of the kind that it should be.
    #[error("this is no {0}")]
    Magic(&'static str),
    /// A file ends before what it speaks of.
    #[error("the {0} was cut off, or is damaged")]
    Truncated(&'static str),
    /// Something in a file is longer, larger or deeper than any honest file has it.
    #[error("{what} is over the limit: {value}")]
    TooLarge {
        /// What it is.
        what: &'static str,
        /// What the file says.
        value: u64,
    },
    /// A tensor that the model needs is not there.
    #[error("the model has no tensor {0}")]
    Missing(String),
    /// A tensor is of another type or shape than the model needs, or is there twice.
    #[error("the tensor {0} is not as the model needs it")]
    Tensor(String),
    /// The files contradict themselves or each other.
    #[error("the files do not fit: {0}")]
    Mismatch(&'static str),
    /// What the engine itself found.
    #[error("the model cannot be read: {0}")]
    Engine(String),
}
