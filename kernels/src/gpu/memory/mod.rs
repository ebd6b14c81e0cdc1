//! What kernels read and write.

mod buffers;
mod kv_cache;
mod low_rank;
mod partials;
mod quantized_rows;
mod shard;
mod step;
mod weight;

pub use buffers::{Ids, Rotations, RowLayout, Rows};
pub use kv_cache::KvCache;
pub use low_rank::LowRank;
pub use partials::Partials;
pub use quantized_rows::QuantizedRows;
pub(super) use shard::Shard;
pub use step::{Place, Step};
pub use weight::Weight;
