use std::ops::Range;

/// What is wrong with an installed file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// SHA-256 of the file.
    pub sha256: String,
    /// The bytes of it that are not as they were installed, from chunk to chunk; none where it is not
    /// known which they are.
    pub wrong: Option<Vec<Range<u64>>>,
}

impl Damage {
    /// Bytes that have to be fetched again, where that is known.
    pub(crate) fn bytes(&self) -> Option<u64> {
        let wrong = self.wrong.as_ref()?;
        Some(wrong.iter().map(|range| range.end - range.start).sum())
    }
}

/// What was found when all of a file was looked through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// It is not there.
    Missing,
    /// It is as it was installed.
    Whole,
    /// It is not.
    Damaged(Damage),
}
