use crate::{ModelInfo, find_translator};
use protocol::{Ability, Task};
use std::cmp::Reverse;

/// Where translators of two directions meet: every one of them knows it.
const PIVOT: &str = "en";

/// What does a task: one model, or two translators of which the second translates what the first
/// wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Route<'a> {
    /// The model that reads the text.
    pub first: &'a ModelInfo,
    /// The translator out of English, where the first translates into it.
    pub then: Option<&'a ModelInfo>,
}

impl<'a> Route<'a> {
    /// Of one model alone.
    #[must_use]
    pub fn direct(first: &'a ModelInfo) -> Self {
        Self { first, then: None }
    }

    /// Its models, in the order in which they work.
    pub fn models(self) -> impl Iterator<Item = &'a ModelInfo> {
        [self.first].into_iter().chain(self.then)
    }

    /// How well it does a task: as well as the weakest of its models does its part.
    #[must_use]
    pub fn ability(self, task: &Task, lang: Option<&str>) -> Ability {
        match (self.then, task) {
            (Some(then), Task::Translate { from, to }) => {
                let from = from.as_deref().or(lang).unwrap_or_default();
                let first = self.first.profile().translate(from, PIVOT);
                first.min(then.profile().translate(PIVOT, to))
            }
            _ => self.first.profile().ability(task, lang),
        }
    }
}

/// What does a task best, if anything is fit for it; of equals one model before two, and the smallest,
/// which is the quickest. `lang` is the language of the text (BCP 47), as far as it is known.
#[must_use]
pub fn best<'a>(
    models: impl Iterator<Item = &'a ModelInfo> + Clone,
    task: &Task,
    lang: Option<&str>,
) -> Option<Route<'a>> {
    let direct = models.clone().map(Route::direct);
    let routes = direct.chain(through_english(models, task, lang));
    let ability = |route: &Route<'_>| route.ability(task, lang);
    let size = |route: &Route<'_>| route.models().map(|model| model.bytes).sum::<u64>();
    let fit = routes.filter(|route| ability(route) > Ability::Unfit);
    fit.min_by_key(|route| (Reverse(ability(route)), route.then.is_some(), size(route)))
}

/// The smallest translators into English and out of it, for a translation between two others.
fn through_english<'a>(
    models: impl Iterator<Item = &'a ModelInfo> + Clone,
    task: &Task,
    lang: Option<&str>,
) -> Option<Route<'a>> {
    let Task::Translate { from, to } = task else { return None };
    let from = from.as_deref().or(lang)?;
    let translator = |from: &str, to: &str| {
        let is_fit = |model: &&ModelInfo| model.profile().translate(from, to) > Ability::Unfit;
        let translators = models.clone().filter(|model| find_translator(&model.sha256).is_some());
        translators.filter(is_fit).min_by_key(|model| model.bytes)
    };
    Some(Route { first: translator(from, PIVOT)?, then: Some(translator(PIVOT, to)?) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{GEMMA3, SMOLLM2, measured, models};
    use protocol::{
        RewriteGoal, RewriteLength, RewriteOptions, RewriteTone, SummaryFormat, SummaryLength, SummaryType,
    };

    const SUMMARY: Task = Task::Summarize {
        summary_type: SummaryType::KeyPoints,
        length: SummaryLength::Medium,
        format: SummaryFormat::Markdown,
    };

    fn best_id(task: &Task, lang: Option<&str>) -> Option<&'static str> {
        best(models().iter().map(|model| &model.info), task, lang).map(|route| route.first.id.as_str())
    }

    fn translate(from: Option<&str>, to: &str) -> Task {
        Task::Translate { from: from.map(str::to_owned), to: to.to_owned() }
    }

    #[test]
    fn each_task_gets_the_model_that_was_measured_best() {
        assert_eq!(best_id(&SUMMARY, Some("en")), Some(SMOLLM2));
        assert_eq!(best_id(&translate(None, "en"), Some("de")), Some(GEMMA3));
        assert_eq!(best_id(&translate(None, "en"), None), Some(GEMMA3));
        assert_eq!(best_id(&translate(Some("xx"), "en"), Some("de")), None);
        let shorter = RewriteOptions { length: RewriteLength::Shorter, ..RewriteOptions::default() };
        assert_eq!(best_id(&Task::Rewrite { options: shorter }, Some("en")), Some(SMOLLM2));
        let grammar = RewriteOptions { goal: RewriteGoal::FixGrammar, ..RewriteOptions::default() };
        assert_eq!(best_id(&Task::Rewrite { options: grammar.clone() }, Some("en")), Some(SMOLLM2));
        let formal = RewriteOptions { tone: RewriteTone::MoreFormal, ..grammar.clone() };
        assert_eq!(best_id(&Task::Rewrite { options: formal }, Some("en")), Some(SMOLLM2));
        let longer = RewriteOptions { length: RewriteLength::Longer, ..grammar };
        assert_eq!(best_id(&Task::Rewrite { options: longer }, Some("en")), None);
    }

    #[test]
    fn translators_come_together_where_none_knows_both_languages() {
        let translators = || crate::translators().iter().map(|translator| &translator.info);
        let all = || models().iter().map(|model| &model.info).chain(translators());
        let ids = |task: &Task, lang| {
            let route = best(all(), task, lang)?;
            Some(route.models().map(|model| model.id.as_str()).collect::<Vec<_>>())
        };
        let is = |ids: &[&'static str]| Some(ids.to_vec());
        assert_eq!(ids(&translate(Some("de"), "fr"), None), is(&["de-en", "en-fr"]));
        assert_eq!(ids(&translate(None, "ja"), Some("pt-BR")), is(&["pt-en", "en-ja"]));
        assert_eq!(ids(&translate(Some("de"), "en"), None), is(&["de-en"]), "the smallest of the good");
        assert_eq!(ids(&translate(Some("en"), "de"), None), is(&["en-de"]), "good before experimental");
        assert_eq!(ids(&translate(Some("vi"), "eo"), None), None);
        let route = best(all(), &translate(Some("is"), "de"), None).unwrap();
        let ability = route.ability(&translate(Some("is"), "de"), None);
        assert_eq!(ability, Ability::Experimental, "no better than its weakest part");
    }

    #[test]
    fn of_equals_the_smallest_is_taken_wherever_it_stands() {
        let known = &measured(SMOLLM2).info;
        let own = |id: &str, bytes| ModelInfo { id: id.into(), sha256: id.into(), bytes, ..known.clone() };
        let (large, small, other) = (own("large", 900), own("small", 300), own("other", 300));
        for models in [[&large, &small, &other], [&small, &other, &large]] {
            let best = best(models.into_iter(), &SUMMARY, None);
            assert_eq!(best.map(|route| route.first.id.as_str()), Some("small"));
        }
        let better = best([&small, known].into_iter(), &SUMMARY, None);
        assert_eq!(
            better,
            Some(Route::direct(known)),
            "what was measured to be good comes before what is small"
        );
    }
}
