/// Positions that are kept of a KV cache that is set aside: what stands before every question of a
/// task is shorter, and of a long text the rest is worth less than its memory.
pub(crate) const SET_ASIDE: usize = 1024;
