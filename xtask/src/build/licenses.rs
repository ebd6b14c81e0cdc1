//! The licences of the code in the engine and in the reader of files that others wrote, for whoever gets the extension. The scripts take nothing from
//! npm: `package.json` names no dependencies but those of development.

use super::packages;
use anyhow::{Context, Result};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const HEADER: &str = "Sotto's engine and its reader of files contain the following software. Each licence stands below the packages it belongs to; \
where a package leaves a choice, all its licences are here. The source of every package, unchanged, is at the address named.\n";

/// Beginnings of the names of files that hold licences and notices.
const FILES: [&str; 5] = ["license", "licence", "copying", "copyright", "notice"];

/// What is said of a package.
struct Notice {
    /// Name, version, licence and address.
    title: String,
    license: String,
    /// The texts of its licences.
    texts: Vec<String>,
}

/// Writes them all into one file.
pub(super) fn write(path: &Path) -> Result<()> {
    let mut notices = packages::linked()?
        .into_iter()
        .map(|package| {
            let packages::Package { name, version, license, repository, folder } = package;
            let title = format!("{name} v{version} ({license}) {repository}");
            Ok(Notice { title, license, texts: read(&folder)? })
        })
        .collect::<Result<Vec<_>>>()?;
    // The standard library is under both of the licences that nearly every package is under.
    notices.push(Notice {
        title: "Rust's standard library (MIT OR Apache-2.0) https://github.com/rust-lang/rust".to_owned(),
        license: "MIT OR Apache-2.0".to_owned(),
        texts: Vec::new(),
    });
    let mut titles = BTreeMap::<&[String], Vec<&str>>::new();
    for notice in &notices {
        titles.entry(texts(notice, &notices)?).or_default().push(&notice.title);
    }
    let mut file = HEADER.to_owned();
    for (texts, titles) in titles {
        write!(file, "\n{}\n{}\n", "=".repeat(80), titles.join("\n"))?;
        texts.iter().try_for_each(|text| write!(file, "\n{}\n{}\n", "-".repeat(80), text.trim_end()))?;
    }
    Ok(fs::write(path, file)?)
}

/// A package's texts. Of one that was published without, those of another under the same licence.
fn texts<'a>(notice: &'a Notice, notices: &'a [Notice]) -> Result<&'a [String]> {
    let mut candidates = std::iter::once(notice).chain(notices.iter());
    let found = candidates.find(|other| !other.texts.is_empty() && other.license == notice.license);
    Ok(&found.with_context(|| format!("no text for the licence of {}", notice.title))?.texts)
}

/// The licences and notices in a package's folder, and in that of the files that are linked with it.
fn read(folder: &Path) -> Result<Vec<String>> {
    let mut files: Vec<_> = fs::read_dir(folder)?.collect::<Result<_, _>>()?;
    if let Ok(assets) = fs::read_dir(folder.join("assets")) {
        files.extend(assets.collect::<Result<Vec<_>, _>>()?);
    }
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
