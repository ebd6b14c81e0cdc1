//! Why a task gives no text.

/// What can go wrong in a task.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no sentence to work on.
    #[error("there is no running text")]
    NoText,
    /// The model cannot do what was asked for; nothing was begun.
    #[error("this model cannot {what}")]
    Unsupported {
        /// What it cannot do, as the end of the sentence `This model cannot …`.
        what: String,
    },
    /// There is nothing to translate: the text is in the language that is wanted.
    #[error("the text is {language} already")]
    Already {
        /// That language's name.
        language: String,
    },
    /// The model tried, and nothing it wrote passed the checks.
    #[error("{reason}")]
    NoResult {
        /// Why, as a sentence for people, without its full stop.
        reason: String,
    },
    /// What was asked is no question that can be answered.
    #[error("the question {what}")]
    Question {
        /// Why, as the end of the sentence `The question …`.
        what: &'static str,
    },
    /// Questions are answered in other languages than the page's.
    #[error("pages in {language} cannot be asked")]
    Unasked {
        /// The page's language by its name.
        language: String,
    },
    /// The prompt could not be made.
    #[error(transparent)]
    Prompt(#[from] prompt::Error),
    /// The model failed or was stopped.
    #[error(transparent)]
    Decoder(#[from] decoder::Error),
}
