//! What an operation is told beside its tensors: the same for the reference, SIMD and the GPU.

mod attention;
mod kv_format;
mod rope;
mod sample;

pub use attention::Attention;
pub use kv_format::KvFormat;
pub use rope::{RopeStyle, rope_frequencies};
pub use sample::SampleOptions;
pub(crate) use sample::{FAR, STEPS, Thresholds, WHOLE};
