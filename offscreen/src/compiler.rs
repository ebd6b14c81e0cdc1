//! Compiling kernels in parallel: the browser does it for what is compiled asynchronously, which
//! `wgpu` has no call for.
//!
//! What is compiled here is used by nobody. But the browser keeps it, and finds it when `wgpu` asks
//! for a pipeline of the same content: so descriptors are as `wgpu` makes them.

use crate::browser::{self, get};
use js_sys::{Array, Function, Object, Promise, Reflect};
use kernels::gpu::{Access, Compilation, Compiler, KernelSource};
use std::any::Any;
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// `GPUShaderStage.COMPUTE`.
const COMPUTE: u32 = 4;

/// A compiler for this device; none where it is no browser's.
pub(crate) fn compiler(device: &wgpu::Device) -> Option<Compiler> {
    let device: JsValue = AsRef::<JsValue>::as_ref(device.as_webgpu()?).clone();
    Some(Rc::new(move |kernel| compile(&device, kernel)))
}

fn compile(device: &JsValue, kernel: &KernelSource) -> Compilation {
    // Listens from now on: a rejection that nobody listens to ends the worker.
    let begun = begin(device, kernel).map(JsFuture::from);
    Box::pin(async move {
        let compiled = match begun {
            Ok(compiled) => compiled.await,
            Err(exception) => Err(exception),
        };
        let compiled = compiled.map_err(|exception| browser::error_text(&exception))?;
        Ok(Box::new(compiled) as Box<dyn Any>)
    })
}

fn begin(device: &JsValue, kernel: &KernelSource) -> Result<Promise, JsValue> {
    let label = ("label", kernel.name.into());
    let entries: Array = kernel.bindings.iter().map(entry).collect::<Result<_, _>>()?;
    let group = object([label.clone(), ("entries", entries.into())])?;
    let group = call(device, "createBindGroupLayout", &group)?;
    let layout = object([label.clone(), ("bindGroupLayouts", Array::of1(&group).into())])?;
    let module = object([label.clone(), ("code", (&*kernel.wgsl).into())])?;
    let mut compute =
        vec![("module", call(device, "createShaderModule", &module)?), ("entryPoint", "main".into())];
    if !kernel.constants.is_empty() {
        compute
            .push(("constants", object(kernel.constants.iter().map(|&(name, value)| (name, value.into())))?));
    }
    let pipeline = object([
        label,
        ("layout", call(device, "createPipelineLayout", &layout)?),
        ("compute", object(compute)?),
    ])?;
    Ok(call(device, "createComputePipelineAsync", &pipeline)?.unchecked_into())
}

/// A binding of a bind group's layout.
fn entry(&(binding, access): &(u32, Access)) -> Result<JsValue, JsValue> {
    let ty = match access {
        Access::Read => "read-only-storage",
        Access::Write => "storage",
        Access::Uniform => "uniform",
    };
    let buffer = object([("type", ty.into()), ("hasDynamicOffset", false.into())])?;
    object([("binding", binding.into()), ("visibility", COMPUTE.into()), ("buffer", buffer)])
}

fn object(properties: impl IntoIterator<Item = (&'static str, JsValue)>) -> Result<JsValue, JsValue> {
    let object = Object::new();
    for (name, value) in properties {
        Reflect::set(&object, &name.into(), &value)?;
    }
    Ok(object.into())
}

fn call(device: &JsValue, method: &str, descriptor: &JsValue) -> Result<JsValue, JsValue> {
    get(device, method).dyn_into::<Function>()?.call1(device, descriptor)
}
