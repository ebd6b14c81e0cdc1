//! Several texts side by side: what one step reads of the weights serves all of them.
//!
//! Texts [join](Decoder::join) and [leave](Decoder::leave) between any two [steps](Decoder::step).
//! A step either reads prompts, those of several texts together, or writes a token of each text
//! that is read. Each text has the tokens that it has when it is written alone: no sum depends on
//! what else a step computes. On a GPU, where it depends on how many of a prompt's tokens a step
//! computes, prompts are divided as they are alone.
//!
//! On a GPU the next step is begun before the tokens of the one before are known: it takes them from
//! where they were chosen.
//!
//! What a prompt has in common with one that is there already, read or about to be, is read once.
//! Together the texts take no more positions than one text of the whole context does, so their
//! memory is what was reserved for that. What they begin with in common counts once.

use crate::backend::Share;
use crate::sequence::{Batch, Sequence, SequenceId, common};
use crate::{Decoder, Error, Prefill, Sampler, Scheduler, load};
use std::cmp::Reverse;

/// A prompt that begins with so many tokens of another one that is not read yet waits for that:
/// with fewer in common, both are read sooner together.
const WORTH_WAITING: usize = 32;

/// How one of several texts is decoded.
#[derive(Clone, Debug)]
pub struct SequenceOptions {
    /// The adapter that is at work on it, if any.
    pub adapter: Option<String>,
    /// Chooses its tokens.
    pub sampler: Sampler,
    /// So many at most.
    pub max_tokens: usize,
}

/// What a step did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Of prompts; nothing where tokens were written.
    pub read: Prefill,
    /// The tokens that were chosen, each the next of its text.
    pub chosen: Vec<(SequenceId, u32)>,
}

impl Decoder {
    /// Texts that are written side by side at most.
    #[must_use]
    pub fn width(&self) -> usize {
        self.backend.width()
    }

    /// Adds a text to those that are written side by side; none when there is no room until another
    /// leaves, which is never where there is no other.
    ///
    /// # Errors
    /// [`Error::EmptyPrompt`], [`Error::Token`], [`Error::ContextFull`] when no position is left to
    /// decode, [`Error::UnknownAdapter`]; when a GPU has no memory left.
    pub fn join(&mut self, prompt: &[u32], options: &SequenceOptions) -> Result<Option<SequenceId>, Error> {
        self.check(prompt)?;
        let adapter = self.find_adapter(options.adapter.as_deref())?;
        let max_tokens = options.max_tokens.min(self.context() - prompt.len());
        let taken: usize = self.batch.sequences.iter().map(Sequence::positions).sum();
        let shared =
            self.batch.sequences.iter().map(|other| other.common(adapter, prompt)).max().unwrap_or(0);
        let wanted = prompt.len() + max_tokens - shared;
        let is_first = self.batch.sequences.is_empty();
        let is_other = !self.backend.mixes_adapters()
            && self.batch.sequences.iter().any(|sequence| sequence.adapter != adapter);
        if self.batch.sequences.len() >= self.width()
            || is_other
            || !is_first && taken + wanted > self.context()
        {
            return Ok(None);
        }
        if is_first {
            // Of the text before, what this one begins with stays: that counts as a part of this one.
            self.set_adapter(adapter)?;
            let common = common(&self.text[..self.cached], prompt);
            self.truncate(common);
            self.batch.forget_steps();
            self.backend.begin_texts(common)?;
        }
        self.backend.reserve_texts(taken + wanted)?;
        let id = SequenceId(self.batch.joined);
        self.batch.joined += 1;
        self.batch.sequences.push(Sequence {
            id,
            adapter,
            text: prompt.to_vec(),
            prompt: prompt.len(),
            shared,
            cached: 0,
            coming: 0,
            cache: None,
            sampler: options.sampler.clone(),
            max_tokens,
        });
        Ok(Some(id))
    }

    /// Takes a text away, whether it is at its end or not. What was read of its prompt is kept for
    /// the next that begins like it, where the device lets it.
    pub fn leave(&mut self, id: SequenceId) {
        let Some(at) = self.batch.sequences.iter().position(|sequence| sequence.id == id) else { return };
        let Sequence { adapter, mut text, prompt, cached, cache, .. } = self.batch.sequences.remove(at);
        if let Some(cache) = cache
            && self.set_adapter(adapter).is_ok()
        {
            // What the text before has may be a part of it.
            if let Some(kept) = self.backend.adopt(cache, prompt.min(cached)) {
                text.truncate(kept);
                self.cached = kept;
                self.text = text;
                self.has_logits = false;
            }
        }
    }

    /// Computes one step: a chunk of the prompts that are not read yet, or the next token of each
    /// text. Texts that have all their tokens get no more. `scheduler` says how long a chunk is; to
    /// let it run between steps is the caller's.
    ///
    /// # Errors
    /// A failure of the device.
    pub async fn step(&mut self, scheduler: &impl Scheduler) -> Result<Step, Error> {
        let is_wanted = self.batch.sequences.iter().any(|sequence| sequence.coming > 0);
        // Whoever waited for a step may have given up.
        if !is_wanted || self.batch.under_way.len() != self.backend.in_flight() {
            self.backend.stop_decode();
            self.batch.forget_steps();
        }
        if self.batch.under_way.is_empty() && self.batch.is_to_read(self.backend.rounds_by_step()) {
            self.read(scheduler).await
        } else {
            self.write(scheduler).await
        }
    }

