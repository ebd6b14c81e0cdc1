//! A vocabulary of SentencePiece (the unigram kind), as far as it must be sound before `fxtranslate`
//! reads it; and how its pieces become text again.
//!
//! The file is a message of Protocol Buffers: pieces in field 1 (text, score, kind), in field 3 how
//! text is normalised before it is cut.

use crate::cursor::Cursor;
use crate::error::Error;
use std::ops::Range;

const WHAT: &str = "vocabulary";

/// More than any vocabulary has.
const MOST_PIECES: usize = 1 << 18;

/// Bytes of a piece: what is looked up at each place of a text, and what a model can write at once.
const LONGEST_PIECE: usize = 256;

/// Bytes that a rule of the normalisation makes of a letter.
const LONGEST_RULE: usize = 256;

/// Stands for a space.
const SPACE: char = '▁';

/// What ends a sentence.
const END: &str = "</s>";

/// Kinds of pieces that are no text.
const UNKNOWN: u64 = 2;
const CONTROL: u64 = 3;

/// A piece that is one byte.
const BYTE: u64 = 6;

/// What a piece adds to a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Byte(u8),
    Nothing,
}

/// The pieces of a sound vocabulary.
pub(crate) struct Vocabulary {
    /// The text of all pieces, with spaces.
    text: String,
    /// Where each ends in it.
    pieces: Vec<(usize, Kind)>,
}

/// A field's value in a message.
enum Value<'a> {
    Number(u64),
    Float(f32),
    Bytes(&'a [u8]),
    Other,
}

