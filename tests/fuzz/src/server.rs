//! Servers that a reader has models on.

use crate::Target;
use server::{Answer, Endpoint, Piece};

/// Anything that such a server sends. The first byte says what it is taken for: an answer that comes in
/// pieces of some length, a list of models, a refusal, an address.
pub const SERVER: Target = Target { name: "server", run, seeds, words: WORDS, mutations: 8_000 };

const WORDS: &[&str] = &[
    "data: ",
    "data:",
    "error: ",
    "\n\n",
    "\r\n",
    "data: [DONE]\n\n",
    "{\"choices\":[{\"delta\":{\"content\":\"",
    "\"},\"finish_reason\":\"length\"}]}",
    "\"reasoning_content\":\"a\"",
    "<think>",
    "</think>",
    "Key points:\n- ",
    "\"usage\":{\"prompt_tokens\":4294967295,\"completion_tokens\":-1}",
    "{\"error\":{\"message\":\"",
    "{\"data\":[{\"id\":\"",
    "\"meta\":{\"n_ctx\":2048}",
    "null",
    "[[[[",
    "\\u202e",
    "http://",
    "localhost:",
];

/// The beginning that answers are given.
const PREFIX: &str = "Key points:\n- ";

fn seeds() -> Vec<Vec<u8>> {
    let answer = concat!(
        "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":null}}]}\n\n",
        "data: {\"choices\":[{\"delta\":{\"content\":\"<think>Hm</think>Key points:\\n- A \"}}]}\r\n\r\n",
        ": still here\n\n",
        "data: {\"choices\":[{\"delta\":{\"content\":\"brücke\"},\"finish_reason\":\"stop\"}]}\n\n",
        "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":4,\"completion_tokens\":2}}\n\ndata: [DONE]\n\n",
    );
    let list = "{\"data\":[{\"id\":\"qwen3:8b\",\"max_model_len\":8192},{\"id\":\"a\",\"meta\":{\"n_ctx\":1,\"n_params\":2}}]}";
    let refusal = "{\"error\":{\"code\":400,\"message\":\"request exceeds the available context size\"}}";
    let seed = |kind: u8, text: &str| [&[kind], text.as_bytes()].concat();
    vec![
        seed(0, answer),
        seed(5, answer),
        seed(64, list),
        seed(128, refusal),
        seed(192, "http://localhost:11434/v1/"),
    ]
}

fn run(data: &[u8]) {
    let Some((&kind, data)) = data.split_first() else { return };
    match kind {
        0..64 => {
            let whole = read(data, data.len().max(1));
            assert_eq!(whole, read(data, usize::from(kind) + 1), "however it comes it is the same");
        }
        64..128 => {
            if let Ok(models) = server::models(data) {
                assert!(!models.is_empty() && models.iter().all(|model| model.name.trim() == model.name));
            }
        }
        128..192 => {
            for status in [0, 301, 400, 401, 403, 404, 429, 500, 503, u16::MAX] {
                let error = server::refusal(status, data, Some("m")).to_string();
                assert!(error.chars().count() < 300 && !error.contains('\n'), "{error}");
            }
        }
        _ => {
            let Some(endpoint) = std::str::from_utf8(data).ok().and_then(Endpoint::new) else { return };
            assert_eq!(Endpoint::new(&endpoint.address()).as_ref(), Some(&endpoint), "it stays the same");
            let port = endpoint.host().strip_prefix(endpoint.name()).expect("a host begins with its name");
            assert!(port.is_empty() || port.starts_with(':'));
        }
    }
}

/// All of an answer that comes so many bytes at a time: its text, or how it failed.
fn read(data: &[u8], pieces: usize) -> Result<String, String> {
    let mut answer = Answer::new(PREFIX);
    let mut text = String::new();
    let mut take = |found: Vec<Piece>| {
        for piece in found {
            if let Piece::Text(more) = piece {
                text.push_str(&more);
            }
        }
    };
    for piece in data.chunks(pieces) {
        take(answer.push(piece).map_err(|error| error.to_string())?);
    }
    let (rest, _) = answer.finish().map_err(|error| error.to_string())?;
    take(rest);
    Ok(text)
}
