//! A device, the pipelines made on it, what is launched, and how results come back.

mod compiler;
mod compiling;
mod context;
mod dispatch;
mod kernel;
mod pipeline;
mod readback;
mod ring;
mod shader;

pub use compiler::{Compilation, Compiler, KernelSource};
pub use compiling::Compiling;
pub use context::{Context, Features, Tuning};
pub use dispatch::Dispatch;
pub(super) use dispatch::{Grid, Launch};
pub use kernel::Access;
pub(super) use kernel::{Call, Kernel};
pub use readback::Readback;
pub use ring::Ring;
