//! What compiles kernels in parallel, where something can.

use super::kernel::Access;
use std::any::Any;
use std::pin::Pin;
use std::rc::Rc;

/// What a kernel is compiled from. Whatever is compiled from an equal one is the same kernel.
#[derive(Clone, Debug, PartialEq)]
pub struct KernelSource {
    /// The kernel's name.
    pub name: &'static str,
    /// WGSL with its `enable` lines; the entry point is `main`.
    pub wgsl: Rc<str>,
    /// Values of `override` constants.
    pub constants: Vec<(&'static str, f64)>,
    /// Bindings of group 0, for compute shaders; none has a dynamic offset or a least size.
    pub bindings: Vec<(u32, Access)>,
}

/// Begins to compile a kernel when it is called, not only when the future is polled.
pub type Compiler = Rc<dyn Fn(&KernelSource) -> Compilation>;

/// Waits for a kernel. It gives what keeps the compiled kernel alive until `wgpu` has made it too,
/// or what is wrong with it.
pub type Compilation = Pin<Box<dyn Future<Output = Result<Box<dyn Any>, String>>>>;
