//! LoRA adapters, byte by byte.

use crate::Target;
use crate::model::Description;
use decoder::{Decoder, Device, Precision, Uninterrupted};
use gguf::write::Writer;
use gguf::{Gguf, TensorType};
use pollster::block_on;
use std::cell::RefCell;
use std::io::Cursor;

/// Any bytes: refused with a reason, or the model writes with them, and as before without them.
pub const ADAPTER: Target = Target { name: "adapter", run: adapter, seeds, words: WORDS, mutations: 3_000 };

const WORDS: &[&str] = &[
    "GGUF",
    "adapter",
    "lora",
    "llama",
    "general.type",
    "general.architecture",
    "adapter.type",
    "adapter.lora.alpha",
    "sotto.base.sha256",
    "blk.0.attn_q.weight.lora_a",
    "blk.0.attn_q.weight.lora_b",
    "blk.1.ffn_down.weight.lora_a",
    "token_embd.weight.lora_a",
    ".lora_a",
    ".lora_b",
];

/// Adapters of one matrix, of one type each.
fn seeds() -> Vec<Vec<u8>> {
    let seed = |ty: TensorType| {
        let mut writer = Writer::new();
        for (key, value) in
            [("general.type", "adapter"), ("adapter.type", "lora"), ("general.architecture", "llama")]
        {
            writer.set(key, value);
        }
        writer.set("adapter.lora.alpha", 4.0);
        let name = |half: &str| format!("blk.0.ffn_down.weight.{half}");
        writer.tensor(&name("lora_a"), ty, &[32, 2]).expect("a small tensor");
        writer.tensor(&name("lora_b"), TensorType::F16, &[2, 32]).expect("a small tensor");
        writer.to_bytes(|_, bytes| bytes.fill(0x21))
    };
    [TensorType::F32, TensorType::F16, TensorType::Q8_0].map(seed).into()
}

fn adapter(data: &[u8]) {
    thread_local! {
        static MODEL: RefCell<(Decoder, Vec<f32>)> = RefCell::new(model());
    }
    let Ok(header) = Gguf::parse(data, data.len() as u64) else { return };
    MODEL.with_borrow_mut(|(decoder, plain)| {
        let mut file = Cursor::new(data);
        match block_on(decoder.add_adapter("a", &header, &mut file, Some("00"), &Uninterrupted)) {
            Ok(()) => {
                decoder.use_adapter(Some("a")).expect("it was added");
                assert_eq!(logits(decoder).len(), plain.len());
                decoder.use_adapter(None).expect("always possible");
                assert_eq!(&logits(decoder), plain, "the model without the adapter");
            }
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    });
}

/// An honest model, and what it says.
fn model() -> (Decoder, Vec<f32>) {
    let mut file = Description::of("llama").file();
    let len = file.len;
    let header = decoder::read_header(&mut file, len).expect("an honest header");
    let device = Device::cpu(Precision::Bits8);
    let decoder = block_on(Decoder::load(&header, &mut file, device, 64, &Uninterrupted));
    let mut decoder = decoder.expect("an honest model");
    let plain = logits(&mut decoder);
    (decoder, plain)
}

fn logits(decoder: &mut Decoder) -> Vec<f32> {
    block_on(decoder.prefill(&[3, 4, 5], &Uninterrupted)).expect("a short prompt");
    block_on(decoder.logits()).expect("computed")
}
