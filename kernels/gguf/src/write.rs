//! Model files from values and tensors: what tests and benchmarks feed the reader and the engine.
//!
//! ```
//! use gguf::{Gguf, TensorType, write::Writer};
//!
//! let mut writer = Writer::new();
//! writer.set("general.architecture", "llama");
//! writer.tensor("output_norm.weight", TensorType::F32, &[8])?;
//! let file = writer.to_bytes(|_, bytes| bytes.fill(0));
//! assert_eq!(Gguf::parse(&file, file.len() as u64)?.tensors[0].len, 32);
//! # Ok::<(), gguf::Error>(())
//! ```

use crate::{Array, Error, Tensor, TensorType, Value};
use std::io;

/// Collects what a file shall hold, then writes it.
#[derive(Clone, Debug)]
pub struct Writer {
    version: u32,
    alignment: u32,
    values: Vec<(String, Value)>,
    /// Offsets are relative to the start of the data.
    tensors: Vec<Tensor>,
}

impl Default for Writer {
    fn default() -> Self {
        Self::new()
    }
}

impl Writer {
    /// An empty file of version 3, aligned to 32 bytes.
    #[must_use]
    pub fn new() -> Self {
        Self { version: 3, alignment: 32, values: Vec::new(), tensors: Vec::new() }
    }

    /// Chooses the version of the format. What the writer writes is the same in 2 and 3.
    pub fn version(&mut self, version: u32) -> &mut Self {
        self.version = version;
        self
    }

    /// Chooses the alignment (a power of two) and states it in the file. Call it before adding
    /// tensors.
    pub fn align(&mut self, alignment: u32) -> &mut Self {
        self.alignment = alignment;
        self.set("general.alignment", alignment)
    }

    /// Adds a key. Nothing stops a key from being there twice: readers must.
    pub fn set(&mut self, key: &str, value: impl Into<Value>) -> &mut Self {
        self.values.push((key.to_owned(), value.into()));
        self
    }

    /// Adds a tensor after the others. `shape` is in ggml's order: the row length first.
    ///
    /// # Errors
    /// [`Error::Shape`] when rows are not whole blocks, or bytes overflow.
    pub fn tensor(&mut self, name: &str, ty: TensorType, shape: &[u64]) -> Result<&mut Self, Error> {
        let offset = self.tensors.last().map_or(0, |last| self.aligned(last.offset + last.len));
        let len = ty.bytes(shape).filter(|len| len.checked_add(offset).is_some());
        let (name, shape) = (name.to_owned(), shape.to_owned());
        let Some(len) = len else {
            return Err(Error::Shape { name, shape });
        };
        self.tensors.push(Tensor { name, shape, ty, offset, len });
        Ok(self)
    }

    /// The bytes before the tensors' data, padding included.
    #[must_use]
    pub fn header(&self) -> Vec<u8> {
        let mut out = b"GGUF".to_vec();
        out.extend(self.version.to_le_bytes());
        out.extend((self.tensors.len() as u64).to_le_bytes());
        out.extend((self.values.len() as u64).to_le_bytes());
        for (key, value) in &self.values {
            string(&mut out, key);
            put_value(&mut out, value);
        }
        for Tensor { name, shape, ty, offset, .. } in &self.tensors {
            string(&mut out, name);
            out.extend(shape.iter().fold(0_u32, |n, _| n + 1).to_le_bytes());
            shape.iter().for_each(|n| out.extend(n.to_le_bytes()));
            out.extend(ty.id().to_le_bytes());
            out.extend(offset.to_le_bytes());
        }
        let padded = out.len().next_multiple_of(self.alignment.max(1) as usize);
        out.resize(padded, 0);
        out
    }

    /// Writes the file. `fill` is given each tensor and its bytes, all zero, to fill in.
    ///
    /// # Errors
    /// What `out` fails with.
    pub fn write(
        &self,
        out: &mut impl io::Write,
        mut fill: impl FnMut(&Tensor, &mut [u8]),
    ) -> io::Result<()> {
        out.write_all(&self.header())?;
        let mut bytes = Vec::new();
        for tensor in &self.tensors {
            let len = usize::try_from(tensor.len).map_err(io::Error::other)?;
            bytes.clear();
            bytes.resize(len.next_multiple_of(self.alignment.max(1) as usize), 0);
            fill(tensor, &mut bytes[..len]);
            out.write_all(&bytes)?;
        }
        Ok(())
    }

    /// The whole file in memory; `fill` as in [`Self::write`].
    #[must_use]
    pub fn to_bytes(&self, fill: impl FnMut(&Tensor, &mut [u8])) -> Vec<u8> {
        let mut out = Vec::new();
        self.write(&mut out, fill).expect("memory takes every write");
        out
    }

    fn aligned(&self, offset: u64) -> u64 {
        offset.next_multiple_of(u64::from(self.alignment.max(1)))
    }
}

fn put_value(out: &mut Vec<u8>, value: &Value) {
    let mut put = |id: u32, bytes: &[u8]| {
        out.extend(id.to_le_bytes());
        out.extend(bytes);
    };
    match value {
        Value::U8(v) => put(0, &v.to_le_bytes()),
        Value::I8(v) => put(1, &v.to_le_bytes()),
        Value::U16(v) => put(2, &v.to_le_bytes()),
        Value::I16(v) => put(3, &v.to_le_bytes()),
        Value::U32(v) => put(4, &v.to_le_bytes()),
        Value::I32(v) => put(5, &v.to_le_bytes()),
        Value::F32(v) => put(6, &v.to_le_bytes()),
        Value::Bool(v) => put(7, &[u8::from(*v)]),
        Value::String(v) => {
            put(8, &[]);
            string(out, v);
        }
        Value::Array(v) => {
            put(9, &[]);
            put_array(out, v);
        }
        Value::U64(v) => put(10, &v.to_le_bytes()),
        Value::I64(v) => put(11, &v.to_le_bytes()),
        Value::F64(v) => put(12, &v.to_le_bytes()),
    }
}

fn put_array(out: &mut Vec<u8>, array: &Array) {
    let mut head = |id: u32, count: usize| {
        out.extend(id.to_le_bytes());
        out.extend((count as u64).to_le_bytes());
    };
    macro_rules! numbers {
        ($id:literal, $values:expr) => {{
            head($id, $values.len());
            $values.iter().for_each(|v| out.extend(v.to_le_bytes()));
        }};
    }
    match array {
        Array::U8(v) => numbers!(0, v),
        Array::I8(v) => numbers!(1, v),
        Array::U16(v) => numbers!(2, v),
        Array::I16(v) => numbers!(3, v),
        Array::U32(v) => numbers!(4, v),
        Array::I32(v) => numbers!(5, v),
        Array::F32(v) => numbers!(6, v),
        Array::Bool(v) => {
            head(7, v.len());
            out.extend(v.iter().map(|&v| u8::from(v)));
        }
        Array::String(v) => {
            head(8, v.len());
            v.iter().for_each(|v| string(out, v));
        }
        Array::Array(v) => {
            head(9, v.len());
            v.iter().for_each(|v| put_array(out, v));
        }
        Array::U64(v) => numbers!(10, v),
        Array::I64(v) => numbers!(11, v),
        Array::F64(v) => numbers!(12, v),
    }
}

fn string(out: &mut Vec<u8>, text: &str) {
    out.extend((text.len() as u64).to_le_bytes());
    out.extend(text.as_bytes());
}
