//! A lexical shortlist: for each word of the source, the words that it may become. As far as it must
//! be sound before `fxtranslate` reads it.
//!
//! ```text
//! magic | checksum | how many of the most frequent words are always candidates | … of each word
//! number of offsets | number of entries   (64 bits each)
//! where each word's entries begin (64 bits each) | the entries (32 bits each)
//! ```

use crate::cursor::Cursor;
use crate::error::Error;
use crate::model_file::Sizes;

const WHAT: &str = "shortlist";

/// What the file begins with.
pub(crate) const MAGIC: u64 = 0xf11a_48d5_0134_17f5;

/// Candidates come in groups of so many, filled up with other words.
const GROUP: usize = 8;

/// Checks a file for a model of these sizes.
pub(crate) fn check(bytes: &[u8], sizes: Sizes) -> Result<(), Error> {
    let mut cursor = Cursor::new(bytes, WHAT);
    if cursor.u64()? != MAGIC {
        return Err(Error::Magic(WHAT));
    }
    let [_checksum, frequent, _best, offsets, entries] =
        [cursor.u64()?, cursor.u64()?, cursor.u64()?, cursor.u64()?, cursor.u64()?];
    if frequent == 0 || frequent > sizes.target as u64 || !sizes.target.is_multiple_of(GROUP) {
        return Err(Error::Mismatch("the shortlist's most frequent words are not the model's"));
    }
    let bytes = |count: u64, each: u64| count.checked_mul(each).ok_or(Error::Truncated(WHAT));
    let mut starts = Cursor::new(cursor.take(bytes(offsets, 8)?)?, WHAT);
    let mut words = Cursor::new(cursor.take(bytes(entries, 4)?)?, WHAT);
    let mut last = 0;
    for _ in 0..offsets {
        let start = starts.u64()?;
        if start < last || start > entries {
            return Err(Error::Mismatch("the shortlist's entries overlap"));
        }
        last = start;
    }
    for _ in 0..entries {
        if words.u32()? as usize >= sizes.target {
            return Err(Error::Mismatch("the shortlist has words that the model has not"));
        }
    }
    Ok(())
}
