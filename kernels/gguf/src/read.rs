//! Values from bytes. The numbers of the types are the format's.

use crate::cursor::Cursor;
use crate::{Array, Error, Strings, Value};

/// The longest string accepted, in bytes: chat templates are the longest that occur, well under 100
/// kB.
const MAX_STRING: u64 = 4 << 20;

/// Arrays in arrays; honest files have none.
const MAX_NESTING: u32 = 2;

/// The most arrays in an array: each takes more memory than bytes of the file.
const MAX_ARRAYS: u64 = 1 << 16;

/// Bytes of the shortest string, and of the shortest array: their lengths, and the array's type.
const MIN_STRING: u64 = 8;
const MIN_ARRAY: u64 = 12;

/// Reads a type and a value of it.
pub(crate) fn value(cursor: &mut Cursor<'_>) -> Result<Value, Error> {
    let at = cursor.at();
    Ok(match cursor.u32()? {
        0 => Value::U8(u8::from_le_bytes(cursor.array()?)),
        1 => Value::I8(i8::from_le_bytes(cursor.array()?)),
        2 => Value::U16(u16::from_le_bytes(cursor.array()?)),
        3 => Value::I16(i16::from_le_bytes(cursor.array()?)),
        4 => Value::U32(cursor.u32()?),
        5 => Value::I32(i32::from_le_bytes(cursor.array()?)),
        6 => Value::F32(f32::from_le_bytes(cursor.array()?)),
        7 => Value::Bool(boolean(at + 4, cursor.array::<1>()?[0])?),
        8 => Value::String(cursor.str("a string", MAX_STRING)?.to_owned()),
        9 => Value::Array(array(cursor, 1)?),
        10 => Value::U64(cursor.u64()?),
        11 => Value::I64(i64::from_le_bytes(cursor.array()?)),
        12 => Value::F64(f64::from_le_bytes(cursor.array()?)),
        id => return Err(Error::ValueType { at, id }),
    })
}

/// Reads an array's type, its length and its values. Nothing is set aside for values that the file
/// cannot hold.
fn array(cursor: &mut Cursor<'_>, depth: u32) -> Result<Array, Error> {
    let at = cursor.at();
    if depth > MAX_NESTING {
        return Err(Error::Nesting { at });
    }
    let id = cursor.u32()?;
    let count = cursor.u64()?;
    let start = cursor.at();
    Ok(match id {
        0 => Array::U8(numbers(cursor, count, u8::from_le_bytes)?),
        1 => Array::I8(numbers(cursor, count, i8::from_le_bytes)?),
        2 => Array::U16(numbers(cursor, count, u16::from_le_bytes)?),
        3 => Array::I16(numbers(cursor, count, i16::from_le_bytes)?),
        4 => Array::U32(numbers(cursor, count, u32::from_le_bytes)?),
        5 => Array::I32(numbers(cursor, count, i32::from_le_bytes)?),
        6 => Array::F32(numbers(cursor, count, f32::from_le_bytes)?),
        7 => {
            let bytes = cursor.take(count)?.iter();
            Array::Bool((start..).zip(bytes).map(|(at, &byte)| boolean(at, byte)).collect::<Result<_, _>>()?)
        }
        8 => {
            cursor.expect(count.saturating_mul(MIN_STRING))?;
            let mut strings = Strings::default();
            for _ in 0..count {
                strings.push(cursor.str("a string", MAX_STRING)?);
            }
            Array::String(strings)
        }
        9 => {
            cursor.expect(count.saturating_mul(MIN_ARRAY))?;
            if count > MAX_ARRAYS {
                return Err(Error::TooLong { what: "an array of arrays", len: count, max: MAX_ARRAYS });
            }
            let mut arrays = Vec::new();
            for _ in 0..count {
                arrays.push(array(cursor, depth + 1)?);
            }
            Array::Array(arrays)
        }
        10 => Array::U64(numbers(cursor, count, u64::from_le_bytes)?),
        11 => Array::I64(numbers(cursor, count, i64::from_le_bytes)?),
        12 => Array::F64(numbers(cursor, count, f64::from_le_bytes)?),
        id => return Err(Error::ValueType { at, id }),
    })
}

fn numbers<T, const N: usize>(
    cursor: &mut Cursor<'_>,
    count: u64,
    decode: fn([u8; N]) -> T,
) -> Result<Vec<T>, Error> {
    let bytes = cursor.take(count.saturating_mul(N as u64))?;
    let (chunks, _) = bytes.as_chunks::<N>();
    Ok(chunks.iter().copied().map(decode).collect())
}

fn boolean(at: u64, byte: u8) -> Result<bool, Error> {
    match byte {
        0 => Ok(false),
        1 => Ok(true),
        _ => Err(Error::Bool { at }),
    }
}
