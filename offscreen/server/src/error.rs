/// What a server did instead of answering: the end of a sentence that begins with it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// Nothing listens there, or the browser was not let in.
    #[error("cannot be reached: {reason}")]
    Unreachable {
        /// What the browser says.
        reason: String,
    },
    /// Nothing came of it, or nothing more.
    #[error("has sent nothing for {seconds} seconds")]
    Silent {
        /// How long it was waited for.
        seconds: u32,
    },
    /// It answers from another address.
    #[error("sends Sotto on to another address, which it does not follow")]
    Redirected,
    /// A page came in the place of an answer.
    #[error("sent a web page in place of an answer")]
    WebPage,
    /// It wants to know who asks.
    #[error("wants a key")]
    WantsKey,
    /// It does not answer extensions.
    #[error("does not answer browser extensions (status 403)")]
    Forbidden,
    /// It has no such interface.
    #[error("has no OpenAI-compatible interface there (status 404)")]
    NoInterface,
    /// It does not have the model.
    #[error("does not have the model {model}")]
    NoModel {
        /// Its name.
        model: String,
    },
    /// It has no model at all.
    #[error("has no model")]
    NoModels,
    /// It has other work, or is loading the model.
    #[error("is busy{}", in_its_words(.words))]
    Busy {
        /// What it says.
        words: String,
    },
    /// A prompt is longer than what its model was given room for.
    #[error("has too little room for this text{}", in_its_words(.words))]
    NoRoom {
        /// What it says.
        words: String,
    },
    /// It failed, or refuses for a reason of its own.
    #[error("refused (status {status}){}", in_its_words(.words))]
    Refused {
        /// HTTP's.
        status: u16,
        /// What it says.
        words: String,
    },
    /// It failed while it answered.
    #[error("failed while it wrote{}", in_its_words(.words))]
    Failed {
        /// What it says.
        words: String,
    },
    /// An answer ended before its end.
    #[error("stopped in the middle of its answer")]
    CutOff,
    /// It spent all that it was given on thinking.
    #[error("wrote nothing: its model spent all the room for the answer on thinking")]
    OnlyThought,
    /// An answer is not of the interface.
    #[error("sends what cannot be read: {what}")]
    NotUnderstood {
        /// What of it.
        what: &'static str,
    },
    /// An answer has no end.
    #[error("sends more than any answer has: {what}")]
    TooMuch {
        /// What of it.
        what: &'static str,
    },
}

/// What a server says, to be put behind what it did.
fn in_its_words(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!(": “{words}”") }
}
