//! A model's answer as it grows, without what models put around it.

use crate::sentences::split;
use std::ops::ControlFlow;

/// How much of what a model writes is the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Extent {
    /// Its first sentence.
    #[default]
    Sentence,
    /// Its first line.
    Line,
    /// All of it.
    Whole,
}

/// An answer that comes in pieces.
#[derive(Default)]
pub(crate) struct Answer {
    extent: Extent,
    raw: String,
    shown: usize,
}

impl Answer {
    pub(crate) fn new(extent: Extent) -> Self {
        Self { extent, ..Self::default() }
    }

    /// Takes a piece; returns what is new in [`Self::text`] and whether more is wanted.
    pub(crate) fn push(&mut self, piece: &str) -> (String, ControlFlow<()>) {
        self.raw.push_str(piece);
        let (text, done) = unwrap(&self.raw, self.extent);
        let new = text.get(self.shown..).unwrap_or_default().to_owned();
        self.shown = self.shown.max(text.len());
        (new, if done { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
    }

    /// The answer so far.
    pub(crate) fn text(&self) -> &str {
        unwrap(&self.raw, self.extent).0
    }
}

const QUOTES: [char; 4] = ['"', '“', '”', '\''];

/// The answer in what a model wrote, and whether it is complete.
fn unwrap(raw: &str, extent: Extent) -> (&str, bool) {
    let mut text = raw.trim_start();
    // `Here is a shorter version:` on a line of its own.
    if let Some((line, rest)) = text.split_once('\n')
        && line.trim_end().ends_with(':')
    {
        text = rest.trim_start();
    }
    let quoted = text.starts_with(QUOTES);
    text = text.trim_start_matches(QUOTES);
    let line_end = text.find('\n').filter(|_| extent != Extent::Whole);
    text = &text[..line_end.unwrap_or(text.len())];
    let mut ended = false;
    if extent == Extent::Sentence {
        let sentences = split(text);
        ended = sentences.len() > 1;
        text = sentences.first().copied().unwrap_or_default();
    }
    text = text.trim_end();
    if quoted {
        // The quote that closes what the first one opened is no part of it.
        text = text.trim_end_matches(QUOTES);
    }
    (text, line_end.is_some() && !text.is_empty() || ended)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn answers_are_their_first_sentence_unwrapped() {
        for (raw, expected, done) in [
            ("The bridge is closed.", "The bridge is closed.", false),
            ("\"The bridge is closed.\"", "The bridge is closed.", false),
            (" The bridge is closed. It was old.", "The bridge is closed.", true),
            ("Here is a shorter version:\n\n\"Dr. Lee closed it.\"\n", "Dr. Lee closed it.", true),
            ("He said \"no\" to it", "He said \"no\" to it", false),
            ("It fell 3.5 percent.\nIt", "It fell 3.5 percent.", true),
            ("", "", false),
        ] {
            assert_eq!(unwrap(raw, Extent::Sentence), (expected, done), "{raw}");
        }
    }

    #[test]
    fn lines_and_whole_answers_go_on() {
        let raw = "\n It rained. We left.\nOriginal: no";
        assert_eq!(unwrap(raw, Extent::Line), ("It rained. We left.", true));
        assert_eq!(unwrap(raw, Extent::Whole), ("It rained. We left.\nOriginal: no", false));
    }

    proptest! {
        #[test]
        fn what_is_shown_adds_up_to_the_answer(
            pieces in prop::collection::vec("[A-Za-z ,.]{1,6}", 0..30),
            extent in prop::sample::select(vec![Extent::Sentence, Extent::Line, Extent::Whole]),
        ) {
            let mut answer = Answer::new(extent);
            let mut shown = String::new();
            for piece in &pieces {
                let (text, flow) = answer.push(piece);
                shown.push_str(&text);
                if flow.is_break() {
                    break;
                }
            }
            prop_assert!(shown.starts_with(answer.text()), "{:?} {:?}", shown, answer.text());
        }
    }
}
