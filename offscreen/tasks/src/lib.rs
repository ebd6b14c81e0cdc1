//! What to ask a model, in which pieces, and how to check the answer.
//!
//! There are three tasks: [`summarize`], [`rewrite`] and translating ([`translate_selection`], [`translate_blocks`]).
//! All of them show what is there at once, let the model work on it piece by piece, check what it writes and keep the
//! page's own words where it falls; what a model can be trusted with says its [`catalog::Profile`].
//!
//! A summary's way:
//!
//! 1. The article becomes a `page` of sentences ([`sentences`]), with what its words weigh.
//! 2. `select` chooses the sentences that say most, without the model: they are on screen at once.
//! 3. What happens next depends on the model's [`catalog::Profile`]. Tiny models shorten the chosen sentences one by one
//!    (`extractive`: `trim` → [`shorten()`] → [`verify()`]); larger ones write points about each part of the page
//!    (`abstractive`), and those points are checked for inventions and tied to their sentences.
//! 4. What does not pass is replaced by the page's own words. Every section carries the passage it rests on.
//!
//! The other two tell their ways at the head of their modules.
//!
//! Output goes to a [`Sink`] as it comes. Nothing here knows the browser; the [`LanguageModel`] is a [`Model`] of the
//! decoder.

mod answer;
mod board;
mod error;
mod language_model;
mod model;
mod prepare;
mod rewrite;
pub mod sentences;
mod shorten;
mod sink;
mod summarize;
mod translate;
mod words;

pub use error::Error;
pub use language_model::LanguageModel;
pub use model::{CompletionOptions, Finish, Model, Prompt, Usage};
pub use prepare::prepare;
pub use rewrite::{rewrite, try_rewrite};
pub use shorten::trim::trim;
pub use shorten::verify::{Verdict, inventions, verify};
pub use shorten::{Wording, shorten};
pub use sink::Sink;
pub use summarize::{SummaryOptions, summarize};
pub use translate::{translate_blocks, translate_selection};
