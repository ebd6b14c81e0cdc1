//! Writes the table of finished kernels.

use crate::kernels::{Kernel, finish};
use naga::valid::{Capabilities, ValidationFlags, Validator};
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

/// Preprocesses and validates every permutation, and writes `$OUT_DIR/shaders.rs`.
pub(crate) fn generate() -> Result<(), String> {
    let mut table = String::from("&[\n");
    for Kernel { name, define, text } in finish(Path::new("wgsl"))? {
        let bindings = bindings(&text).map_err(|error| format!("{name} {define}: {error}"))?;
        writeln!(
            table,
            "Shader {{ kernel: {name:?}, define: {define:?}, source: {text:?}, bindings: &[{bindings}] }},"
        )
        .map_err(|error| error.to_string())?;
    }
    table.push(']');
    let out = env::var("OUT_DIR").map_err(|error| format!("OUT_DIR: {error}"))?;
    fs::write(Path::new(&out).join("shaders.rs"), table).map_err(|error| format!("{out}: {error}"))
}

/// Validates `text` and lists its bindings as the elements of a Rust array.
fn bindings(text: &str) -> Result<String, String> {
    let module = naga::front::wgsl::parse_str(text).map_err(|error| error.emit_to_string(text))?;
    // `unpack2x16float`, which WebGPU always has: 16-bit floats in memory, not arithmetic on them.
    let capabilities = Capabilities::SHADER_FLOAT16_IN_FLOAT32;
    Validator::new(ValidationFlags::all(), capabilities)
        .validate(&module)
        .map_err(|error| error.emit_to_string(text))?;
    let mut list = Vec::new();
    for (_, variable) in module.global_variables.iter() {
        if let Some(binding) = &variable.binding {
            let access = match variable.space {
                naga::AddressSpace::Uniform => "Uniform",
                naga::AddressSpace::Storage { access } if access.contains(naga::StorageAccess::STORE) => {
                    "Write"
                }
                naga::AddressSpace::Storage { .. } => "Read",
                space => return Err(format!("no kernel uses bindings in {space:?}")),
            };
            list.push((binding.binding, access));
        }
    }
    list.sort();
    Ok(list.iter().map(|(index, access)| format!("({index}, Access::{access}), ")).collect())
}
