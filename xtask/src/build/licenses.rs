//! The licences of the code in the engine that others wrote, for whoever gets the extension. The scripts take nothing from
//! npm: `package.json` names no dependencies but those of development.

use crate::paths::cargo;
use crate::process::output;
use crate::setup::wasm_target::TARGET;
use anyhow::{Context, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const HEADER: &str = "Sotto's engine contains the following software. Each licence stands below the packages it belongs to; \
where a package leaves a choice, all its licences are here. The source of every package, unchanged, is at the address named.\n";

/// Beginnings of the names of files that hold licences and notices.
const FILES: [&str; 5] = ["license", "licence", "copying", "copyright", "notice"];

/// A package that is linked into the engine.
struct Package {
    /// Name, version, licence and address.
    title: String,
    license: String,
    /// The texts of its licences.
    texts: Vec<String>,
}

/// Writes them all into one file.
pub(super) fn write(path: &Path) -> Result<()> {
    let mut packages = packages()?;
    // The standard library is under both of the licences that nearly every package is under.
    packages.push(Package {
        title: "Rust's standard library (MIT OR Apache-2.0) https://github.com/rust-lang/rust".to_owned(),
        license: "MIT OR Apache-2.0".to_owned(),
        texts: Vec::new(),
    });
    let mut titles = BTreeMap::<&[String], Vec<&str>>::new();
    for package in &packages {
        titles.entry(texts(package, &packages)?).or_default().push(&package.title);
    }
    let mut file = HEADER.to_owned();
    for (texts, titles) in titles {
        write!(file, "\n{}\n{}\n", "=".repeat(80), titles.join("\n"))?;
        texts.iter().try_for_each(|text| write!(file, "\n{}\n{}\n", "-".repeat(80), text.trim_end()))?;
    }
    Ok(fs::write(path, file)?)
}

/// A package's texts. Of one that was published without, those of another under the same licence.
fn texts<'a>(package: &'a Package, packages: &'a [Package]) -> Result<&'a [String]> {
    let mut candidates = std::iter::once(package).chain(packages.iter());
    let found = candidates.find(|other| !other.texts.is_empty() && other.license == package.license);
    Ok(&found.with_context(|| format!("no text for the licence of {}", package.title))?.texts)
}

/// The packages that Cargo links for the browser, but the workspace's own.
fn packages() -> Result<Vec<Package>> {
    let linked = output(
        cargo("tree")
            .args(["--package", "offscreen", "--target", TARGET, "--edges", "normal,no-proc-macro"])
            .args(["--prefix", "none", "--format", "{p}"]),
    )?;
    // Of other platforms' packages nothing need be fetched.
    let mut metadata = cargo("metadata");
    metadata.args(["--format-version", "1", "--filter-platform", TARGET]);
    let metadata: Value = serde_json::from_str(&output(&mut metadata)?)?;
    let mut packages = Vec::new();
    for package in metadata["packages"].as_array().context("cargo metadata names no packages")? {
        let text = |key: &str| package[key].as_str().unwrap_or_default();
        let id = format!("{} v{}", text("name"), text("version"));
        let is_linked = linked.lines().any(|line| line.strip_suffix(" (*)").unwrap_or(line) == id);
        if is_linked && !package["source"].is_null() {
            let folder = Path::new(text("manifest_path")).parent().context("a package in no folder")?;
            packages.push(Package {
                title: format!("{id} ({}) {}", text("license"), text("repository")),
                license: text("license").to_owned(),
                texts: read(folder)?,
            });
        }
    }
    Ok(packages)
}

/// The licences and notices in a package's folder.
fn read(folder: &Path) -> Result<Vec<String>> {
    let mut files: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    files.sort_by_key(fs::DirEntry::file_name);
    let is_license = |entry: &fs::DirEntry| {
        let name = entry.file_name().to_string_lossy().to_lowercase();
        entry.path().is_file() && FILES.iter().any(|start| name.starts_with(start))
    };
    files
        .iter()
        .filter(|entry| is_license(entry))
        .map(|entry| Ok(fs::read_to_string(entry.path())?))
        .collect()
}
