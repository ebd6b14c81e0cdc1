//! A file's bytes to its text in blocks, in the order in which a person reads them: PDF and plain text.
//!
//! # Why this library
//!
//! Letters and their places come from `hayro-interpret` (Apache-2.0 or MIT); the table that it was chosen
//! by is in `tests/pdf/README.md`.
//!
//! A file is hostile. What its pages hold is bounded here; what it unpacks to, and how long that takes, only
//! whoever calls can bound: the extension does it with the memory of a WebAssembly module of its own, in a
//! worker that is ended when its time is over.

mod error;
mod pdf;
mod text;

pub use error::Error;

use protocol::Document;
use std::ops::ControlFlow;

/// Bytes within which a PDF says that it is one.
const HEADER: usize = 1024;

/// Reads a file. `pause` is called before each page of a PDF; when it breaks, the rest is left out.
///
/// # Errors
/// Why there is no text to be had of it.
pub fn read(bytes: Vec<u8>, mut pause: impl FnMut() -> ControlFlow<()>) -> Result<Document, Error> {
    let beginning = &bytes[..bytes.len().min(HEADER)];
    if beginning.windows(5).any(|window| window == b"%PDF-") {
        pdf::read(bytes, &mut pause)
    } else {
        text::read(&bytes)
    }
}
