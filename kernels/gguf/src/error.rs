use crate::unsupported;

/// What is wrong with a GGUF file, or with what was asked of it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The given bytes end inside the header, the file does not: parse again with at least `needed`
    /// bytes.
    #[error("{needed} bytes of the header are needed")]
    Truncated {
        /// Bytes from the start of the file that get the reader past this point.
        needed: u64,
    },
    /// The file does not begin with `GGUF`.
    #[error("this is not a GGUF file")]
    Magic,
    /// The file is for big-endian machines.
    #[error("big-endian GGUF files are not supported")]
    BigEndian,
    /// A version of the format other than 2 and 3.
    #[error("GGUF version {0} is not supported (2 and 3 are)")]
    Version(u32),
    /// The header speaks of bytes after the end of the file: it was cut off, or it lies.
    #[error("the file was cut off: it ends at byte {file_len}, but its header speaks of byte {needed}")]
    PastEnd {
        /// Where the header would have to reach.
        needed: u64,
        /// Length of the file.
        file_len: u64,
    },
    /// Something is longer than any honest file has it.
    #[error("{what} of length {len} is over the limit of {max}")]
    TooLong {
        /// What it is.
        what: &'static str,
        /// Length that the file states.
        len: u64,
        /// The longest accepted.
        max: u64,
    },
    /// A string is not UTF-8.
    #[error("the string at byte {at} is not UTF-8")]
    Utf8 {
        /// Where the string begins.
        at: u64,
    },
    /// A boolean is neither 0 nor 1.
    #[error("the boolean at byte {at} is neither 0 nor 1")]
    Bool {
        /// Where it is.
        at: u64,
    },
    /// A value of a type that the format does not have.
    #[error("the value at byte {at} has the unknown type {id}")]
    ValueType {
        /// Where the value begins.
        at: u64,
        /// The type's number.
        id: u32,
    },
    /// Arrays inside arrays inside arrays.
    #[error("the array at byte {at} is nested too deep")]
    Nesting {
        /// Where the innermost array begins.
        at: u64,
    },
    /// A key occurs twice.
    #[error("the key \"{0}\" occurs twice")]
    DuplicateKey(String),
    /// A tensor's name occurs twice.
    #[error("the tensor \"{0}\" occurs twice")]
    DuplicateTensor(String),
    /// `general.alignment` is not a power of two within bounds.
    #[error("an alignment of {0} is not supported")]
    Alignment(u32),
    /// A tensor of a type that is not supported.
    #[error("the tensor \"{name}\" is of the type {}, which is not supported", unsupported::name(*id))]
    TensorType {
        /// Name of the tensor.
        name: String,
        /// The type's number.
        id: u32,
    },
    /// A tensor's shape is not one: dimensions other than 1 to 4, empty, not whole blocks, or too
    /// large to count.
    #[error("the tensor \"{name}\" cannot have the shape {shape:?}")]
    Shape {
        /// Name of the tensor.
        name: String,
        /// The shape; empty where the number of dimensions itself is wrong.
        shape: Vec<u64>,
    },
    /// A tensor does not begin at a multiple of the alignment, or further away than can be counted.
    #[error("the tensor \"{name}\" cannot be at offset {offset} of the data")]
    Offset {
        /// Name of the tensor.
        name: String,
        /// Offset that the file states, in bytes from the start of the tensors' data.
        offset: u64,
    },
    /// Two tensors share bytes.
    #[error("the tensors \"{first}\" and \"{second}\" overlap")]
    Overlap {
        /// The one that begins first.
        first: String,
        /// The one that begins inside the first.
        second: String,
    },
    /// A key is not there.
    #[error("the file does not state {key}")]
    Missing {
        /// The key.
        key: String,
    },
    /// A key holds another type than asked for, or a number outside its range.
    #[error("{key} should be {expected}, but is {found}")]
    WrongType {
        /// The key.
        key: String,
        /// What was asked for.
        expected: &'static str,
        /// What is there.
        found: &'static str,
    },
}
