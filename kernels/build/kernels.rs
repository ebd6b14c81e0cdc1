//! The kernels of a folder, finished: each once per choice of one name from each of its `#each` lines.

use super::preprocess::preprocess;
use std::fs;
use std::path::Path;

/// A permutation of a kernel.
pub(crate) struct Kernel {
    /// Name of its file.
    pub(crate) name: String,
    /// The names from its `#each` lines.
    pub(crate) defines: Vec<String>,
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
        for defines in permutations(&source) {
            let import = |name: &str| read(&folder.join("shared").join(format!("{name}.wgsl")));
            let text = preprocess(&source, &defines, &import)
                .map_err(|error| format!("{name} {defines:?}: {error}"))?;
            let defines = defines.into_iter().map(str::to_owned).collect();
            kernels.push(Kernel { name: name.to_string(), defines, text });
        }
    }
    Ok(kernels)
}

/// Every choice of one name from each `#each` line of `source`; the name `-` stands for none.
pub(crate) fn permutations(source: &str) -> Vec<Vec<&str>> {
    let mut choices = vec![Vec::new()];
    for names in source.lines().filter_map(|line| line.strip_prefix("#each ")) {
        let chosen = |name| choices.iter().map(move |before: &Vec<_>| [&before[..], &[name]].concat());
        choices = names.split_whitespace().flat_map(chosen).collect();
    }
    choices.iter_mut().for_each(|names| names.retain(|&name| name != "-"));
    choices
}

pub(crate) fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
