//! Which GPUs passed their test: keys of [`session::trust::SelfTest`], the latest last.

use super::opfs;
use super::replace::replace;
use crate::{Error, browser};

/// Name of the file, a JSON array.
const NAME: &str = "trusted.json";

/// Keys that are kept: more than there are GPUs and sorts of models in a browser's life.
const MOST: usize = 64;

/// Whether a GPU passed the test of this key. Where that cannot be read, it did not.
pub(crate) async fn is_trusted(key: &str) -> bool {
    read().await.iter().any(|known| known == key)
}

/// Notes that a GPU passed it.
///
/// # Errors
/// When the browser's storage refuses.
pub(crate) async fn trust(key: &str) -> Result<(), Error> {
    let mut keys = read().await;
    keys.push(key.to_owned());
    let latest = &keys[keys.len().saturating_sub(MOST)..];
    let text = browser::to_json(&latest).map_err(opfs::refused)?;
    replace(&opfs::root().await?, NAME, text.as_bytes()).await?;
    Ok(())
}

async fn read() -> Vec<String> {
    let Ok(root) = opfs::root().await else { return Vec::new() };
    opfs::read(&root, NAME).await.and_then(|text| browser::from_json(&text)).unwrap_or_default()
}
