//! A model of the sort of a given one, small enough to be computed in a moment: of its family, with
//! its types of weights, its head size and, where those are small, its widths, but with few layers,
//! few tokens and weights that mean nothing. A device that computes it as another does runs the
//! kernels of the whole model.

use crate::{Config, Error, family, random};
use gguf::write::Writer;
use gguf::{Gguf, TensorType, Value};
use std::collections::BTreeMap;

/// Layers: as many as have different types of weights, within these limits. Two, because the kinds
/// of layers that take turns in a family are made to take turns at once.
const FEWEST_LAYERS: usize = 2;
const MOST_LAYERS: usize = 4;

/// Widths beyond these are cut: of a token's activation and of its queries, and inside the
/// feed-forward block.
const WIDEST: usize = 1024;
const WIDEST_FFN: usize = 2048;

/// Tokens in its vocabulary.
const VOCAB: usize = 512;

/// Bytes of its weights: no model that anybody made needs so many.
const MOST_BYTES: u64 = 128 << 20;

/// Where its weights begin.
const SEED: u64 = 1;

/// A small model, to be written as a file.
pub struct Probe(Writer);

impl Probe {
    /// One of the sort of the model that has this header.
    ///
    /// # Errors
    /// As [`family::plan`]; [`Error::MissingTensor`], [`Error::Config`] for a model that none can be
    /// made of, or what is wrong with the tensors.
    pub fn of(model: &Gguf) -> Result<Self, Error> {
        let (config, _) = family::plan(model)?;
        let layers = layers(model, config.layers)?;
        let mut writer = numbers(model, &config, &layers);
        let width = config.width.min(WIDEST) as u64;
        for (name, shape) in [
            ("token_embd.weight", vec![width, VOCAB as u64]),
            ("output.weight", vec![width, VOCAB as u64]),
            ("rope_freqs.weight", vec![config.head_dim as u64 / 2]),
        ] {
            if let Some(tensor) = model.tensor(name) {
                writer.tensor(name, tensor.ty, &shape)?;
            }
        }
        // What else it takes, its plan says.
        let begun = parse(&writer.header())?;
        let (_, plan) = family::plan(&begun)?;
        for part in plan.tensors.iter().flat_map(|tensor| &tensor.parts) {
            if begun.tensor(&part.name).is_none() {
                let shape = [part.cols as u64, part.rows as u64];
                let shape = if part.rows == 1 { &shape[..1] } else { &shape[..] };
                writer.tensor(&part.name, ty(model, &part.name, &layers)?, shape)?;
            }
        }
        let tensors = parse(&writer.header())?.tensors;
        let bytes = tensors.iter().fold(0_u64, |sum, tensor| sum.saturating_add(tensor.len));
        if bytes > MOST_BYTES {
            return Err(Error::Config { key: "attention.head_count", value: config.heads.to_string() });
        }
        Ok(Self(writer))
    }

    /// What its file begins with: all that tells it from other probes.
    #[must_use]
    pub fn header(&self) -> Vec<u8> {
        self.0.header()
    }

    /// Its file, and the header of that.
    ///
    /// # Errors
    /// None, or the writer and the reader of files disagree.
    pub fn file(&self) -> Result<(Gguf, Vec<u8>), Error> {
        let mut state = SEED;
        let file = self.0.to_bytes(|tensor, bytes| random::fill(tensor, bytes, &mut state));
        Ok((parse(&file)?, file))
    }

    /// Tokens in its vocabulary.
    #[must_use]
    pub fn vocab(&self) -> usize {
        VOCAB
    }
}

/// A header, of a file whose weights need not be there.
fn parse(header: &[u8]) -> Result<Gguf, Error> {
    Ok(Gguf::parse(header, u64::MAX)?)
}

