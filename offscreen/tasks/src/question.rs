//! What a model is asked. What an adapter has taught it is asked for in the words that it was
//! taught with: `offscreen/adapters/prompts.json`, which its training reads too.

use crate::language_model::{CompletionOptions, LanguageModel, Prompt};
use prompt::{Message, Role};
use serde::Deserialize;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What [`Prompt`] borrows, and the adapter that is at work meanwhile.
pub(crate) struct Question {
    words: Words,
    adapter: Option<&'static str>,
}

enum Words {
    Chat(Vec<Message>),
    Text(String),
}

impl Question {
    /// Of the model as it is.
    pub(crate) fn chat(messages: Vec<Message>) -> Self {
        Self { words: Words::Chat(messages), adapter: None }
    }

    /// Of the model as it is.
    pub(crate) fn text(text: String) -> Self {
        Self { words: Words::Text(text), adapter: None }
    }

    pub(crate) fn prompt(&self) -> Prompt<'_> {
        match &self.words {
            Words::Chat(messages) => Prompt::Chat(messages),
            Words::Text(text) => Prompt::Text(text),
        }
    }

    /// How it is answered, with so many tokens at most.
    pub(crate) fn options(&self, max_tokens: usize) -> CompletionOptions {
        let adapter = self.adapter.map(str::to_owned);
        CompletionOptions { adapter, max_tokens, ..CompletionOptions::default() }
    }
}

/// A job that an adapter has been taught.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Lesson {
    /// The adapter's name.
    adapter: String,
    /// Of a model that is asked: what it is told first, and what then.
    #[serde(default)]
    system: String,
    #[serde(default)]
    user: String,
    /// Of one that continues texts.
    #[serde(default)]
    text: Option<String>,
}

static LESSONS: LazyLock<HashMap<String, Lesson>> = LazyLock::new(|| {
    #[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
    serde_json::from_str(include_str!("../../adapters/prompts.json")).expect("prompts.json")
});

/// The job of this name, if the model has the adapter that was taught it.
pub(crate) fn lesson(model: &impl LanguageModel, job: &str) -> Option<&'static Lesson> {
    LESSONS.get(job).filter(|lesson| model.has_adapter(&lesson.adapter))
}

impl Lesson {
    /// Asks for `text` to be worked on.
    pub(crate) fn question(&'static self, text: &str) -> Question {
        let words = match &self.text {
            Some(form) => Words::Text(form.replace("{text}", text)),
            None => Words::Chat(vec![
                Message { role: Role::System, content: self.system.clone() },
                Message::user(self.user.replace("{text}", text)),
            ]),
        };
        Question { words, adapter: Some(&self.adapter) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Parrot;

    #[test]
    fn only_what_the_model_was_taught_is_asked_for_in_few_words() {
        assert!(lesson(&Parrot::default(), "fix-grammar").is_none());
        let taught = Parrot { adapters: vec!["grammar"], ..Parrot::default() };
        let question = lesson(&taught, "fix-grammar").map(|lesson| lesson.question("He go {text}."));
        let question = question.expect("a lesson of that name");
        assert_eq!(question.adapter, Some("grammar"));
        let Prompt::Chat([system, user]) = question.prompt() else { panic!("not a conversation") };
        assert_eq!((system.role, user.content.as_str()), (Role::System, "He go {text}."));
        assert!(lesson(&taught, "more-formal").is_none() && lesson(&taught, "").is_none());
    }

    #[test]
    fn every_lesson_says_where_the_text_stands() {
        for (job, lesson) in LESSONS.iter() {
            let form = lesson.text.as_ref().unwrap_or(&lesson.user);
            assert_eq!(form.matches("{text}").count(), 1, "{job}");
            assert_eq!(lesson.text.is_none(), !lesson.system.is_empty(), "{job}");
        }
    }
}
