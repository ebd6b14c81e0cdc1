//! The kernels' text, for a device to finish those that it needs.

use crate::permutations::{names, read};
use std::fmt::Write;
use std::path::Path;

/// A table in Rust: each file's name, those of `shared` with that in front, and its lines without
/// comments.
pub(crate) fn table(folder: &Path) -> Result<String, String> {
    let mut table = String::from("&[\n");
    for (prefix, folder) in [("", folder.to_owned()), ("shared/", folder.join("shared"))] {
        for name in names(&folder)? {
            let text = bare(&read(&folder.join(format!("{name}.wgsl")))?);
            writeln!(table, "({:?}, {text:?}),", format!("{prefix}{name}"))
                .map_err(|error| error.to_string())?;
        }
    }
    table.push(']');
    Ok(table)
}

/// The lines with something other than comments and what only the build reads.
fn bare(text: &str) -> String {
    let code = text.lines().map(|line| line.split("//").next().unwrap_or("").trim());
    let code = code.filter(|line| !line.is_empty() && !line.starts_with("#each "));
    code.flat_map(|line| [line, "\n"]).collect()
}
