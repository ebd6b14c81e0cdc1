//! Model files: those of the catalogue by their ids, others by their paths.

use crate::clock::now;
use crate::device::Place;
use anyhow::{Context, Result, ensure};
use catalog::Model;
use decoder::{Decoder, Device, Uninterrupted};
use gguf::Gguf;
use session::CONTEXT;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Environment variable that names the program which fetches models: the one that started this.
const FETCHER: &str = "SOTTO_XTASK";

/// The file that `--model` means: a file's path, or a model's id in the catalogue. That one is
/// fetched if it is not there.
pub(crate) fn find(model: &str) -> Result<PathBuf> {
    if Path::new(model).is_file() {
        return Ok(model.into());
    }
    fetch(catalog::find(model).with_context(|| unknown(model))?)
}

/// What is said of a model that is neither a file nor in the catalogue.
pub(crate) fn unknown(model: &str) -> String {
    let ids: Vec<_> = catalog::models().iter().map(|known| known.info.id.as_str()).collect();
    format!("there is no model {model}: give the path of a GGUF file, or one of the ids {}", ids.join(", "))
}

/// Where the file of a measured model lies.
pub(crate) fn path(model: &Model) -> PathBuf {
    tests::models().join(&model.file)
}

/// The file of a measured model, fetched if it is not there.
pub(crate) fn fetch(model: &Model) -> Result<PathBuf> {
    let (path, id) = (path(model), &model.info.id);
    if !path.is_file() {
        let missing = || format!("{} is not there: `cargo xtask model {id}` fetches it", path.display());
        let fetcher = std::env::var_os(FETCHER).with_context(missing)?;
        let status = Command::new(fetcher).args(["model", id]).stdout(Stdio::null()).status()?;
        ensure!(status.success() && path.is_file(), missing());
    }
    Ok(path)
}

/// Opens the file that `--model` means, and reads its header.
pub(crate) fn header(model: &str) -> Result<(Gguf, File)> {
    let path = find(model)?;
    let name = || path.display().to_string();
    let mut file = File::open(&path).with_context(name)?;
    let len = file.metadata()?.len();
    let gguf = decoder::read_header(&mut file, len).with_context(name)?;
    Ok((gguf, file))
}

/// A decoder on its device.
pub(crate) struct Loaded {
    pub(crate) decoder: Decoder,
    /// The GPU's name.
    pub(crate) adapter: Option<String>,
    /// Milliseconds from the open file to readiness.
    pub(crate) load_ms: f64,
}

/// Loads a decoder with room for `context` positions.
pub(crate) async fn load(gguf: &Gguf, mut file: File, place: &Place, context: usize) -> Result<Loaded> {
    let gpu = place.gpu().await?;
    let adapter = gpu.as_ref().map(|gpu| gpu.adapter().to_owned());
    if let Some(adapter) = &adapter {
        eprintln!("adapter: {adapter}");
    }
    let device = gpu.map_or_else(|| place.cpu(), |gpu| Device::Gpu(Box::new(gpu), place.kv()));
    let start = now();
    let decoder = Decoder::load(gguf, &mut file, device, context, &Uninterrupted).await?;
    Ok(Loaded { decoder, adapter, load_ms: now() - start })
}

/// What an adapter is called that is added by hand.
pub(crate) const ADAPTER: &str = "adapter";

/// Places an adapter beside the weights, as [`ADAPTER`]: this file's, whatever file it says its model is.
pub(crate) async fn add_adapter(decoder: &mut Decoder, mut file: impl Read + Seek) -> Result<()> {
    let len = file.seek(SeekFrom::End(0))?;
    let header = decoder::read_header(&mut file, len)?;
    Ok(decoder.add_adapter(ADAPTER, &header, &mut file, None, &Uninterrupted).await?)
}

/// Loads a model of the catalogue, to be measured at the tasks' own work, without its adapters.
pub(crate) async fn load_plain(id: &str, place: &Place) -> Result<tasks::Model> {
    load_for_tasks(id, place, &BTreeMap::new()).await
}

/// Loads a model of the catalogue, to be measured at the tasks' own work.
pub(crate) async fn load_for_tasks(
    id: &str,
    place: &Place,
    adapters: &BTreeMap<String, String>,
) -> Result<tasks::Model> {
    let (gguf, file) = header(id)?;
    let mut decoder = load(&gguf, file, place, CONTEXT).await?.decoder;
    for (name, file) in adapters {
        let mut file = File::open(tests::adapters().join(file)).with_context(|| file.clone())?;
        let len = file.metadata()?.len();
        let header = decoder::read_header(&mut file, len)?;
        let sha256 = Some(&catalog::measured(id).info.sha256[..]);
        decoder.add_adapter(name, &header, &mut file, sha256, &Uninterrupted).await?;
    }
    Ok(tasks::Model::new(&gguf, decoder, now)?)
}
