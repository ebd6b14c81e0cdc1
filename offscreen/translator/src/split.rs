//! Cutting what is too long for a model.

use std::ops::Range;

/// What ends a clause, the strongest first.
const MARKS: [&[char]; 2] = [
    &['.', '!', '?', ';', ':', '–', '—', '。', '！', '？', '；', '：', '…', '،', '।'],
    &[',', ')', '，', '、', '；', '）'],
];

/// Parts of `text` that fit, in order, with the white space between them left out: cut behind the
/// mark, else the word, else the letter that is nearest to the middle.
pub(crate) fn parts(text: &str, fits: &impl Fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    // What is left, the last first.
    let mut left = vec![trimmed(text, 0..text.len())];
    while let Some(part) = left.pop() {
        match Some(&text[part.clone()]).filter(|piece| !fits(piece)).and_then(middle) {
            Some(at) => {
                left.push(trimmed(text, part.start + at..part.end));
                left.push(trimmed(text, part.start..part.start + at));
            }
            None => parts.extend(Some(part).filter(|part| !part.is_empty())),
        }
    }
    parts
}

fn trimmed(text: &str, part: Range<usize>) -> Range<usize> {
    let start = part.end - text[part.clone()].trim_start().len();
    start..start + text[start..part.end].trim_end().len()
}

/// Where to cut; none where there is but one letter.
fn middle(text: &str) -> Option<usize> {
    let half = text.len() / 2;
    let nearest = |is_place: &dyn Fn(&str, &str) -> bool| {
        let places = text.char_indices().map(|(at, _)| at).filter(|at| *at > 0);
        let places = places.filter(|at| is_place(&text[..*at], &text[*at..]));
        places.min_by_key(|at| at.abs_diff(half))
    };
    // Near an edge a mark doesn't help.
    let inner = |at: &usize| (text.len() / 8..=text.len() - text.len() / 8).contains(at);
    let behind = |marks: &[char]| {
        nearest(&|before, after| {
            let wide = before.chars().next_back().is_some_and(|mark| mark.len_utf8() > 2);
            before.ends_with(marks) && (wide || after.starts_with(char::is_whitespace))
        })
    };
    MARKS
        .iter()
        .find_map(|marks| behind(marks).filter(inner))
        .or_else(|| nearest(&|_, after| after.starts_with(char::is_whitespace)).filter(inner))
        .or_else(|| nearest(&|_, _| true))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str, most: usize) -> Vec<&str> {
        parts(text, &|part| part.len() <= most).into_iter().map(|part| &text[part]).collect()
    }

    #[test]
    fn long_texts_are_cut_at_clauses() {
        assert_eq!(cut(" It is so. ", 20), ["It is so."]);
        assert_eq!(cut("He came, he saw; he left.", 20), ["He came, he saw;", "he left."]);
        assert_eq!(cut("one two three, four", 15), ["one two three,", "four"]);
        assert_eq!(cut("他来了，他走了。他又来了。", 24), ["他来了，他走了。", "他又来了。"]);
        assert_eq!(cut("one two three four", 10), ["one two", "three four"]);
        assert_eq!(cut("abcdef", 3), ["abc", "def"]);
        assert_eq!(cut("é", 1), ["é"]);
    }

    proptest! {
        #[test]
        fn nothing_but_white_space_is_lost(text in "[a-z ,.。é]{0,80}", most in 1_usize..30) {
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&cut(&text, most).concat()), letters(&text));
            prop_assert!(cut(&text, most).iter().all(|part| part.len() <= most || part.chars().count() == 1));
        }
    }
}
