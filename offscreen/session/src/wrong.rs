/// What is wrong with a GPU's results.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum Wrong {
    /// Infinite, or no numbers.
    #[error("there were some that are no numbers")]
    NotFinite,
    /// As if nothing had been computed.
    #[error("all of them were the same")]
    Alike,
    /// Other numbers than the processor's.
    #[error("they were {:.0} % off", 100.0 * error.sqrt())]
    Off {
        /// The mean square of the difference, as a share of that of the processor's.
        error: f32,
    },
    /// Another token than the one with the largest logit.
    #[error("a worse word was chosen than the best")]
    Choice,
}
