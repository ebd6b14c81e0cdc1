use crate::cursor::Cursor;
use crate::{Error, Tensor, Value, read};
use std::collections::BTreeMap;

const MAGIC: &[u8; 4] = b"GGUF";
const MAX_KEY: u64 = 65_535;
const MAX_ALIGNMENT: u32 = 1 << 20;
const DEFAULT_ALIGNMENT: u32 = 32;

/// The most keys, and the most tensors. Honest files have some dozens, and some thousands; each takes
/// far more memory than bytes of the file.
const MAX_ENTRIES: u64 = 1 << 16;

/// Bytes of the shortest entries: a key's length, a value's type, a byte; and a tensor of one
/// dimension.
const MIN_ENTRY: u64 = 8 + 4 + 1;
const MIN_TENSOR: u64 = 8 + 4 + 8 + 4 + 8;

/// The header of a model file. Every tensor in it lies within the file and shares no byte with
/// another.
#[derive(Clone, Debug, PartialEq)]
pub struct Gguf {
    /// Version of the format: 2 or 3.
    pub version: u32,
    /// What tensors' offsets are multiples of, counted from [`Self::data_offset`].
    pub alignment: u32,
    /// Where the tensors' data begins, in bytes from the start of the file.
    pub data_offset: u64,
    /// The tensors, in the order of the file's table.
    pub tensors: Vec<Tensor>,
    pub(crate) values: BTreeMap<String, Value>,
    /// Positions in `tensors`, sorted by name.
    by_name: Vec<usize>,
}

impl Gguf {
    /// Reads the header of a file of `file_len` bytes that begins with `prefix`.
    ///
    /// # Errors
    /// [`Error::Truncated`] when `prefix` ends inside the header: call again with as many bytes as
    /// it says, or twice as many as before if that is more. Anything else is the file's fault.
    pub fn parse(prefix: &[u8], file_len: u64) -> Result<Self, Error> {
        let mut cursor = Cursor::new(prefix, file_len);
        let version = preamble(&mut cursor)?;
        let tensor_count = cursor.u64()?;
        let value_count = cursor.u64()?;
        let least =
            value_count.saturating_mul(MIN_ENTRY).saturating_add(tensor_count.saturating_mul(MIN_TENSOR));
        cursor.expect(least)?;
        for (what, len) in [("the list of keys", value_count), ("the list of tensors", tensor_count)] {
            if len > MAX_ENTRIES {
                return Err(Error::TooLong { what, len, max: MAX_ENTRIES });
            }
        }

        let mut values = BTreeMap::new();
        for _ in 0..value_count {
            let key = cursor.str("a key", MAX_KEY)?.to_owned();
            let value = read::value(&mut cursor)?;
            if values.contains_key(&key) {
                return Err(Error::DuplicateKey(key));
            }
            values.insert(key, value);
        }
        let mut tensors = Vec::new();
        for _ in 0..tensor_count {
            tensors.push(Tensor::read(&mut cursor)?);
        }
        let by_name = by_name(&tensors)?;
        let mut gguf =
            Self { version, alignment: DEFAULT_ALIGNMENT, data_offset: 0, tensors, values, by_name };
        gguf.place(cursor.at(), file_len)?;
        Ok(gguf)
    }

    /// The tensor called `name`.
    #[must_use]
    pub fn tensor(&self, name: &str) -> Option<&Tensor> {
        let found =
            self.by_name.binary_search_by(|&i| self.tensors.get(i).map(|t| t.name.as_str()).cmp(&Some(name)));
        found.ok().and_then(|i| self.tensors.get(self.by_name[i]))
    }

    /// Makes the tensors' offsets absolute, and checks that they are aligned, within the file and
    /// apart.
    fn place(&mut self, header_end: u64, file_len: u64) -> Result<(), Error> {
        self.alignment = match self.u32("general.alignment") {
            Err(Error::Missing { .. }) => DEFAULT_ALIGNMENT,
            Ok(bytes) if bytes.is_power_of_two() && bytes <= MAX_ALIGNMENT => bytes,
            Ok(bytes) => return Err(Error::Alignment(bytes)),
            Err(other) => return Err(other),
        };
        let alignment = u64::from(self.alignment);
        self.data_offset = header_end.next_multiple_of(alignment);
        for Tensor { name, offset, len, .. } in &mut self.tensors {
            let start = self.data_offset.checked_add(*offset).filter(|_| offset.is_multiple_of(alignment));
            let end = start.and_then(|start| start.checked_add(*len));
            let (Some(start), Some(end)) = (start, end) else {
                return Err(Error::Offset { name: name.clone(), offset: *offset });
            };
            if end > file_len {
                return Err(Error::PastEnd { needed: end, file_len });
            }
            *offset = start;
        }
        let mut by_offset: Vec<&Tensor> = self.tensors.iter().collect();
        by_offset.sort_unstable_by_key(|tensor| tensor.offset);
        match by_offset.windows(2).find(|pair| pair[0].offset + pair[0].len > pair[1].offset) {
            Some(pair) => Err(Error::Overlap { first: pair[0].name.clone(), second: pair[1].name.clone() }),
            None => Ok(()),
        }
    }
}

/// Checks the magic and returns the version.
fn preamble(cursor: &mut Cursor<'_>) -> Result<u32, Error> {
    match cursor.array::<4>() {
        Ok(magic) if magic == *MAGIC => {}
        Err(truncated @ Error::Truncated { .. }) => return Err(truncated),
        _ => return Err(Error::Magic),
    }
    match cursor.u32()? {
        version @ (2 | 3) => Ok(version),
        version if (2..=3).contains(&version.swap_bytes()) => Err(Error::BigEndian),
        version => Err(Error::Version(version)),
    }
}

fn by_name(tensors: &[Tensor]) -> Result<Vec<usize>, Error> {
    let name = |&i: &usize| tensors[i].name.as_str();
    let mut order: Vec<usize> = (0..tensors.len()).collect();
    order.sort_unstable_by(|a, b| name(a).cmp(name(b)));
    match order.windows(2).find(|pair| name(&pair[0]) == name(&pair[1])) {
        Some(pair) => Err(Error::DuplicateTensor(name(&pair[0]).to_owned())),
        None => Ok(order),
    }
}
