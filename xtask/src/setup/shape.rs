//! Models of random weights in the shapes of real ones.

use super::model;
use crate::model_tool;
use crate::paths::target;
use anyhow::Result;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;

/// A small model that chats in the shipped model's tokens: whatever is true of every model can be tried with it quickly.
pub(crate) fn tiny() -> Result<PathBuf> {
    ensure("tiny", None, true)
}

/// The folder of the smallest translators, of made-up weights: in the cache, or written into it.
pub(crate) fn translators() -> Result<PathBuf> {
    let folder = target()?.join("shapes/translators");
    if !folder.is_dir() {
        let partial = folder.with_extension("partial");
        model_tool::run("seed-translators", &[partial.clone().into()])?;
        fs::rename(partial, &folder)?;
    }
    Ok(folder)
}

/// The file of a shape: in the cache, or written into it. `ty` is the type of its matrices, if not the shape's own;
/// `has_tokenizer`, whether it gets the shipped model's, so that it can be asked in words.
pub(crate) fn ensure(shape: &str, ty: Option<&str>, has_tokenizer: bool) -> Result<PathBuf> {
    let mut name = ty.map_or_else(|| shape.to_owned(), |ty| format!("{shape}-{ty}"));
    if has_tokenizer {
        name.push_str("-tokenizer");
    }
    let folder = target()?.join("shapes");
    let path = folder.join(format!("{name}.gguf"));
    if path.is_file() {
        return Ok(path);
    }
    fs::create_dir_all(&folder)?;
    let partial = path.with_extension("partial");
    let mut args: Vec<OsString> = vec![shape.into(), partial.clone().into()];
    args.extend(ty.iter().flat_map(|ty| ["--type".into(), ty.into()]));
    if has_tokenizer {
        args.extend(["--tokenizer".into(), model::ensure(model::default())?.into()]);
    }
    model_tool::run("shape", &args)?;
    fs::rename(partial, &path)?;
    Ok(path)
}
