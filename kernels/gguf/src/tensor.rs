use crate::cursor::Cursor;
use crate::{Error, TensorType};

/// The longest name accepted, in bytes. ggml itself stops at 64.
const MAX_NAME: u64 = 255;

/// Dimensions that a tensor can have.
const MAX_DIMENSIONS: u32 = 4;

/// Where a tensor is in the file, and what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tensor {
    /// Its name, such as `blk.0.attn_q.weight`: the only one of that name.
    pub name: String,
    /// One to four lengths, none of them 0. ggml's order: `shape[0]` is the contiguous row length.
    pub shape: Vec<u64>,
    /// How the elements are stored; rows are whole blocks.
    pub ty: TensorType,
    /// First byte, counted from the start of the file: within the file, and no other tensor's.
    pub offset: u64,
    /// Bytes, all within the file.
    pub len: u64,
}

impl Tensor {
    /// Reads an entry of the table. `offset` is still relative to the start of the tensors' data.
    pub(crate) fn read(cursor: &mut Cursor<'_>) -> Result<Self, Error> {
        let name = cursor.str("a tensor's name", MAX_NAME)?.to_owned();
        let dimensions = cursor.u32()?;
        if dimensions == 0 || dimensions > MAX_DIMENSIONS {
            return Err(Error::Shape { name, shape: Vec::new() });
        }
        let shape = (0..dimensions).map(|_| cursor.u64()).collect::<Result<Vec<_>, _>>()?;
        let id = cursor.u32()?;
        let offset = cursor.u64()?;
        let Some(ty) = TensorType::from_id(id) else {
            return Err(Error::TensorType { name, id });
        };
        match ty.bytes(&shape) {
            Some(len) if len > 0 => Ok(Self { name, shape, ty, offset, len }),
            _ => Err(Error::Shape { name, shape }),
        }
    }
}
