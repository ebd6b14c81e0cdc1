//! The SIMD versions against the reference, and the threads that they run on: natively on one
//! thread and on several, and as WebAssembly in the features of both builds of the engine, on one
//! (`cargo xtask test --only wasm`).
//!
//! The threads under Miri, which looks for data races and undefined behaviour:
//! `MIRIFLAGS="-Zmiri-ignore-leaks -Zmiri-many-seeds=0..16" cargo +nightly miri test -p kernels
//! --test simd pool` (after `rustup component add miri --toolchain nightly`).

mod argmax;
mod attention;
mod common;
mod element_wise;
mod low_rank;
mod matmul;
#[cfg(not(target_arch = "wasm32"))]
mod pool;
