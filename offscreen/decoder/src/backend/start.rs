/// Where decode begins.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Start {
    /// A token that was chosen and not computed: it stands at `pos`. None: the first token is
    /// chosen from the last step's logits.
    pub(crate) last: Option<u32>,
    /// Position of the next token that is computed.
    pub(crate) pos: usize,
    /// No token at this position or later is computed: neither that many are asked for, nor may be
    /// computed ahead.
    pub(crate) until: usize,
}
