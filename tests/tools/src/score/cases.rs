//! Texts to be rewritten, and what makes a version of one a good one.

use serde::Deserialize;

/// A text and what can be said of good versions of it.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Case {
    /// Written when the wording of the prompts was settled, so that it cannot have been made to suit.
    pub(crate) fresh: bool,
    pub(crate) text: String,
    pub(crate) instruction: String,
    /// Good versions; with any, others are good only if features are given too.
    #[serde(alias = "right")]
    accept: Vec<String>,
    /// Versions read and found better than the text, though not free of mistakes.
    partly: Vec<String>,
    /// Versions read and found wrong, though their features are right.
    wrong: Vec<String>,
    /// What must be in a good version: alternatives, between bars, as they begin a word.
    keep: Vec<String>,
    /// What must not.
    gone: Vec<String>,
    /// Of these at least one must be gone.
    fewer: Vec<String>,
    /// Points of a list.
    points: Option<usize>,
    /// Words at most.
    words: Option<usize>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Grade {
    Right,
    Partly,
    Wrong,
}

impl Grade {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Partly => "partly",
            Self::Wrong => "WRONG",
        }
    }
}

impl Case {
    /// Whether the text has no mistake: only it itself is good.
    pub(crate) fn is_right(&self) -> bool {
        self.accept.iter().all(|version| *version == self.text) && !self.accept.is_empty()
    }

    pub(crate) fn grade(&self, version: &str) -> Grade {
        let listed = |list: &[String]| list.iter().any(|other| plain(other) == plain(version));
        let has = |wanted: &String| wanted.split('|').any(|wanted| begins_word(version, wanted));
        let featured = !(self.keep.is_empty() && self.gone.is_empty() && self.fewer.is_empty());
        let features = featured
            && self.keep.iter().all(has)
            && !self.gone.iter().any(has)
            && (self.fewer.is_empty() || !self.fewer.iter().all(has))
            && self
                .points
                .is_none_or(|points| version.lines().filter(|line| line.starts_with("- ")).count() == points)
            && self.words.is_none_or(|words| version.split_whitespace().count() <= words);
        match () {
            () if listed(&self.wrong) => Grade::Wrong,
            () if listed(&self.partly) => Grade::Partly,
            () if features || listed(&self.accept) => Grade::Right,
            () => Grade::Wrong,
        }
    }
}

fn plain(text: &str) -> String {
    text.replace('’', "'").trim_end_matches('.').to_owned()
}

fn begins_word(text: &str, wanted: &str) -> bool {
    let (text, wanted) = (text.to_lowercase(), wanted.to_lowercase());
    let inside = wanted.starts_with(|c: char| !c.is_alphanumeric());
    text.match_indices(&wanted).any(|(at, _)| inside || !text[..at].ends_with(|c: char| c.is_alphanumeric()))
}
