//! The browser's GPU.

use crate::browser::{self, get};
use crate::{Error, compiler};
use js_sys::Reflect;
use kernels::gpu::{Context, Features};
use session::{FaultKind, GpuFault};
use std::sync::Arc;
use wasm_bindgen::{JsCast, JsValue};

/// A GPU that a model can be loaded on.
pub(crate) struct Gpu {
    /// For the decoder.
    pub(crate) context: Context,
    /// Set when the device fails.
    pub(crate) fault: GpuFault,
}

/// The browser's GPU.
///
/// # Errors
/// [`Error::Gpu`] with the reason why there is none.
pub(crate) async fn gpu() -> Result<Gpu, Error> {
    let context = Context::request(None).await.map_err(|error| Error::Gpu(error.to_string()))?;
    let fault = GpuFault::default();
    let (uncaptured, lost) = (fault.clone(), fault.clone());
    context.device().on_uncaptured_error(Arc::new(move |error: wgpu::Error| {
        let kind = match error {
            wgpu::Error::OutOfMemory { .. } => FaultKind::Memory,
            _ => FaultKind::Failure,
        };
        uncaptured.set(error.to_string(), kind);
    }));
    context.device().set_device_lost_callback(move |reason, message| {
        lost.set(format!("The GPU was lost ({reason:?}): {message}"), FaultKind::Loss);
    });
    let features = features(&context);
    let compiler = compiler::compiler(context.device());
    let mut context = context.with_features(features);
    if let Some(compiler) = compiler {
        context = context.with_compiler(compiler);
    }
    Ok(Gpu { context, fault })
}

/// What kernels may use. `wgpu` knows neither of subgroups in a browser, which the worker's script
/// adds to what it asks for, nor of WGSL's own features.
fn features(context: &Context) -> Features {
    let device = context.device();
    let has_subgroups = device.as_webgpu().is_some_and(|device| has(&get(device, "features"), "subgroups"));
    let gpu = get(&browser::worker().navigator(), "gpu");
    Features {
        subgroup: if has_subgroups { device.adapter_info().subgroup_min_size } else { 0 },
        int_dot: has(&get(&gpu, "wgslLanguageFeatures"), "packed_4x8_integer_dot_product"),
        ..context.features()
    }
}

/// Whether one of the browser's sets of names has this one.
fn has(set: &JsValue, name: &str) -> bool {
    let method = get(set, "has").dyn_into::<js_sys::Function>();
    method.and_then(|method| method.call1(set, &name.into())).is_ok_and(|found| found.is_truthy())
}

/// As [`adapter`], for a browser whose GPU was just lost: it takes it a moment to have one again.
///
/// # Errors
/// [`Error::Gpu`] when there is none after some seconds.
pub(crate) async fn adapter_again() -> Result<Adapter, Error> {
    const EVERY_MS: i32 = 250;
    for _ in 0..12 {
        if let Ok(adapter) = adapter().await {
            return Ok(adapter);
        }
        browser::sleep(EVERY_MS).await;
    }
    adapter().await
}

/// What the browser tells about its GPU before it is used.
pub(crate) struct Adapter {
    /// Description, or vendor and architecture where the browser withholds it.
    pub(crate) name: String,
    /// True when it is a program on the processor.
    pub(crate) is_software: bool,
}

/// Asks for the adapter.
///
/// # Errors
/// [`Error::Gpu`] when there is none.
pub(crate) async fn adapter() -> Result<Adapter, Error> {
    let none = |reason: &str| Error::Gpu(reason.to_owned());
    let gpu = get(&browser::worker().navigator(), "gpu");
    if gpu.is_undefined() {
        return Err(none("This browser has no WebGPU."));
    }
    let request: js_sys::Function = get(&gpu, "requestAdapter").into();
    let options = js_sys::Object::new();
    let failed = |exception: JsValue| Error::Gpu(browser::error_text(&exception));
    Reflect::set(&options, &"powerPreference".into(), &"high-performance".into()).map_err(failed)?;
    let adapter: js_sys::Promise = request.call1(&gpu, &options).map_err(failed)?.into();
    let adapter = adapter.await.map_err(failed)?;
    if adapter.is_null() {
        return Err(none("The browser found no GPU that it can use."));
    }
    let info = get(&adapter, "info");
    let text = |key| get(&info, key).as_string().unwrap_or_default();
    let description = text("description");
    let name = if description.is_empty() {
        format!("{} {}", text("vendor"), text("architecture")).trim().to_owned()
    } else {
        description
    };
    Ok(Adapter { name, is_software: get(&info, "isFallbackAdapter").is_truthy() })
}
