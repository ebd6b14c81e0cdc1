//! Placeholders for what a model must not touch: it copies `X1` where it translates the parts of
//! `bahnhof-2028`.

/// The texts that placeholders stand for, by number.
#[derive(Debug, Default)]
pub(super) struct Placeholders {
    texts: Vec<String>,
}

impl Placeholders {
    /// `line` with placeholders for its parts `verbatim`; as it is when it has such words already.
    pub(super) fn insert(&mut self, line: &str, verbatim: &[String]) -> String {
        self.texts = verbatim.to_vec();
        self.texts.retain(|text| !text.is_empty());
        // The longest first: a shorter one may be a part of it.
        self.texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
        self.texts.dedup();
        if (0..self.texts.len()).any(|at| line.contains(&placeholder(at))) {
            self.texts.clear();
        }
        let replaced = |line: String, (at, text): (usize, &String)| line.replace(text, &placeholder(at));
        self.texts.iter().enumerate().fold(line.to_owned(), replaced)
    }

    /// An answer with what the placeholders stand for.
    pub(super) fn restore(&self, answer: &str) -> String {
        // The last first: `X1` is a part of `X12`.
        self.texts
            .iter()
            .enumerate()
            .rev()
            .fold(answer.to_owned(), |answer, (at, text)| answer.replace(&placeholder(at), text))
    }
}

fn placeholder(at: usize) -> String {
    format!("X{}", at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_come_off_again() {
        let mut placeholders = Placeholders::default();
        let verbatim = ["a-b".to_owned(), "a-b-c".to_owned(), "a-b".to_owned()];
        assert_eq!(placeholders.insert("Nimm a-b oder a-b-c.", &verbatim), "Nimm X2 oder X1.");
        assert_eq!(placeholders.restore("Take X2 or X1."), "Take a-b or a-b-c.");
        assert_eq!(placeholders.insert("Nimm X1 a-b", &verbatim), "Nimm X1 a-b");
        assert_eq!(placeholders.restore("Take X1"), "Take X1");
        let many: Vec<String> = (10..30).map(|n| format!("v{n}")).collect();
        let replaced = placeholders.insert(&many.join(" "), &many);
        assert_eq!(placeholders.restore(&replaced), many.join(" "));
    }
}
