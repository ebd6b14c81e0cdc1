//! The engine worker: session, model store and device, bound to the browser.
//!
//! # Tour
//!
//! * [`session`] is the heart and knows no browser: jobs, their queue, their output, the events. It compiles and is tested
//!   everywhere; nearly all the rest is for `wasm32` only.
//! * `engine` is what the worker's script calls: requests in, events out. `runner` takes the session's work piece by
//!   piece, and `job` runs one on the `model`, which is loaded when it is first asked something.
//! * `models` knows which of the catalogue's models and of the reader's own are there. `orders` installs and
//!   removes them; `store` keeps their files in the browser's file system.
//! * `load` gets a model ready: `place` streams the weights to the `device` that was chosen or is left, whose kernels
//!   `compiler` has the browser compile meanwhile.
//! * [`threads`] has the browser's workers help with what the processor computes, as many as make it faster.
//! * `scheduler` lets the worker's event loop run while the decoder works, which is what makes cancelling work.
//! * `error` has everything that can go wrong, `failure` says it in words.
//! * `bench` (feature `bench`) runs the decoder as it runs here, to be timed.
//!
//! This is the only crate that names the browser's interfaces.

pub mod card;
pub mod session;
pub mod threads;

#[cfg(all(target_arch = "wasm32", feature = "bench"))]
mod bench;
#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
mod compiler;
#[cfg(target_arch = "wasm32")]
mod device;
#[cfg(target_arch = "wasm32")]
mod engine;
#[cfg(target_arch = "wasm32")]
mod error;
#[cfg(target_arch = "wasm32")]
mod failure;
#[cfg(target_arch = "wasm32")]
mod job;
#[cfg(target_arch = "wasm32")]
mod load;
#[cfg(target_arch = "wasm32")]
mod model;
#[cfg(target_arch = "wasm32")]
mod models;
#[cfg(target_arch = "wasm32")]
mod orders;
#[cfg(target_arch = "wasm32")]
mod place;
#[cfg(target_arch = "wasm32")]
mod runner;
#[cfg(target_arch = "wasm32")]
mod scheduler;
#[cfg(target_arch = "wasm32")]
mod store;

#[cfg(all(target_arch = "wasm32", feature = "bench"))]
pub use bench::Bench;
#[cfg(target_arch = "wasm32")]
pub use engine::Engine;

#[cfg(target_arch = "wasm32")]
use error::Error;
