//! What the reader is told where nothing was translated.

use std::fmt::Display;

/// Of a section whose own words stay.
pub(super) fn left_as_it_was(reason: impl Display) -> String {
    format!("Left as it was: {reason}.")
}

/// Of a text of which nothing was translated.
pub(super) fn no_result(reason: impl Display) -> String {
    format!("nothing could be translated: {reason}")
}
