//! Numbers and names.

use super::rule;
use crate::shorten::verify::{inventions, verify};

#[test]
fn numbers_are_kept_whole() {
    let homes = "Smoke was seen in 5 percent of the 300 homes that were tested in March.";
    for (expected, source, answer) in [
        ("number", homes, "Smoke was seen in the 300 homes that were tested in March."),
        ("kept", homes, "Smoke was seen in 5 percent of the 300 homes."),
        (
            "number",
            "Only one in nine patients of the clinic needed a second dose of the drug.",
            "Only nine patients of the clinic needed a second dose.",
        ),
        (
            "number",
            "The plant makes twenty five tons of paper a day from old wood.",
            "The plant makes five tons of paper a day.",
        ),
        (
            "operator",
            "About 80 cows blocked the road near Brusio for nearly three hours on Saturday because of a broken gate.",
            "About 80 cows blocked the road near Brusio for nearly hours because of a broken gate.",
        ),
        (
            "number",
            "The price of olive oil has more than doubled since 2020, and some shops keep it in locked cabinets.",
            "The price of olive oil has more than doubled since and some shops keep it in cabinets.",
        ),
        (
            "number",
            "The swimming pool at the old mill will reopen on 3 June, the trust said, a year after the leak.",
            "The swimming pool will reopen on June, the trust said.",
        ),
        (
            "number",
            "The battery can be charged to 80 percent in eighteen minutes, the maker says.",
            "The battery can be charged to 80 in eighteen minutes, the maker says.",
        ),
        (
            "kept",
            "The strait between the two islands is dangerous at any time of the year for small boats.",
            "The strait between the islands is dangerous for small boats.",
        ),
        (
            "kept",
            "The club won the cup in 2010 and 2012 with the help of a coach from Spain.",
            "The club won the cup in 2010 with the help of a coach from Spain.",
        ),
    ] {
        assert_eq!(rule(source, answer), expected, "{answer}: {:?}", verify(source, answer));
    }
}

#[test]
fn inventions_are_numbers_and_names_of_no_page() {
    let page = "Ada Lovelace wrote the first program in 1843. It computed Bernoulli numbers.";
    assert!(
        inventions(page, "Lovelace wrote a program. Computed numbers were Bernoulli's in 1843.").is_empty()
    );
    assert_eq!(inventions(page, "Charles Babbage and Ada met in 1833."), ["1833", "Babbage"]);
}
