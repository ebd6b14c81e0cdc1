//! Choosing tokens, as [`reference::sample`](crate::reference::sample()), without reading logits
//! back.

use crate::gpu::device::{Context, Dispatch, Grid, Kernel, Launch, Tuning};
use crate::gpu::error::Error;
use crate::gpu::memory::{Ids, Rows, Step};
use crate::gpu::shape::same;
use crate::gpu::wgsl::{SampleDraw, SamplePick, SampleScan, SampleSelect};
use crate::ops::{SampleOptions, Thresholds, WHOLE};

/// Tokens that a vocabulary may have: sums of their probabilities must not overflow.
const LARGEST_VOCABULARY: usize = 1 << 19;

/// Threads of a workgroup, and the most workgroups of a row.
const THREADS: usize = SampleScan::THREADS;

/// Histograms of a row. As the number of one: none.
const HISTOGRAMS: usize = SampleScan::HISTOGRAMS;

/// Bytes of a histogram: 256 numbers in two parts.
const HISTOGRAM_BYTES: usize = 8 * THREADS;

/// How tokens of a vocabulary are chosen at the moment: options, bias, tokens seen, number of the
/// draw.
///
/// Made once; [`begin`](Self::begin) sets it for a generation. The kernels that choose are in
/// [`Choices`].
pub struct Sampler {
    vocab: usize,
    options: wgpu::Buffer,
    bias: wgpu::Buffer,
    seen: wgpu::Buffer,
    counter: wgpu::Buffer,
    /// What the buffer holds.
    dense: Vec<(u32, f32)>,
    kind: usize,
    penalises: bool,
}

/// Kernels that choose from some logits, for each kind of options.
pub struct Choices {
    kinds: Vec<Vec<Dispatch>>,
}

/// The histograms that each kind of options needs: greedy none, and without filters none.
const KINDS: [Option<&[usize]>; 5] =
    [None, Some(&[]), Some(&[0, 1, 2]), Some(&[3, 4, 5]), Some(&[0, 1, 2, 3, 4, 5])];

impl Sampler {
    /// A greedy sampler for this many tokens.
    ///
    /// # Errors
    /// [`Error::TooLarge`] for more than 2^19 tokens.
    pub fn new(gpu: &Context, vocab: usize) -> Result<Self, Error> {
        if vocab > LARGEST_VOCABULARY {
            let (what, limit) = ("a vocabulary".to_owned(), LARGEST_VOCABULARY as u64);
            return Err(Error::TooLarge { what, size: vocab as u64, limit });
        }
        let options = gpu.device().create_buffer(&wgpu::BufferDescriptor {
            label: Some("sampling"),
            size: 32,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        Ok(Self {
            vocab,
            options,
            bias: gpu.storage("bias", 4 * vocab as u64)?,
            seen: gpu.storage("seen", 4 * vocab.div_ceil(32) as u64)?,
            counter: gpu.storage("counter", 4)?,
            dense: Vec::new(),
            kind: 0,
            penalises: false,
        })
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
        let thresholds = Thresholds::new(options);
        self.kind = match (thresholds.top_k > 0, thresholds.top_p < WHOLE) {
            _ if options.is_greedy() => 0,
            (false, false) => 1,
            (true, false) => 2,
            (false, true) => 3,
            (true, true) => 4,
        };
        self.penalises = options.repetition_penalty != 1.0;
        let words = [
            thresholds.scale.to_bits(),
            options.repetition_penalty.to_bits(),
            options.repetition_penalty.recip().to_bits(),
            options.seed,
            thresholds.top_k,
            thresholds.top_p,
            thresholds.farthest,
            u32::from(self.penalises) | u32::from(!bias.is_empty()) << 1,
        ];
        gpu.queue().write_buffer(&self.options, 0, bytemuck::cast_slice(&words));
        if !bias.is_empty() && bias != self.dense {
            let mut dense = vec![0.0; self.vocab];
            for &(id, bias) in bias {
                if let Some(sum) = dense.get_mut(id as usize) {
                    *sum += bias;
                }
            }
            gpu.queue().write_buffer(&self.bias, 0, bytemuck::cast_slice::<f32, u8>(&dense));
            self.dense = bias.to_vec();
        }
        self.resume(gpu, seen, counter);
    }

    /// Sets what chosen tokens change, as [`begin`](Self::begin) does: after tokens were chosen
    /// without being noted here, or were noted but are not wanted.
    pub fn resume(&self, gpu: &Context, seen: impl IntoIterator<Item = u32>, counter: u32) {
        gpu.queue().write_buffer(&self.counter, 0, bytemuck::bytes_of(&counter));
        if self.penalises {
            let mut bits = vec![0_u32; self.vocab.div_ceil(32)];
            for id in seen {
                if let Some(word) = bits.get_mut(id as usize / 32) {
                    *word |= 1 << (id % 32);
                }
            }
            gpu.queue().write_buffer(&self.seen, 0, bytemuck::cast_slice(&bits));
        }
    }

    /// Kernels that write the token chosen from the first row of `logits` to the first of `out`,
    /// note it as seen, count it, and make `step` that of the one token after its last.
    ///
    /// # Errors
    /// [`Error::Shape`] when the width of the logits is not the vocabulary, or those of the
    /// device's limits.
    pub fn choices(&self, gpu: &Context, logits: &Rows, out: &Ids, step: &Step) -> Result<Choices, Error> {
        Scratch::new(gpu, self, logits, 1)?.choices(gpu, self, Chosen::Next(step), out)
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
        Scratch::new(gpu, self, logits, logits.rows())?.choices(gpu, self, Chosen::EveryRow(inputs), out)
    }

    /// The kernels for the options that were begun with.
    #[must_use]
    pub fn choose<'a>(&self, choices: &'a Choices) -> &'a [Dispatch] {
        &choices.kinds[self.kind]
    }
}

