//! The kernels' text, embedded at build time (see `build.rs`) and finished for a device at run
//! time.

#[path = "../../../build/preprocess.rs"]
mod preprocess;

use crate::gpu::error::Error;

/// Every file of `wgsl`, by its name; those of `shared` begin with that.
static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/wgsl.rs"));

/// A permutation of a kernel, with its `enable` lines.
pub(super) fn finish(kernel: &'static str, defines: &[&str]) -> Result<String, Error> {
    let failed = |problem: &str| Error::shape(kernel, format!("{}: {problem}", defines.join(" ")));
    let source = file(kernel).map_err(|problem| failed(&problem))?;
    let import = |name: &str| file(&format!("shared/{name}")).map(str::to_owned);
    let text = preprocess::preprocess(source, defines, &import).map_err(|problem| failed(&problem))?;
    Ok(enables(defines) + &text.ok_or_else(|| failed("there is no such permutation"))?)
}

/// Natively, naga has subgroups without an `enable` line, and refuses it.
fn enables(defines: &[&str]) -> String {
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
    found.map(|&(_, text)| text).ok_or_else(|| format!("there is no file {name}"))
}
