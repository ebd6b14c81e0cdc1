//! One unit through all operations.

use super::ask::Request;
use super::check::{Version, check};
use super::facts::Facts;
use super::fault::Fault;
use super::grammar::mend;
use super::simple::simplify;
use super::units::{Grain, split};
use crate::board::Board;
use crate::{Error, LanguageModel, Sink, Wording};
use catalog::PromptStyle;
use decoder::Scheduler;
use protocol::RewriteOperation;

/// Sentences of up to so many words are short enough as they are.
const SHORT: usize = 6;

/// As points of a list, longer ones are, too.
const SHORT_POINT: usize = 13;

/// What is to be done with every unit.
pub(super) struct Worker<'a> {
    /// How the model is spoken to.
    pub(super) style: PromptStyle,
    /// The reader's own wish, or nothing.
    pub(super) instruction: &'a str,
    /// What is known of the text's language.
    pub(super) facts: Facts,
    /// What is done, in this order.
    pub(super) operations: Vec<RewriteOperation>,
}

/// What became of a sentence, or of a paragraph that is rewritten as one.
enum Outcome {
    /// The model's version, checked.
    Done(String),
    /// It was found correct.
    Correct,
    /// Nothing had to be done: why.
    Needless(&'static str),
    /// It is too long for the model.
    TooLong,
    /// The model's version fell.
    Failed(Fault),
}

impl Outcome {
    /// Why the text stays as it was, for a note.
    fn note(&self) -> Option<String> {
        match self {
            Self::Done(_) => None,
            Self::Correct => Some("No mistake found.".to_owned()),
            Self::Needless(why) => Some((*why).to_owned()),
            Self::TooLong => Some("Kept as it was: too long for this model.".to_owned()),
            Self::Failed(fault) => Some(format!("Kept as it was: {fault}.")),
        }
    }
}

/// A unit on its way.
pub(super) struct Draft<'a> {
    /// Its place among the sections.
    at: usize,
    /// As it was.
    source: &'a str,
    /// As it is.
    text: String,
    /// What is still to be done.
    pending: Vec<RewriteOperation>,
    /// What became of it, operation by operation, sentence by sentence.
    outcomes: Vec<(RewriteOperation, Outcome)>,
}

impl<'a> Draft<'a> {
    /// Unit number `at`, with everything still to be done.
    pub(super) fn new(at: usize, source: &'a str, operations: &[RewriteOperation]) -> Self {
        Self { at, source, text: source.to_owned(), pending: operations.to_vec(), outcomes: Vec::new() }
    }

    /// Puts what became of an operation in the place of what the first wording had made of it. What it did is not undone
    /// where the second wording found no more to do.
    fn settle(&mut self, operation: RewriteOperation, outcomes: Vec<Outcome>) {
        let settled = |outcome: &Outcome| matches!(outcome, Outcome::Done(_) | Outcome::Correct);
        let done = |outcome: &Outcome| matches!(outcome, Outcome::Done(_));
        let before = self.outcomes.iter().any(|(other, outcome)| *other == operation && settled(outcome));
        if before && !outcomes.iter().any(done) {
            return;
        }
        self.outcomes.retain(|(other, _)| *other != operation);
        self.outcomes.extend(outcomes.into_iter().map(|outcome| (operation, outcome)));
    }

    /// True when something is still to be asked for, in other words.
    pub(super) fn is_pending(&self) -> bool {
        !self.pending.is_empty()
    }
}

