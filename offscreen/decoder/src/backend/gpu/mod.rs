//! Runs a plan on a GPU: everything is created when the model is loaded, a step only encodes and
//! submits.
//!
//! During decode the GPU needs nobody: a step chooses its token, which the next step computes, and
//! several steps are queued. Their tokens come back in order through a ring of staging buffers.

mod batch;
mod memory;
mod program;
mod texts;
mod tokens;

use super::set_aside::SET_ASIDE;
use super::share::Share;
use super::start::Start;
use crate::fused::FusedOp;
use crate::plan::{Plan, TensorShape};
use crate::{Error, Sampler};
use batch::Batch;
use gguf::TensorType;
use kernels::LowRank;
use kernels::gpu::{self, Choices, Compiling, Context, Dispatch, Ids, Readback, Ring, Tuning};
use kernels::ops::KvFormat;
use memory::Memory;
use program::Program;
use std::collections::VecDeque;
pub(crate) use texts::Text;
use tokens::{EXACT, Tokens};

/// A model in a GPU's memory.
pub(crate) struct Gpu {
    context: Context,
    memory: Memory,
    programs: Programs,
    sampler: gpu::Sampler,
    /// Chooses the token that the next step computes.
    choices: Choices,
    verifier: Verifier,
    /// What texts side by side need, once there were any.
    batch: Option<Box<Batch>>,
    ring: Ring,
    readback: Readback,
    /// Position of the token that the next step computes.
    pos: usize,
    /// No step computes a token here or later.
    until: usize,
}

/// The forward pass for steps of each number of tokens.
struct Programs {
    one: Program,
    few: Program,
    many: Program,
}

impl Programs {
    /// With the adapter that is at work.
    fn compile(gpu: &Context, memory: &Memory) -> Result<Self, Error> {
        let [one, few, many] =
            [Tokens::One, Tokens::Few, Tokens::Many].map(|n| Program::compile(gpu, memory, n));
        Ok(Self { one: one?, few: few?, many: many? })
    }
}

/// What chooses a token after each of several.
struct Verifier {
    /// Logits of every token.
    head: Vec<Dispatch>,
    choices: Choices,
    chosen: Ids,
}

impl Gpu {
    pub(super) fn new(
        context: Context,
        kv: KvFormat,
        plan: Plan<FusedOp>,
        types: &[TensorType],
        positions: usize,
    ) -> Result<Self, Error> {
        let memory = Memory::new(&context, kv, plan, types, positions)?;
        let programs = Programs::compile(&context, &memory)?;
        let logits = memory.rows(&context, memory.plan.head.logits)?;
        let sampler = gpu::Sampler::new(&context, logits.width())?;
        let choices = sampler.choices(&context, &logits, &memory.ids, &memory.step)?;
        let verifier = Verifier::new(&context, &memory, &sampler)?;
        // Deep enough to hide that a browser looks for finished work every 2 ms; nothing is gained
        // by that on a processor.
        let depth = match context.tuning() {
            Tuning::Hardware => 6,
            Tuning::Software => 1,
        };
        let most = EXACT.max(batch::width(context.tuning(), logits.width()));
        let ring = Ring::new(&context, 4 * most as u64, depth);
        let readback = Readback::new(&context, 4 * logits.width() as u64);
        Ok(Self {
            memory,
            programs,
            sampler,
            choices,
            verifier,
            batch: None,
            ring,
            readback,
            pos: 0,
            until: 0,
            context,
        })
    }

    /// Begins to compile what a new model is used for first, so that it is done while the weights
    /// are on their way.
    pub(super) fn compile_first(&self) -> Compiling {
        self.compile(match self.context.tuning() {
            Tuning::Hardware => self.memory.chunk,
            // Compiling takes the processor's time, and prefill of many tokens at a time may never
            // be worth it there.
            Tuning::Software => EXACT,
        })
    }

    /// Begins to compile what decode and drafts need, and prefill of up to so many tokens at a
    /// time.
    pub(super) fn compile(&self, tokens: usize) -> Compiling {
        // Far below 2^32.
        let [few_most, many_most] = [EXACT, tokens].map(|tokens| u32::try_from(tokens).unwrap_or(u32::MAX));
        let heads = [&self.programs.one.head, &self.programs.few.head, &self.programs.many.head]
            .into_iter()
            .flatten();
        let one = self.programs.one.body.iter().chain(heads).chain(self.sampler.choose(&self.choices));
        let few = self.programs.few.body.iter().chain(&self.verifier.head);
        let few = few.chain(self.sampler.choose(&self.verifier.choices));
        let many = self.programs.many.body.iter().filter(|_| many_most > few_most);
        let many = many.map(|dispatch| (dispatch, few_most + 1..=many_most));
        let one = one.map(|dispatch| (dispatch, 1..=1));
        let few = few.map(|dispatch| (dispatch, 2..=few_most));
        self.context.compile(one.chain(few).chain(many))
    }

