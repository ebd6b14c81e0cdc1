/// What is wrong with a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// There is nothing to read on it.
    #[error("the page has no text")]
    NoText,
    /// Nothing but a video, of which no transcript is shown.
    #[error("there is a video on the page and hardly any text")]
    OnlyVideo,
    /// It has more elements or bytes than any page that a person reads.
    #[error("the page is too large")]
    TooLarge,
    /// The caller's pause said so.
    #[error("reading the page was stopped")]
    Stopped,
}
