//! Tokenizers and chat templates: of the real models, and with vocabularies small enough to see
//! through.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod broken;
mod goldens;
mod sentence_piece;
mod small;
