//! The real models, natively: the engine against the reference engine, the tasks on real text.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod goldens;
mod prepare;
mod resume;
mod rewrites;
mod summaries;
mod translations;
