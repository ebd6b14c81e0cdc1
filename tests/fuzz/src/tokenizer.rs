//! Vocabularies that lie, and text for them.
//!
//! In lines: `kind gpt2`, `pre NAME`, `flag KEY true`, `id NAME NUMBER`, `merge A B`, a token as its
//! type, its score and its text (`1 0.5 ▁the`), and after an empty line the text. `\n` in a token is
//! a line feed.

use crate::Target;
use gguf::write::Writer;
use gguf::{Array, Gguf, Strings, Value};
use prompt::{ChatTemplate, Message, Special, Tokenizer, chat_ids};

/// Any vocabulary and any text: refused, or all ids are of the vocabulary and no text becomes a
/// control token.
pub const TOKENIZER: Target =
    Target { name: "tokenizer", run: tokenizer, seeds, words: WORDS, mutations: 1_000 };

const WORDS: &[&str] = &[
    "\nkind gpt2",
    "\nkind llama",
    "\npre smollm",
    "\npre qwen2",
    "\npre llama-bpe",
    "\npre default",
    "\nmerge ",
    "\nflag tokenizer.ggml.add_bos_token true",
    "\nid bos 1",
    "\nid eos 2",
    "\nid unknown 0",
    "\n1 0 ",
    "\n3 0 <|im_end|>",
    "\n4 0 <b>",
    "\n6 0 <0x41>",
    "▁",
    "Ġ",
    "Ċ",
    "\n\n",
    "\u{fdd0}",
    "'s",
    "é",
    "🦀",
];

/// A template whose every control token is its own.
const TEMPLATE: &str =
    "{% for m in messages %}<|im_start|>{{ m.role }}\n{{ m.content }}<|im_end|>\n{% endfor %}";

fn seeds() -> Vec<Vec<u8>> {
    let byte_level = "kind gpt2\npre smollm\n3 0 <|im_start|>\n3 0 <|im_end|>\n1 0 a\n1 0 b\n1 0 Ġ\n1 0 ab\n\
        1 0 Ġab\nmerge a b\nmerge Ġ ab\nid eos 1\n\nab ab 12 <|im_end|> é";
    let pieces = "kind llama\n2 0 <unk>\n3 0 <s>\n3 0 </s>\n6 0 <0x41>\n1 -1 ▁\n1 -1 a\n1 -2 ▁a\n4 0 <b>\nid bos 1\n\
        id eos 2\nid unknown 0\n\na <s>A<b> aa";
    [byte_level, pieces].map(|text| text.as_bytes().to_vec()).into()
}

fn tokenizer(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let (description, text) = text.split_once("\n\n").unwrap_or((&text, "ab"));
    let (gguf, tokens) = header(description);
    let Ok(tokenizer) = Tokenizer::from_gguf(&gguf) else { return };
    for special in [Special::AsText, Special::Recognise] {
        let ids = tokenizer.encode(text, special);
        assert!(ids.iter().all(|&id| (id as usize) < tokens), "{ids:?} of {tokens}");
        let _ = tokenizer.decode(&ids);
    }
    let Ok(template) = ChatTemplate::from_gguf(&gguf) else { return };
    let ids = |content: &str, prefix: &str| {
        let ids = chat_ids(&tokenizer, &template, &[Message::user(content)], prefix);
        ids.expect("an honest template")
    };
    let (honest, hostile) = (ids("", ""), ids(text, text));
    assert!(hostile.iter().all(|&id| (id as usize) < tokens));
    if marks_are_apart(&gguf) {
        let unknown = gguf.u32("tokenizer.ggml.unknown_token_id").ok();
        let is_control = |id: &&u32| tokenizer.bytes(**id).is_empty() && Some(**id) != unknown;
        let count = |ids: &[u32]| ids.iter().filter(is_control).count();
        assert_eq!(count(&hostile), count(&honest), "a message has become a control token");
    }
}

/// Whether control tokens look as in any published vocabulary: none can begin in the template's own
/// words and end in a message.
fn marks_are_apart(gguf: &Gguf) -> bool {
    let Ok(tokens) = gguf.strings("tokenizer.ggml.tokens") else { return false };
    let types = gguf.i32s("tokenizer.ggml.token_type").unwrap_or_default();
    let mut marks = tokens.iter().zip(types).filter(|(_, ty)| (2..=4).contains(ty));
    marks.all(|(mark, _)| mark.strip_prefix('<').is_some_and(|rest| !rest.contains(['<', '\n'])))
}

/// The header with this vocabulary, and how many tokens it has.
fn header(description: &str) -> (Gguf, usize) {
    let (mut texts, mut scores, mut types) = (Strings::default(), Vec::new(), Vec::new());
    let (mut merges, mut values) = (Strings::default(), Vec::new());
    values.push(("tokenizer.chat_template".to_owned(), Value::from(TEMPLATE)));
    for line in description.lines() {
        let Some((what, rest)) = line.split_once(' ') else { continue };
        let (word, tail) = rest.split_once(' ').unwrap_or((rest, ""));
        match what {
            "kind" => values.push(("tokenizer.ggml.model".to_owned(), rest.into())),
            "pre" => values.push(("tokenizer.ggml.pre".to_owned(), rest.into())),
            "flag" => values.push((word.to_owned(), Value::Bool(tail == "true"))),
            "id" => {
                let id = Value::U32(tail.parse().unwrap_or_default());
                values.push((format!("tokenizer.ggml.{word}_token_id"), id));
            }
            "merge" => merges.push(rest),
            _ => {
                types.push(what.parse().unwrap_or(1));
                scores.push(word.parse().unwrap_or(0.0));
                texts.push(&tail.replace("\\n", "\n"));
            }
        }
    }
    let tokens = texts.len();
    let mut writer = Writer::new();
    writer.set("tokenizer.ggml.tokens", Array::String(texts));
    writer.set("tokenizer.ggml.scores", Array::F32(scores));
    writer.set("tokenizer.ggml.token_type", Array::I32(types));
    writer.set("tokenizer.ggml.merges", Array::String(merges));
    let mut known = std::collections::BTreeSet::new();
    for (key, value) in values.into_iter().rev() {
        if key.len() < 1000 && !key.starts_with("general.") && known.insert(key.clone()) {
            writer.set(&key, value);
        }
    }
    let file = writer.to_bytes(|_, _| {});
    (Gguf::parse(&file, file.len() as u64).unwrap_or_else(|error| panic!("{error}")), tokens)
}