    pub(super) fn upload(&mut self, weight: usize, offset: usize, bytes: &[u8]) -> Result<(), Error> {
        Ok(self.memory.weights[weight].write(&self.context, offset as u64, bytes)?)
    }

    pub(super) fn shapes(&self) -> &[TensorShape] {
        &self.memory.plan.tensors
    }

    /// Places an adapter, and begins to compile what it needs.
    pub(super) fn set_adapter(
        &mut self,
        index: usize,
        updates: &[Option<LowRank>],
    ) -> Result<Compiling, Error> {
        let place = |update: &Option<LowRank>| {
            update.as_ref().map(|update| gpu::LowRank::new(&self.context, update)).transpose()
        };
        let placed = updates.iter().map(place).collect::<Result<_, _>>()?;
        match self.memory.adapters.get_mut(index) {
            Some(adapter) => *adapter = placed,
            None => self.memory.adapters.push(placed),
        }
        let before = self.memory.adapter;
        self.bind_adapter(Some(index))?;
        let compiling = self.compile_first();
        self.bind_adapter(before)?;
        Ok(compiling)
    }

    pub(super) fn use_adapter(&mut self, index: Option<usize>) -> Result<(), Error> {
        self.memory.exchange_caches(&self.context)?;
        self.bind_adapter(index)
    }

    fn bind_adapter(&mut self, index: Option<usize>) -> Result<(), Error> {
        self.stop_decode();
        self.memory.adapter = index;
        self.bind()
    }

    /// Binds what the memory has now.
    fn bind(&mut self) -> Result<(), Error> {
        self.programs = Programs::compile(&self.context, &self.memory)?;
        if let Some(batch) = &mut self.batch {
            batch.bind(&self.context, &self.memory)?;
        }
        Ok(())
    }

    pub(super) fn chunk(&self) -> usize {
        self.memory.chunk
    }

    pub(super) fn reserve(&mut self, positions: usize) -> Result<(), Error> {
        if self.memory.reserve(&self.context, positions)? {
            self.bind()?;
        }
        Ok(())
    }

    /// Whether a step of texts side by side is begun before the one before it is done; nothing is
    /// gained by that on a processor.
    pub(super) fn is_ahead(&self) -> bool {
        self.context.tuning() == Tuning::Hardware
    }

    /// Texts that are written side by side at most.
    pub(super) fn width(&self) -> usize {
        batch::width(self.context.tuning(), self.memory.plan.slots[self.memory.plan.head.logits.0].width)
    }

    /// Prepares for texts side by side, of which there are none yet, that begin with what is kept of
    /// the one that is alone: its first `kept` positions.
    pub(super) fn begin_texts(&mut self, kept: usize) -> Result<(), Error> {
        self.stop_decode();
        match &mut self.batch {
            Some(batch) => batch.restart(&self.memory, kept),
            None => {
                let context = self.memory.context();
                let batch = Batch::new(&self.context, &self.memory, context, kept)?;
                self.batch = Some(Box::new(batch));
            }
        }
        Ok(())
    }

    /// Makes room for texts of so many positions together, beside what is kept.
    pub(super) fn reserve_texts(&mut self, positions: usize) -> Result<(), Error> {
        let kept = self.batch.as_ref().map_or(0, |batch| batch.texts.kept());
        self.grow_texts(kept + positions)
    }

    /// Makes room for so many positions, also of texts side by side.
    fn grow_texts(&mut self, positions: usize) -> Result<(), Error> {
        let before = self.memory.positions();
        self.reserve(positions)?;
        if let Some(batch) = &self.batch {
            batch.texts.grow(before, self.memory.positions());
        }
        Ok(())
    }

    /// Begins to compile what texts side by side need, and reading up to so many of their tokens at
    /// a time.
    pub(super) fn compile_texts(&self, tokens: usize) -> Option<Compiling> {
        let tokens = u32::try_from(tokens).unwrap_or(u32::MAX);
        self.batch.as_ref().map(|batch| self.context.compile(batch.kernels(tokens)))
    }

