//! The products of real models, and numbers to fill them with.

/// The sizes of a model's products.
#[derive(Clone, Copy)]
pub(crate) struct Model {
    pub(crate) name: &'static str,
    pub(crate) layers: usize,
    width: usize,
    ffn: usize,
    kv_width: usize,
}

/// A product of every layer.
#[derive(Clone, Copy)]
pub(crate) struct Product {
    pub(crate) name: &'static str,
    pub(crate) rows: usize,
    pub(crate) cols: usize,
}

/// The models there are.
pub(crate) const MODELS: [Model; 2] = [
    Model { name: "qwen2.5-0.5b", layers: 24, width: 896, ffn: 4864, kv_width: 128 },
    Model { name: "qwen2.5-1.5b", layers: 28, width: 1536, ffn: 8960, kv_width: 256 },
];

impl Model {
    pub(crate) fn products(self) -> [Product; 4] {
        let Self { width, ffn, kv_width, .. } = self;
        [
            Product { name: "qkv", rows: width + 2 * kv_width, cols: width },
            Product { name: "o", rows: width, cols: width },
            Product { name: "gate_up", rows: 2 * ffn, cols: width },
            Product { name: "down", rows: width, cols: ffn },
        ]
    }
}

fn random() -> impl Iterator<Item = u64> {
    let next =
        |state: &u64| Some((state ^ (state << 13)).rotate_left(17).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    std::iter::successors(Some(1_u64), next)
}

/// Bytes of which any two make a scale of ordinary size.
pub(crate) fn random_bytes(len: usize) -> Vec<u8> {
    let bytes = random().flat_map(|bits| (bits & 0x2f2f_2f2f_2f2f_2f2f).to_le_bytes());
    bytes.take(len).collect()
}

/// Values in -1..1.
pub(crate) fn random_values(len: usize) -> Vec<f32> {
    random().map(|bits| (bits >> 40) as f32 / (1_u64 << 23) as f32 - 1.0).take(len).collect()
}
