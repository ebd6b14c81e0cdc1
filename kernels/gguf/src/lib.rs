//! GGUF reader: hostile bytes in, a checked header out.
//!
//! GGUF is the one-file model format of ggml: a header of typed key-value pairs, a table of
//! tensors, then the tensors' bytes. [`Gguf::parse`] reads the header and the table from the first
//! bytes of a file and checks everything it says against the file's length, so that whoever holds a
//! [`Gguf`] may trust every offset in it. It does no I/O: when the given bytes end too early,
//! [`Error::Truncated`] says how many are needed.
//!
//! - [`Gguf`]: the header, with typed getters for its values;
//! - [`Tensor`] and [`TensorType`]: name, shape, type and place of each tensor;
//! - [`Value`], [`Array`], [`Strings`]: what a key can hold;
//! - [`mod@write`]: the other direction, for tests and benchmarks.
//!
//! Format: <https://github.com/ggml-org/ggml/blob/master/docs/gguf.md>, versions 2 and 3,
//! little-endian.

mod cursor;
mod error;
mod getters;
mod header;
mod read;
mod strings;
mod tensor;
mod tensor_type;
mod unsupported;
mod value;
pub mod write;

pub use cursor::MAX_HEADER;
pub use error::Error;
pub use header::Gguf;
pub use strings::Strings;
pub use tensor::Tensor;
pub use tensor_type::TensorType;
pub use value::{Array, Value};
