//! The kernels of a folder, finished: each once per name on its `#each` line.

use super::preprocess::{permutations, preprocess};
use std::fs;
use std::path::Path;

/// A permutation of a kernel.
pub(crate) struct Kernel {
    /// Name of its file.
    pub(crate) name: String,
    /// The name from its `#each` line, or nothing.
    pub(crate) define: String,
    /// WGSL without `enable` lines.
    pub(crate) text: String,
}

/// Preprocesses every permutation of `folder/*.wgsl`, in the order of their names.
pub(crate) fn finish(folder: &Path) -> Result<Vec<Kernel>, String> {
    let at = |error| format!("{}: {error}", folder.display());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder).map_err(at)? {
        let path = entry.map_err(at)?.path();
        if path.extension().is_some_and(|extension| extension == "wgsl") {
            paths.push(path);
        }
    }
    paths.sort();
    let mut kernels = Vec::new();
    for path in &paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let source = read(path)?;
        for define in permutations(&source) {
            let import = |name: &str| read(&folder.join("shared").join(format!("{name}.wgsl")));
            let text =
                preprocess(&source, define, &import).map_err(|error| format!("{name} {define}: {error}"))?;
            kernels.push(Kernel { name: name.to_string(), define: define.to_owned(), text });
        }
    }
    Ok(kernels)
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
