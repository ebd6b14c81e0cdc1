//! The finished kernels, embedded at build time (see `build.rs`).

/// One permutation of a kernel.
pub(super) struct Shader {
    /// The kernel's file name.
    pub(super) kernel: &'static str,
    /// The name from its `#each` line, or nothing.
    pub(super) define: &'static str,
    /// WGSL without `enable` lines.
    pub(super) source: &'static str,
    /// Its bindings in group 0, in order.
    pub(super) bindings: &'static [(u32, Access)],
}

/// How a kernel uses a binding.
#[derive(Clone, Copy)]
pub(super) enum Access {
    /// Storage, read only.
    Read,
    /// Storage, read and written.
    Write,
    /// Uniform.
    Uniform,
}

static SHADERS: &[Shader] = include!(concat!(env!("OUT_DIR"), "/shaders.rs"));

/// The kernel as finished for `define`.
pub(super) fn shader(kernel: &str, define: &str) -> Option<&'static Shader> {
    SHADERS.iter().find(|shader| shader.kernel == kernel && shader.define == define)
}
