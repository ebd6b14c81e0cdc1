//! A constructor per operation: it checks sizes, binds memory and gives what is to be launched.

mod add_bias;
mod attention;
mod embed;
mod gate;
mod heads;
mod last_row;
mod low_rank;
mod matmul;
mod matmul_int;
mod matvec;
mod norm_add;
mod product;
mod quantize;
mod read;
mod rms_norm;
mod sampler;
mod sharing;
mod tile;

pub use add_bias::add_bias;
pub use attention::{attention, attention_combine, attention_split};
pub use embed::embed;
pub use gate::gate;
pub use heads::{Heads, heads};
pub use last_row::last_row;
pub use low_rank::low_rank;
pub use matmul::{matmul, matmul_tiled};
pub use matmul_int::{has_int_kernel, matmul_int, matmul_int_tiled};
pub use matvec::{Input, Matrix, Output, Qkv, can_fuse, matvec, matvec_few, matvec_shared};
pub use norm_add::norm_add;
pub use product::Store;
pub use quantize::quantize;
pub use read::{read, read_bandwidth};
pub use rms_norm::rms_norm;
pub use sampler::{Choices, Sampler};
pub use sharing::Sharing;
pub use tile::{FLOAT_TILES, INT_TILES, Tile};
