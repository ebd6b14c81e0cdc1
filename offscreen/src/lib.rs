//! The engine's crate `session`, bound to the browser: a worker's clock, messages, files, GPU and
//! threads.
//!
//! # Tour
//!
//! * `engine` is what the worker's script calls: requests in, events out. `platform` gives the
//!   session what it needs of the browser; all decisions are the session's.
//! * `store` keeps model files in the browser's file system.
//! * `server` asks a server of the reader's.
//! * `devices` loads a model onto the `gpu`, whose kernels `compiler` has the browser compile
//!   meanwhile, or onto the processor, with `worker_threads` that help.
//! * `room` tells how much memory there is.
//! * `scheduler` lets the worker's event loop run while the decoder works, which is what makes
//!   cancelling work.
//! * `trace` writes what the engine does to the console, where a developer asks for it.
//! * `bench` (feature `bench`) runs the decoder as it runs here, to be timed.
//!
//! This is the only crate that names the browser's interfaces. Outside of a browser it is empty.

#![cfg(target_arch = "wasm32")]

#[cfg(feature = "bench")]
mod bench;
mod browser;
mod compiler;
mod devices;
mod engine;
mod gpu;
mod patience;
mod platform;
mod response;
mod room;
mod scheduler;
mod server;
mod store;
mod trace;
mod worker_threads;

#[cfg(feature = "bench")]
pub use bench::Bench;
pub use engine::Engine;
#[cfg(target_feature = "atomics")]
pub use worker_threads::serve;

use session::Error;
