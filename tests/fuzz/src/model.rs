//! Whole model files: what installation accepts must load and answer.
//!
//! A file is described in lines, each of which changes a small honest model:
//!
//! ```text
//! family llama              which model it is that is changed
//! set KEY TYPE VALUE        a value of the header: TYPE is u32, f32, str, bool or i32
//! drop KEY
//! type PART TYPE            the type of the tensors whose names contain PART
//! tensor NAME TYPE LENGTHS  a tensor as it shall be, new or instead of one that is needed
//! lose NAME                 a tensor less
//! token TYPE TEXT           one more token of the vocabulary
//! ```
//!
//! A KEY without a point belongs to the family.

use crate::Target;
use decoder::{Decoder, Device, Precision, Source, Uninterrupted};
use gguf::write::Writer;
use gguf::{Array, Gguf, TensorType, Value};
use prompt::Message;
use protocol::Failure;
use std::collections::BTreeMap;
use std::io;
use std::ops::ControlFlow;
use tasks::{CompletionOptions, Model, Prompt};

/// Any description: refused at installation with a reason, or it loads and answers.
pub const MODEL: Target = Target { name: "model", run: model, seeds, words: WORDS, mutations: 100 };

/// The families of models.
pub const FAMILIES: [&str; 6] = ["llama", "gemma3", "qwen2", "qwen3", "smollm3", "granite"];

const WORDS: &[&str] = &[
    "\nset ",
    "\ndrop ",
    "\ntype ",
    "\ntensor ",
    "\nlose ",
    "\ntoken ",
    "u32",
    "f32",
    "str",
    "i32",
    "bool",
    "block_count",
    "context_length",
    "embedding_length",
    "feed_forward_length",
    "attention.head_count",
    "attention.head_count_kv",
    "attention.key_length",
    "attention.value_length",
    "attention.sliding_window",
    "attention.sliding_window_pattern",
    "attention.layer_norm_rms_epsilon",
    "rope.freq_base",
    "rope.freq_base_swa",
    "rope.scaling.type",
    "rope.scaling.factor",
    "rope.scaling.finetuned",
    "attention.scale",
    "embedding_scale",
    "residual_scale",
    "logit_scale",
    "rope.dimension_count",
    "linear",
    "general.name",
    "general.architecture",
    "tokenizer.chat_template",
    "tokenizer.ggml.bos_token_id",
    "tokenizer.ggml.eos_token_id",
    "tokenizer.ggml.model",
    "tokenizer.ggml.pre",
    "token_embd.weight",
    "output.weight",
    "output_norm.weight",
    "rope_freqs.weight",
    "blk.0.attn_q.weight",
    "blk.1.ffn_down.weight",
    "Q4_0",
    "Q8_0",
    "F16",
    "Q6_K",
    "{{ messages[0].content }}",
];

fn seeds() -> Vec<Vec<u8>> {
    FAMILIES.iter().map(|family| format!("family {family}\n").into_bytes()).collect()
}

/// Larger models are inspected, not loaded.
const LOADED: u64 = 1 << 18;

fn model(data: &[u8]) {
    let mut file = Description::read(&String::from_utf8_lossy(data)).file();
    let sha256 = "0".repeat(64);
    let len = file.len;
    let info = match session::inspect(&mut file, len, &sha256, "file.gguf", "file.gguf") {
        Ok(info) => info,
        Err(error) => {
            let Failure { message, remedy, .. } = (&error).into();
            assert!(message.len() < 2000 && remedy.len() < 2000, "an error too long to read: {message}");
            assert!(!message.contains(char::is_control), "an error that spoils its line: {message:?}");
            return;
        }
    };
    for text in [&info.name, &info.languages, &info.family, &info.good_for] {
        assert!(!text.trim().is_empty() && text.chars().count() <= 200, "{text:?}");
        assert!(!text.contains(|c: char| c.is_control() || ('\u{202a}'..='\u{202e}').contains(&c)));
    }
    if file.len < LOADED {
        pollster::block_on(answer(&mut file, info.chats));
    }
}

