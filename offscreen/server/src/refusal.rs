use crate::Error;
use crate::answer::{Told, clean};
use serde::Deserialize;

/// Bytes of a refusal that are read.
pub const MOST_OF_REFUSAL: usize = 64 << 10;

#[derive(Deserialize)]
struct Body {
    #[serde(default)]
    error: Option<Told>,
    #[serde(default)]
    message: Option<String>,
    /// Of servers in Python.
    #[serde(default)]
    detail: Option<String>,
}

/// What a status other than success means; `model` is the one that was asked for, if one was. A
/// browser that does not follow where a server sends it gives a status of 0.
#[must_use]
pub fn refusal(status: u16, body: &[u8], model: Option<&str>) -> Error {
    let words = words(body);
    let has = |part: &str| words.to_lowercase().contains(part);
    match (status, model) {
        (0 | 300..=399, _) => Error::Redirected,
        (401, _) => Error::WantsKey,
        (403, _) => Error::Forbidden,
        (404, Some(model)) => Error::NoModel { model: model.to_owned() },
        (404 | 405, None) => Error::NoInterface,
        (429 | 503, _) => Error::Busy { words },
        (400 | 413 | 422, _) if has("context") || has("too long") || has("maximum length") => {
            Error::NoRoom { words }
        }
        _ => Error::Refused { status, words },
    }
}

/// What a server says of it; nothing of what is no error of the interface.
fn words(body: &[u8]) -> String {
    let Ok(Body { error, message, detail }) = serde_json::from_slice(body) else { return String::new() };
    let words = error.map(Told::words).or(message).or(detail);
    clean(&words.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn each_refusal_has_its_meaning() {
        let model = Some("qwen3:8b");
        let busy = "{\"error\":{\"code\":503,\"message\":\"Loading model\",\"type\":\"unavailable_error\"}}";
        let room = "{\"error\":{\"code\":400,\"message\":\"request (4031 tokens) exceeds the available context size (2048 tokens), try increasing it\"}}";
        for (status, body, model, expected) in [
            (0, "", None, Error::Redirected),
            (302, "", model, Error::Redirected),
            (401, "{\"error\":{\"message\":\"Invalid API Key\"}}", None, Error::WantsKey),
            (403, "", None, Error::Forbidden),
            (404, "404 page not found", None, Error::NoInterface),
            (404, "{\"error\":{\"message\":\"model not found\"}}", model, Error::NoModel { model: "qwen3:8b".into() }),
            (503, busy, model, Error::Busy { words: "Loading model".into() }),
            (
                400,
                room,
                model,
                Error::NoRoom {
                    words: "request (4031 tokens) exceeds the available context size (2048 tokens), try increasing it".into(),
                },
            ),
            (422, "{\"detail\":\"no stream\"}", model, Error::Refused { status: 422, words: "no stream".into() }),
            (500, "{\"error\":\"a\\u0000b\\n c.\"}", model, Error::Refused { status: 500, words: "a b c".into() }),
            (500, "<html>", model, Error::Refused { status: 500, words: String::new() }),
        ] {
            assert_eq!(refusal(status, body.as_bytes(), model), expected);
        }
        let long = serde_json::json!({"error": "é".repeat(100_000)}).to_string();
        assert!(refusal(500, long.as_bytes(), None).to_string().chars().count() < 250);
    }

    proptest! {
        #[test]
        fn any_refusal_is_a_sentences_end(status: u16, body: Vec<u8>) {
            let words = refusal(status, &body, Some("m")).to_string();
            prop_assert!(!words.is_empty() && !words.ends_with('.'));
        }
    }
}
