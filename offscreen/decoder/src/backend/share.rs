use super::gpu::Text;
use kernels::simd::KvCache;

/// Keys and values of one text, where they are.
pub(crate) enum Cache {
    Cpu(Layers),
    Gpu(Text),
}

/// Those of each layer.
pub(crate) type Layers = Vec<KvCache>;

impl Cache {
    /// The beginning of the text, for another one, which it shares its memory with; none where there
    /// is no room for another.
    pub(crate) fn fork(&self, positions: usize) -> Option<Self> {
        match self {
            Self::Cpu(layers) => Some(Self::Cpu(layers.iter().map(|layer| layer.fork(positions)).collect())),
            Self::Gpu(text) => text.fork(positions).map(Self::Gpu),
        }
    }

    /// Forgets which tokens were chosen that were not told.
    pub(crate) fn begin_again(&mut self) {
        match self {
            Self::Cpu(_) => {}
            Self::Gpu(text) => text.begin_again(),
        }
    }
}

/// What a step computes of one text.
pub(crate) struct Share<'a, C = Cache> {
    /// Entries at and after `pos` are overwritten.
    pub(crate) cache: &'a mut C,
    /// The adapter that this text is computed with.
    pub(crate) adapter: Option<usize>,
    /// Tokens: checked and not empty.
    pub(crate) ids: &'a [u32],
    /// The only token is the one chosen from this row of the step before, whatever `ids` says.
    pub(crate) row: Option<usize>,
    /// Where the first of them stands.
    pub(crate) pos: usize,
    /// So many of them, the last, have their logits computed.
    pub(crate) logits: usize,
}

impl<'a> Share<'a> {
    /// As the processor knows it, all of whose caches are its own.
    pub(super) fn on_cpu(self) -> Option<Share<'a, Layers>> {
        let Self { cache, adapter, ids, pos, row, logits } = self;
        let Cache::Cpu(cache) = cache else { return None };
        Some(Share { cache, adapter, ids, pos, row, logits })
    }

    /// As a GPU knows it, all of whose caches are its own.
    pub(super) fn on_gpu(self) -> Option<Share<'a, Text>> {
        let Self { cache, adapter, ids, pos, row, logits } = self;
        let Cache::Gpu(cache) = cache else { return None };
        Some(Share { cache, adapter, ids, pos, row, logits })
    }
}
