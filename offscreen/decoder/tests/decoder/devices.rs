//! Where the tests' models run.

use decoder::{Device, KvFormat, Precision};
use kernels::gpu::{Context, Features, Tuning};
use pollster::block_on;

/// The processor, as accurate as it gets.
pub(crate) fn cpu() -> Device {
    Device::cpu(Precision::Bits16)
}

/// The GPU there is, with the kernels of hardware or of software adapters and with these of its
/// features.
pub(crate) fn gpu(tuning: Tuning, features: impl FnOnce(Features) -> Features) -> Device {
    let context = block_on(Context::request(None));
    let context = context.expect("a Vulkan adapter: a driver, or mesa-vulkan-drivers for a software one");
    let features = features(context.features());
    Device::Gpu(Box::new(context.with_tuning(tuning).with_features(features)), KvFormat::F32)
}

/// All features but this, or with it: whether prefill multiplies 8-bit integers.
pub(crate) fn int_dot(int_dot: bool) -> impl Fn(Features) -> Features {
    move |features| Features { int_dot, ..features }
}
