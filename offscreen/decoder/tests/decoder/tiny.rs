//! A seeded llama model small enough to run in a moment: two layers of width 64, every quantised type in it.

use gguf::{Gguf, TensorType, write::Writer};
use std::io::Cursor;

pub(crate) const VOCAB: u64 = 96;

/// Builds the file; `skip` leaves a tensor out.
pub(crate) fn file(skip: Option<&str>) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.set("general.architecture", "llama");
    for (key, value) in [
        ("block_count", 2_u32),
        ("embedding_length", 64),
        ("attention.head_count", 4),
        ("attention.head_count_kv", 2),
        ("feed_forward_length", 96),
        ("context_length", 128),
    ] {
        writer.set(&format!("llama.{key}"), value);
    }
    writer.set("llama.attention.layer_norm_rms_epsilon", 1e-5_f32);
    let mut tensors = vec![
        ("token_embd.weight".to_owned(), TensorType::Q8_0, vec![64, VOCAB]),
        ("output_norm.weight".to_owned(), TensorType::F32, vec![64]),
    ];
    for layer in 0..2 {
        for (name, ty, shape) in [
            ("attn_norm", TensorType::F32, vec![64]),
            ("attn_q", TensorType::Q4_1, vec![64, 64]),
            ("attn_k", TensorType::Q4_0, vec![64, 32]),
            ("attn_v", TensorType::F16, vec![64, 32]),
            ("attn_output", TensorType::Q8_0, vec![64, 64]),
            ("ffn_norm", TensorType::F32, vec![64]),
            ("ffn_gate", TensorType::Q4_1, vec![64, 96]),
            ("ffn_up", TensorType::F32, vec![64, 96]),
            ("ffn_down", TensorType::Q4_0, vec![96, 64]),
        ] {
            tensors.push((format!("blk.{layer}.{name}.weight"), ty, shape));
        }
    }
    for (name, ty, shape) in tensors.iter().filter(|(name, ..)| Some(name.as_str()) != skip) {
        writer.tensor(name, *ty, shape).unwrap();
    }
    let mut random = Lcg(7);
    writer.to_bytes(|tensor, bytes| fill(tensor.ty, bytes, &mut random))
}

pub(crate) fn parse(file: &[u8]) -> (Gguf, Cursor<Vec<u8>>) {
    (Gguf::parse(file, file.len() as u64).unwrap(), Cursor::new(file.to_vec()))
}

/// Numerical Recipes' generator.
struct Lcg(u32);

impl Lcg {
    fn byte(&mut self) -> u8 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        self.0.to_be_bytes()[0]
    }

    /// In [-1, 1).
    fn float(&mut self) -> f32 {
        f32::from(self.byte()) / 128.0 - 1.0
    }
}

/// Random quants under scales that keep activations near one.
fn fill(ty: TensorType, bytes: &mut [u8], random: &mut Lcg) {
    for block in bytes.chunks_exact_mut(ty.block_bytes()) {
        let half = |x: f32| half::f16::from_f32(x).to_le_bytes();
        let (scale, min) = match ty {
            TensorType::Q8_0 => (half(0.002), None),
            TensorType::Q4_0 => (half(0.03), None),
            TensorType::Q4_1 => (half(0.03), Some(half(-0.22))),
            TensorType::F16 => {
                block.copy_from_slice(&half(random.float() * 0.2));
                continue;
            }
            _ => {
                block.copy_from_slice(&(random.float() * 0.2 + 0.05).to_le_bytes());
                continue;
            }
        };
        block.iter_mut().for_each(|byte| *byte = random.byte());
        block[..2].copy_from_slice(&scale);
        if let Some(min) = min {
            block[2..4].copy_from_slice(&min);
        }
    }
}
