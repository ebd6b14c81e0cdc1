use kernels::simd::KvCache;

/// Keys and values of one text, by layer.
pub(crate) type Cache = Vec<KvCache>;

/// What a step computes of one text.
pub(crate) struct Share<'a> {
    /// Entries at and after `pos` are overwritten.
    pub(crate) cache: &'a mut Cache,
    /// The adapter that this text is computed with.
    pub(crate) adapter: Option<usize>,
    /// Tokens: checked and not empty.
    pub(crate) ids: &'a [u32],
    /// Where the first of them stands.
    pub(crate) pos: usize,
    /// So many of them, the last, have their logits computed.
    pub(crate) logits: usize,
}
