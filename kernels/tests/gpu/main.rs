//! Every WGSL kernel against its twin, on a real device: Vulkan natively (Mesa's lavapipe will do).
//!
//! Inputs and outputs have a row more than the step has tokens. In inputs it is NaN, so that reading it shows; in outputs
//! it is a sentinel, so that writing it shows.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod attention;
mod compile;
mod element_wise;
mod embed;
mod harness;
mod heads;
mod kv;
mod linear;
mod linear_few;
mod matmul;
mod matmul_int;
mod read;
mod sampler;
mod weight;
