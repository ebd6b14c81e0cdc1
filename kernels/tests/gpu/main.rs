//! Every WGSL kernel against its reference, on a real device: Vulkan natively (Mesa's lavapipe will
//! do).
//!
//! Inputs and outputs have a row more than the step has tokens. In inputs it is NaN, so that
//! reading it shows; in outputs it is a sentinel, so that writing it shows.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod attention;
mod compile;
mod element_wise;
mod embed;
mod harness;
mod heads;
mod kv;
mod low_rank;
mod matmul;
mod matmul_int;
mod matvec;
mod matvec_few;
mod read;
mod sampler;
mod texts;
mod weight;