    /// A text that begins with what is kept, up to so many positions.
    pub(super) fn fork(&self, positions: usize) -> Option<Text> {
        self.batch.as_ref()?.texts.fork(positions)
    }

    /// Keeps the beginning of a text, up to `most` positions, for others, and for the one that is
    /// alone, if more of it can be kept than is. Gives how many positions that are.
    pub(super) fn adopt(&mut self, text: Text, most: usize) -> Option<usize> {
        self.batch.as_mut()?.texts.adopt(text, most.min(SET_ASIDE))
    }

    /// Begins to compute shares of several texts, and to choose a token after each whose logits are
    /// wanted: as many of them, from the first on, as one step gives what each has alone. Gives how
    /// many that are.
    pub(super) fn begin_step(
        &mut self,
        shares: &mut [Share<'_, Text>],
        samplers: &[&Sampler],
    ) -> Result<usize, Error> {
        // A text that others were to share the beginning of may have left before they were read.
        let new: usize = shares.iter().map(|share| share.ids.len()).sum();
        let free = self.batch.as_ref().map_or(0, |batch| batch.texts.free());
        self.grow_texts(self.memory.positions() + new.saturating_sub(free))?;
        let Some(batch) = &mut self.batch else { return Err(Error::TooManyTexts) };
        let now = batch.together(shares, self.memory.chunk);
        let submission = batch.write(&self.context, &self.memory, &mut shares[..now], samplers)?;
        // One token is read where none is chosen: that a step is done must be known.
        let bytes = 4 * submission.wanted.max(1) as u64;
        self.ring.submit(&self.context, submission.dispatches, submission.chosen.buffer(), 0..bytes);
        Ok(now)
    }

    /// The tokens that the oldest step under way chose.
    pub(super) async fn end_step(&mut self) -> Result<Vec<u32>, Error> {
        Ok(self.ring.wait(&self.context).await?)
    }

    /// Computes shares of several texts, in as few steps as give each what it has alone, and chooses
    /// a token after each whose logits are wanted.
    pub(super) async fn read_together(
        &mut self,
        mut shares: &mut [Share<'_, Text>],
        mut samplers: &[&Sampler],
    ) -> Result<Vec<u32>, Error> {
        self.stop_decode();
        let (mut choices, mut under_way) = (Vec::new(), VecDeque::new());
        loop {
            if !shares.is_empty() && !self.ring.is_full() {
                let begun = self.begin_step(shares, samplers)?;
                let (now, later) = shares.split_at_mut(begun);
                let wanted = now.iter().filter(|share| share.logits > 0).count();
                (shares, samplers) = (later, &samplers[wanted..]);
                under_way.push_back(wanted);
            } else if let Some(wanted) = under_way.pop_front() {
                choices.extend(self.end_step().await?.into_iter().take(wanted));
            } else {
                break;
            }
        }
        Ok(choices)
    }

    /// Submits a step and waits until the GPU is done with it, so that no more than one is ever
    /// queued.
    pub(super) async fn forward(&mut self, ids: &[u32], pos: usize, logits: bool) -> Result<(), Error> {
        self.stop_decode();
        let tokens = self.feed(ids, pos);
        let program = match Tokens::of(ids.len()) {
            Tokens::One => &self.programs.one,
            Tokens::Few => &self.programs.few,
            Tokens::Many => &self.programs.many,
        };
        let head = if logits { &program.head[..] } else { &[] };
        let body = program.body.iter().map(|dispatch| (dispatch, tokens));
        let dispatches = body.chain(head.iter().map(|dispatch| (dispatch, 1)));
        self.ring.submit(&self.context, dispatches, self.memory.ids.buffer(), 0..4);
        self.ring.wait::<u32>(&self.context).await?;
        Ok(())
    }

    pub(super) async fn logits(&mut self) -> Result<Vec<f32>, Error> {
        let logits = self.memory.rows(&self.context, self.memory.plan.head.logits)?;
        let bytes = 4 * logits.width() as u64;
        Ok(self.readback.read(&self.context, logits.buffer(), 0..bytes).await?)
    }

    pub(super) fn start_decode(&mut self, start: Start, sampler: &Sampler) {
        self.stop_decode();
        self.set_sampler(sampler);
        (self.pos, self.until) = (start.pos, start.until);
        match start.last {
            Some(last) => {
                self.feed(&[last], self.pos);
                self.queue_step();
            }
            None => self.queue_choice(),
        }
    }

    /// The next token; the queue is full again before it is waited for.
    pub(super) async fn next_token(&mut self) -> Result<u32, Error> {
        while !self.ring.is_full() && self.pos < self.until {
            self.queue_step();
        }
        Ok(self.ring.wait(&self.context).await?.first().copied().unwrap_or(0))
    }

    pub(super) fn in_flight(&self) -> usize {
        self.ring.in_flight()
    }

    pub(super) fn drain(&mut self) {
        self.until = 0;
    }

    pub(super) fn stop_decode(&mut self) {
        self.ring.clear();
        self.until = 0;
    }

    pub(super) async fn verify(
        &mut self,
        ids: &[u32],
        pos: usize,
        sampler: &Sampler,
    ) -> Result<Vec<u32>, Error> {
        self.stop_decode();
        self.set_sampler(sampler);
        let tokens = self.feed(ids, pos);
        let choose = self.sampler.choose(&self.verifier.choices);
        let dispatches = self.programs.few.body.iter().chain(&self.verifier.head).chain(choose);
        let dispatches = dispatches.map(|dispatch| (dispatch, tokens));
        let bytes = 4 * u64::from(tokens);
        self.ring.submit(&self.context, dispatches, self.verifier.chosen.buffer(), 0..bytes);
        Ok(self.ring.wait(&self.context).await?)
    }

    /// Measured on a large GPU with models of 0.1 to 1.5 billion weights (`tools bench --verify`):
    /// a draft has to be waited for, where steps of decode follow each other without; arithmetic
    /// grows with its tokens, reading weights does not.
    pub(super) fn verify_cost(&self, ids: usize) -> f32 {
        2.3 + 0.12 * ids as f32
    }

    /// Decode begins again with an empty queue.
    pub(super) fn restart_cost(&self) -> f32 {
        2.0
    }

    /// Chooses from the logits that are there. The sampler moves the position on: it begins one
    /// before.
    fn queue_choice(&mut self) {
        self.feed(&[0], self.pos - 1);
        let dispatches = self.sampler.choose(&self.choices).iter().map(|dispatch| (dispatch, 1));
        self.ring.submit(&self.context, dispatches, self.memory.ids.buffer(), 0..4);
    }

    /// Computes the token chosen last, at the position that the GPU has counted to, and chooses
    /// another.
    fn queue_step(&mut self) {
        let choose = self.sampler.choose(&self.choices);
        let dispatches = self.programs.one.body.iter().chain(&self.programs.one.head).chain(choose);
        let dispatches = dispatches.map(|dispatch| (dispatch, 1));
        self.ring.submit(&self.context, dispatches, self.memory.ids.buffer(), 0..4);
        self.pos += 1;
    }

    fn set_sampler(&mut self, sampler: &Sampler) {
        let (options, seen) = (sampler.options(), sampler.seen());
        self.sampler.begin(&self.context, options, seen, sampler.bias(), sampler.drawn());
    }

    #[expect(clippy::cast_possible_truncation, reason = "positions and chunks are far below 2^32")]
    fn feed(&self, ids: &[u32], pos: usize) -> u32 {
        self.memory.step.write(&self.context, pos as u32, ids.len() as u32);
        self.memory.ids.write(&self.context, ids);
        ids.len() as u32
    }

    pub(super) fn weight_bytes(&self) -> u64 {
        self.memory.weight_bytes()
    }

    pub(super) fn submits(&self) -> u64 {
        self.ring.submitted()
    }

    pub(super) fn dispatches_per_token(&self) -> usize {
        let choose = self.sampler.choose(&self.choices).iter().map(|dispatch| dispatch.count(1));
        self.programs.one.launches() + choose.sum::<usize>()
    }
}

impl Verifier {
    fn new(gpu: &Context, memory: &Memory, sampler: &gpu::Sampler) -> Result<Self, Error> {
        let width = memory.plan.slots[memory.plan.head.logits.0].width;
        let logits = gpu::Rows::new(gpu, "verified logits", EXACT, width)?;
        let chosen = Ids::new(gpu, EXACT)?;
        Ok(Self {
            head: program::every_row(gpu, memory, &logits)?,
            choices: sampler.row_choices(gpu, &logits, &memory.ids, &chosen)?,
            chosen,
        })
    }
}
