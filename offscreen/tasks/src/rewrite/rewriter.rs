//! One unit through all operations.

use super::ask::{Request, taught};
use super::check::{Version, check};
use super::facts::Facts;
use super::grammar::mend;
use super::rules;
use super::simple::simplify;
use super::units::{Grain, split};
use crate::error::Error;
use crate::language_model::LanguageModel;
use crate::rejection::Rejection;
use crate::run::Run;
use crate::side_by_side::side_by_side;
use crate::wording::Wording;
use decoder::Scheduler;
use protocol::{RewriteOperation, Section};
use std::collections::HashMap;

/// Sentences of up to so many words are short enough as they are.
const SHORT: usize = 6;

/// As points of a list, longer ones are too.
const SHORT_POINT: usize = 13;

/// How often a model that was taught to mend reads a sentence, as long as it finds mistakes: of several it
/// often leaves one.
const MENDINGS: usize = 3;

/// Rewrites units.
pub(super) struct Rewriter<'t, 'r, M, S> {
    pub(super) run: Run<'r, M, S>,
    /// The reader's own wish, or nothing.
    pub(super) instruction: &'t str,
    /// Reads the facts of texts in the selection's language.
    pub(super) facts: &'t Facts,
}

/// What became of a sentence, or of a paragraph that is rewritten as one.
pub(super) enum Outcome {
    /// The model's version, checked.
    Done(String),
    /// It was found correct.
    Correct,
    /// It is as it is wished to be.
    Already(&'static str),
    /// What the model would change is not surely a mistake.
    Doubtful,
    /// Nothing had to be done: why.
    Needless(&'static str),
    /// It is too long for the model.
    TooLong,
    /// The model's version fell.
    Failed(Rejection),
}

impl Outcome {
    /// Whether the sentence is as it should be, as far as can be told.
    fn is_settled(&self) -> bool {
        matches!(self, Self::Done(_) | Self::Correct | Self::Already(_) | Self::Doubtful)
    }

    /// Why the text stays as it was, for a note.
    fn note(&self) -> Option<String> {
        match self {
            Self::Done(_) => None,
            Self::Correct => Some("No mistake found.".to_owned()),
            Self::Doubtful => {
                Some("Kept as it was: what the model would change is no certain mistake.".to_owned())
            }
            Self::Already(why) | Self::Needless(why) => Some((*why).to_owned()),
            Self::TooLong => Some("Kept as it was: too long for this model.".to_owned()),
            Self::Failed(rejection) => Some(format!("Kept as it was: {rejection}.")),
        }
    }
}

/// A unit on its way.
pub(super) struct WorkUnit<'a> {
    /// The index of its section.
    at: usize,
    /// The text as it was.
    source: &'a str,
    /// The text as it is by now.
    text: String,
    /// What is still to be done.
    pending: Vec<RewriteOperation>,
    /// What became of it, operation by operation, sentence by sentence.
    outcomes: Vec<(RewriteOperation, Outcome)>,
}

impl<'a> WorkUnit<'a> {
    /// Unit number `at`, with everything still to be done.
    pub(super) fn new(at: usize, source: &'a str, operations: &[RewriteOperation]) -> Self {
        Self { at, source, text: source.to_owned(), pending: operations.to_vec(), outcomes: Vec::new() }
    }

    /// Puts what became of an operation in the place of what the first wording had made of it. What
    /// that did is not undone where the second wording found no more to do.
    fn settle(&mut self, operation: RewriteOperation, outcomes: Vec<Outcome>) {
        let done = |outcome: &Outcome| matches!(outcome, Outcome::Done(_));
        let before = self.outcomes.iter().any(|(other, outcome)| *other == operation && outcome.is_settled());
        if before && !outcomes.iter().any(done) {
            return;
        }
        self.outcomes.retain(|(other, _)| *other != operation);
        self.outcomes.extend(outcomes.into_iter().map(|outcome| (operation, outcome)));
    }

