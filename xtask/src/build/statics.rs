//! What goes into the extension as it is.

use crate::paths::{dist, root};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Folders whose pages, styles and pictures are copied.
const FOLDERS: [&str; 3] = ["content", "offscreen", "popup"];

const EXTENSIONS: [&str; 4] = ["css", "html", "png", "svg"];

const FILES: [&str; 3] = ["manifest.json", "LICENSE-APACHE", "LICENSE-MIT"];

/// The messages of the interface, a folder for each language: the browser looks for them at the extension's root.
const LOCALES: [&str; 2] = ["offscreen/view/locales", "_locales"];

/// Copies the manifest, the licences, pages, styles, pictures and messages into `dist/`.
pub(crate) fn copy() -> Result<()> {
    for file in FILES {
        fs::copy(root().join(file), dist().join(file)).context(file)?;
    }
    for folder in FOLDERS {
        copy_folder(&root().join(folder), &dist().join(folder), &EXTENSIONS)?;
    }
    let [from, to] = LOCALES;
    copy_folder(&root().join(from), &dist().join(to), &["json"])
}

/// Copies the files whose names end so, with the folders that they lie in.
fn copy_folder(from: &Path, to: &Path, extensions: &[&str]) -> Result<()> {
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let target = to.join(path.file_name().context("an entry without a name")?);
        if path.is_dir() {
            copy_folder(&path, &target, extensions)?;
        } else if path.extension().is_some_and(|found| extensions.iter().any(|wanted| found == *wanted)) {
            fs::create_dir_all(to)?;
            fs::copy(&path, &target).with_context(|| path.display().to_string())?;
        }
    }
    Ok(())
}

/// Adds a model, or an adapter of one.
pub(crate) fn add_model(model: &Path) -> Result<()> {
    let folder = dist().join("models");
    fs::create_dir_all(&folder)?;
    fs::copy(model, folder.join(model.file_name().context("a model without a name")?))?;
    Ok(())
}
