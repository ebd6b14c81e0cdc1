//! Lines to a text: hyphens at the ends of lines are mended.

use std::collections::HashSet;

/// Words with hyphens that are remembered at most.
const MOST_WORDS: usize = 20_000;

/// What is known of a document's hyphens.
#[derive(Default)]
pub(super) struct Hyphens {
    /// Words that have their hyphen within a line, in lower case.
    compounds: HashSet<String>,
}

impl Hyphens {
    /// Of the lines of a document.
    pub(super) fn of<'a>(lines: impl Iterator<Item = &'a str>) -> Self {
        let words = lines.flat_map(str::split_whitespace).map(bare);
        let is_compound = |word: &&str| word.trim_matches('-').contains('-');
        Self { compounds: words.filter(is_compound).take(MOST_WORDS).map(str::to_lowercase).collect() }
    }

    /// Adds the next line to a text.
    pub(super) fn join(&self, text: &mut String, line: &str) {
        if text.ends_with('\u{AD}') {
            text.pop();
            return text.push_str(line);
        }
        let before = text.strip_suffix(['-', '\u{2010}']);
        if let Some(before) = before.filter(|before| before.ends_with(char::is_alphabetic)) {
            let start = before.rsplit(char::is_whitespace).next().unwrap_or_default();
            let end = line.split(char::is_whitespace).next().unwrap_or_default();
            let is_compound = start.contains('-')
                || !end.starts_with(char::is_lowercase)
                || self.compounds.contains(&format!("{}-{}", bare(start), bare(end)).to_lowercase());
            // "two- and threefold": the word has not been broken.
            if is_compound && ["and", "or", "und", "oder", "et", "y", "e"].contains(&end) {
                text.push(' ');
            } else if !is_compound {
                text.truncate(before.len());
            }
            return text.push_str(line);
        }
        let is_wide = |c: char| matches!(c, '\u{2E80}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{FF00}'..='\u{FF60}');
        let meets = text.chars().next_back().zip(line.chars().next());
        if !text.is_empty() && !meets.is_some_and(|(one, other)| is_wide(one) && is_wide(other)) {
            text.push(' ');
        }
        text.push_str(line);
    }
}

/// A word without what surrounds it.
fn bare(word: &str) -> &str {
    word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-')
}

#[cfg(test)]
mod tests {
    use super::Hyphens;

    #[test]
    fn words_are_mended() {
        let hyphens = Hyphens::of(["The well-known and", "a Lake-District walk"].into_iter());
        for (text, line, whole) in [
            ("the sum-", "mary of it", "the summary of it"),
            ("the well-", "known man", "the well-known man"),
            ("the state-of-the-", "art tool", "the state-of-the-art tool"),
            ("from Baden-", "Baden on", "from Baden-Baden on"),
            ("one line", "and more", "one line and more"),
            ("soft\u{AD}", "ware", "software"),
            ("pages 3-", "5 of it", "pages 3- 5 of it"),
            ("日本", "語の", "日本語の"),
            ("", "begins", "begins"),
        ] {
            let mut joined = text.to_owned();
            hyphens.join(&mut joined, line);
            assert_eq!(joined, whole);
        }
    }
}
