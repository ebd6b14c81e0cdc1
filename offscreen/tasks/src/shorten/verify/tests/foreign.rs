//! Other languages than English.

use crate::shorten::verify::verify_claim;
use crate::words::Analyzer;

#[test]
fn claims_in_other_languages_keep_what_denies_and_doubts() {
    let rule = |tag, source: &str, answer: &str| {
        let verdict = verify_claim(&Analyzer::of(Some(tag)), source, answer);
        verdict.map_or_else(|rejection| rejection.rule(), |()| "kept".to_owned())
    };
    let bridge = "Die alte Brücke über den Rhein soll laut der Stadt nicht vor dem Mai 2027 gesperrt werden.";
    for (expected, answer) in [
        ("kept", "Die Brücke über den Rhein soll laut der Stadt nicht vor dem Mai 2027 gesperrt werden."),
        ("denial", "Die Brücke soll laut der Stadt vor dem Mai 2027 gesperrt werden."),
        ("operator", "Die Brücke soll nicht vor dem Mai 2027 gesperrt werden."),
        ("new-number", "Die Brücke soll laut der Stadt nicht vor dem Mai 2028 gesperrt werden."),
        ("new-words", "Die Brücke soll laut der Stadt nicht vor dem Mai 2027 verkauft werden."),
        ("reordered", "Laut der Stadt soll die Brücke nicht vor dem Mai 2027 gesperrt werden."),
        ("empty", ""),
    ] {
        assert_eq!(rule("de", bridge, answer), expected, "{answer}");
    }
    assert_eq!(
        rule("fr", "Le pont n'est pas sûr pour les camions.", "Le pont est sûr pour les camions."),
        "denial"
    );
    assert_eq!(rule("pl", "Most nie jest bezpieczny.", "Most jest bezpieczny."), "ungrounded");
}
