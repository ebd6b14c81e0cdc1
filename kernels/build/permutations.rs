//! The kernels of a folder in all their permutations: one for each choice of a name from each of a
//! kernel's axes.

use super::preprocess::preprocess;
use std::fs;
use std::path::Path;

/// A `wgsl/<name>.wgsl`.
pub(crate) struct Kernel {
    pub(crate) name: String,
    pub(crate) axes: Vec<Axis>,
    pub(crate) permutations: Vec<Permutation>,
}

/// What permutations of a kernel differ in: `#each <name>: <names>`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Axis {
    pub(crate) name: String,
    /// One of them is defined; `-` stands for none.
    pub(crate) names: Vec<String>,
}

pub(crate) struct Permutation {
    /// A name of each axis.
    pub(crate) choice: Vec<String>,
    /// WGSL without `enable` lines.
    pub(crate) text: String,
}

/// The kernels of `folder/*.wgsl`, in the order of their names.
pub(crate) fn kernels(folder: &Path) -> Result<Vec<Kernel>, String> {
    let import = |name: &str| read(&folder.join("shared").join(format!("{name}.wgsl")));
    let kernel = |name: String| {
        let source = read(&folder.join(format!("{name}.wgsl")))?;
        let (axes, permutations) =
            permutations(&source, &import).map_err(|error| format!("{name}: {error}"))?;
        Ok(Kernel { name, axes, permutations })
    };
    names(folder)?.into_iter().map(kernel).collect()
}

/// A source's axes, and its permutations: all choices but those that a `#never` line excludes.
pub(crate) fn permutations(
    source: &str,
    import: &dyn Fn(&str) -> Result<String, String>,
) -> Result<(Vec<Axis>, Vec<Permutation>), String> {
    let mut axes = Vec::new();
    find_axes(source, import, &mut axes)?;
    let mut choices: Vec<Vec<String>> = vec![Vec::new()];
    for axis in &axes {
        let chosen = |before: &Vec<String>| {
            let before = before.clone();
            axis.names.iter().map(move |name| [&before[..], std::slice::from_ref(name)].concat())
        };
        choices = choices.iter().flat_map(chosen).collect();
    }
    let mut permutations = Vec::new();
    for choice in choices {
        let text =
            preprocess(source, &defines(&choice), import).map_err(|error| format!("{choice:?}: {error}"))?;
        permutations.extend(text.map(|text| Permutation { choice, text }));
    }
    Ok((axes, permutations))
}

/// The axes of a source and of what it imports, but for what an `#ifdef` may leave out.
fn find_axes(
    source: &str,
    import: &dyn Fn(&str) -> Result<String, String>,
    axes: &mut Vec<Axis>,
) -> Result<(), String> {
    let mut open = 0_usize;
    for line in source.lines() {
        let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
        match word {
            "#ifdef" => open += 1,
            "#endif" => open = open.saturating_sub(1),
            "#import" if open == 0 => find_axes(&import(rest)?, import, axes)?,
            "#each" => {
                let (name, names) = rest.split_once(':').ok_or_else(|| format!("{line}: no name"))?;
                let names = names.split_whitespace().map(str::to_owned).collect();
                let axis = Axis { name: name.to_owned(), names };
                if open == 0 && !axes.contains(&axis) {
                    axes.push(axis);
                }
            }
            _ => {}
        }
    }
    Ok(())
}

/// What a choice defines.
pub(crate) fn defines(choice: &[String]) -> Vec<&str> {
    choice.iter().map(String::as_str).filter(|&name| name != "-").collect()
}

/// The files of a folder without `.wgsl`, in order.
pub(crate) fn names(folder: &Path) -> Result<Vec<String>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let files = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    let mut names: Vec<_> = files.filter_map(|file| Some(file.strip_suffix(".wgsl")?.to_owned())).collect();
    names.sort();
    Ok(names)
}

pub(crate) fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}
