//! The texts of a batch.

use crate::Sampler;
use crate::backend::Cache;
use std::collections::VecDeque;

/// One of several texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SequenceId(pub(crate) u64);

/// The texts that are written side by side.
#[derive(Default)]
pub(crate) struct Batch {
    /// In the order in which they joined.
    pub(crate) sequences: Vec<Sequence>,
    /// Texts that have joined so far.
    pub(crate) joined: u64,
    /// Of the steps that were begun and not waited for, which tokens they choose, a row each.
    pub(crate) under_way: VecDeque<Vec<SequenceId>>,
    /// Tokens of the largest step so far, whose kernels are compiled.
    pub(crate) prepared: usize,
}

/// One of them.
pub(crate) struct Sequence {
    pub(crate) id: SequenceId,
    pub(crate) adapter: Option<usize>,
    /// The prompt and what was decoded after it.
    pub(crate) text: Vec<u32>,
    /// Tokens of the prompt.
    pub(crate) prompt: usize,
    /// Tokens of it that another text had when this one joined.
    pub(crate) shared: usize,
    /// Tokens with keys and values in the cache, once it has one: those that steps under way compute
    /// too.
    pub(crate) cached: usize,
    /// Tokens that steps under way choose.
    pub(crate) coming: usize,
    pub(crate) cache: Option<Cache>,
    pub(crate) sampler: Sampler,
    pub(crate) max_tokens: usize,
}

impl Sequence {
    /// Whether its prompt is not read to its end.
    pub(crate) fn is_unread(&self) -> bool {
        self.cached < self.prompt
    }

    /// Whether its prompt is read, and it may have another token.
    pub(crate) fn is_to_write(&self) -> bool {
        !self.is_unread() && self.is_open()
    }

    /// Whether it may have another token.
    pub(crate) fn is_open(&self) -> bool {
        self.text.len() + self.coming < self.prompt + self.max_tokens
    }

    /// Tokens that another prompt begins with too.
    pub(crate) fn common(&self, adapter: Option<usize>, prompt: &[u32]) -> usize {
        if self.adapter == adapter { common(&self.text[..self.prompt], prompt) } else { 0 }
    }

    /// Positions that are set aside for it alone.
    pub(crate) fn positions(&self) -> usize {
        self.prompt + self.max_tokens - self.shared
    }
}

/// Tokens that two texts begin with.
pub(crate) fn common(a: &[u32], b: &[u32]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

impl Batch {
    /// Whether the next step reads prompts. Where steps are dear, whatever they compute, prompts that
    /// are few among those that are written wait for others.
    pub(crate) fn is_to_read(&self, waits: bool) -> bool {
        let unread = self.sequences.iter().filter(|sequence| sequence.is_unread()).count();
        let writing = self.sequences.iter().filter(|sequence| sequence.is_to_write()).count();
        if waits { unread > 0 && 4 * unread >= writing } else { unread > 0 }
    }

    /// Notes up to where the texts are cached now.
    pub(crate) fn advance(&mut self, ends: &[(SequenceId, usize)]) {
        for sequence in &mut self.sequences {
            if let Some((_, end)) = ends.iter().find(|(id, _)| *id == sequence.id) {
                sequence.cached = *end;
            }
        }
    }

    /// Appends what was chosen to those of the texts that are still there.
    pub(crate) fn accept(&mut self, ids: &[SequenceId], choices: Vec<u32>) -> Vec<(SequenceId, u32)> {
        let mut chosen: Vec<_> = ids.iter().copied().zip(choices).collect();
        chosen.retain(|&(id, token)| {
            let sequence = self.sequences.iter_mut().find(|sequence| sequence.id == id);
            sequence.is_some_and(|sequence| {
                sequence.text.push(token);
                sequence.sampler.accept(token);
                sequence.coming = sequence.coming.saturating_sub(1);
                true
            })
        });
        chosen
    }

    /// Forgets the steps that are under way: what they compute is computed again.
    pub(crate) fn forget_steps(&mut self) {
        self.under_way.clear();
        for sequence in self.sequences.iter_mut().filter(|sequence| sequence.coming > 0) {
            sequence.cached -= std::mem::take(&mut sequence.coming);
            sequence.cache.iter_mut().for_each(Cache::begin_again);
        }
    }
}
