//! Every permutation of every kernel, checked by naga.

use crate::permutations::{defines, kernels};
use naga::valid::{Capabilities, ShaderStages, ValidationFlags, Validator};
use std::path::Path;

/// How many permutations there are: a `#each` or `#never` line that is lost shows.
const PERMUTATIONS: usize = 799;

#[test]
fn every_permutation_is_valid() {
    let kernels = kernels(&Path::new(env!("CARGO_MANIFEST_DIR")).join("wgsl")).unwrap();
    let mut count = 0;
    for kernel in &kernels {
        for permutation in &kernel.permutations {
            let defines = defines(&permutation.choice);
            let checked = validate(&defines, &permutation.text);
            assert!(checked.is_ok(), "{} {defines:?}: {}", kernel.name, checked.unwrap_err());
            count += 1;
        }
    }
    assert_eq!(count, PERMUTATIONS);
}

fn validate(defines: &[&str], text: &str) -> Result<(), String> {
    let f16 = defines.contains(&"SHADER_F16");
    let text = format!("{}{text}", if f16 { "enable f16;\n" } else { "" });
    let module = naga::front::wgsl::parse_str(&text).map_err(|error| error.emit_to_string(&text))?;
    // `unpack2x16float`, which WebGPU always has: 16-bit floats in memory, not arithmetic on them.
    let mut capabilities = Capabilities::SHADER_FLOAT16_IN_FLOAT32 | Capabilities::SUBGROUP;
    capabilities.set(Capabilities::SHADER_FLOAT16, f16);
    Validator::new(ValidationFlags::all(), capabilities)
        .subgroup_stages(ShaderStages::COMPUTE)
        .validate(&module)
        .map_err(|error| error.emit_to_string(&text))?;
    Ok(())
}
