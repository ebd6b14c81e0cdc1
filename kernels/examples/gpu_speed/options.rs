//! The command line.

use crate::shapes::{MODELS, Model};
use gguf::TensorType;
use std::error::Error;

/// What is measured.
pub(crate) struct Options {
    /// Part of the adapter's name.
    pub(crate) adapter: Option<String>,
    pub(crate) types: Vec<TensorType>,
    pub(crate) tokens: Vec<u32>,
    models: Vec<String>,
    products: Vec<String>,
    variants: Vec<String>,
    tiles: Vec<String>,
}

const TYPES: [TensorType; 9] = [
    TensorType::F32,
    TensorType::F16,
    TensorType::Q8_0,
    TensorType::Q4_0,
    TensorType::Q4_1,
    TensorType::Q5_0,
    TensorType::Q5_1,
    TensorType::Q4K,
    TensorType::Q6K,
];

impl Options {
    pub(crate) fn parse(mut args: impl Iterator<Item = String>) -> Result<Self, Box<dyn Error>> {
        let mut options = Self {
            adapter: None,
            types: vec![
                TensorType::Q4_0,
                TensorType::Q4_1,
                TensorType::Q4K,
                TensorType::Q8_0,
                TensorType::Q6K,
            ],
            tokens: vec![128, 512],
            models: Vec::new(),
            products: Vec::new(),
            variants: Vec::new(),
            tiles: Vec::new(),
        };
        while let Some(name) = args.next() {
            let value = args.next().ok_or_else(|| format!("{name} needs a value"))?;
            let list = value.split(',').map(str::to_owned).collect::<Vec<_>>();
            match name.as_str() {
                "--adapter" => options.adapter = Some(value),
                "--types" => options.types = list.iter().map(|name| ty(name)).collect::<Result<_, _>>()?,
                "--tokens" => options.tokens = list.iter().map(|n| n.parse()).collect::<Result<_, _>>()?,
                "--models" => options.models = list,
                "--products" => options.products = list,
                "--variants" => options.variants = list,
                "--tiles" => options.tiles = list,
                _ => return Err(format!("there is no option {name}").into()),
            }
        }
        Ok(options)
    }

    pub(crate) fn models(&self) -> impl Iterator<Item = Model> {
        MODELS.into_iter().filter(|model| has(&self.models, model.name))
    }

    pub(crate) fn has_product(&self, name: &str) -> bool {
        has(&self.products, name)
    }

    pub(crate) fn has_variant(&self, kind: &str, tile: &str) -> bool {
        has(&self.variants, kind) && has(&self.tiles, tile)
    }
}

/// Whether a part of the name is in the list; an empty list has everything.
fn has(list: &[String], name: &str) -> bool {
    list.is_empty() || list.iter().any(|part| name.to_lowercase().contains(&part.to_lowercase()))
}

fn ty(name: &str) -> Result<TensorType, String> {
    let found = TYPES.into_iter().find(|ty| ty.name().eq_ignore_ascii_case(name));
    found.ok_or_else(|| format!("there is no type {name}"))
}
