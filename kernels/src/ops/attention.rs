/// The shape of one attention operation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Attention {
    /// Query heads.
    pub heads: usize,
    /// Key and value heads; each serves `heads / kv_heads` query heads (grouped queries,
    /// Ainslie et al. 2023, <https://arxiv.org/abs/2305.13245>).
    pub kv_heads: usize,
    /// Values per head.
    pub head_dim: usize,
    /// Factor on `q · k` before the softmax, usually `1 / sqrt(head_dim)`.
    pub scale: f32,
    /// How many positions back a token sees, itself included; `None` for all of them.
    pub window: Option<usize>,
}
