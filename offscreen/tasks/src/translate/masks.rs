//! Stand-ins for what a model must not touch: it copies `X1` where it translates the parts of `bahnhof-2028`.

/// Which stand-in is for what.
#[derive(Debug, Default)]
pub(super) struct Masks {
    texts: Vec<String>,
}

impl Masks {
    /// `line` with stand-ins for its parts `verbatim`; as it is when it has such words already.
    pub(super) fn put(&mut self, line: &str, verbatim: &[String]) -> String {
        self.texts = verbatim.to_vec();
        self.texts.retain(|text| !text.is_empty());
        // The longest first: a shorter one may be a part of it.
        self.texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
        self.texts.dedup();
        if (0..self.texts.len()).any(|at| line.contains(&mask(at))) {
            self.texts.clear();
        }
        let masked = |line: String, (at, text): (usize, &String)| line.replace(text, &mask(at));
        self.texts.iter().enumerate().fold(line.to_owned(), masked)
    }

    /// An answer with what the stand-ins stand for.
    pub(super) fn lift(&self, answer: &str) -> String {
        // The last first: `X1` is a part of `X12`.
        self.texts
            .iter()
            .enumerate()
            .rev()
            .fold(answer.to_owned(), |answer, (at, text)| answer.replace(&mask(at), text))
    }
}

fn mask(at: usize) -> String {
    format!("X{}", at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_come_off_again() {
        let mut masks = Masks::default();
        let verbatim = ["a-b".to_owned(), "a-b-c".to_owned(), "a-b".to_owned()];
        assert_eq!(masks.put("Nimm a-b oder a-b-c.", &verbatim), "Nimm X2 oder X1.");
        assert_eq!(masks.lift("Take X2 or X1."), "Take a-b or a-b-c.");
        assert_eq!(masks.put("Nimm X1 a-b", &verbatim), "Nimm X1 a-b");
        assert_eq!(masks.lift("Take X1"), "Take X1");
        let many: Vec<String> = (10..30).map(|n| format!("v{n}")).collect();
        let masked = masks.put(&many.join(" "), &many);
        assert_eq!(masks.lift(&masked), many.join(" "));
    }
}
