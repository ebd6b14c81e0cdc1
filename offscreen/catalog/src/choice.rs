use crate::ModelInfo;
use protocol::{Ability, Task};
use std::cmp::Reverse;

/// The model that does a task best, if any is fit for it; of equals the smallest, which is the
/// quickest. `lang` is the language of the text (BCP 47), as far as it is known.
#[must_use]
pub fn best<'a>(
    models: impl IntoIterator<Item = &'a ModelInfo>,
    task: &Task,
    lang: Option<&str>,
) -> Option<&'a ModelInfo> {
    let ability = |model: &ModelInfo| model.profile().ability(task, lang);
    let fit = models.into_iter().filter(|model| ability(model) > Ability::Unfit);
    fit.min_by_key(|model| (Reverse(ability(model)), model.bytes))
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
        best(models().iter().map(|model| &model.info), task, lang).map(|info| info.id.as_str())
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
    fn of_equals_the_smallest_is_taken_wherever_it_stands() {
        let known = &measured(SMOLLM2).info;
        let own = |id: &str, bytes| ModelInfo { id: id.into(), sha256: id.into(), bytes, ..known.clone() };
        let (large, small, other) = (own("large", 900), own("small", 300), own("other", 300));
        for models in [[&large, &small, &other], [&small, &other, &large]] {
            assert_eq!(best(models, &SUMMARY, None).map(|model| model.id.as_str()), Some("small"));
        }
        let better = best([&small, known], &SUMMARY, None);
        assert_eq!(better, Some(known), "what was measured to be good comes before what is small");
    }
}
