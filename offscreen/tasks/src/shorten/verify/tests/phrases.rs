//! What is left out: whole phrases.

use super::rule;
use crate::shorten::verify::verify;

/// What must not be left out of a longer phrase, and beside it what may be.
#[test]
fn longer_cuts_keep_whom_it_is_said_of() {
    for (expected, source, answer) in [
        (
            "torn",
            "The court heard that a close aide to the mayor took bribes from two builders.",
            "The court heard that the mayor took bribes from two builders.",
        ),
        (
            "torn",
            "Experts agree that the poor quality of the water in the lake harms the fish.",
            "Experts agree that the water in the lake harms the fish.",
        ),
        (
            "kept",
            "The court heard that a close aide and the mayor of the town took bribes from two builders.",
            "The court heard that the mayor of the town took bribes from two builders.",
        ),
    ] {
        assert_eq!(rule(source, answer), expected, "{answer}: {:?}", verify(source, answer));
    }
}

#[test]
fn an_opening_phrase_may_go() {
    for (expected, source, answer) in [
        (
            "kept",
            "Speaking to reporters outside the court, the lawyer of the singer said he would appeal.",
            "The lawyer of the singer said he would appeal.",
        ),
        (
            "kept",
            "Born in a village near Lindal, the painter opened a school in Rome in 1911.",
            "The painter opened a school in Rome in 1911.",
        ),
        (
            "subject",
            "Born in Lindal, the daughter of Ole Hass, a painter, opened a school in Rome.",
            "A painter opened a school in Rome.",
        ),
        (
            "subject",
            "Swimming in the lake, a popular pastime in the hot month of July, is banned.",
            "A popular pastime in the hot month of July is banned.",
        ),
        (
            "operator",
            "Assuming the loan is paid in time, the firm will build the mill next year.",
            "The firm will build the mill next year.",
        ),
        (
            "operator",
            "Denying that the bank was close to collapse, its director announced 400 new jobs.",
            "Its director announced 400 new jobs.",
        ),
    ] {
        assert_eq!(rule(source, answer), expected, "{answer}: {:?}", verify(source, answer));
    }
}

#[test]
fn a_phrase_may_go_before_a_verb() {
    for (expected, source, answer) in [
        (
            "kept",
            "The old bakery on Tiller Street has stopped selling its famous rye bread on Sundays.",
            "The old bakery has stopped selling its famous rye bread on Sundays.",
        ),
        (
            "kept",
            "Two schools in the south of the city were evacuated after a digger damaged a gas pipe.",
            "Two schools were evacuated after a digger damaged a gas pipe.",
        ),
        (
            "kept",
            "If the small light on the front of the pump flashes red, the battery is too hot to be charged.",
            "If the small light flashes red, the battery is too hot to be charged.",
        ),
        (
            "torn",
            "The council passed a law that allows doctors to help patients who are very ill to die.",
            "The council passed a law that allows doctors to die.",
        ),
        (
            "torn",
            "Dogs trained by the army for the war pass the gate without a fee on Sundays.",
            "Dogs pass the gate without a fee on Sundays.",
        ),
        (
            "torn",
            "Only the ferries to the two outer islands of the group have stopped running in winter.",
            "Only the ferries have stopped running in winter.",
        ),
        (
            "torn",
            "A third of the pupils at the two schools in Tarnby have left the country.",
            "A third of the pupils have left the country.",
        ),
        (
            "torn",
            "Dogs trained by the army for the war are allowed on the train to Lindal.",
            "Dogs are allowed on the train to Lindal.",
        ),
        (
            "torn",
            "The mayor sold the tower after the bank in Lindal had refused the loan.",
            "The mayor sold the tower had refused the loan.",
        ),
    ] {
        assert_eq!(rule(source, answer), expected, "{answer}: {:?}", verify(source, answer));
    }
}

#[test]
fn what_was_read_on_real_pages() {
    for (expected, source, answer) in [
        (
            "kept",
            "The mean level has risen by 23 centimetres, according to a study presented on Tuesday in the old hall.",
            "The mean level has risen by 23 centimetres, according to a study.",
        ),
        (
            "torn",
            "The bank announced a rate cut in March after a long meeting of its board.",
            "The bank announced a rate after a meeting of its board.",
        ),
        (
            "kept",
            "All of the code - regardless of its age - will compile to the same form within the compiler.",
            "All of the code will compile to the same form within the compiler.",
        ),
        (
            "kept",
            "The second section is not part of the system; it is a service provided to users by volunteers.",
            "The second section is not part of the system.",
        ),
        (
            "operator",
            "The firm will build the mill next year, provided the loan is paid in time.",
            "The firm will build the mill next year.",
        ),
        (
            "torn",
            "To open your bookmarks, you need to sync the profile with your account, or create a new one.",
            "To open your bookmarks, you need to sync the profile with your account.",
        ),
    ] {
        assert_eq!(rule(source, answer), expected, "{answer}: {:?}", verify(source, answer));
    }
}
