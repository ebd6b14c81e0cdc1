//! What holds of any answer to any sentence.

use crate::shorten::verify::verify;
use proptest::prelude::*;

fn sentence() -> impl Strategy<Value = Vec<&'static str>> {
    let word = prop::sample::select(vec![
        "the", "river", "flows", "quickly", "into", "a", "valley", "where", "farmers", "grow", "apples",
        "and", "sheep", "of", "Kent", "42", "never", "may", "by", "old", "houses",
    ]);
    prop::collection::vec(word, 6..30)
}

fn write(words: &[&str]) -> String {
    format!("The {}.", words.join(" "))
}

proptest! {
    #[test]
    fn invented_numbers_and_names_never_pass(
        words in sentence(),
        keep in prop::collection::vec(any::<bool>(), 30),
        at in 0_usize..30,
        invented in prop::sample::select(vec!["43", "4,200", "seven", "million", "Paris", "Dr", "NASA", "iPhone"]),
    ) {
        let mut answer: Vec<&str> = words.iter().zip(&keep).filter(|(_, keep)| **keep).map(|(word, _)| *word).collect();
        answer.insert(at.min(answer.len()), invented);
        prop_assert!(verify(&write(&words), &write(&answer)).is_err());
    }

    #[test]
    fn what_passes_is_a_shorter_subsequence_with_the_same_negations(
        words in sentence(),
        keep in prop::collection::vec(any::<bool>(), 30),
    ) {
        let answer: Vec<&str> = words.iter().zip(&keep).filter(|(_, keep)| **keep).map(|(word, _)| *word).collect();
        if verify(&write(&words), &write(&answer)).is_ok() {
            let never = |words: &[&str]| words.iter().filter(|word| **word == "never").count();
            prop_assert!(answer.len() < words.len());
            prop_assert_eq!(never(&answer), never(&words));
        }
    }

    #[test]
    fn never_panics(source in "\\PC{0,80}", answer in "\\PC{0,80}") {
        let verdict = verify(&source, &answer);
        prop_assert!(verdict.is_err() || answer.len() < source.len() * 2);
    }
}
