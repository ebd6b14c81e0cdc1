//! The tiny seeded models of each family, whose outputs an independent implementation computed:
//! `tests/oracle/README.md`.

use gguf::{Gguf, TensorType, write::Writer};
use std::fs;
use std::path::PathBuf;

/// The models' names.
pub(crate) const MODELS: [&str; 6] = ["llama3-rope", "qwen2", "qwen3", "gemma3", "smollm3", "granite"];

/// A file of `tests/oracle`.
pub(crate) fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/oracle").join(name)
}

/// A model's file, all of whose tensors are `F32`.
pub(crate) fn file(model: &str) -> Vec<u8> {
    fs::read(path(&format!("{model}.gguf"))).unwrap()
}

pub(crate) fn parse(file: &[u8]) -> Gguf {
    Gguf::parse(file, file.len() as u64).unwrap()
}

/// The same model with the tensors in `F16` whose names end in one of these.
pub(crate) fn with_f16(model: &str, names: &[&str]) -> Vec<u8> {
    let original = file(model);
    let gguf = parse(&original);
    let mut writer = Writer::new();
    for (key, value) in gguf.iter() {
        writer.set(key, value.clone());
    }
    for tensor in &gguf.tensors {
        let is_chosen = names.iter().any(|name| tensor.name.ends_with(name));
        let ty = if is_chosen { TensorType::F16 } else { tensor.ty };
        writer.tensor(&tensor.name, ty, &tensor.shape).unwrap();
    }
    writer.to_bytes(|tensor, bytes| {
        let from = gguf.tensor(&tensor.name).unwrap();
        let offset = usize::try_from(from.offset).unwrap();
        let values = &original[offset..offset + usize::try_from(from.len).unwrap()];
        if tensor.ty == from.ty {
            return bytes.copy_from_slice(values);
        }
        for (half, value) in bytes.chunks_exact_mut(2).zip(values.chunks_exact(4)) {
            let value = f32::from_le_bytes(value.try_into().unwrap());
            half.copy_from_slice(&half::f16::from_f32(value).to_le_bytes());
        }
    })
}
