/// What can be wrong with a model file's tokenizer or chat template.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The header lacks a value or has it in another type.
    #[error(transparent)]
    Gguf(#[from] gguf::Error),
    /// A tokenizer of a kind that is not supported.
    #[error("tokenizers of the kind \"{0}\" are not supported")]
    Kind(String),
    /// A pre-tokenizer that is not supported: guessing one would give wrong ids silently.
    #[error("the pre-tokenizer \"{0}\" is not supported")]
    PreTokenizer(String),
    /// The vocabulary contradicts itself.
    #[error("the model file's vocabulary is broken: {0}")]
    Vocab(String),
    /// The file has no chat template.
    #[error("the model file has no chat template: it is not made for instructions")]
    NoTemplate,
    /// The chat template is larger than any honest one.
    #[error("the chat template of {0} bytes is too long")]
    TemplateLength(usize),
    /// The chat template is not valid, raised an error, ran too long or made too much text.
    #[error("the model file's chat template failed: {0:#}")]
    Template(#[from] minijinja::Error),
}
