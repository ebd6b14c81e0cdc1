//! Choosing tokens, as [`reference::sample`](crate::reference::sample()), without reading logits
//! back.

mod choices;
mod state;
mod texts;

use crate::gpu::device::{Context, Dispatch};
use crate::gpu::error::Error;
use crate::gpu::memory::{Ids, Rows, Step};
use crate::ops::SampleOptions;
pub use choices::Choices;
use choices::{Chosen, Scratch};
use state::{Sampling, State, penalises};
pub use texts::{TextRow, TextSampler};

/// How tokens of a vocabulary are chosen at the moment: options, bias, tokens seen, number of the
/// draw.
///
/// Made once; [`begin`](Self::begin) sets it for a generation. The kernels that choose are in
/// [`Choices`].
pub struct Sampler {
    state: State,
    /// What the buffer of the bias holds.
    dense: Vec<(u32, f32)>,
    kind: usize,
    penalises: bool,
}

impl Sampler {
    /// A greedy sampler for this many tokens.
    ///
    /// # Errors
    /// [`Error::TooLarge`] for more than 2^19 tokens.
    pub fn new(gpu: &Context, vocab: usize) -> Result<Self, Error> {
        Ok(Self { state: State::new(gpu, vocab, 1)?, dense: Vec::new(), kind: 0, penalises: false })
    }

    /// Sets everything for a generation, before the next submission runs: a number for each token
    /// is uploaded when the bias changes.
    ///
    /// `seen` are the tokens that the repetition penalty applies to already, `counter` is the
    /// number of the next draw.
    pub fn begin(
        &mut self,
        gpu: &Context,
        options: &SampleOptions,
        seen: impl IntoIterator<Item = u32>,
        bias: &[(u32, f32)],
        counter: u32,
    ) {
        let sampling = Sampling::new(options, bias);
        self.kind = match sampling.filters() {
            _ if options.is_greedy() => 0,
            (false, false) => 1,
            (true, false) => 2,
            (false, true) => 3,
            (true, true) => 4,
        };
        self.penalises = penalises(options);
        self.state.write_options(gpu, &[sampling]);
        if !bias.is_empty() && bias != self.dense {
            self.state.write_bias(gpu, 0, bias);
            self.dense = bias.to_vec();
        }
        self.resume(gpu, seen, counter);
    }

    /// Sets what chosen tokens change, as [`begin`](Self::begin) does: after tokens were chosen
    /// without being noted here, or were noted but are not wanted.
    pub fn resume(&self, gpu: &Context, seen: impl IntoIterator<Item = u32>, counter: u32) {
        gpu.queue().write_buffer(&self.state.counter, 0, bytemuck::bytes_of(&counter));
        if self.penalises {
            self.state.write_seen(gpu, 0, seen);
        }
    }

    /// Kernels that write the token chosen from the first row of `logits` to the first of `out`,
    /// note it as seen, count it, and make `step` that of the one token after its last.
    ///
    /// # Errors
    /// [`Error::Shape`] when the width of the logits is not the vocabulary, or those of the
    /// device's limits.
    pub fn choices(&self, gpu: &Context, logits: &Rows, out: &Ids, step: &Step) -> Result<Choices, Error> {
        Scratch::new(gpu, &self.state, logits, 1)?.choices(gpu, &self.state, Chosen::Next(step), out)
    }

    /// Kernels that choose a token from each row of `logits`, of which there are as many as the
    /// step has tokens, and write them to `out`. They note nothing: row `i` follows token `i` of
    /// `inputs`, so that `inputs[..=i]` count as seen there, and it is the draw `i` after the next.
    ///
    /// # Errors
    /// As [`choices`](Self::choices).
    pub fn row_choices(
        &self,
        gpu: &Context,
        logits: &Rows,
        inputs: &Ids,
        out: &Ids,
    ) -> Result<Choices, Error> {
        Scratch::new(gpu, &self.state, logits, logits.rows())?.choices(
            gpu,
            &self.state,
            Chosen::EveryRow(inputs),
            out,
        )
    }

    /// The kernels for the options that were begun with.
    #[must_use]
    pub fn choose<'a>(&self, choices: &'a Choices) -> &'a [Dispatch] {
        &choices.kinds[self.kind]
    }
}
