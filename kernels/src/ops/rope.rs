/// How a head's values are paired for rotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RopeStyle {
    /// Neighbours `(2i, 2i+1)`: GGUF files of the llama family, whose Q and K rows are permuted for
    /// it.
    Interleaved,
    /// Halves `(i, i + head_dim/2)`: the "NeoX" order of most other families.
    Halves,
}

/// Angular frequencies `base^(-2i/head_dim)` for the `head_dim / 2` pairs of a head
/// (Su et al. 2021, <https://arxiv.org/abs/2104.09864>).
#[must_use]
pub fn rope_frequencies(base: f32, head_dim: usize) -> Vec<f32> {
    (0..head_dim / 2).map(|i| base.powf(-2.0 * i as f32 / head_dim as f32)).collect()
}
