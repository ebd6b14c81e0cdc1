use super::*;
use proptest::prelude::*;

/// Each further token of a step takes a tenth of a step.
fn cheap(ids: usize) -> f32 {
    1.0 + 0.1 * (ids - 1) as f32
}

fn free(_ids: usize) -> f32 {
    1.0
}

/// Decodes `text[prompt..]`; the time it takes, in steps.
fn decode(lookup: &mut Lookup, text: &[u32], prompt: usize, cost: impl Fn(usize) -> f32) -> f32 {
    let (mut at, mut time) = (prompt, 0.0);
    lookup.reset(&text[..at]);
    while at < text.len() {
        let len = lookup.plan(text.len() - at - 1, &cost, 0, 0.0);
        let draft = lookup.draft(&text[..at], len);
        let accepted = draft.iter().zip(&text[at..]).take_while(|(a, b)| a == b).count();
        time += if len == 0 { 1.0 } else { cost(len + 1) };
        if len > 0 {
            lookup.verified(len, accepted, cost(len + 1));
        }
        for _ in 0..=accepted {
            at += 1;
            lookup.push(&text[..at]);
        }
    }
    time
}

#[test]
fn finds_the_latest_of_the_longest() {
    assert_eq!(find(&[]), None);
    assert_eq!(find(&[1, 2, 3, 2]), None, "one equal token is not enough");
    assert_eq!(find(&[1, 2, 9, 1, 2, 8, 1, 2]), Some(Match { next: 5, length: 2 }));
    assert_eq!(find(&[3, 1, 2, 9, 1, 2, 8, 3, 1, 2]), Some(Match { next: 3, length: 3 }));
    assert_eq!(find(&[7, 7, 7, 7, 7, 7]), Some(Match { next: 5, length: 4 }));
}

#[test]
fn a_draft_continues_a_repetition() {
    let mut lookup = Lookup::new();
    let text = [4, 1, 2, 3, 1, 2, 3];
    lookup.reset(&text);
    assert_eq!(lookup.draft(&text, 7), [1, 2, 3, 1, 2, 3, 1]);
}

#[test]
fn copies_are_decoded_faster() {
    let page: Vec<u32> = (0..200).map(|i| i * 7919 % 1009).collect();
    let text: Vec<u32> = page.iter().chain(&page[20..150]).copied().collect();
    let mut lookup = Lookup::new();
    let time = decode(&mut lookup, &text, 200, cheap);
    assert!(time < 45.0, "130 tokens in {time} steps");
    let LookupStats { drafted, accepted, .. } = lookup.stats();
    assert!(accepted > 90 && accepted <= drafted, "{accepted} of {drafted}");
}

#[test]
fn nothing_is_drafted_where_it_cannot_pay() {
    let text = [5_u32; 300];
    let mut lookup = Lookup::new();
    assert_eq!(decode(&mut lookup, &text, 10, |ids| ids as f32), 290.0);
    assert_eq!(lookup.stats(), LookupStats::default());
}

#[test]
fn waiting_for_the_steps_in_flight_must_pay_too() {
    let mut lookup = Lookup::new();
    let text = [5_u32; 40];
    decode(&mut lookup, &text, 4, cheap);
    let len = lookup.plan(15, cheap, 0, 0.0);
    assert!(len > 8, "{len}");
    assert!(lookup.plan(15, cheap, 3, 1.0) > 0);
    assert_eq!(lookup.plan(15, cheap, 3, 14.0), 0);
    assert_eq!(lookup.plan(0, cheap, 0, 0.0), 0);
}

proptest! {
    /// Whatever the text, and however much it tempts: a few words, repeated with errors.
    #[test]
    fn never_costs_more_than_its_share(
        text in prop::collection::vec(0_u32..6, 60..600),
        per_token in 0.0_f32..1.0,
    ) {
        let tokens = (text.len() - 20) as f32;
        let time = decode(&mut Lookup::new(), &text, 20, |ids| 1.0 + per_token * (ids - 1) as f32);
        prop_assert!(time <= tokens * (1.0 + ALLOWANCE) + START, "{time} steps for {tokens} tokens");
    }

    #[test]
    fn a_text_does_not_lose_what_others_won(
        text in prop::collection::vec(0_u32..6, 60..300),
    ) {
        let mut lookup = Lookup::new();
        decode(&mut lookup, &[1; 200], 20, cheap);
        let tokens = (text.len() - 20) as f32;
        let time = decode(&mut lookup, &text, 20, cheap);
        prop_assert!(time <= tokens * (1.0 + ALLOWANCE) + START, "{time} steps for {tokens} tokens");
    }

    #[test]
    fn free_verification_never_loses(text in prop::collection::vec(0_u32..4, 30..300)) {
        let time = decode(&mut Lookup::new(), &text, 20, free);
        prop_assert!(time <= (text.len() - 20) as f32);
    }
}
