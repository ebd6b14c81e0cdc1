mod any_text;
mod contrasts;
mod foreign;
mod kinds;
mod numbers;
mod operators;
mod phrases;

use super::verify;

const STORM: &str = "The storm, which made landfall near Lake Charles early on Thursday with winds of 150 miles per hour, \
    left more than 400,000 homes and businesses without electricity.";

fn rule(source: &str, answer: &str) -> String {
    verify(source, answer).map_or_else(|rejection| rejection.rule(), |()| "kept".to_owned())
}

#[test]
fn good_answers_are_kept() {
    for (source, answer) in [
        (STORM, "The storm left more than 400,000 homes and businesses without electricity."),
        (
            "Photosynthesis is a system of biological processes by which photosynthetic organisms, such as most plants, algae, \
             and cyanobacteria, convert light energy, typically from sunlight, into the chemical energy necessary to fuel their \
             metabolism.",
            "Photosynthesis is a biological process that converts light energy into chemical energy.",
        ),
        (
            "Although it may look as if nothing has changed, the team has in fact rewritten the entire rendering engine from \
             scratch in Rust.",
            "The team has rewritten the rendering engine from scratch in Rust.",
        ),
        (
            "Critics argue that the bill, which is expected to be debated in parliament next month, would give the police \
             sweeping new powers to monitor private communications without a warrant.",
            "Critics argue that the bill would give the police sweeping powers to monitor private communications without a \
             warrant.",
        ),
        (
            "From version 85 it is now also possible to turn the search off by unchecking a box in the preferences, under privacy.",
            "From version 85 it is possible to turn the search off by unchecking a box.",
        ),
    ] {
        assert_eq!(verify(source, answer), Ok(()), "{answer}");
    }
}

#[test]
fn bad_answers_are_not() {
    for (expected, source, answer) in [
        ("empty", STORM, " "),
        ("not-a-sentence", STORM, "The storm left more than 400,000 homes without"),
        ("not-a-sentence", STORM, "The storm came. It left 400,000 homes without electricity."),
        ("chatter", STORM, "This sentence says that the storm left homes without electricity."),
        ("not-shorter", STORM, STORM),
        ("new-number", STORM, "The storm left more than 450,000 homes without electricity."),
        ("new-name", STORM, "The storm left more than 400,000 Louisiana homes without electricity."),
        (
            "new-words",
            STORM,
            "The storm destroyed dozens beautiful buildings without electricity."
                .replace("dozens ", "many ")
                .as_str(),
        ),
        ("operator", STORM, "The storm left 400,000 homes and businesses without electricity."),
        ("operator", STORM, "The storm left more than 400,000 homes and businesses with electricity."),
        (
            "operator",
            STORM,
            "The storm may have left more than 400,000 homes and businesses without electricity.",
        ),
        ("subject", STORM, "Winds left more than 400,000 homes and businesses without electricity."),
        ("reordered", STORM, "The storm left homes without electricity near Lake Charles."),
        (
            "operator",
            "Critics argue that the bill would give the police sweeping powers to read private mail.",
            "The bill would give the police sweeping powers to read private mail.",
        ),
        (
            "torn",
            "The layoffs would affect roughly 1,200 employees, or about 8 percent of its workforce, and most of the cuts were \
             completed by March.",
            "The layoffs were completed by March.",
        ),
        (
            "operator",
            "Electric cars produce no exhaust fumes, but making their batteries takes a lot of energy and rare metals.",
            "Electric cars produce no exhaust fumes.",
        ),
        (
            "operator",
            "The edition comes with a new profile so you can run it alongside other versions of the browser.",
            "The edition comes with a new profile.",
        ),
        (
            "torn",
            "The community uses, develops and supports its own products, thereby promoting free software and open standards, with \
             only minor exceptions.",
            "The community uses, develops and supports its own products with only minor exceptions.",
        ),
        (
            "subject",
            "From there on the daily run of the backup program will create a new copy and delete the old one.",
            "From daily run of the backup program will create a new copy.",
        ),
        (
            "operator",
            "The treatment was praised by doctors after it had been rejected by two hospitals and their patients.",
            "The treatment praised doctors after it had been rejected by two hospitals.",
        ),
    ] {
        assert_eq!(rule(source, answer), expected, "{answer}: {:?}", verify(source, answer));
    }
}
