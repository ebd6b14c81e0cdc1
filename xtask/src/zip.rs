//! The store package: `dist/` as one zip file, and beside it the list of what is in it.

use crate::build::{self, sbom};
use crate::paths::{dist, target};
use crate::process::say;
use crate::setup::model::default;
use ::zip::ZipWriter;
use ::zip::write::SimpleFileOptions;
use anyhow::{Context, Result};
use std::fs::{self, File};
use std::io;
use std::path::Path;

pub(crate) fn run() -> Result<()> {
    build::run(&build::Args { release: true, ..build::Args::default() })?;
    let path = target()?.join("sotto.zip");
    let mut zip = ZipWriter::new(File::create(&path)?);
    add_folder(&mut zip, &dist())?;
    let len = zip.finish()?.metadata()?.len();
    say(format!("{len} bytes in the package"));
    let list = path.with_extension("cdx.json");
    sbom::write(&list, [default()])?;
    say(format!("what it is made of: {}", list.display()));
    println!("{}", path.display());
    Ok(())
}

/// Adds a folder's files in the order of their names, with a fixed time: the same files make the same package.
fn add_folder(zip: &mut ZipWriter<File>, folder: &Path) -> Result<()> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for path in entries.iter().map(fs::DirEntry::path) {
        if path.is_dir() {
            add_folder(zip, &path)?;
            continue;
        }
        let name = path.strip_prefix(dist())?.to_str().context("a file name that is not UTF-8")?;
        zip.start_file(name.replace('\\', "/"), SimpleFileOptions::default())?;
        io::copy(&mut File::open(&path)?, zip)?;
    }
    Ok(())
}
