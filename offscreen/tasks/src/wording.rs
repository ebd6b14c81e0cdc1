//! In which words a model is asked.

/// How a model is asked: what fails in one wording is asked for once more in the next. Together
/// they succeed where none does alone (the scores in `tests/summaries` and `tests/rewrites`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// The few words that an adapter was taught with, and the adapter; where there is none, [`Self::Plain`].
    Taught,
    /// The request after examples of how it is answered. They stay in the model's cache.
    Examples,
    /// The plain request.
    Plain,
}

impl Wording {
    /// Those that a model is asked in, in order; `taught`: whether it has an adapter for the job.
    pub(crate) fn tried(taught: bool) -> [Self; 2] {
        if taught { [Self::Taught, Self::Plain] } else { [Self::Examples, Self::Plain] }
    }
}
