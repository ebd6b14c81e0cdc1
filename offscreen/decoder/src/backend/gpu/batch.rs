//! Several texts in a step: each token knows where it stands, and each row of logits whose it is.

use super::memory::Memory;
use super::program::{self, Scope};
use super::texts::{Text, Texts};
use super::tokens::{EXACT, Tokens};
use crate::backend::share::Share;
use crate::{Error, Sampler};
use kernels::gpu::{Choices, Context, Dispatch, Ids, Place, Rows, Step, TextRow, TextSampler, Tuning};

/// Texts side by side at most. Their logits take no more than about this many bytes.
const MOST_TEXTS: usize = 32;
const MOST_LOGITS: usize = 32 << 20;

// A step has room for one token of each text, and a row of logits.
const _: () = assert!(MOST_TEXTS <= Step::MOST_SHARES && MOST_TEXTS <= TextSampler::MOST_ROWS);

/// Texts that are written side by side at most, by a model of this vocabulary.
pub(super) fn width(tuning: Tuning, vocab: usize) -> usize {
    match tuning {
        Tuning::Hardware => (MOST_LOGITS / (4 * vocab.max(1))).clamp(8, MOST_TEXTS) / 4 * 4,
        // A processor is busy with fewer.
        Tuning::Software => 8,
    }
}

/// Everything that steps of several texts need beside what those of one do.
pub(super) struct Batch {
    pub(super) texts: Texts,
    /// Positions that a text may have: what is between the beginnings of two texts' entries.
    context: usize,
    width: usize,
    /// Tokens that a step of few takes at most: one of each text, or a short prompt.
    few_tokens: usize,
    /// The step as the layers see it, and as the rows do that tokens are chosen from.
    step: Step,
    rows: Step,
    /// The rows, and their logits.
    gathered: Rows,
    logits: Rows,
    few: Vec<Dispatch>,
    few_head: Vec<Dispatch>,
    many: Vec<Dispatch>,
    many_head: Vec<Dispatch>,
    sampler: TextSampler,
    choices: Choices,
    chosen: Ids,
}

/// What to submit for some shares: dispatches, each for so many tokens, and how many tokens are
/// chosen.
pub(super) struct Submission<'b> {
    pub(super) dispatches: Vec<(&'b Dispatch, u32)>,
    pub(super) chosen: &'b Ids,
    pub(super) wanted: usize,
}

impl Batch {
    /// For texts that begin with the first `kept` positions of the one that is alone.
    pub(super) fn new(gpu: &Context, memory: &Memory, context: usize, kept: usize) -> Result<Self, Error> {
        let head = memory.plan.head;
        let [model, vocab] = [head.x, head.logits].map(|slot| memory.plan.slots[slot.0].width);
        let width = width(gpu.tuning(), vocab);
        let logits = Rows::new(gpu, "logits of texts", width, vocab)?;
        let sampler = TextSampler::new(gpu, vocab, width)?;
        let chosen = Ids::new(gpu, width)?;
        let mut batch = Self {
            texts: Texts::new(memory.positions(), kept, width),
            context,
            width,
            few_tokens: width.max(EXACT),
            step: Step::of_texts(gpu, width * context)?,
            rows: Step::of_texts(gpu, 0)?,
            gathered: Rows::new(gpu, "rows of texts", width, model)?,
            few: Vec::new(),
            few_head: Vec::new(),
            many: Vec::new(),
            many_head: Vec::new(),
            choices: sampler.choices(gpu, &logits, &chosen)?,
            logits,
            sampler,
            chosen,
        };
        batch.bind(gpu, memory)?;
        Ok(batch)
    }

    /// Begins anew, with no text, after the first `kept` positions of the one that is alone.
    pub(super) fn restart(&mut self, memory: &Memory, kept: usize) {
        self.texts = Texts::new(memory.positions(), kept, self.width);
    }

    /// Binds what the memory has now: caches that grew, the adapter at work.
    pub(super) fn bind(&mut self, gpu: &Context, memory: &Memory) -> Result<(), Error> {
        let body = |tokens, split| program::body(gpu, memory, Scope { tokens, step: &self.step, split });
        let head = |tokens: Tokens| {
            program::head_of_rows(gpu, memory, tokens.layout(), (&self.rows, &self.gathered), &self.logits)
        };
        // Prompts are read as alone, so that what is few is the same.
        let (few, many) = (body(Tokens::Few, self.few_tokens)?, body(Tokens::Many, EXACT)?);
        let (few_head, many_head) = (head(Tokens::Few)?, head(Tokens::Many)?);
        (self.few, self.many, self.few_head, self.many_head) = (few, many, few_head, many_head);
        Ok(())
    }

