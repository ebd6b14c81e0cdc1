//! The reader against honest headers, lies and damage.

mod common;
mod properties;
mod refusals;
