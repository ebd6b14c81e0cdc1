//! Choosing a token for each of several texts.

use super::choices::{Choices, Chosen, Scratch};
use super::state::{Sampling, State, penalises};
use crate::gpu::device::{Context, Dispatch};
use crate::gpu::error::Error;
use crate::gpu::memory::{Ids, Rows};
use crate::gpu::wgsl::SampleScan;
use crate::ops::SampleOptions;

/// Chooses tokens as a [`Sampler`](super::Sampler) does, for several texts in one step, each with
/// options of its own.
pub struct TextSampler {
    state: State,
    draws: bool,
}

/// A row of logits that a token is chosen from.
#[derive(Clone, Copy)]
pub struct TextRow<'a> {
    /// The number of the text, below that of those there is room for.
    pub text: usize,
    /// How it is chosen.
    pub options: &'a SampleOptions,
    /// As the text was begun with.
    pub bias: &'a [(u32, f32)],
    /// The number of the draw.
    pub draw: u32,
}

impl TextSampler {
    /// Rows of a step, at most.
    pub const MOST_ROWS: usize = SampleScan::MOST_ROWS;

    /// A sampler for this many tokens, with room for so many texts.
    ///
    /// # Errors
    /// [`Error::TooLarge`] for more than 2^19 tokens, or when the device cannot bind so much.
    pub fn new(gpu: &Context, vocab: usize, texts: usize) -> Result<Self, Error> {
        Ok(Self { state: State::new(gpu, vocab, texts)?, draws: false })
    }

    /// Begins a text in the place of the one that had its number, before the next submission runs.
    /// `seen` are the tokens that the repetition penalty applies to already; those that are chosen
    /// are added.
    pub fn begin(&self, gpu: &Context, row: TextRow<'_>, seen: impl IntoIterator<Item = u32>) {
        if !row.bias.is_empty() {
            self.state.write_bias(gpu, row.text, row.bias);
        }
        if penalises(row.options) {
            self.state.write_seen(gpu, row.text, seen);
        }
    }

    /// Sets how tokens are chosen from the rows of the next step, before the next submission runs.
    ///
    /// # Panics
    /// When there are more than [`Self::MOST_ROWS`] (an error of the device).
    #[expect(clippy::cast_possible_truncation, reason = "there is no room for so many texts or tokens")]
    pub fn write(&mut self, gpu: &Context, rows: &[TextRow<'_>]) {
        self.draws = rows.iter().any(|row| !row.options.is_greedy());
        let sampling = |row: &TextRow<'_>| {
            let mut sampling = Sampling::new(row.options, row.bias);
            (sampling.text, sampling.draw) = (row.text as u32, row.draw);
            // All rows are filtered where one is: those without a filter keep every token.
            if sampling.top_k == 0 {
                sampling.top_k = self.state.vocab as u32;
            }
            sampling
        };
        let rows: Vec<_> = rows.iter().map(sampling).collect();
        self.state.write_options(gpu, &rows);
    }

    /// Kernels that choose a token from each row of `logits`, of which there are as many as the
    /// step has tokens, write them to `out` and note them as seen in their texts.
    ///
    /// # Errors
    /// [`Error::Shape`] when the width of the logits is not the vocabulary, or those of the
    /// device's limits.
    pub fn choices(&self, gpu: &Context, logits: &Rows, out: &Ids) -> Result<Choices, Error> {
        Scratch::new(gpu, &self.state, logits, logits.rows())?.choices(gpu, &self.state, Chosen::Texts, out)
    }

    /// The kernels for the rows that were written.
    #[must_use]
    pub fn choose<'a>(&self, choices: &'a Choices) -> &'a [Dispatch] {
        // Greedy, or with all filters.
        &choices.kinds[if self.draws { choices.kinds.len() - 1 } else { 0 }]
    }
}
