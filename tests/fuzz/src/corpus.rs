//! The inputs that a target begins with.

use crate::Target;
use std::path::PathBuf;

/// The folder of a target's corpus.
pub(crate) fn folder(target: &Target) -> PathBuf {
    // Programs under WASI see this package as the root of all files.
    let package = if cfg!(target_os = "wasi") { "/" } else { env!("CARGO_MANIFEST_DIR") };
    PathBuf::from(package).join("corpus").join(target.name)
}

/// Seeds and files of a target, each with what it is called.
///
/// # Panics
/// When a file cannot be read, or there is no folder.
pub(crate) fn inputs(target: &Target) -> Vec<(String, Vec<u8>)> {
    let seeds = (target.seeds)().into_iter().zip(0..);
    let mut inputs: Vec<_> = seeds.map(|(seed, i)| (format!("seed {i}"), seed)).collect();
    let folder = folder(target);
    let Ok(entries) = folder.read_dir() else { panic!("{} has no corpus", target.name) };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    for path in paths.into_iter().filter(|path| path.file_name().is_some_and(|name| name != ".gitkeep")) {
        let input = std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        inputs.push((path.display().to_string(), input));
    }
    inputs
}
