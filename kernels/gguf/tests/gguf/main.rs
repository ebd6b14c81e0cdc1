//! The reader against honest headers, lies and damage.

mod common;
mod fuzz;
mod properties;
mod refusals;