impl Vocabulary {
    /// Reads and checks a file.
    pub(crate) fn read(bytes: &[u8]) -> Result<Self, Error> {
        let mut vocabulary = Self { text: String::new(), pieces: Vec::new() };
        let mut ends = false;
        let mut rules: &[u8] = &[];
        fields(bytes, |field, value| {
            match (field, value) {
                (1, Value::Bytes(piece)) => ends |= vocabulary.push(piece)?,
                (3, Value::Bytes(normaliser)) => {
                    fields(normaliser, |field, value| {
                        match (field, value) {
                            (2, Value::Bytes(bytes)) => rules = bytes,
                            (2, _) => return Err(Error::Truncated(WHAT)),
                            _ => {}
                        }
                        Ok(())
                    })?;
                    check_rules(rules)?;
                }
                (1 | 3, _) => return Err(Error::Truncated(WHAT)),
                _ => {}
            }
            Ok(())
        })?;
        match vocabulary.len() {
            0 | 1 => Err(Error::Magic(WHAT)),
            _ if !ends => Err(Error::Mismatch("the vocabulary has no end of a sentence")),
            _ => Ok(vocabulary),
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.pieces.len()
    }

    /// Adds a piece; whether it is the one that ends sentences.
    fn push(&mut self, message: &[u8]) -> Result<bool, Error> {
        let (mut text, mut kind) = ("", 1);
        fields(message, |field, value| {
            match (field, value) {
                (1, Value::Bytes(bytes)) => {
                    text = str::from_utf8(bytes).map_err(|_| Error::Truncated(WHAT))?
                }
                (2, Value::Float(score)) if score.is_finite() => {}
                (3, Value::Number(number)) => kind = number,
                (1..=3, _) => return Err(Error::Truncated(WHAT)),
                _ => {}
            }
            Ok(())
        })?;
        for (what, value, most) in [
            ("the number of pieces", self.len() + 1, MOST_PIECES),
            ("the length of a piece", text.len(), LONGEST_PIECE),
        ] {
            if value > most {
                return Err(Error::TooLarge { what, value: value as u64 });
            }
        }
        let kind = match kind {
            UNKNOWN | CONTROL => Kind::Nothing,
            BYTE => byte(text).map_or(Kind::Text, Kind::Byte),
            _ => Kind::Text,
        };
        if kind == Kind::Text {
            self.text.extend(text.chars().map(|c| if c == SPACE { ' ' } else { c }));
        }
        self.pieces.push((self.text.len(), kind));
        Ok(text == END)
    }

    fn piece(&self, id: u32) -> (&str, Kind) {
        let at = id as usize;
        let Some(&(end, kind)) = self.pieces.get(at) else { return ("", Kind::Nothing) };
        let start = at.checked_sub(1).map_or(0, |before| self.pieces[before].0);
        (&self.text[start..end], kind)
    }

    /// The text that pieces make, without white space before it; and what of it each of them makes.
    /// Bytes make a letter together, which belongs to each of them.
    pub(crate) fn decode(&self, ids: &[u32]) -> (String, Vec<Range<usize>>) {
        let mut text = String::new();
        let mut ranges: Vec<Range<usize>> = Vec::new();
        let mut left = ids;
        while let Some((&id, rest)) = left.split_first() {
            let start = text.len();
            let (piece, kind) = self.piece(id);
            let mut count = 1;
            match kind {
                Kind::Text => text.push_str(if start == 0 { piece.trim_start() } else { piece }),
                Kind::Nothing => {}
                Kind::Byte(_) => {
                    let bytes: Vec<u8> = left.iter().map_while(|id| self.byte(*id)).collect();
                    count = bytes.len();
                    text.push_str(&String::from_utf8_lossy(&bytes));
                }
            }
            ranges.extend((0..count).map(|_| start..text.len()));
            left = if count == 1 { rest } else { &left[count..] };
        }
        (text, ranges)
    }

    fn byte(&self, id: u32) -> Option<u8> {
        match self.piece(id) {
            (_, Kind::Byte(byte)) => Some(byte),
            _ => None,
        }
    }
}

/// The byte that a piece is: `<0x41>`.
fn byte(piece: &str) -> Option<u8> {
    u8::from_str_radix(piece.strip_prefix("<0x")?.strip_suffix('>')?, 16).ok()
}

/// Calls `each` with the number and the value of each field of a message.
fn fields<'a>(
    message: &'a [u8],
    mut each: impl FnMut(u64, Value<'a>) -> Result<(), Error>,
) -> Result<(), Error> {
    let mut cursor = Cursor::new(message, WHAT);
    while !cursor.rest().is_empty() {
        let key = cursor.varint()?;
        let value = match key & 7 {
            0 => Value::Number(cursor.varint()?),
            1 => cursor.u64().map(|_| Value::Other)?,
            2 => {
                let length = cursor.varint()?;
                Value::Bytes(cursor.take(length)?)
            }
            5 => Value::Float(cursor.f32()?),
            _ => return Err(Error::Truncated(WHAT)),
        };
        each(key >> 3, value)?;
    }
    Ok(())
}

/// Checks the rules of the normalisation: a trie in a double array (its length in bytes, then units of 32 bits), whose
/// leaves tell where in the texts behind it a rule's result begins.
fn check_rules(bytes: &[u8]) -> Result<(), Error> {
    // As `fxtranslate` does, which knows no rules in so few bytes.
    if bytes.len() <= 4 {
        return Ok(());
    }
    let mut cursor = Cursor::new(bytes, WHAT);
    let length = cursor.u32()?;
    let units = cursor.take(u64::from(length))?;
    let texts = cursor.rest();
    let units: Vec<u32> = units.as_chunks::<4>().0.iter().map(|bytes| u32::from_le_bytes(*bytes)).collect();
    for (at, unit) in units.iter().enumerate() {
        // What has the highest bit is a leaf; the ninth tells that one belongs to this unit.
        if unit >> 31 == 1 || unit >> 8 & 1 == 0 {
            continue;
        }
        let offset = (unit >> 10) << ((unit & 0x200) >> 6);
        let Some(leaf) = units.get(at ^ offset as usize) else { continue };
        let text = texts.get((leaf & 0x7fff_ffff) as usize..).ok_or(Error::Truncated(WHAT))?;
        if !text.iter().take(LONGEST_RULE).any(|byte| *byte == 0) {
            return Err(Error::Truncated(WHAT));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vocabulary(pieces: &[(&str, Kind)]) -> Vocabulary {
        let mut text = String::new();
        let mut ends = Vec::new();
        for (piece, kind) in pieces {
            text.push_str(piece);
            ends.push((text.len(), *kind));
        }
        Vocabulary { text, pieces: ends }
    }

    #[test]
    fn pieces_become_text() {
        let euro = "€".as_bytes();
        let vocabulary = vocabulary(&[
            ("", Kind::Nothing),
            (" it", Kind::Text),
            (" costs", Kind::Text),
            ("", Kind::Byte(euro[0])),
            ("", Kind::Byte(euro[1])),
            ("", Kind::Byte(euro[2])),
        ]);
        let (text, ranges) = vocabulary.decode(&[1, 2, 3, 4, 5, 2, 3, 0, 99]);
        assert_eq!(text, "it costs€ costs\u{fffd}");
        assert_eq!(ranges, [0..2, 2..8, 8..11, 8..11, 8..11, 11..17, 17..20, 20..20, 20..20]);
    }
}