    /// Reads what is unread, up to a chunk of it.
    async fn read(&mut self, scheduler: &impl Scheduler) -> Result<Step, Error> {
        let reused = self.begin_reading()?;
        let begun = |sequence: &&mut Sequence| sequence.is_unread() && sequence.cache.is_some();
        let left: usize = self.batch.sequences.iter_mut().filter(begun).map(|it| it.prompt - it.cached).sum();
        let most = self.backend.chunk().min(left);
        let chunk = scheduler.prefill_chunk(&mut self.preferred_chunk, most).clamp(1, most.max(1));
        self.prepare_texts(chunk, scheduler).await?;
        let whole = self.backend.rounds_by_step();
        let (mut room, mut shares, mut samplers, mut ids) = (chunk, Vec::new(), Vec::new(), Vec::new());
        let mut ends = Vec::new();
        let mut unread: Vec<_> = self.batch.sequences.iter_mut().filter(begun).collect();
        if whole {
            // Alike together: the kernels differ by what is left to read of a prompt.
            unread.sort_by_key(|sequence| Reverse(sequence.prompt - sequence.cached));
        }
        for sequence in unread {
            let Some(cache) = &mut sequence.cache else { continue };
            let (pos, end) = (sequence.cached, sequence.prompt.min(sequence.cached + room));
            if pos == end || whole && end < sequence.prompt && !shares.is_empty() {
                break;
            }
            room -= end - pos;
            let logits = usize::from(end == sequence.prompt && sequence.max_tokens > 0);
            let share = Share {
                cache,
                adapter: sequence.adapter,
                ids: &sequence.text[pos..end],
                pos,
                row: None,
                logits,
            };
            shares.push(share);
            ends.push((sequence.id, end));
            if logits > 0 {
                samplers.push(&sequence.sampler);
                ids.push(sequence.id);
            }
        }
        let choices = self.backend.read_together(shares, &samplers).await?;
        self.batch.advance(&ends);
        let read = Prefill { computed: chunk - room, reused };
        Ok(Step { read, chosen: self.batch.accept(&ids, choices) })
    }

    /// Finds, for each prompt that is not begun, the text that it has most in common with; gives the
    /// tokens that need not be read.
    fn begin_reading(&mut self) -> Result<usize, Error> {
        let mut reused = 0;
        for at in 0..self.batch.sequences.len() {
            if self.batch.sequences[at].cache.is_some() {
                continue;
            }
            self.set_adapter(self.batch.sequences[at].adapter)?;
            let (before, rest) = self.batch.sequences.split_at_mut(at);
            let Some((sequence, _)) = rest.split_first_mut() else { break };
            // The last token is always computed: its logits choose the next one.
            let most = sequence.prompt - 1;
            let shared = |other: &Sequence| other.common(sequence.adapter, &sequence.text).min(most);
            let read = |other: &Sequence| shared(other).min(other.cached);
            let best = before.iter().max_by_key(|other| read(other));
            let own = common(&self.text[..self.cached], &sequence.text).min(most);
            let from_other = best.map_or(0, read);
            let coming = before.iter().map(shared).max().unwrap_or(0);
            if coming >= own.max(from_other) + WORTH_WAITING {
                continue;
            }
            let (len, cache) = match best.and_then(|other| other.cache.as_ref()) {
                Some(cache) if from_other > own => (from_other, cache.fork(from_other)),
                _ => (own, self.backend.fork(own)),
            };
            (sequence.cached, sequence.cache) = (len, Some(cache.ok_or(Error::TooManyTexts)?));
            reused += len;
        }
        Ok(reused)
    }

    /// Writes a token of each text.
    async fn write(&mut self, scheduler: &impl Scheduler) -> Result<Step, Error> {
        self.prepare_texts(1, scheduler).await?;
        if self.batch.under_way.is_empty() {
            self.begin_writing()?;
        }
        // The device has work while its tokens come back. A text that is at its end with them is
        // computed for nothing.
        if self.backend.is_ahead() && !self.batch.is_to_read(self.backend.rounds_by_step()) {
            self.begin_writing()?;
        }
        let choices = self.backend.written().await?;
        let ids = self.batch.under_way.pop_front().unwrap_or_default();
        let read = Prefill { computed: 0, reused: 0 };
        Ok(Step { read, chosen: self.batch.accept(&ids, choices) })
    }

    /// Begins to write a token of each text: after those that are known, or that the step chooses
    /// which was begun last.
    fn begin_writing(&mut self) -> Result<(), Error> {
        let Batch { sequences, under_way, .. } = &mut self.batch;
        let before = under_way.back();
        let (mut shares, mut samplers, mut ids) = (Vec::new(), Vec::new(), Vec::new());
        for sequence in sequences.iter_mut().filter(|sequence| sequence.is_to_write()) {
            let row = before.and_then(|ids| ids.iter().position(|id| *id == sequence.id));
            let Some(cache) = sequence.cache.as_mut().filter(|_| before.is_none() || row.is_some()) else {
                continue;
            };
            let pos = sequence.cached;
            let known = if row.is_some() { &[0] } else { &sequence.text[pos..] };
            shares.push(Share { cache, adapter: sequence.adapter, ids: known, pos, row, logits: 1 });
            samplers.push(&sequence.sampler);
            ids.push(sequence.id);
        }
        if shares.is_empty() {
            return Ok(());
        }
        self.backend.begin_writing(shares, &samplers)?;
        for sequence in sequences.iter_mut().filter(|sequence| ids.contains(&sequence.id)) {
            sequence.cached += 1;
            sequence.coming += 1;
        }
        under_way.push_back(ids);
        Ok(())
    }

    /// Compiles what steps of so many tokens of several texts need and is not compiled.
    async fn prepare_texts(&mut self, tokens: usize, scheduler: &impl Scheduler) -> Result<(), Error> {
        if tokens > self.batch.prepared {
            load::wait(self.backend.compile_texts(tokens), scheduler).await?;
            self.batch.prepared = tokens;
        }
        Ok(())
    }
}
