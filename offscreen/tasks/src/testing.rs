//! What the tests of all tasks share: a model, a view and a scheduler.

use crate::error::Error;
use crate::language_model::{CompletionOptions, Finish, LanguageModel, Prompt};
use crate::run::Run;
use crate::sink::Sink;
use catalog::unmeasured;
use decoder::{Scheduler, Uninterrupted};
use proptest::prelude::*;
use protocol::{Progress, Section, SectionStatus};
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::ops::ControlFlow;
use std::task::Poll;

/// A model that looks its answers up, or else says what it is told to, in turn: the worst one there
/// can be. Without answers it repeats what it is asked.
#[derive(Default)]
pub(crate) struct Parrot {
    /// What it answers to a text after `: ` on a line, as examples of translations have it.
    pub(crate) known: Vec<(&'static str, &'static str)>,
    pub(crate) answers: Vec<String>,
    /// The prompts it was given; of conversations the last message.
    pub(crate) asked: RefCell<Vec<String>>,
    /// The adapters that it has.
    pub(crate) adapters: Vec<&'static str>,
    /// Answers that it gives at once; 0 for one.
    pub(crate) width: usize,
}

impl Parrot {
    pub(crate) fn new(answers: &[&str]) -> Self {
        let answers = answers.iter().map(|answer| (*answer).to_owned()).collect();
        Self { answers, ..Self::default() }
    }

    pub(crate) fn asked(&self) -> Vec<String> {
        self.asked.borrow().clone()
    }
}

impl LanguageModel for Parrot {
    async fn complete(
        &self,
        prompt: Prompt<'_>,
        options: &CompletionOptions,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
        scheduler: &impl Scheduler,
    ) -> Result<Finish, Error> {
        let text = match prompt {
            Prompt::Chat(messages) => {
                messages.last().map(|message| message.content.clone()).unwrap_or_default()
            }
            Prompt::Text(text) => text.to_owned(),
        };
        let known = self.known.iter().find(|(source, _)| text.contains(&format!(": {source}\n")));
        let answer = match (known, self.answers.len()) {
            (Some((_, answer)), _) => format!(" {answer}\n\nGerman: Noch eins."),
            (None, 0) => text.clone(),
            (None, count) => self.answers[self.asked.borrow().len() % count].clone(),
        };
        self.asked.borrow_mut().push(text);
        for piece in answer.split_inclusive(' ').take(options.max_tokens) {
            if on_text(piece).is_break() {
                return Ok(Finish::Enough);
            }
            if scheduler.yield_now(1.0).await.is_break() {
                return Err(decoder::Error::Stopped.into());
            }
            if self.width > 1 {
                others_first().await;
            }
        }
        Ok(Finish::End)
    }

    fn width(&self) -> usize {
        self.width.max(1)
    }

    fn has_adapter(&self, name: &str) -> bool {
        self.adapters.contains(&name)
    }

    fn count_tokens(&self, text: &str) -> usize {
        text.split_whitespace().count()
    }

    fn context(&self) -> usize {
        2048
    }

    fn tokens_per_second(&self) -> Option<f32> {
        None
    }
}

/// Lets what else is at work go on by a step.
async fn others_first() {
    let mut is_turn = false;
    poll_fn(|context| {
        context.waker().wake_by_ref();
        if std::mem::replace(&mut is_turn, true) { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

/// Tags of languages: those that are known, real ones, odd ones and no tags at all.
pub(crate) fn any_tag() -> impl Strategy<Value = String> {
    let known = "(en|de|fr|es|it|pt|ar|da|nl|fi|el|hu|nb|nn|no|ro|ru|sv|ta|tr)";
    prop_oneof![4 => known, 1 => "[a-zA-Z]{0,3}([-_][A-Za-z0-9]{0,8}){0,3}", 1 => "\\PC{0,12}"]
}

/// Text that looks like one of many languages, with what is hostile in it: endings that stemmers cut,
/// marks, brackets, joiners, directions, numbers, tokens of templates.
pub(crate) fn hostile_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "(The |not |may |[0-9]{1,4}[.,]?[0-9]{0,3} |said |[A-Z]{1,3}\\. |Dr\\. |\\. |, |\n|\r\n)",
        "[a-zäöüßéèçñõãåøæœ'’-]{1,14} ?",
        "[α-ωάέήίόύώϊϋ]{1,12} ?",
        "[а-яё]{1,14} ?",
        "[\u{600}-\u{6ff}]{1,12} ?",
        "[\u{b80}-\u{bff}]{1,12} ?",
        "[çğıöşüâîû]{1,6}(lar|ler|da|ın|sı|casına) ?",
        "(ισαισα|ational|ization|ement|issement|ungen|heit|amente|ность|ιζων|ούτσικ|ostaan){1,4} ?",
        "[\\[\\](){}<>&\"“”„«»*_#`|.…。！？!?-]{1,40}",
        "(<\\|im_start\\|>|</s>|\\[INST\\]|&amp;|&#x0;|https?://[a-z.]{1,9}/|a@b\\.c) ?",
        "[\u{300}-\u{30f}\u{200b}-\u{200f}\u{202a}-\u{202e}\u{2060}-\u{206f}\u{feff}\u{fe0f}\u{ad}]{1,8}",
        "\\PC{0,6}",
    ];
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

/// What `work` makes of a run that nobody watches or stops.
pub(crate) fn at_once<T>(
    model: &mut Parrot,
    work: impl AsyncFnOnce(Run<'_, Parrot, Uninterrupted>) -> T,
) -> T {
    let mut nobody = ();
    pollster::block_on(work(Run::new(model, &unmeasured().chat, &mut nobody, &Uninterrupted)))
}

/// What a view would see.
#[derive(Default)]
pub(crate) struct View {
    pub(crate) sections: Vec<Section>,
    /// What each section was when it appeared.
    pub(crate) first: Vec<SectionStatus>,
    /// How often a section became a draft.
    pub(crate) drafts: usize,
    /// How often text was added to one.
    pub(crate) tokens: usize,
    pub(crate) coverage: Option<f32>,
    pub(crate) fraction: f32,
}

impl Sink for View {
    fn section(&mut self, section: Section) {
        let at = section.index as usize;
        self.drafts += usize::from(section.status == SectionStatus::Draft);
        if at == self.sections.len() {
            self.first.push(section.status);
            self.sections.push(section);
        } else {
            self.sections[at] = section;
        }
    }

    fn token(&mut self, index: u32, text: &str) {
        let section = &mut self.sections[index as usize];
        assert_eq!(section.status, SectionStatus::Draft);
        section.text.push_str(text);
        self.tokens += 1;
    }

    fn progress(&mut self, progress: Progress) {
        self.fraction = progress.fraction.unwrap_or(self.fraction);
    }

    fn coverage(&mut self, share: f32) {
        self.coverage = Some(share);
    }
}

/// Stops the work when it is asked for the given time.
pub(crate) struct Stop(Cell<usize>);

impl Stop {
    pub(crate) fn after(times: usize) -> Self {
        Self(Cell::new(times))
    }
}

impl Scheduler for Stop {
    async fn yield_now(&self, _: f32) -> ControlFlow<()> {
        self.0.set(self.0.get().saturating_sub(1));
        if self.0.get() == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}
