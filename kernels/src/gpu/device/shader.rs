//! The kernels, embedded at build time (see `build.rs`) and finished for a device at run time.

#[path = "../../../build/preprocess.rs"]
mod preprocess;

use crate::gpu::error::Error;

/// How a kernel uses a binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Storage, read only.
    Read,
    /// Storage, read and written.
    Write,
    /// Uniform.
    Uniform,
}

/// Every file of `wgsl`, by its name; those of `shared` begin with that.
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/shaders.rs"));

/// The kernel's WGSL, without `enable` lines, with `defines` defined.
pub(in crate::gpu) fn finish(kernel: &str, defines: &[&str]) -> Result<String, Error> {
    let source = file(kernel).map_err(|error| Error::shape("shader", error))?;
    preprocess::preprocess(source, defines, &|name| file(&format!("shared/{name}")).map(str::to_owned))
        .map_err(|error| Error::shape("shader", format!("{kernel} {defines:?}: {error}")))
}

/// The `enable` lines of a permutation. Natively, naga has subgroups without one, and refuses it.
pub(in crate::gpu) fn enables(defines: &[&str]) -> String {
    let mut lines = String::new();
    if defines.contains(&"SHADER_F16") {
        lines += "enable f16;\n";
    }
    if cfg!(target_arch = "wasm32") && defines.contains(&"SUBGROUPS") {
        lines += "enable subgroups;\n";
    }
    lines
}

fn file(name: &str) -> Result<&'static str, String> {
    let found = FILES.iter().find(|(file, _)| *file == name);
    found.map(|&(_, text)| text).ok_or_else(|| format!("there is no kernel {name}"))
}

/// The bindings that a finished kernel declares, in order.
pub(in crate::gpu) fn bindings(wgsl: &str) -> Vec<(u32, Access)> {
    let binding = |line: &str| {
        let (index, declaration) = line.strip_prefix("@group(0) @binding(")?.split_once(')')?;
        let access = match declaration.split_once("var<")?.1.split_once('>')?.0 {
            "uniform" => Access::Uniform,
            "storage, read" => Access::Read,
            _ => Access::Write,
        };
        Some((index.parse().ok()?, access))
    };
    let mut bindings: Vec<_> = wgsl.lines().filter_map(binding).collect();
    bindings.sort_by_key(|&(index, _)| index);
    bindings
}
