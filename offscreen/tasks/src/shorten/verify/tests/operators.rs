//! What turns a meaning round: denials, doubts, limits, who says it.

use super::rule;
use crate::shorten::verify::verify;

/// Each loses who says it, how sure it is, or what it is said of.
#[test]
fn doubts_sources_and_heads_are_not_lost() {
    let rate = "The bank's governor preferred a cut of a quarter point at the last meeting of the year.";
    for (expected, source, answer) in [
        ("torn", rate, "The bank's governor preferred a quarter point at the last meeting."),
        (
            "torn",
            "The bank announced a rate cut in March after a long meeting of its board.",
            "The bank announced a rate in March after a meeting of its board.",
        ),
        (
            "torn",
            "The council rejected a ban on smoking in the parks of the old town.",
            "The council rejected smoking in the parks of the old town.",
        ),
        (
            "operator",
            "The tool prints a warning and then stops in case a name is missing from the list of targets.",
            "The tool prints a warning and then stops.",
        ),
        (
            "subject",
            "In Norway, nearly all of the ferries that cross the fjords run on batteries today.",
            "Nearly all of the ferries run on batteries today.",
        ),
        (
            "torn",
            "The method was found by Anna Berg, Otto Lind and Maria Falk in the summer of 1925.",
            "The method was found by Anna Berg in the summer of 1925.",
        ),
        (
            "torn",
            "A value of this type is copied if the type, or any of its many parts, has no destructor.",
            "A value of this type is copied if the type has no destructor.",
        ),
        (
            "operator",
            "You may send the boots back within 30 days of the order, as long as they were not worn outside.",
            "You may send the boots back within 30 days of the order.",
        ),
        (
            "operator",
            "The phones run programs that are written for the web rather than for one system alone.",
            "The phones run programs that are written for the web.",
        ),
        (
            "not-shorter",
            "The new edition of the guide also describes the changes to the tools and the manuals of last year.",
            "The new edition of the guide also describes changes to tools and manuals of last year.",
        ),
        (
            "torn",
            "The price of tickets for the older trams rose twice in the course of one winter.",
            "The price of the older trams rose twice in one winter.",
        ),
        (
            "torn",
            "The doctor whose patient had died in the night refused to speak to the police.",
            "The doctor, who had died in the night, refused to speak to the police.",
        ),
        (
            "operator",
            "The new bridge is not safe for heavy lorries and buses, a report by engineers said.",
            "The new bridge is safe for heavy lorries, a report said.",
        ),
        (
            "operator",
            "The painting is believed to have been stolen from a museum in the south of France.",
            "The painting was stolen from a museum in France.",
        ),
        (
            "operator",
            "The alleged thief of the painting was arrested at the airport on Tuesday evening.",
            "The thief of the painting was arrested at the airport.",
        ),
        (
            "operator",
            "The drug may cut the risk of a stroke in older patients with diabetes.",
            "The drug cut the risk of a stroke in older patients.",
        ),
        (
            "operator",
            "The flood destroyed up to 300 houses in the valley below the dam.",
            "The flood destroyed 300 houses in the valley.",
        ),
        (
            "operator",
            "Prices of bread and milk rose sharply in the capital last year, according to the ministry.",
            "Prices of bread and milk rose sharply in the capital last year.",
        ),
        (
            "operator",
            "The reform of the health service would cost thousands of jobs, unions warn.",
            "The reform of the health service would cost thousands of jobs.",
        ),
        (
            "operator",
            "The company plans to build two factories in the north of the country next year.",
            "The company builds two factories in the north of the country.",
        ),
        (
            "new-words",
            "The storm left thousands of homes in the coastal towns without electricity for days.",
            "The storm destroyed thousands of homes in the coastal towns.",
        ),
    ] {
        assert_eq!(rule(source, answer), expected, "{answer}: {:?}", verify(source, answer));
    }
    for answer in [
        "The bank's governor preferred a cut of a quarter point.",
        "The governor preferred a cut of a quarter point at the meeting.",
    ] {
        assert_eq!(verify(rate, answer), Ok(()), "{answer}");
    }
}

#[test]
fn who_says_it_is_not_a_mere_aside() {
    for (expected, source, answer) in [
        (
            "operator",
            "As his rivals claim, the mayor was warned twice about the state of the dam.",
            "The mayor was warned twice about the state of the dam.",
        ),
        (
            "operator",
            "The minister was told, according to a rival, that the dam near Lindal was weak.",
            "The minister was told that the dam near Lindal was weak.",
        ),
        (
            "operator",
            "The mayor announced that the bridge at the old mill would reopen in the spring.",
            "The bridge at the old mill would reopen in the spring.",
        ),
        (
            "operator",
            "The boy from the next village almost drowned in the cold lake on Sunday.",
            "The boy from the next village drowned in the cold lake.",
        ),
        (
            "kept",
            "The new dam, which the builder says is the tallest of its kind, was opened by the mayor on Sunday.",
            "The new dam was opened by the mayor on Sunday.",
        ),
    ] {
        assert_eq!(rule(source, answer), expected, "{answer}: {:?}", verify(source, answer));
    }
}

#[test]
fn an_aside_takes_its_denial_along() {
    for (expected, source, answer) in [
        (
            "kept",
            "The poet, a shy girl who had never left her village, sent her verses to a magazine in the capital.",
            "The poet sent her verses to a magazine in the capital.",
        ),
        (
            "kept",
            "Because the levee had held, the town was not flooded in the storm of last October.",
            "The town was not flooded in the storm of last October.",
        ),
        (
            "operator",
            "The doors may, under no circumstances, be opened while the pump is running.",
            "The doors may be opened while the pump is running.",
        ),
        (
            "operator",
            "The bridge is open, never for lorries or buses, from six in the morning.",
            "The bridge is open from six in the morning.",
        ),
        (
            "operator",
            "The man, allegedly, stole the red car from the yard last week.",
            "The man stole the red car from the yard.",
        ),
        (
            "operator",
            "The bank has not, as some papers wrote last week, closed its branch in Tarnby.",
            "The bank has closed its branch in Tarnby.",
        ),
    ] {
        assert_eq!(rule(source, answer), expected, "{answer}: {:?}", verify(source, answer));
    }
}

#[test]
fn what_is_left_out_comes_between_no_operator_and_what_it_governs() {
    for (expected, source, answer) in [
        (
            "kept",
            "The drug may, as doctors in the north have found, harm the heart of older patients.",
            "The drug may harm the heart of older patients.",
        ),
        (
            "operator",
            "The bank was nearly, as the report of the court shows, forced to close in May.",
            "The bank was forced to close in May.",
        ),
        (
            "kept",
            "A bill, which the council passed in May, bans wood stoves in new houses from January.",
            "A bill bans wood stoves in new houses from January.",
        ),
        (
            "operator",
            "In May the council may close the pool near the old mill for good.",
            "In May the council close the pool near the old mill.",
        ),
    ] {
        assert_eq!(rule(source, answer), expected, "{answer}: {:?}", verify(source, answer));
    }
}
