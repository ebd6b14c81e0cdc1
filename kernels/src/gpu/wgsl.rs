//! The kernels of `wgsl` as types, written by `build.rs`: `wgsl/heads.wgsl` is [`Heads`], with a
//! field for each choice that its permutations differ in, each `override` constant and each
//! binding. What not every permutation declares is optional, and checked when a kernel is launched.
//! Sizes that the WGSL fixes are associated constants.

#![allow(non_camel_case_types, clippy::upper_case_acronyms, reason = "permutations have their names in WGSL")]
#![allow(dead_code, reason = "not every size that the WGSL fixes matters here")]

use super::device::{Access, Call, Kernel};
use super::error::Error;

include!(concat!(env!("OUT_DIR"), "/kernels.rs"));
