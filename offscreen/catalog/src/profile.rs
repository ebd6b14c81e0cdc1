use crate::primary_subtag;
use protocol::{Abilities, Ability, RewriteAbility, RewriteOperation, Task, TranslateAbility};
use serde::Deserialize;

/// What a model can be trusted with, and how it is asked.
///
/// Good is what a person who read the results would leave switched on. For a direction of
/// translation: a chrF of 65, and at least two of three sentences say what the original says,
/// enough to understand a page. Experimental is what often works, or what nobody measured.
#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// How it is spoken to.
    pub style: PromptStyle,
    /// How it summarises.
    pub method: Method,
    /// How well it summarises.
    pub summarize: Ability,
    /// The languages that it summarises (primary subtags of BCP 47); any, where none are named.
    #[serde(default)]
    summarize_languages: Option<Vec<String>>,
    rewrite: Vec<Rewriting>,
    /// The languages in which it rewrites; any, where none are named.
    #[serde(default)]
    rewrite_languages: Option<Vec<String>>,
    translate: Vec<Translating>,
    /// Whether it was made for one direction: no use for a text of which the language is not known.
    #[serde(skip)]
    one_direction: bool,
}

/// How a model is spoken to.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum PromptStyle {
    /// It is asked, and answers.
    Chat,
    /// It continues a list of examples.
    Text,
}

/// How a summary is made.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Choose sentences and leave them as they are.
    Quote,
    /// Choose sentences without the model, let it shorten each, keep what stays true.
    Shorten,
    /// Let the model write points about each part of the page, keep what is grounded.
    Write,
}

/// Ways of rewriting that go equally well.
#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
struct Rewriting {
    ability: Ability,
    operations: Vec<RewriteOperation>,
}

/// Directions that go equally well: from each of these languages into each of those.
#[derive(Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
struct Translating {
    ability: Ability,
    from: Vec<String>,
    to: Vec<String>,
}

impl Profile {
    /// Of a model that translates one language into one other, and does nothing else.
    pub(crate) fn of_translator(from: &str, to: &str, ability: Ability) -> Self {
        Self {
            style: PromptStyle::Text,
            method: Method::Quote,
            summarize: Ability::Unfit,
            summarize_languages: None,
            rewrite: Vec::new(),
            rewrite_languages: None,
            translate: vec![Translating { ability, from: vec![from.to_owned()], to: vec![to.to_owned()] }],
            one_direction: true,
        }
    }

    /// Whether it can work on a summary in the language of this BCP 47 tag. Pages that declare none
    /// are taken for English.
    #[must_use]
    pub fn speaks(&self, tag: Option<&str>) -> bool {
        is_among(self.summarize_languages.as_deref(), tag)
    }

    /// How well it rewrites in this way.
    #[must_use]
    pub fn rewrite(&self, operation: RewriteOperation) -> Ability {
        let row = self.rewrite.iter().find(|row| row.operations.contains(&operation));
        row.map(|row| row.ability).unwrap_or_default()
    }

    /// Whether it rewrites text of this language (BCP 47), in Latin letters or others. Text of no
    /// known language is taken for English if it is written in Latin letters. The languages that
    /// were measured all are.
    #[must_use]
    pub fn rewrites(&self, tag: Option<&str>, latin: bool) -> bool {
        let languages = self.rewrite_languages.as_deref();
        languages.is_none() || latin && is_among(languages, tag)
    }

    /// How well it translates from one language into another (BCP 47 tags).
    #[must_use]
    pub fn translate(&self, from: &str, to: &str) -> Ability {
        let (from, to) = (primary_subtag(from), primary_subtag(to));
        let row = self.translate.iter().find(|row| row.from.contains(&from) && row.to.contains(&to));
        row.filter(|_| from != to).map(|row| row.ability).unwrap_or_default()
    }

