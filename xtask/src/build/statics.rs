//! What goes into the extension as it is.

use crate::paths::{dist, root};
use anyhow::{Context, Result};
use std::fs;
use std::path::Path;

/// Folders whose pages, styles and pictures are copied.
const FOLDERS: [&str; 3] = ["content", "offscreen", "popup"];

const EXTENSIONS: [&str; 4] = ["css", "html", "png", "svg"];

const FILES: [&str; 3] = ["manifest.json", "LICENSE-APACHE", "LICENSE-MIT"];

/// Copies the manifest, the licences, pages, styles and pictures into `dist/`.
pub(crate) fn copy() -> Result<()> {
    for file in FILES {
        fs::copy(root().join(file), dist().join(file)).context(file)?;
    }
    FOLDERS.iter().try_for_each(|folder| copy_folder(&root().join(folder), &dist().join(folder)))
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let target = to.join(path.file_name().context("an entry without a name")?);
        if path.is_dir() {
            copy_folder(&path, &target)?;
        } else if path.extension().is_some_and(|found| EXTENSIONS.iter().any(|wanted| found == *wanted)) {
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
