//! Writes the table of finished kernels.

use crate::preprocess::{permutations, preprocess};
use naga::valid::{Capabilities, ValidationFlags, Validator};
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

/// Preprocesses and validates every permutation, and writes `$OUT_DIR/shaders.rs`.
pub(crate) fn generate() -> Result<(), String> {
    let mut kernels = Vec::new();
    for entry in fs::read_dir("wgsl").map_err(|error| format!("wgsl: {error}"))? {
        let path = entry.map_err(|error| format!("wgsl: {error}"))?.path();
        if path.extension().is_some_and(|extension| extension == "wgsl") {
            kernels.push(path);
        }
    }
    kernels.sort();
    let mut table = String::from("&[\n");
    for path in &kernels {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let source = read(path)?;
        for define in permutations(&source) {
            let at = |error: String| format!("{} with {define:?}: {error}", path.display());
            let text = preprocess(&source, define, &|name| {
                read(&Path::new("wgsl/shared").join(format!("{name}.wgsl")))
            })
            .map_err(at)?;
            let bindings = bindings(&text).map_err(at)?;
            writeln!(
                table,
                "Shader {{ kernel: {name:?}, define: {define:?}, source: {text:?}, bindings: &[{bindings}] }},"
            )
            .map_err(|error| error.to_string())?;
        }
    }
    table.push(']');
    let out = env::var("OUT_DIR").map_err(|error| format!("OUT_DIR: {error}"))?;
    fs::write(Path::new(&out).join("shaders.rs"), table).map_err(|error| format!("{out}: {error}"))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
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