/// Loads a model that was accepted, and has it write.
async fn answer(file: &mut File, chats: bool) {
    let len = file.len;
    let header = decoder::read_header(file, len).expect("a header that was read before");
    let device = Device::cpu(Precision::Bits8);
    let decoder = Decoder::load(&header, file, device, 64, &Uninterrupted).await;
    let decoder = decoder.expect("a model that was accepted loads");
    let model = Model::new(&header, decoder, || 0.0).expect("a tokenizer that was accepted");
    let messages = [Message::user("ab")];
    let prompt = if chats { Prompt::Chat(&messages) } else { Prompt::Text("ab") };
    let options = CompletionOptions { max_tokens: 3, ..CompletionOptions::default() };
    let written = model.complete(prompt, &options, &mut |_| ControlFlow::Continue(()), &Uninterrupted).await;
    match written {
        // A context or a vocabulary too small for these words, or a template that refuses them.
        Err(tasks::Error::Decoder(decoder::Error::ContextFull { .. } | decoder::Error::EmptyPrompt)) => {}
        Err(tasks::Error::Prompt(prompt::Error::Template(_))) => {}
        other => drop(other.expect("a model that was accepted answers")),
    }
}

/// A model file that is being described.
pub struct Description {
    values: BTreeMap<String, Value>,
    types: Vec<(String, TensorType)>,
    tensors: BTreeMap<String, (TensorType, Vec<u64>)>,
    lost: Vec<String>,
    tokens: Vec<(String, i32)>,
}

/// A model file whose weights are made when they are read.
pub struct File {
    /// The bytes before the weights.
    pub header: Vec<u8>,
    /// Of the whole file.
    pub len: u64,
}

impl Source for File {
    fn read_at(&mut self, offset: u64, out: &mut [u8]) -> io::Result<()> {
        if offset.checked_add(out.len() as u64).is_none_or(|end| end > self.len) {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        for (at, byte) in (offset..).zip(out) {
            let known = usize::try_from(at).ok().and_then(|at| self.header.get(at));
            // As floats of 32 bits about 0.1, and nothing that is not a number in other types.
            let weight = match at % 4 {
                0 | 1 => 0,
                2 => 0xc0,
                _ => 0x3d,
            };
            *byte = known.copied().unwrap_or(weight);
        }
        Ok(())
    }
}

impl Description {
    /// An honest model of this family: two layers, a tokenizer of single bytes.
    #[must_use]
    pub fn of(family: &str) -> Self {
        let mut values = BTreeMap::new();
        let mut set = |key: &str, value: Value| drop(values.insert(key.to_owned(), value));
        for (key, value) in [
            ("block_count", 2),
            ("context_length", 128),
            ("embedding_length", 32),
            ("feed_forward_length", 32),
            ("attention.head_count", 2),
            ("attention.head_count_kv", 1),
            ("attention.key_length", 16),
            ("attention.value_length", 16),
            ("attention.sliding_window", 16),
        ] {
            set(&format!("{family}.{key}"), Value::U32(value));
        }
        set(&format!("{family}.attention.layer_norm_rms_epsilon"), Value::F32(1e-6));
        set("general.architecture", family.into());
        set("general.name", "Tiny".into());
        set("tokenizer.ggml.model", "llama".into());
        set("tokenizer.ggml.bos_token_id", Value::U32(1));
        set("tokenizer.ggml.eos_token_id", Value::U32(2));
        set("tokenizer.chat_template", "{% for m in messages %}{{ m.content }}{% endfor %}".into());
        let mut tokens: Vec<_> = ["<unk>", "<s>", "</s>"].map(|token| (token.to_owned(), 3)).into();
        tokens.extend((0..=255).map(|byte| (format!("<0x{byte:02X}>"), 6)));
        Self { values, types: Vec::new(), tensors: BTreeMap::new(), lost: Vec::new(), tokens }
    }

    /// Reads a description; lines that are none are left out.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let family = text.lines().find_map(|line| line.strip_prefix("family ")).unwrap_or("llama");
        let mut description = Self::of(family);
        for line in text.lines() {
            let _ = description.change(line, family);
        }
        description
    }

