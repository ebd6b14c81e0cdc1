//! What is said of two things alike.

use super::rule;
use crate::shorten::verify::verify;
use proptest::prelude::*;

proptest! {
    /// `It takes two hours on weekdays and six on Sundays.`
    #[test]
    fn halves_of_a_contrast_are_not_mixed(
        first in prop::sample::select(vec!["four", "12", "30"]),
        second in prop::sample::select(vec!["seven", "15", "200"]),
        condition in prop::sample::select(vec!["in winter", "on weekdays", "when the river is high", "for adults"]),
        other in prop::sample::select(vec!["in a dry summer", "on Sundays", "as soon as it snows", "with a dog"]),
        joint in prop::sample::select(vec!["and", "but", "while"]),
        noun: bool,
    ) {
        let again = if noun { " minutes" } else { "" };
        let source =
            format!("The old ferry takes {first} minutes {condition} {joint} {second}{again} {other}.");
        let answer = |rest: &str| format!("The ferry takes {rest}.");
        let mixed = answer(&format!("{first} minutes {other}"));
        prop_assert!(verify(&source, &mixed).is_err(), "{} → {}", source, mixed);
        let half = answer(&format!("{first} minutes"));
        prop_assert!(verify(&source, &half).is_err(), "{} → {}", source, half);
        let own = answer(&format!("{first} minutes {condition}"));
        prop_assert!(verify(&source, &own).is_ok() || joint == "but", "{} → {}", source, own);
    }
}

#[test]
fn what_is_joined_alike_may_still_be_cut() {
    for (expected, source, answer) in [
        (
            "kept",
            "A team of old men and young women from the villages of the north won the race.",
            "A team from the villages of the north won the race.",
        ),
        (
            "kept",
            "The bakery on Tiller Street and Mill Road has closed its doors for good.",
            "The bakery has closed its doors for good.",
        ),
        (
            "kept",
            "The bank, founded in 1870 and saved by the state in 1931, has 40 branches.",
            "The bank has 40 branches.",
        ),
        (
            "kept",
            "The inn was open between June 2019 and May 2020 for guests with dogs.",
            "The inn was open for guests with dogs.",
        ),
        (
            "torn",
            "The plant made 300 tons of paper in 2019, 450 tons in 2020 and 200 tons in 2021.",
            "The plant made 300 tons of paper in 2020.",
        ),
        (
            "torn",
            "The lamp shines green when the battery is full and red as soon as it is empty.",
            "The lamp shines green as soon as it is empty.",
        ),
        (
            "torn",
            "Trains to Tarnby run every ten minutes during the day and every hour at night.",
            "Trains to Tarnby run every ten minutes at night.",
        ),
    ] {
        assert_eq!(rule(source, answer), expected, "{answer}: {:?}", verify(source, answer));
    }
}
