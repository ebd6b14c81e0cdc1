//! Words of which one rules out the others of its kind.

use crate::shorten::verify::verify;
use proptest::prelude::*;

/// Small words and months of which each rules out the others of its kind, after what they may stand behind.
const KINDS: &[(&str, &[&str], &str)] = &[
    ("The hall was closed for the whole of", &["March", "May", "April"], "."),
    ("The old lift of the tower goes", &["up", "down"], "again."),
    ("The small lamp in the hall was switched", &["on", "off"], "at noon."),
    ("The letters were found", &["above", "below", "under", "near"], "the kitchen window."),
    ("The old teacher had lost", &["his", "her", "their", "our", "your", "my"], "keys in the hall."),
    ("The report was read by", &["most", "few", "some", "several", "all"], "members of the council."),
    ("The small firm", &["could", "would", "can", "must", "will", "might"], "close the mill."),
    ("The two shops in the village are", &["still", "again", "already", "never", "always"], "closed."),
];

proptest! {
    #[test]
    fn no_word_stands_for_another_of_its_kind(
        (kind, from, to) in (prop::sample::select(KINDS), 0_usize..6, 0_usize..6),
    ) {
        let (before, words, after) = kind;
        let (from, to) = (words[from % words.len()], words[to % words.len()]);
        let write = |word: &str| format!("{before} {word} {after}").replace(" .", ".");
        let (source, answer) = (write(from).replacen("The ", "The famous ", 1), write(to));
        prop_assert_eq!(verify(&source, &answer).is_ok(), from == to, "{} → {}", source, answer);
    }
}
