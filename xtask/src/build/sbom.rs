//! What the extension is made of, as a machine reads it: CycloneDX 1.5 (<https://cyclonedx.org/docs/1.5/json/>).

use super::packages::{self, Package};
use anyhow::Result;
use catalog::Model;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// Writes the list of what is linked into the engine, and of the packaged models.
pub(crate) fn write<'a>(path: &Path, models: impl IntoIterator<Item = &'a Model>) -> Result<()> {
    let packages = packages::linked()?;
    let components: Vec<Value> =
        packages.iter().map(library).chain(models.into_iter().map(weights)).collect();
    let document = json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": {
            "component": { "type": "application", "name": "sotto", "version": env!("CARGO_PKG_VERSION") },
        },
        "components": components,
    });
    Ok(fs::write(path, format!("{document:#}\n"))?)
}

fn library(package: &Package) -> Value {
    let Package { name, version, license, repository, .. } = package;
    json!({
        "type": "library",
        "name": name,
        "version": version,
        "purl": format!("pkg:cargo/{name}@{version}"),
        "licenses": [{ "expression": license }],
        "externalReferences": [{ "type": "vcs", "url": repository }],
    })
}

fn weights(model: &Model) -> Value {
    let info = &model.info;
    json!({
        "type": "machine-learning-model",
        "name": info.name,
        "hashes": [{ "alg": "SHA-256", "content": info.sha256 }],
        "licenses": [{ "license": { "name": info.licence } }],
    })
}