    /// Whether something is still to be asked for, in other words.
    fn is_pending(&self) -> bool {
        !self.pending.is_empty()
    }
}

/// Why nothing at all was rewritten; nothing when something was.
pub(super) fn failure(units: &[WorkUnit<'_>]) -> Option<String> {
    let outcomes = || units.iter().flat_map(|unit| &unit.outcomes).map(|(_, outcome)| outcome);
    if outcomes().any(Outcome::is_settled) {
        return None;
    }
    let rejections: Vec<&Rejection> = outcomes()
        .filter_map(|outcome| match outcome {
            Outcome::Failed(rejection) => Some(rejection),
            _ => None,
        })
        .collect();
    Some(match rejections.as_slice() {
        [] if outcomes().any(|outcome| matches!(outcome, Outcome::TooLong)) => {
            "the sentences are too long for this model".to_owned()
        }
        [] => "the text is short enough as it is".to_owned(),
        [rejection] => format!("what the model wrote could not be kept: {rejection}"),
        [first, ..] => {
            let mut alike: HashMap<&str, usize> = HashMap::new();
            rejections.iter().for_each(|rejection| *alike.entry(rejection.reason()).or_default() += 1);
            let most = rejections.iter().max_by_key(|rejection| alike[rejection.reason()]).unwrap_or(first);
            format!("nothing the model wrote could be kept; most often {most}")
        }
    })
}

impl<M: LanguageModel, S: Scheduler> Rewriter<'_, '_, M, S> {
    /// The same, for a unit beside others.
    fn beside(&self) -> Self {
        Self { run: self.run.beside(), ..*self }
    }

    /// Works on all units in one wording first, so that what stands before them stays in the model's cache; what
    /// failed is asked for in the next, behind what is shown by then.
    pub(super) async fn rewrite_all(&self, units: &mut [WorkUnit<'_>]) -> Result<(), Error> {
        for (attempt, from, share) in [(0, 0.0, 0.7), (1, 0.7, 0.3)] {
            let pending: Vec<_> = units.iter_mut().filter(|unit| unit.is_pending()).collect();
            let all = pending.len();
            log::debug!("attempt {attempt} at {all} units");
            let work = pending.into_iter().map(|unit| {
                let mut rewriter = self.beside();
                async move { rewriter.rewrite(unit, attempt).await }
            });
            let mut ended = 0;
            let finish = |_, ()| {
                ended += 1;
                self.run.report(from + share * ended as f32 / all as f32);
            };
            side_by_side(|| self.run.model.width(), work, finish).await?;
        }
        self.run.report(1.0);
        Ok(())
    }

    /// Does what is pending of a unit, for the first or the second time, and settles its section.
    async fn rewrite(&mut self, unit: &mut WorkUnit<'_>, attempt: usize) -> Result<(), Error> {
        for operation in std::mem::take(&mut unit.pending) {
            let is_taught = taught(self.run.model, operation).is_some();
            let wording = Wording::tried(is_taught)[attempt];
            let outcomes = self.operate(unit, operation, wording).await?;
            let failed = outcomes.iter().all(|outcome| matches!(outcome, Outcome::Failed(_)));
            // What an adapter cannot do, the model without it does not do either; a sentence it may shorten.
            let has_other =
                !is_taught || matches!(operation, RewriteOperation::Shorter | RewriteOperation::Bullets);
            if attempt == 0 && has_other && (failed || goes_on(operation, &outcomes)) {
                unit.pending.push(operation);
            }
            unit.settle(operation, outcomes);
        }
        let note = unit.outcomes.iter().find_map(|(_, outcome)| outcome.note());
        if unit.text == unit.source {
            self.run.sections.quote(unit.at, note);
        } else {
            let (text, mut lost) = (unit.text.clone(), self.facts.lost(unit.source, &unit.text));
            // `Hey` and `FYI` are no names.
            lost.retain(|fact| !rules::knows(fact));
            self.run.sections.keep(unit.at, Section { text, lost, note, ..Section::default() });
        }
        Ok(())
    }

    /// Does one operation, sentence by sentence where it is one for sentences.
    async fn operate(
        &mut self,
        unit: &mut WorkUnit<'_>,
        operation: RewriteOperation,
        wording: Wording,
    ) -> Result<Vec<Outcome>, Error> {
        let (grain, instruction) = match operation {
            RewriteOperation::Instruction => (Grain::Paragraph, self.instruction),
            _ => (Grain::Sentence, ""),
        };
        let (pieces, rest) = split(&unit.text, grain, async |bytes| self.run.pace(bytes).await).await?;
        let (mut written, mut outcomes) = (String::new(), Vec::new());
        for piece in pieces {
            written.push_str(piece.before);
            self.run.sections.begin(unit.at, &written);
            let request = Request { operation, instruction, text: piece.text };
            let mut outcome = self.attempt(&request, wording).await?;
            for _ in 1..MENDINGS {
                let Outcome::Done(text) = &outcome else { break };
                if operation != RewriteOperation::FixGrammar || wording != Wording::Taught {
                    break;
                }
                self.run.sections.begin(unit.at, &written);
                match self.attempt(&Request { text, ..request }, wording).await? {
                    Outcome::Done(mended) => outcome = Outcome::Done(mended),
                    _ => break,
                }
            }
            if let Outcome::Failed(rejection) = &outcome {
                log::debug!("{operation:?} rejected: {rejection:?} for {:?}", piece.text);
            }
            written.push_str(if let Outcome::Done(version) = &outcome { version } else { piece.text });
            outcomes.push(outcome);
        }
        unit.text = written + rest;
        Ok(outcomes)
    }

    /// Asks for a version, which the reader watches grow, and checks it.
    pub(super) async fn ask(&mut self, request: &Request<'_>, wording: Wording) -> Result<Outcome, Error> {
        let Request { operation, instruction, text: source } = *request;
        let words = self.facts.analyzer.spellings(source).count();
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
        if !request.fits(self.run.model) {
            return Ok(Outcome::TooLong);
        }
        let answer = request.ask(&mut self.run, wording).await?;
        if answer.is_empty() {
            return Ok(Outcome::Failed(Rejection::Empty));
        }
        let version = match operation {
            RewriteOperation::FixGrammar => mend(source, &answer, wording == Wording::Taught),
            RewriteOperation::Simplify if self.facts.analyzer.is_english() && wording != Wording::Taught => {
                simplify(source, &answer)
            }
            _ => as_ended(source, &answer),
        };
        // Nor is what the model wrote instead a mistake of the writer's, if none of it mends anything.
        if operation == RewriteOperation::FixGrammar && version == source {
            let spelled = |text: &str| self.facts.analyzer.spellings(text).collect::<Vec<_>>().join(" ");
            let same = spelled(source).replace('’', "'") == spelled(&answer).replace('’', "'");
            return Ok(if same { Outcome::Correct } else { Outcome::Doubtful });
        }
        match check(&Version { operation, instruction, source, answer: &version }, self.facts) {
            Ok(()) => Ok(Outcome::Done(version)),
            Err(rejection) => Ok(Outcome::Failed(rejection)),
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