    fn change(&mut self, line: &str, family: &str) -> Option<()> {
        let (what, rest) = line.split_once(' ')?;
        let key = |key: &str| match key.split_once('.') {
            Some(("general" | "tokenizer", _)) => key.to_owned(),
            _ => format!("{family}.{key}"),
        };
        let mut words = rest.split(' ');
        match what {
            "set" => {
                let mut parts = rest.splitn(3, ' ');
                let (name, ty, value) = (parts.next()?, parts.next()?, parts.next()?);
                let value = match ty {
                    "u32" => Value::U32(value.parse().ok()?),
                    "i32" => Value::I32(value.parse().ok()?),
                    "f32" => Value::F32(value.parse().ok()?),
                    "bool" => Value::Bool(value.parse().ok()?),
                    "str" => value.replace("\\n", "\n").as_str().into(),
                    _ => return None,
                };
                self.values.insert(key(name), value);
            }
            "drop" => drop(self.values.remove(&key(rest))),
            "type" => self.types.push((words.next()?.to_owned(), ty(words.next()?)?)),
            "tensor" => {
                let (name, ty) = (words.next()?.to_owned(), ty(words.next()?)?);
                let shape = words.map(|word| word.parse().ok()).collect::<Option<_>>()?;
                self.tensors.insert(name, (ty, shape));
            }
            "lose" => self.lost.push(rest.to_owned()),
            "token" => {
                let (ty, token) = rest.split_once(' ')?;
                self.tokens.push((token.to_owned(), ty.parse().ok()?));
            }
            _ => return None,
        }
        Some(())
    }

    /// The file: with the tensors that its own header asks for, unless told otherwise.
    #[must_use]
    pub fn file(&self) -> File {
        let mut writer = Writer::new();
        let mut values = self.values.clone();
        let texts: Array = Array::String(self.tokens.iter().map(|(token, _)| token).collect());
        let types = Array::I32(self.tokens.iter().map(|(_, ty)| *ty).collect());
        values.entry("tokenizer.ggml.tokens".to_owned()).or_insert(texts.into());
        values.entry("tokenizer.ggml.token_type".to_owned()).or_insert(types.into());
        let scores = Array::F32(vec![0.0; self.tokens.len()]);
        values.entry("tokenizer.ggml.scores".to_owned()).or_insert(scores.into());
        for (key, value) in values {
            writer.set(&key, value);
        }
        let mut tensors = self.tensors.clone();
        for (name, shape) in self.needed(&writer) {
            let ty = self.types.iter().rev().find(|(part, _)| name.contains(part));
            let ty = ty.map_or(TensorType::F32, |(_, ty)| *ty);
            tensors.entry(name).or_insert((ty, shape));
        }
        let mut len = 0;
        for (name, (ty, shape)) in tensors.iter().filter(|(name, _)| !self.lost.contains(name)) {
            // One that cannot be written is not there.
            let _ = writer.tensor(name, *ty, shape);
            len = ty.bytes(shape).unwrap_or(0).saturating_add(len).next_multiple_of(32);
        }
        let header = writer.header();
        File { len: len.saturating_add(header.len() as u64), header }
    }

    /// The tensors that the engine would ask for.
    fn needed(&self, values: &Writer) -> Vec<(String, Vec<u64>)> {
        let table = "token_embd.weight";
        let width = self.values.iter().find(|(key, _)| key.ends_with(".embedding_length"));
        let width = width.and_then(|(_, value)| u64::try_from(value.as_i64()?).ok()).unwrap_or(32);
        let shape = self.tensors.get(table).map(|(_, shape)| shape.clone());
        let shape = shape.unwrap_or_else(|| vec![width, self.tokens.len() as u64]);
        let mut writer = values.clone();
        let mut needed = vec![(table.to_owned(), shape.clone())];
        if writer.tensor(table, TensorType::F32, &shape).is_err() {
            return Vec::new();
        }
        for (name, (ty, shape)) in self.tensors.iter().filter(|(name, _)| *name != table) {
            let _ = writer.tensor(name, *ty, shape);
        }
        let header = writer.header();
        let plan = Gguf::parse(&header, u64::MAX / 2).map(|header| decoder::family::plan(&header));
        if let Ok(Ok((_, plan))) = plan {
            for part in plan.tensors.iter().flat_map(|tensor| &tensor.parts) {
                let (rows, cols) = (part.rows as u64, part.cols as u64);
                needed.push((part.name.clone(), if rows == 1 { vec![cols] } else { vec![cols, rows] }));
            }
        }
        needed
    }
}

fn ty(name: &str) -> Option<TensorType> {
    TensorType::ALL.into_iter().find(|ty| ty.name() == name)
}
