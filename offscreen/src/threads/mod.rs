//! The threads that compute on the processor: how many, and in a browser who they are.

pub mod count;
#[cfg(target_arch = "wasm32")]
mod helpers;
#[cfg(target_arch = "wasm32")]
mod measure;

#[cfg(target_arch = "wasm32")]
pub(crate) use helpers::Helpers;
#[cfg(all(target_arch = "wasm32", target_feature = "atomics"))]
pub use helpers::serve;
#[cfg(target_arch = "wasm32")]
pub(crate) use measure::measure;

/// The threads of this process. All of them see this one: statics lie in the memory that they share.
#[cfg(target_arch = "wasm32")]
pub(crate) static POOL: kernels::simd::Pool = kernels::simd::Pool::new();
