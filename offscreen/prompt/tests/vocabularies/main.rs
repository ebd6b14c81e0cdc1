//! Tokenizers with vocabularies small enough to see through.

mod broken;
mod sentence_piece;
mod small;