    /// Every direction that it translates at all, the best first.
    #[must_use]
    pub fn translations(&self) -> Vec<TranslateAbility> {
        let mut directions = Vec::new();
        for row in &self.translate {
            for from in &row.from {
                let to = row.to.iter().filter(|to| *to != from);
                directions.extend(to.map(|to| TranslateAbility {
                    from: from.clone(),
                    to: to.clone(),
                    ability: row.ability,
                }));
            }
        }
        directions.sort_by_key(|direction| std::cmp::Reverse(direction.ability));
        directions
    }

    /// How well it does a task on a text in this language, as far as that is known.
    #[must_use]
    pub fn ability(&self, task: &Task, lang: Option<&str>) -> Ability {
        match task {
            Task::Summarize { .. } => self.summarize,
            // Answers are the page's own sentences, chosen without a model: any that reads texts at all
            // is there to shorten them, where it can.
            Task::Ask { .. } if self.one_direction => Ability::Unfit,
            Task::Ask { .. } => Ability::Good,
            // Several wishes are granted as well as the hardest of them; none is the task's own
            // error.
            Task::Rewrite { options } => {
                let operations = options.operations().into_iter();
                operations.map(|operation| self.rewrite(operation)).min().unwrap_or(Ability::Good)
            }
            // Of a text whose language is not known yet, only that it can be translated from some.
            Task::Translate { from, to } => match from.as_deref().or(lang) {
                Some(from) => self.translate(from, to),
                None if self.one_direction => Ability::Unfit,
                None => {
                    let to = primary_subtag(to);
                    let rows = self.translate.iter().filter(|row| row.to.contains(&to));
                    rows.map(|row| row.ability).max().unwrap_or_default()
                }
            },
        }
    }

    /// All of it, as the views show it.
    #[must_use]
    pub fn abilities(&self) -> Abilities {
        let rewrite = |operation| RewriteAbility { operation, ability: self.rewrite(operation) };
        Abilities {
            summarize: self.summarize,
            rewrite: RewriteOperation::ALL.into_iter().map(rewrite).collect(),
            translate: self.translations(),
        }
    }
}

/// Whether a tag's language is one of these; no tag is English's, and no list has them all.
fn is_among(languages: Option<&[String]>, tag: Option<&str>) -> bool {
    let primary = tag.map(primary_subtag).filter(|primary| !primary.is_empty());
    let primary = primary.as_deref().unwrap_or("en");
    languages.is_none_or(|languages| languages.iter().any(|language| language == primary))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{GEMMA3, SMOLLM2, measured, unmeasured};

    #[test]
    fn a_model_of_english_speaks_english() {
        let smollm2 = &measured(SMOLLM2).profile;
        assert!(smollm2.speaks(Some("en-US")) && smollm2.speaks(None) && smollm2.speaks(Some("")));
        assert!(!smollm2.speaks(Some("de")));
        assert!(measured(GEMMA3).profile.speaks(Some("de")));
    }

    #[test]
    fn texts_of_other_languages_and_letters_are_left_alone() {
        let smollm2 = &measured(SMOLLM2).profile;
        assert!(smollm2.rewrites(None, true) && smollm2.rewrites(Some("en-GB"), true));
        assert!(!smollm2.rewrites(None, false) && !smollm2.rewrites(Some("de"), true));
        assert!(unmeasured().chat.rewrites(Some("ja"), false));
    }

    #[test]
    fn only_what_was_measured_is_good() {
        let gemma3 = &measured(GEMMA3).profile;
        assert_eq!(gemma3.translate("de-CH", "en-US"), Ability::Good);
        assert_eq!(gemma3.translate("en", "de"), Ability::Experimental);
        for (from, to) in [("de", "fr"), ("en", "en"), ("ja", "en"), ("", "en")] {
            assert_eq!(gemma3.translate(from, to), Ability::Unfit, "{from} {to}");
        }
        let all = gemma3.translations();
        assert_eq!((all.len(), all[0].ability, all[9].ability), (10, Ability::Good, Ability::Experimental));
        assert!(measured(SMOLLM2).profile.translations().is_empty());
        assert_eq!(unmeasured().chat.translations().len(), 30);
        assert_eq!(unmeasured().chat.translate("fr", "fr"), Ability::Unfit);
    }
}
