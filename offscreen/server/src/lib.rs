//! A server that a reader has models on: Ollama, LM Studio, llama.cpp, or any other with the
//! interface that OpenAI made common. What is sent to it and what its answers mean; no request is
//! made here.
//!
//! # Tour
//!
//! * An [`Endpoint`] is where one is asked, and says whether that is this machine.
//! * [`Ask`] is a conversation to be answered, as it is sent.
//! * What comes back is hostile until it is understood: [`Events`] cuts the bytes of an answer that is
//!   written piece by piece, [`Answer`] makes text of them, [`models`] reads which models there are,
//!   and [`refusal`] what a status other than "here it is" means. All of it is bounded: a line, an
//!   answer, a list, a name.
//! * [`Error`] says what a server did, as the end of a sentence that begins with its name.

mod answer;
mod ask;
mod endpoint;
mod error;
mod events;
mod list;
mod opening;
mod refusal;

pub use answer::{Answer, End, Piece, Usage};
pub use ask::{Ask, Turn};
pub use endpoint::Endpoint;
pub use error::Error;
pub use events::Events;
pub use list::{Listed, MOST_OF_LIST, models};
pub use refusal::{MOST_OF_REFUSAL, refusal};
