//! In which words a model is asked.

/// How a model is asked: what fails in one wording is asked for once more in the other. Together
/// they succeed where neither does alone (the scores in `tests/summaries` and `tests/rewrites`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// The plain request.
    Plain,
    /// The request after examples of how it is answered. They stay in the model's cache.
    Examples,
}
