//! The WGSL kernels as text: how they are finished, what is read from them, and that every
//! permutation is valid. What they compute is tested by `tests/gpu`.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../../build/generate.rs"]
mod generate;
#[path = "../../build/interface.rs"]
mod interface;
#[path = "../../build/permutations.rs"]
mod permutations;
#[path = "../../build/preprocess.rs"]
mod preprocess;

mod directives;
mod types;
mod validity;
