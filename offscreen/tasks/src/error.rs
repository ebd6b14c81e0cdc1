/// What can go wrong in a task.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The page has no sentence to work on.
    #[error("the page has no running text")]
    NoText,
    /// The prompt could not be made.
    #[error(transparent)]
    Prompt(#[from] prompt::Error),
    /// The model failed or was stopped.
    #[error(transparent)]
    Decoder(#[from] decoder::Error),
}
