//! Whether the engine that ships is the same wherever it is built: built once more, from a copy of the sources in another
//! folder, and compared.

use crate::build::engine::BUILDS;
use crate::paths::{dist, models, root, target};
use crate::process::{self, output};
use crate::{build, setup};
use anyhow::{Result, ensure};
use std::fs;
use std::path::Path;
use std::process::Command;

pub(crate) fn run() -> Result<()> {
    build::run(&build::Args { release: true, ..build::Args::default() })?;
    let copy = target()?.join("reproduce");
    if copy.exists() {
        fs::remove_dir_all(&copy)?;
    }
    let files = output(Command::new("git").current_dir(root()).args(["ls-files"]))?;
    files.lines().try_for_each(|file| copy_file(file, &copy))?;
    let mut again = Command::new("cargo");
    again.current_dir(&copy).env("CARGO_TARGET_DIR", copy.join("target")).env("SOTTO_MODELS", models()?);
    process::run(again.args(["xtask", "build", "--release"]))?;
    for build in BUILDS {
        let hash =
            |dist: &Path| setup::model::sha256(&build.folder(&dist.join("offscreen")).join("engine_bg.wasm"));
        let (one, other) = (hash(&dist())?, hash(&copy.join("dist"))?);
        ensure!(
            one == other,
            "the engine ({}) is {one} here and {other} in {}",
            build.name(),
            copy.display()
        );
        println!("{one}  {}", build.name());
    }
    Ok(())
}

fn copy_file(file: &str, to: &Path) -> Result<()> {
    let path = to.join(file);
    fs::create_dir_all(path.parent().unwrap_or(to))?;
    fs::copy(root().join(file), path)?;
    Ok(())
}
