//! The decoder on tiny seeded models, on the processor and on a GPU.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod adapters;
mod batch;
mod devices;
mod families;
mod fuse;
mod generation;
mod oracle;
mod prefill;
mod reference;
