//! Quantised tensor operations: readable CPU twins, SIMD versions and WGSL kernels.
