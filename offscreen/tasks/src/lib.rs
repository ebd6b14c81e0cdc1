//! What to ask a model, in which pieces, and how to check the answer.
//!
//! There are four tasks, each in a room of its own that begins with its way: [`summarize()`], [`ask()`],
//! [`rewrite()`] and translating ([`translate_selection`], [`translate_blocks`]). All of them show
//! what is there at once, let the model work on it piece by piece, check what it writes and keep
//! the reader's own words where it falls; what a model can be trusted with says its
//! [`catalog::Profile`].
//!
//! A text is also translated by translators of their own kind ([`translate_selection_with`],
//! [`translate_blocks_with`]): a [`Translators`] then stands for the [`Run`].
//!
//! What they share: a [`Run`] is one task at work. It has the model (any [`LanguageModel`];
//! [`Model`] is the decoder's), the `sections` of its output, which go to a [`Sink`] as they come,
//! and a scheduler. Where the model is wide enough, several pieces are worked on `side_by_side`, each by code that knows of no other. An answer that cannot stand is a [`Rejection`]; each is logged with what was
//! rejected, so that the trace tells why a text stayed as it was. Texts are cut into `sentences`
//! and `words`, by what is known of their language (`languages`: one file each), and two texts are
//! compared by `align`. A shorter version of a sentence is both a summary's and a rewrite's
//! ([`shorten()`]).
//!
//! Nothing here knows the browser.

mod align;
mod answer;
mod ask;
mod desk;
mod error;
#[cfg(test)]
mod injection;
mod language_model;
mod languages;
mod model;
mod page;
mod prepare;
mod question;
mod rejection;
mod rewrite;
#[cfg(test)]
mod robust;
mod run;
mod sections;
mod sentences;
mod shorten;
mod side_by_side;
mod sink;
mod summarize;
#[cfg(test)]
mod testing;
mod text_language;
mod translate;
mod wording;
mod words;

pub use ask::{LONGEST_QUESTION, NO_ANSWER, ask};
pub use error::Error;
pub use language_model::{CompletionOptions, Finish, LanguageModel, Prompt};
pub use model::{Model, Usage};
pub use prepare::prepare;
pub use rejection::Rejection;
pub use rewrite::{rewrite, try_rewrite};
pub use run::Run;
pub use sentences::sentences;
pub use shorten::shorten;
pub use shorten::trim::trim;
pub use shorten::verify::{inventions, verify};
pub use sink::Sink;
pub use summarize::{SummaryOptions, summarize};
pub use text_language::language_of;
pub use translate::{
    Leg, Translators, needed, translate_blocks, translate_blocks_with, translate_selection,
    translate_selection_with,
};
pub use wording::Wording;
