//! A list of words or phrases.

/// Entries with bars between them: one text weighs less than a table of texts.
#[derive(Clone, Copy, Default)]
pub(crate) struct List(pub(crate) &'static str);

impl List {
    pub(crate) fn iter(self) -> impl Iterator<Item = &'static str> {
        self.0.split_terminator('|')
    }

    pub(crate) fn has(self, word: &str) -> bool {
        self.iter().any(|entry| entry == word)
    }

    /// What follows the entry that `text` begins with.
    pub(crate) fn strip_from(self, text: &str) -> Option<&str> {
        self.iter().find_map(|start| text.strip_prefix(start))
    }

    /// Whether one of the entries stands anywhere in `text`.
    pub(crate) fn is_in(self, text: &str) -> bool {
        self.iter().any(|phrase| text.contains(phrase))
    }
}