/// Which rows of logits tokens are chosen from.
#[derive(Clone, Copy)]
enum Chosen<'a> {
    /// From the first, for the next step.
    Next(&'a Step),
    /// From as many as the step has tokens, which are these.
    EveryRow(&'a Ids),
}

/// What the kernels leave for each other.
struct Scratch<'a> {
    logits: &'a wgpu::Buffer,
    bests: wgpu::Buffer,
    keys: wgpu::Buffer,
    histograms: wgpu::Buffer,
    states: wgpu::Buffer,
    groups: usize,
}

impl<'a> Scratch<'a> {
    fn new(gpu: &Context, sampler: &Sampler, logits: &'a Rows, rows: usize) -> Result<Self, Error> {
        same("sample", "the width of the logits", sampler.vocab, logits.width())?;
        // What each workgroup does before its part costs hardware nothing, since they run at once,
        // but software much.
        let most = if gpu.tuning() == Tuning::Hardware { THREADS } else { 8 };
        let groups = sampler.vocab.div_ceil(THREADS).min(most);
        let storage = |label, bytes: usize| gpu.storage(label, (rows * bytes) as u64);
        Ok(Self {
            logits: logits.buffer(),
            bests: storage("bests", 2 * groups * 8)?,
            keys: storage("keys", sampler.vocab * 4)?,
            histograms: storage("histograms", HISTOGRAMS * HISTOGRAM_BYTES)?,
            states: storage("states", HISTOGRAMS * 16)?,
            groups,
        })
    }

    fn choices(
        &self,
        gpu: &Context,
        sampler: &Sampler,
        chosen: Chosen<'_>,
        out: &Ids,
    ) -> Result<Choices, Error> {
        let kind = |slots: &Option<&[usize]>| self.kind(gpu, sampler, chosen, out, *slots);
        Ok(Choices { kinds: KINDS.iter().map(kind).collect::<Result<_, _>>()? })
    }

    /// The kernels of a kind of options: scan, select …, draw, pick; when greedy, scan and pick.
    fn kind(
        &self,
        gpu: &Context,
        sampler: &Sampler,
        chosen: Chosen<'_>,
        out: &Ids,
        slots: Option<&[usize]>,
    ) -> Result<Vec<Dispatch>, Error> {
        let draws = slots.is_some();
        let (next, inputs) = match chosen {
            Chosen::Next(step) => (Some(step), None),
            Chosen::EveryRow(inputs) => (None, Some(inputs)),
        };
        let launch = |kernel: &dyn Kernel, x| {
            let grid = Grid { x, tokens: inputs.map(|_| 1) };
            Ok::<_, Error>(Dispatch::one(Launch::new(gpu, kernel, grid)?))
        };
        let scan = SampleScan {
            draws,
            every_row: inputs.is_some(),
            vocab: sampler.vocab,
            groups: self.groups,
            sampling: &sampler.options,
            logits: self.logits,
            bias: &sampler.bias,
            seen: &sampler.seen,
            bests: &self.bests,
            keys: draws.then_some(&self.keys),
            histograms: draws.then_some(&self.histograms),
            inputs: inputs.map(Ids::buffer),
        };
        let mut dispatches = vec![launch(&scan, self.groups)?];
        if let Some(slots) = slots {
            let mut previous = HISTOGRAMS;
            for &slot in slots {
                let select = SampleSelect {
                    vocab: sampler.vocab,
                    groups: self.groups,
                    slot,
                    previous,
                    sampling: &sampler.options,
                    keys: &self.keys,
                    bests: &self.bests,
                    histograms: &self.histograms,
                    states: &self.states,
                };
                dispatches.push(launch(&select, self.groups)?);
                previous = slot;
            }
            let draw = SampleDraw {
                vocab: sampler.vocab,
                groups: self.groups,
                previous,
                sampling: &sampler.options,
                keys: &self.keys,
                bests: &self.bests,
                histograms: &self.histograms,
                states: &self.states,
                counter: &sampler.counter,
            };
            dispatches.push(launch(&draw, self.groups)?);
        }
        let pick = SamplePick {
            every_row: inputs.is_some(),
            groups: self.groups,
            drawn: draws,
            bests: &self.bests,
            out: out.buffer(),
            seen: next.map(|_| &sampler.seen),
            counter: next.map(|_| &sampler.counter),
            step: next.map(Step::buffer),
        };
        dispatches.push(launch(&pick, 1)?);
        Ok(dispatches)
    }
}