    /// The kernels of steps that write, or that read up to so many tokens.
    pub(super) fn kernels(
        &self,
        tokens: u32,
    ) -> impl Iterator<Item = (&Dispatch, std::ops::RangeInclusive<u32>)> {
        let [rows, exact] = [self.few_tokens, EXACT].map(small);
        let few = self.few.iter().chain(&self.few_head).chain(self.sampler.choose(&self.choices));
        let many = self.many.iter().filter(move |_| tokens > exact);
        few.map(move |dispatch| (dispatch, 1..=rows))
            .chain(self.many_head.iter().map(move |dispatch| (dispatch, 1..=rows)))
            .chain(many.map(move |dispatch| (dispatch, exact + 1..=tokens)))
    }

    /// How many of these shares, from the first on, one step computes: all with the kernels that
    /// each has alone.
    pub(super) fn together(&self, shares: &[Share<'_, Text>], chunk: usize) -> usize {
        let kind = |share: &Share<'_, Text>| if share.ids.len() > EXACT { Tokens::Many } else { Tokens::Few };
        let Some(first) = shares.first().map(kind) else { return 0 };
        let room = if first == Tokens::Many { chunk } else { self.few_tokens };
        let mut tokens = 0;
        let fits = |share: &&Share<'_, Text>| {
            tokens += share.ids.len();
            kind(share) == first && tokens <= room
        };
        shares.iter().take_while(fits).count().max(1)
    }

    /// Says where the tokens of these shares stand and how tokens are chosen after them, by a sampler
    /// each of those whose logits are wanted, which are the first.
    ///
    /// # Errors
    /// [`Error::ContextFull`] when there are no entries left.
    pub(super) fn write(
        &mut self,
        gpu: &Context,
        memory: &Memory,
        shares: &mut [Share<'_, Text>],
        samplers: &[&Sampler],
    ) -> Result<Submission<'_>, Error> {
        let (mut ids, mut places, mut rows) = (Vec::new(), Vec::new(), Vec::new());
        for share in &mut *shares {
            let (text, end) = (&mut *share.cache, share.pos + share.ids.len());
            if !self.texts.extend(text, share.pos, end) {
                return Err(Error::ContextFull { needed: end, context: memory.positions() });
            }
            let start = text.number() * self.context;
            let unwritten = text.unwritten();
            let entries: Vec<u32> = unwritten.clone().map(|at| small(text.entry(at))).collect();
            self.step.write_entries(gpu, start + unwritten.start, &entries);
            ids.extend(share.ids);
            places.extend(
                (share.pos..end).map(|at| Place::new(small(at), small(text.entry(at)), small(start))),
            );
            if share.logits > 0 {
                rows.push(Place::new(small(places.len() - 1), 0, 0));
            }
        }
        match shares.iter().map(|share| share.row).collect::<Option<Vec<_>>>() {
            Some(rows) => memory.ids.gather(gpu, &self.chosen, &rows),
            None => memory.ids.write(gpu, &ids),
        }
        self.step.write_places(gpu, &places, shares.iter().map(|share| share.ids.len()));
        self.rows.write_places(gpu, &rows, [rows.len()]);
        let wanted = shares.iter_mut().filter(|share| share.logits > 0);
        let mut choices = Vec::new();
        for (share, sampler) in wanted.zip(samplers) {
            let row = TextRow {
                text: share.cache.number(),
                options: sampler.options(),
                bias: sampler.bias(),
                // The choice that the step before made is not accepted yet.
                draw: sampler.drawn().wrapping_add(share.row.is_some().into()),
            };
            if share.cache.begins() {
                self.sampler.begin(gpu, row, sampler.seen());
            }
            choices.push(row);
        }
        self.sampler.write(gpu, &choices);
        let is_many = shares.iter().any(|share| share.ids.len() > EXACT);
        let (body, head) = if is_many { (&self.many, &self.many_head) } else { (&self.few, &self.few_head) };
        let choose = self.sampler.choose(&self.choices);
        let on_rows = head.iter().chain(choose).filter(|_| !rows.is_empty());
        let dispatches = body.iter().map(|dispatch| (dispatch, small(ids.len())));
        let dispatches = dispatches.chain(on_rows.map(|dispatch| (dispatch, small(rows.len()))));
        Ok(Submission { dispatches: dispatches.collect(), chosen: &self.chosen, wanted: rows.len() })
    }
}

#[expect(clippy::cast_possible_truncation, reason = "positions and entries are far below 2^32")]
fn small(number: usize) -> u32 {
    number as u32
}
