//! The SIMD versions against their twins: natively, and in WebAssembly on Node.

mod forward;
mod matmul;
mod random;