/// What the model's file says of it in numbers, and what is different.
fn numbers(model: &Gguf, config: &Config, layers: &[usize]) -> Writer {
    let Config { family, heads, kv_heads, head_dim, .. } = config;
    let own = format!("{family}.");
    let output = |layer: &usize| model.tensor(&format!("blk.{layer}.attn_output.weight"));
    let unit = layers.iter().filter_map(output).map(|tensor| tensor.ty.block_len()).max().unwrap_or(1);
    let kv = fewer_heads(*kv_heads, heads / kv_heads * head_dim, unit);
    let mut changed = BTreeMap::from([
        ("block_count", layers.len()),
        ("embedding_length", config.width.min(WIDEST)),
        ("feed_forward_length", config.ffn_width.min(WIDEST_FFN)),
        ("attention.head_count", heads / kv_heads * kv),
        ("attention.head_count_kv", kv),
        ("attention.key_length", *head_dim),
    ]);
    if model.u32(&format!("{own}attention.sliding_window")).is_ok() {
        changed.insert("attention.sliding_window_pattern", FEWEST_LAYERS);
    }
    let mut writer = Writer::new();
    writer.set("general.architecture", &family[..]);
    for (key, value) in model.iter() {
        let name = key.strip_prefix(&own).filter(|name| !changed.contains_key(name));
        if name.is_some() && !matches!(value, Value::Array(_)) {
            writer.set(key, value.clone());
        }
    }
    for (name, number) in changed {
        // Within the limits that the model's own are within.
        writer.set(&format!("{own}{name}"), u32::try_from(number).unwrap_or(u32::MAX));
    }
    writer
}

/// Key and value heads, of as many as the model has: few enough that their queries, `group` values for
/// each and whole blocks of `unit`, are no wider than [`WIDEST`], or as few as can be.
fn fewer_heads(all: usize, group: usize, unit: usize) -> usize {
    let mut packed = (1..=all).filter(|kv| (kv * group).is_multiple_of(unit));
    let narrow = packed.clone().take_while(|kv| kv * group <= WIDEST).last();
    narrow.or_else(|| packed.next()).unwrap_or(all)
}

/// Layers of the model, one for each layer of the probe: together they have each combination of types
/// of weights that the model has, if those are not too many.
fn layers(model: &Gguf, count: usize) -> Result<Vec<usize>, Error> {
    let mut types: BTreeMap<usize, Vec<(&str, TensorType)>> = BTreeMap::new();
    for tensor in &model.tensors {
        let place = tensor.name.strip_prefix("blk.").and_then(|name| name.split_once('.'));
        let layer = place.and_then(|(layer, name)| Some((layer.parse().ok()?, name)));
        if let Some((layer, name)) = layer.filter(|&(layer, _)| layer < count) {
            types.entry(layer).or_default().push((name, tensor.ty));
        }
    }
    types.values_mut().for_each(|types| types.sort_unstable());
    let mut kinds: Vec<(usize, Vec<(&str, TensorType)>)> = Vec::new();
    for (layer, types) in types {
        if kinds.len() < MOST_LAYERS && kinds.iter().all(|(_, known)| *known != types) {
            kinds.push((layer, types));
        }
    }
    let mut layers: Vec<usize> = kinds.into_iter().map(|(layer, _)| layer).collect();
    let first = *layers.first().ok_or_else(|| Error::MissingTensor("blk.0".to_owned()))?;
    layers.resize(layers.len().max(FEWEST_LAYERS), first);
    Ok(layers)
}

/// The type that the model has a tensor of the probe in.
fn ty(model: &Gguf, name: &str, layers: &[usize]) -> Result<TensorType, Error> {
    let of_layer = name.strip_prefix("blk.").and_then(|name| name.split_once('.'));
    let of_layer = of_layer.and_then(|(layer, name)| {
        let layer: usize = layer.parse().ok()?;
        Some(format!("blk.{}.{name}", layers.get(layer)?))
    });
    let name = of_layer.unwrap_or_else(|| name.to_owned());
    model.tensor(&name).map(|tensor| tensor.ty).ok_or(Error::MissingTensor(name))
}
