//! What can be done.

use serde::{Deserialize, Serialize};

/// What is to be done.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(tag = "task", rename_all = "camelCase", rename_all_fields = "camelCase", deny_unknown_fields)]
pub enum Task {
    /// Summarise a page.
    Summarize {
        /// Kind of summary.
        summary_type: SummaryType,
        /// How much of it.
        length: SummaryLength,
        /// How the text is marked up.
        format: SummaryFormat,
    },
    /// Answer a question about a page in the page's own words.
    Ask {
        /// In the reader's words: 500 characters at most.
        question: String,
    },
    /// Write selected text anew.
    Rewrite {
        /// How.
        options: RewriteOptions,
    },
    /// Translate selected text, or a page in place.
    Translate {
        /// Language it is in (BCP 47); what was detected when absent.
        from: Option<String>,
        /// Language wanted (BCP 47).
        to: String,
    },
}

/// Kind of summary, in the vocabulary of the browser's own Summarizer interface.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum SummaryType {
    /// The most important points as a list.
    #[default]
    KeyPoints,
    /// A short overview in prose.
    Tldr,
    /// What the page begins with, in prose: it leads to the rest.
    Teaser,
    /// What the page says first of all, in one line.
    Headline,
}

/// How long a summary is. In points: 3, 5, 7; in sentences of a tl;dr or a teaser: 1, 3, 5. A headline
/// has at most 12, 17, 22 words, if its sentence lets them.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum SummaryLength {
    Short,
    #[default]
    Medium,
    Long,
}

/// Markup of the finished text (what "copy" copies).
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum SummaryFormat {
    /// Points as `- ` items.
    #[default]
    Markdown,
    /// No markup.
    PlainText,
}

/// How a text is written anew. What is left `as-is` stays; every other wish is one
/// [`RewriteOperation`].
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct RewriteOptions {
    pub tone: RewriteTone,
    pub length: RewriteLength,
    /// What else is wanted.
    pub goal: RewriteGoal,
    /// A wish in the reader's own words.
    pub instruction: Option<String>,
}

impl RewriteOptions {
    /// The operations asked for, in the order in which they are done.
    #[must_use]
    pub fn operations(&self) -> Vec<RewriteOperation> {
        let goal = match self.goal {
            RewriteGoal::AsIs => None,
            RewriteGoal::FixGrammar => Some(RewriteOperation::FixGrammar),
            RewriteGoal::Simplify => Some(RewriteOperation::Simplify),
            RewriteGoal::Bullets => Some(RewriteOperation::Bullets),
        };
        let tone = match self.tone {
            RewriteTone::AsIs => None,
            RewriteTone::MoreFormal => Some(RewriteOperation::MoreFormal),
            RewriteTone::MoreCasual => Some(RewriteOperation::MoreCasual),
        };
        let length = match self.length {
            RewriteLength::AsIs => None,
            RewriteLength::Shorter => Some(RewriteOperation::Shorter),
            RewriteLength::Longer => Some(RewriteOperation::Longer),
        };
        let instructed = self.instruction.as_deref().is_some_and(|text| !text.trim().is_empty());
        let instruction = instructed.then_some(RewriteOperation::Instruction);
        let mut operations: Vec<_> = [goal, tone, length, instruction].into_iter().flatten().collect();
        // Bullets come last: they are made of what the others leave.
        operations.sort_by_key(|operation| *operation == RewriteOperation::Bullets);
        operations
    }
}

/// Tone of a rewritten text, in the vocabulary of the browser's own Rewriter interface.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum RewriteTone {
    #[default]
    AsIs,
    /// More formal, more polite.
    MoreFormal,
    MoreCasual,
}

/// Length of a rewritten text, in the vocabulary of the browser's own Rewriter interface.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum RewriteLength {
    #[default]
    AsIs,
    Shorter,
    Longer,
}

/// What a text is rewritten for.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum RewriteGoal {
    /// Nothing in particular.
    #[default]
    AsIs,
    /// Correct grammar and spelling, and nothing else.
    FixGrammar,
    /// Plain words and short sentences.
    Simplify,
    /// A list of points.
    Bullets,
}

/// One thing a rewrite can do: what models are measured by.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "typescript", derive(tsify::Tsify))]
#[serde(rename_all = "kebab-case")]
pub enum RewriteOperation {
    /// [`RewriteGoal::FixGrammar`].
    FixGrammar,
    /// [`RewriteGoal::Simplify`].
    Simplify,
    /// [`RewriteLength::Shorter`].
    Shorter,
    /// [`RewriteLength::Longer`].
    Longer,
    /// [`RewriteTone::MoreFormal`].
    MoreFormal,
    /// [`RewriteTone::MoreCasual`].
    MoreCasual,
    /// [`RewriteGoal::Bullets`].
    Bullets,
    /// [`RewriteOptions::instruction`].
    Instruction,
}

impl RewriteOperation {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::FixGrammar,
        Self::Simplify,
        Self::Shorter,
        Self::Longer,
        Self::MoreFormal,
        Self::MoreCasual,
        Self::Bullets,
        Self::Instruction,
    ];
}
