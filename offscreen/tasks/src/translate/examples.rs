//! Sentence pairs shown to a model that only continues texts, before the sentence it is to
//! translate.
//!
//! How many are worth their time was measured; see `tests/translations/README.md`.

use super::direction::Direction;
use crate::languages::EXAMPLES;

/// Shown first, always: what stands before the sentence stays in the model's cache. A second
/// attempt shows all.
const FIRST: usize = 8;

/// The text that a model continues with the translation of `sentence`, which must be one line. The
/// second attempt shows more examples than the first, after the same beginning.
pub(super) fn prompt(direction: Direction, sentence: &str, attempt: usize) -> String {
    let shown = if attempt == 0 { FIRST } else { EXAMPLES };
    let Direction { from, to } = direction;
    let mut text = String::new();
    for (source, target) in from.examples.iter().zip(to.examples).take(shown) {
        text.push_str(&format!("{}: {source}\n{}: {target}\n\n", from.name, to.name));
    }
    text.push_str(&format!("{}: {sentence}\n{}:", from.name, to.name));
    text
}
