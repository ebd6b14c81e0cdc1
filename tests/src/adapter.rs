//! Adapters of random weights: speed depends on shapes alone.

use decoder::random::fill;
use gguf::write::Writer;
use gguf::{Gguf, TensorType};

/// A LoRA adapter of this rank that changes every matrix of every layer of a model, in 16-bit
/// floats: the whole file.
///
/// # Errors
/// When the header is no model's.
pub fn adapter(base: &Gguf, rank: u32) -> Result<Vec<u8>, decoder::Error> {
    let (config, plan) = decoder::family::plan(base)?;
    let mut writer = Writer::new();
    writer.set("general.type", "adapter").set("adapter.type", "lora");
    writer.set("general.architecture", &config.family[..]).set("adapter.lora.alpha", rank as f32);
    let parts = plan.tensors.iter().flat_map(|tensor| &tensor.parts);
    for part in parts.filter(|part| part.rows > 1 && part.name.starts_with("blk.")) {
        let (rows, cols, rank) = (part.rows as u64, part.cols as u64, rank.into());
        writer.tensor(&format!("{}.lora_a", part.name), TensorType::F16, &[cols, rank])?;
        writer.tensor(&format!("{}.lora_b", part.name), TensorType::F16, &[rank, rows])?;
    }
    let mut state = 1;
    Ok(writer.to_bytes(|tensor, bytes| fill(tensor, bytes, &mut state)))
}
