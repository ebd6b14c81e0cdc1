//! Asking a language model for the translation of one piece of text, as often as it is worth while.

use super::calendar;
use super::check::check;
use super::direction::Direction;
use super::examples;
use super::numbers::{in_figures, respelled};
use super::piece::{Piece, PieceTranslator, Wanted, line};
use super::placeholders::Placeholders;
use super::tidy::tidy;
use crate::error::Error;
use crate::language_model::LanguageModel;
use crate::question::{Lesson, Question, lesson};
use crate::rejection::Rejection;
use crate::run::Run;
use crate::sections::Sections;
use catalog::PromptStyle;
use decoder::Scheduler;
use prompt::Message;
use std::ops::ControlFlow;

/// How often a model is asked for one piece in words; once more before that in those that it was taught.
const ATTEMPTS: usize = 2;

/// Tokens that a translation may have for each of its source's, and more than that.
const TOKENS: usize = 2;
const SPARE_TOKENS: usize = 16;

/// Tokens of the examples and of what stands around the sentence, roughly and generously.
const EXAMPLE_TOKENS: usize = 700;

/// A language model that translates in one direction.
pub(super) struct Prompted<'r, M, S> {
    pub(super) run: Run<'r, M, S>,
    pub(super) direction: Direction,
}

impl<'r, M: LanguageModel, S: Scheduler> PieceTranslator<'r> for Prompted<'r, M, S> {
    fn direction(&self) -> Direction {
        self.direction
    }

    fn sections(&self) -> Sections<'r> {
        self.run.sections.beside()
    }

    fn width(&self) -> usize {
        self.run.model.width()
    }

    async fn pace(&self, bytes: usize) -> Result<(), Error> {
        self.run.pace(bytes).await
    }

    fn report(&self, done: f32) {
        self.run.report(done);
    }

    async fn translate(&self, wanted: Wanted<'_>) -> Result<Result<Piece, Rejection>, Error> {
        let Wanted { text, verbatim, watched, .. } = wanted;
        let line = line(text);
        let mut asked = in_figures(self.direction.from, &line);
        let max_tokens = TOKENS * self.run.model.count_tokens(&asked) + SPARE_TOKENS;
        if EXAMPLE_TOKENS + 2 * max_tokens > self.run.model.context() {
            return Ok(Err(Rejection::TooLong));
        }
        let mut last = Rejection::Empty;
        let mut placeholders = Placeholders::default();
        let mut run = self.run.beside();
        let in_words = (0..ATTEMPTS).map(Attempt::InWords);
        for attempt in self.lesson().map(Attempt::Taught).into_iter().chain(in_words) {
            if let Some(at) = watched {
                run.sections.begin(at, "");
            }
            let question = self.question(attempt, &asked);
            let answer = complete(&mut run, &question, max_tokens).await?;
            let answer = respelled(self.direction, &line, &placeholders.restore(&answer));
            let answer = tidy(self.direction, &line, &answer);
            match check(self.direction, &line, verbatim, &answer) {
                Ok(()) => return Ok(Ok(Piece { text: answer, alignment: None })),
                Err(rejection) => {
                    log::debug!("rejected: {rejection:?}: {answer:?} for {line:?}");
                    last = rejection;
                }
            }
            match last {
                Rejection::Date(_) => asked = calendar::translated(self.direction, &asked),
                Rejection::Verbatim(_) => asked = placeholders.insert(&asked, verbatim),
                _ => {}
            }
        }
        Ok(Err(last))
    }
}

impl<M: LanguageModel, S: Scheduler> Prompted<'_, M, S> {
    /// Has the model read what stands before every text; where it was taught the job, that is as good as
    /// nothing.
    pub(super) async fn prepare(&self) -> Result<(), Error> {
        if self.lesson().is_some() {
            return Ok(());
        }
        let question = self.question(Attempt::InWords(0), "");
        complete(&mut self.run.beside(), &question, 0).await.map(drop)
    }

    /// What the model was taught of this direction, if anything.
    fn lesson(&self) -> Option<&'static Lesson> {
        let Direction { from, to } = self.direction;
        lesson(self.run.model, &format!("{}-{}", from.tag, to.tag))
    }

    fn question(&self, attempt: Attempt, line: &str) -> Question {
        let Direction { from, to } = self.direction;
        match (attempt, self.run.profile.style) {
            (Attempt::Taught(lesson), _) => lesson.question(line),
            (Attempt::InWords(number), PromptStyle::Chat) => {
                let wish = ["Translate this", "Translate the following"][number.min(1)];
                let (from, to) = (from.name, to.name);
                let ask =
                    format!("{wish} {from} text into {to}. Answer with the translation only.\n\n{line}");
                Question::chat(vec![Message::user(ask)])
            }
            (Attempt::InWords(number), PromptStyle::Text) => {
                Question::text(examples::prompt(self.direction, line, number))
            }
        }
    }
}

/// The first line of what the model writes.
async fn complete(
    run: &mut Run<'_, impl LanguageModel, impl Scheduler>,
    question: &Question,
    max_tokens: usize,
) -> Result<String, Error> {
    let mut answer = String::new();
    let mut push = |sections: &mut Sections<'_>, piece: &str| {
        // What follows the line is the next example.
        let (piece, ended) = piece.split_once('\n').map_or((piece, false), |(piece, _)| (piece, true));
        let piece = if answer.is_empty() { piece.trim_start() } else { piece };
        answer.push_str(piece);
        sections.token(piece);
        if ended && !answer.is_empty() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    run.complete(question.prompt(), &question.options(max_tokens), &mut push).await?;
    Ok(answer.trim_end().to_owned())
}

/// How a model is asked for a piece.
#[derive(Clone, Copy)]
enum Attempt {
    /// As its adapter was taught.
    Taught(&'static Lesson),
    /// As any model is, for the first or the second time: then in other words, or behind more examples.
    InWords(usize),
}
