//! Checks every permutation, and writes the table of kernels that are finished at run time.

use crate::kernels::{Kernel, finish, read};
use naga::valid::{Capabilities, ValidationFlags, Validator};
use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

/// Validates every permutation, and writes `$OUT_DIR/shaders.rs`: each file's name, and its lines without comments.
pub(crate) fn generate() -> Result<(), String> {
    let folder = Path::new("wgsl");
    for Kernel { name, defines, text } in finish(folder)? {
        validate(&defines, &text).map_err(|error| format!("{name} {defines:?}: {error}"))?;
    }
    let mut table = String::from("&[\n");
    for (prefix, folder) in [("", folder.to_owned()), ("shared/", folder.join("shared"))] {
        for name in names(&folder)? {
            let text = bare(&read(&folder.join(format!("{name}.wgsl")))?);
            writeln!(table, "({:?}, {text:?}),", format!("{prefix}{name}"))
                .map_err(|error| error.to_string())?;
        }
    }
    table.push(']');
    let out = env::var("OUT_DIR").map_err(|error| format!("OUT_DIR: {error}"))?;
    fs::write(Path::new(&out).join("shaders.rs"), table).map_err(|error| format!("{out}: {error}"))
}

fn validate(defines: &[String], text: &str) -> Result<(), String> {
    let f16 = defines.iter().any(|name| name == "SHADER_F16");
    let text = format!("{}{text}", if f16 { "enable f16;\n" } else { "" });
    let module = naga::front::wgsl::parse_str(&text).map_err(|error| error.emit_to_string(&text))?;
    // `unpack2x16float`, which WebGPU always has: 16-bit floats in memory, not arithmetic on them.
    let mut capabilities = Capabilities::SHADER_FLOAT16_IN_FLOAT32 | Capabilities::SUBGROUP;
    capabilities.set(Capabilities::SHADER_FLOAT16, f16);
    Validator::new(ValidationFlags::all(), capabilities)
        .subgroup_stages(naga::valid::ShaderStages::COMPUTE)
        .validate(&module)
        .map_err(|error| error.emit_to_string(&text))?;
    Ok(())
}

/// The kernels of a folder, without `.wgsl`, in order.
fn names(folder: &Path) -> Result<Vec<String>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let files = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<_> = files.filter_map(|file| Some(file.strip_suffix(".wgsl")?.to_owned())).collect();
    names.sort();
    Ok(names)
}

/// The lines with something other than comments.
fn bare(text: &str) -> String {
    let code = text.lines().map(|line| line.split("//").next().unwrap_or("").trim());
    code.filter(|line| !line.is_empty()).flat_map(|line| [line, "\n"]).collect()
}