/// Why nothing at all was rewritten; nothing when something was.
pub(super) fn failure(drafts: &[Draft<'_>]) -> Option<String> {
    let outcomes = || drafts.iter().flat_map(|draft| &draft.outcomes).map(|(_, outcome)| outcome);
    if outcomes().any(|outcome| matches!(outcome, Outcome::Done(_) | Outcome::Correct)) {
        return None;
    }
    let faults: Vec<&Fault> = outcomes()
        .filter_map(|outcome| if let Outcome::Failed(fault) = outcome { Some(fault) } else { None })
        .collect();
    let alike = |fault: &Fault| faults.iter().filter(|other| other.is_like(fault)).count();
    Some(match faults.as_slice() {
        [] if outcomes().any(|outcome| matches!(outcome, Outcome::TooLong)) => {
            "the sentences are too long for this model".to_owned()
        }
        [] => "the text is short enough as it is".to_owned(),
        [fault] => format!("what the model wrote could not be kept: {fault}"),
        [first, ..] => {
            let most = faults.iter().max_by_key(|fault| alike(fault)).unwrap_or(first);
            format!("nothing the model wrote could be kept; most often {most}")
        }
    })
}

impl Worker<'_> {
    /// Does what is pending of a unit, asking in this way, and settles its section.
    pub(super) async fn rewrite<M: LanguageModel, S: Sink>(
        &self,
        model: &mut M,
        draft: &mut Draft<'_>,
        wording: Wording,
        board: &mut Board<'_, S>,
        scheduler: &impl Scheduler,
    ) -> Result<(), Error> {
        for operation in std::mem::take(&mut draft.pending) {
            let outcomes = self.operate(model, draft, operation, wording, board, scheduler).await?;
            let failed = outcomes.iter().all(|outcome| matches!(outcome, Outcome::Failed(_)));
            if wording == Wording::Examples && (failed || goes_on(operation, &outcomes)) {
                draft.pending.push(operation);
            }
            draft.settle(operation, outcomes);
        }
        let note = draft.outcomes.iter().find_map(|(_, outcome)| outcome.note());
        if draft.text == draft.source {
            board.quote(draft.at, note);
        } else {
            board.keep(draft.at, &draft.text, self.facts.lost(draft.source, &draft.text), note);
        }
        Ok(())
    }

    /// Does one operation, sentence by sentence where it is one for sentences.
    async fn operate<M: LanguageModel, S: Sink>(
        &self,
        model: &mut M,
        draft: &mut Draft<'_>,
        operation: RewriteOperation,
        wording: Wording,
        board: &mut Board<'_, S>,
        scheduler: &impl Scheduler,
    ) -> Result<Vec<Outcome>, Error> {
        let (grain, instruction) = match operation {
            RewriteOperation::Instruction => (Grain::Paragraph, self.instruction),
            _ => (Grain::Sentence, ""),
        };
        let (pieces, rest) = split(&draft.text, grain);
        let (mut written, mut outcomes) = (String::new(), Vec::new());
        for piece in pieces {
            written.push_str(piece.before);
            let request = Request { style: self.style, operation, instruction, text: piece.text };
            board.begin(draft.at, &written);
            let outcome = self.attempt(model, &request, wording, board, scheduler).await?;
            written.push_str(if let Outcome::Done(version) = &outcome { version } else { piece.text });
            outcomes.push(outcome);
        }
        draft.text = written + rest;
        Ok(outcomes)
    }

    /// Asks for a version, which the reader watches grow, and checks it.
    async fn attempt<M: LanguageModel, S: Sink>(
        &self,
        model: &mut M,
        request: &Request<'_>,
        wording: Wording,
        board: &mut Board<'_, S>,
        scheduler: &impl Scheduler,
    ) -> Result<Outcome, Error> {
        let Request { operation, instruction, text: source, .. } = *request;
        let words = self.facts.language.spellings(source).count();
        let short = match operation {
            RewriteOperation::Shorter => SHORT,
            RewriteOperation::Bullets => SHORT_POINT,
            _ => 0,
        };
        if words < 2 {
            return Ok(Outcome::Needless("Kept as it was: a single word."));
        }
        if words <= short {
            return Ok(Outcome::Needless("Short enough as it is."));
        }
        if !request.fits(model) {
            return Ok(Outcome::TooLong);
        }
        let answer = request.ask(model, wording, &mut |text| board.token(text), scheduler).await?;
        if answer.is_empty() {
            return Ok(Outcome::Failed(Fault::Empty));
        }
        let version = match operation {
            RewriteOperation::FixGrammar => mend(source, &answer),
            RewriteOperation::Simplify if self.facts.language.is_english() => simplify(source, &answer),
            _ => as_ended(source, &answer),
        };
        if operation == RewriteOperation::FixGrammar && version == source {
            let same = self.facts.language.spellings(&answer).eq(self.facts.language.spellings(source));
            return Ok(if same { Outcome::Correct } else { Outcome::Failed(Fault::Meaning) });
        }
        match check(&Version { operation, instruction, source, answer: &version }, &self.facts) {
            Ok(()) => Ok(Outcome::Done(version)),
            Err(fault) => Ok(Outcome::Failed(fault)),
        }
    }
}

/// Of some operations single changes are taken over: the second wording finds others.
fn goes_on(operation: RewriteOperation, outcomes: &[Outcome]) -> bool {
    matches!(operation, RewriteOperation::FixGrammar | RewriteOperation::Simplify)
        && outcomes.iter().any(|outcome| !matches!(outcome, Outcome::Needless(_) | Outcome::TooLong))
}

/// The answer without a full stop where the source has none: a heading stays one.
fn as_ended(source: &str, answer: &str) -> String {
    let open = source.ends_with(|c: char| c.is_alphanumeric());
    answer.strip_suffix('.').filter(|_| open).unwrap_or(answer).to_owned()
}
