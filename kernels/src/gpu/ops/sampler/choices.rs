//! The kernels that choose.

use super::state::State;
use crate::gpu::device::{Context, Dispatch, Grid, Kernel, Launch, Tuning};
use crate::gpu::error::Error;
use crate::gpu::memory::{Ids, Rows, Step};
use crate::gpu::shape::same;
use crate::gpu::wgsl::{Noted, SampleDraw, SamplePick, SampleScan, SampleSelect};

/// Threads of a workgroup, and the most workgroups of a row.
const THREADS: usize = SampleScan::THREADS;
/// Histograms of a row. As the number of one: none.
const HISTOGRAMS: usize = SampleScan::HISTOGRAMS;
/// Bytes of a histogram: 256 numbers in two parts.
const HISTOGRAM_BYTES: usize = 8 * THREADS;

/// The histograms that each kind of options needs: greedy none, and without filters none.
const KINDS: [Option<&[usize]>; 5] =
    [None, Some(&[]), Some(&[0, 1, 2]), Some(&[3, 4, 5]), Some(&[0, 1, 2, 3, 4, 5])];

/// Kernels that choose from some logits, for each kind of options.
pub struct Choices {
    pub(super) kinds: Vec<Vec<Dispatch>>,
}

/// Which rows of logits tokens are chosen from.
#[derive(Clone, Copy)]
pub(super) enum Chosen<'a> {
    /// From the first, for the next step.
    Next(&'a Step),
    /// From as many as the step has tokens, which are these.
    EveryRow(&'a Ids),
    /// From as many as the step has tokens, each for a text of its own.
    Texts,
}

/// What the kernels leave for each other.
pub(super) struct Scratch<'a> {
    logits: &'a wgpu::Buffer,
    bests: wgpu::Buffer,
    keys: wgpu::Buffer,
    histograms: wgpu::Buffer,
    states: wgpu::Buffer,
    groups: usize,
}

impl<'a> Scratch<'a> {
    pub(super) fn new(gpu: &Context, sampler: &State, logits: &'a Rows, rows: usize) -> Result<Self, Error> {
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

    pub(super) fn choices(
        &self,
        gpu: &Context,
        sampler: &State,
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
        sampler: &State,
        chosen: Chosen<'_>,
        out: &Ids,
        slots: Option<&[usize]>,
    ) -> Result<Vec<Dispatch>, Error> {
        let draws = slots.is_some();
        let (noted, next, inputs) = match chosen {
            Chosen::Next(step) => (Noted::NEXT, Some(step), None),
            Chosen::EveryRow(inputs) => (Noted::OF_DRAFT, None, Some(inputs)),
            Chosen::Texts => (Noted::OF_TEXTS, None, None),
        };
        let texts = noted == Noted::OF_TEXTS;
        let launch = |kernel: &dyn Kernel, x| {
            let grid = Grid { x, tokens: if next.is_some() { None } else { Some(1) } };
            Ok::<_, Error>(Dispatch::one(Launch::new(gpu, kernel, grid)?))
        };
        let scan = SampleScan {
            draws,
            every_row: inputs.is_some(),
            vocab: sampler.vocab,
            groups: self.groups,
            texts,
            samplings: &sampler.options,
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
                    texts,
                    samplings: &sampler.options,
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
                texts,
                samplings: &sampler.options,
                keys: &self.keys,
                bests: &self.bests,
                histograms: &self.histograms,
                states: &self.states,
                counter: &sampler.counter,
            };
            dispatches.push(launch(&draw, self.groups)?);
        }
        let pick = SamplePick {
            noted,
            groups: self.groups,
            draws,
            texts,
            vocab: texts.then_some(sampler.vocab),
            samplings: &sampler.options,
            bests: &self.bests,
            out: out.buffer(),
            seen: (noted != Noted::OF_DRAFT).then_some(&sampler.seen),
            counter: next.map(|_| &sampler.counter),
            step: next.map(Step::buffer),
        };
        dispatches.push(launch(&pick, 1)?);
        Ok(dispatches)
    }
}
