//! Text to token ids and back: tokenizer, chat template, streaming detokeniser, all built from a
//! model file's header.
//!
//! * [`Tokenizer`]: byte-level BPE on the `tokenizers` crate (`gpt2`), and SentencePiece with byte
//!   fallback (`llama`).
//! * [`Detokenizer`]: token by token back to text, never half a character.
//! * [`ChatTemplate`]: the file's own Jinja template, run with limits.
//! * [`chat_ids`]: a conversation as token ids, such that nothing in a message can become a control
//!   token: page text is hostile.

mod byte_level;
mod chat;
mod detokenizer;
mod error;
mod finder;
mod pieces;
mod pre_tokenizer;
mod sentence_piece;
mod template;
mod tokenizer;
mod vocab;

pub use chat::chat_ids;
pub use detokenizer::Detokenizer;
pub use error::Error;
pub use template::{ChatTemplate, Message, Role};
pub use tokenizer::{Special, Tokenizer};
