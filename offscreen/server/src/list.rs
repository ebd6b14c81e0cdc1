use crate::Error;
use serde::Deserialize;

/// Bytes that a list of models may have.
pub const MOST_OF_LIST: usize = 4 << 20;

/// Models that are listed: nobody has more.
const MOST_MODELS: usize = 1000;

/// Letters of a model's name.
const LONGEST_NAME: usize = 200;

/// A model that a server has, as far as that tells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Its name: so it is asked for.
    pub name: String,
    /// Tokens it is given room for.
    pub context: Option<u32>,
    /// Number of its weights.
    pub parameters: Option<u64>,
}

#[derive(Deserialize)]
struct List {
    data: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    id: String,
    /// Of vLLM.
    #[serde(default)]
    max_model_len: Option<u32>,
    /// Of llama.cpp.
    #[serde(default)]
    meta: Option<Meta>,
}

#[derive(Deserialize)]
struct Meta {
    #[serde(default)]
    n_ctx: Option<u32>,
    #[serde(default)]
    n_params: Option<u64>,
}

/// Reads which models a server has. One whose name cannot be shown as it is, or is too long, is left
/// out, and one that is named twice is listed once.
///
/// # Errors
/// [`Error::NotUnderstood`], [`Error::NoModels`].
pub fn models(body: &[u8]) -> Result<Vec<Listed>, Error> {
    let list: List =
        serde_json::from_slice(body).map_err(|_| Error::NotUnderstood { what: "its list of models" })?;
    let mut models: Vec<Listed> = Vec::new();
    for Entry { id, max_model_len, meta } in list.data {
        let is_new = models.iter().all(|model| model.name != id);
        if is_new && is_shown(&id) && models.len() < MOST_MODELS {
            let (n_ctx, parameters) = meta.map_or((None, None), |meta| (meta.n_ctx, meta.n_params));
            models.push(Listed { name: id, context: max_model_len.or(n_ctx), parameters });
        }
    }
    if models.is_empty() { Err(Error::NoModels) } else { Ok(models) }
}

/// Whether a name is what it looks like: no controls, nothing that turns the direction of writing, and
/// no spaces that nobody sees.
fn is_shown(name: &str) -> bool {
    let is_seen = |c: char| {
        !c.is_control()
            && (c == ' ' || !c.is_whitespace())
            && !matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
    };
    name.trim() == name
        && name.chars().any(char::is_alphanumeric)
        && name.chars().count() <= LONGEST_NAME
        && name.chars().all(is_seen)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn listed(json: &str) -> Result<Vec<Listed>, Error> {
        models(json.as_bytes())
    }

    fn named(name: &str) -> Listed {
        Listed { name: name.to_owned(), ..Listed::default() }
    }

    #[test]
    fn each_kind_of_server_tells_what_it_tells() {
        let ollama = r#"{"object":"list","data":[{"id":"qwen3:8b","object":"model","created":1,"owned_by":"library"},{"id":"llama3.2:latest"}]}"#;
        assert_eq!(listed(ollama), Ok(vec![named("qwen3:8b"), named("llama3.2:latest")]));
        let llama = r#"{"models":[{"name":"x"}],"object":"list","data":[{"id":"SmolLM2.gguf","meta":{"n_ctx":2048,"n_ctx_train":8192,"n_params":134515008}}]}"#;
        let expected = Listed { context: Some(2048), parameters: Some(134_515_008), ..named("SmolLM2.gguf") };
        assert_eq!(listed(llama), Ok(vec![expected]));
        let vllm = r#"{"data":[{"id":"Qwen/Qwen3-8B","max_model_len":40960,"meta":null}]}"#;
        assert_eq!(listed(vllm), Ok(vec![Listed { context: Some(40_960), ..named("Qwen/Qwen3-8B") }]));
    }

    #[test]
    fn names_that_hide_something_are_left_out() {
        let json = serde_json::json!({"data": [
            {"id": "a"}, {"id": "a"}, {"id": "b\u{202e}c"}, {"id": "d\n"}, {"id": " e"}, {"id": ""}, {"id": "f\u{a0}g"},
            {"id": "…"}, {"id": "h".repeat(201)}, {"id": "i/j k"},
        ]});
        assert_eq!(listed(&json.to_string()), Ok(vec![named("a"), named("i/j k")]));
    }

    #[test]
    fn what_is_no_list_is_refused() {
        let refused = Err(Error::NotUnderstood { what: "its list of models" });
        for json in
            ["", "null", "<!doctype html>", "{\"data\":{}}", "{\"data\":[{}]}", "{\"data\":[{\"id\":7}]}"]
        {
            assert_eq!(listed(json), refused, "{json}");
        }
        assert_eq!(listed("{\"data\":[]}"), Err(Error::NoModels));
        let many: Vec<_> = (0..5000).map(|i| serde_json::json!({"id": format!("m{i}")})).collect();
        let many = serde_json::json!({"data": many}).to_string();
        assert_eq!(listed(&many).unwrap().len(), MOST_MODELS);
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_list_or_refused(bytes: Vec<u8>) {
            let _ = models(&bytes);
        }
    }
}
