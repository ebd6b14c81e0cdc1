/// A list of strings in one piece of memory: vocabularies have hundreds of thousands of short ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Strings {
    text: String,
    /// Where each string ends in `text`.
    ends: Vec<usize>,
}

impl Strings {
    /// Adds a string.
    pub fn push(&mut self, s: &str) {
        self.text.push_str(s);
        self.ends.push(self.text.len());
    }

    /// Number of strings.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The string at `index`.
    #[must_use]
    pub fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        Some(&self.text[start..end])
    }

    /// The strings in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        let mut start = 0;
        self.ends.iter().map(move |&end| &self.text[std::mem::replace(&mut start, end)..end])
    }
}

impl<S: AsRef<str>> FromIterator<S> for Strings {
    fn from_iter<I: IntoIterator<Item = S>>(iter: I) -> Self {
        let mut strings = Self::default();
        iter.into_iter().for_each(|s| strings.push(s.as_ref()));
        strings
    }
}

#[cfg(test)]
mod tests {
    use super::Strings;

    #[test]
    fn strings_are_found_by_index_and_in_order() {
        let words = ["", "a", "déjà", "", "vu"];
        let strings: Strings = words.iter().collect();
        assert_eq!((strings.len(), strings.is_empty()), (5, false));
        assert!(strings.iter().eq(words));
        assert!((0..5).all(|i| strings.get(i) == Some(words[i])));
        assert_eq!(strings.get(5), None);
    }
}
