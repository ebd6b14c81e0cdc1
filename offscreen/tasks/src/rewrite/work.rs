//! One unit through all operations.

use super::ask::{Request, Style};
use super::board::Board;
use super::check::{Version, check};
use super::facts::Facts;
use super::fault::Fault;
use super::units::{Grain, split};
use crate::{Error, LanguageModel, Sink, Wording};
use decoder::Pace;
use protocol::RewriteOperation;

/// Sentences of up to so many words are short enough as they are.
const SHORT: usize = 6;

/// What is to be done with every unit.
pub(super) struct Worker<'a> {
    /// How the model is spoken to.
    pub(super) style: Style,
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
    /// Two versions fell. The fault of the second.
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

/// What became of all.
#[derive(Default)]
pub(super) struct Tally {
    succeeded: usize,
    needless: usize,
    too_long: usize,
    faults: Vec<Fault>,
}

impl Tally {
    fn count(&mut self, outcome: &Outcome) {
        match outcome {
            Outcome::Done(_) | Outcome::Correct => self.succeeded += 1,
            Outcome::Needless(_) => self.needless += 1,
            Outcome::TooLong => self.too_long += 1,
            Outcome::Failed(fault) => self.faults.push(fault.clone()),
        }
    }

    /// Why nothing at all was rewritten; nothing when something was.
    pub(super) fn failure(&self) -> Option<String> {
        if self.succeeded > 0 {
            return None;
        }
        Some(match self.faults.as_slice() {
            [] if self.too_long > 0 => "the sentences are too long for this model".to_owned(),
            [] => "the text is short enough as it is".to_owned(),
            [fault] => format!("what the model wrote could not be kept: {fault}"),
            faults => {
                let alike = |fault: &Fault| faults.iter().filter(|other| other.is_like(fault)).count();
                let most = faults.iter().max_by_key(|fault| alike(fault)).unwrap_or(&faults[0]);
                format!("nothing the model wrote could be kept; most often {most}")
            }
        })
    }
}

impl Worker<'_> {
    /// Does all operations on a unit and settles its section.
    pub(super) async fn rewrite<M: LanguageModel, S: Sink>(
        &self,
        model: &mut M,
        at: usize,
        unit: &str,
        board: &mut Board<'_, S>,
        tally: &mut Tally,
        pace: &impl Pace,
    ) -> Result<(), Error> {
        let mut text = unit.to_owned();
        let mut note = None;
        for &operation in &self.operations {
            let (next, why) = self.operate(model, operation, at, &text, board, tally, pace).await?;
            text = next;
            note = note.or(why);
        }
        if text == unit {
            board.quote(at, note);
        } else {
            board.keep(at, &text, self.facts.missing(unit, &text), note);
        }
        Ok(())
    }

    /// Does one operation, sentence by sentence where it is one for sentences. The text as it is then, and why some of it
    /// stays as it was.
    #[expect(clippy::too_many_arguments, reason = "the work, the model and three places that hear of it")]
    async fn operate<M: LanguageModel, S: Sink>(
        &self,
        model: &mut M,
        operation: RewriteOperation,
        at: usize,
        text: &str,
        board: &mut Board<'_, S>,
        tally: &mut Tally,
        pace: &impl Pace,
    ) -> Result<(String, Option<String>), Error> {
        let grain = match operation {
            RewriteOperation::Instruction => Grain::Paragraph,
            _ => Grain::Sentence,
        };
        let (pieces, rest) = split(text, grain);
        let (mut written, mut note) = (String::new(), None);
        for piece in pieces {
            written.push_str(piece.before);
            let instruction = if operation == RewriteOperation::Instruction { self.instruction } else { "" };
            let request = Request { style: self.style, operation, instruction, text: piece.text };
            let outcome = self.attempt(model, &request, at, &written, board, pace).await?;
            tally.count(&outcome);
            note = note.or(outcome.note());
            written.push_str(if let Outcome::Done(version) = &outcome { version } else { piece.text });
        }
        Ok((written + rest, note))
    }

    /// Asks for a version, and once more where it falls. The reader watches it grow behind what is `written`.
    async fn attempt<M: LanguageModel, S: Sink>(
        &self,
        model: &mut M,
        request: &Request<'_>,
        at: usize,
        written: &str,
        board: &mut Board<'_, S>,
        pace: &impl Pace,
    ) -> Result<Outcome, Error> {
        let Request { operation, instruction, text: source, .. } = *request;
        let words = self.facts.language.spellings(source).count();
        let shortens = matches!(operation, RewriteOperation::Shorter | RewriteOperation::Bullets);
        if words < 2 {
            return Ok(Outcome::Needless("Kept as it was: a single word."));
        }
        if shortens && words <= SHORT {
            return Ok(Outcome::Needless("Short enough as it is."));
        }
        if !request.fits(model) {
            return Ok(Outcome::TooLong);
        }
        let mut fault = Fault::Empty;
        for wording in [Wording::Examples, Wording::Plain] {
            board.begin(at, written);
            let answer = request.ask(model, wording, &mut |text| board.token(text), pace).await?;
            let answer = as_ended(source, &answer, operation);
            if operation == RewriteOperation::FixGrammar && answer == source {
                return Ok(Outcome::Correct);
            }
            match check(&Version { operation, instruction, source, answer: &answer }, &self.facts) {
                Ok(()) => return Ok(Outcome::Done(answer)),
                Err(found) => fault = found,
            }
        }
        Ok(Outcome::Failed(fault))
    }
}

/// The answer without a full stop where the source has none: a heading stays one.
fn as_ended(source: &str, answer: &str, operation: RewriteOperation) -> String {
    let open = source.ends_with(|c: char| c.is_alphanumeric());
    match answer.strip_suffix('.') {
        Some(bare) if open && (operation != RewriteOperation::FixGrammar || bare == source) => {
            bare.to_owned()
        }
        _ => answer.to_owned(),
    }
}
