//! What a command needs on the machine: found, or fetched, or a clear word on how to get it.

pub(crate) mod apt;
pub(crate) mod cargo_deny;
pub(crate) mod chromium;
pub(crate) mod llama;
pub(crate) mod model;
pub(crate) mod npm;
pub(crate) mod rust_src;
pub(crate) mod shape;
pub(crate) mod wasm_target;
