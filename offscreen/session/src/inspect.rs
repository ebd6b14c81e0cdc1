use crate::Error;
use catalog::ModelInfo;
use decoder::Source;
use gguf::Gguf;
use prompt::{ChatTemplate, Tokenizer};

/// What a model file of `bytes` bytes says of itself, once it is sure that it can be run: family,
/// tensors, tokenizer and template. `name` is the file's, `source` says where it comes from.
///
/// # Errors
/// What is wrong with the file, or not supported.
pub fn inspect(
    file: &mut impl Source,
    bytes: u64,
    sha256: &str,
    name: &str,
    source: &str,
) -> Result<ModelInfo, Error> {
    let header = decoder::read_header(file, bytes)?;
    let config = decoder::check(&header)?;
    Tokenizer::from_gguf(&header)?;
    let chats = match ChatTemplate::from_gguf(&header) {
        Err(prompt::Error::NoTemplate) => false,
        template => template.is_ok(),
    };
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(ModelInfo {
        id: sha256.to_owned(),
        name: header.str("general.name").map_or_else(|_| name.to_owned(), short),
        licence: header.str("general.license").ok().map(short),
        languages: languages(&header),
        good_for: if chats {
            "Not measured: every result is checked, but it is an experiment.".to_owned()
        } else {
            "Not measured, and made to continue texts, not to follow instructions.".to_owned()
        },
        bytes,
        sha256: sha256.to_owned(),
        parameters: header.tensors.iter().map(|tensor| tensor.shape.iter().product::<u64>()).sum(),
        chats,
        context: number(config.context),
        cached_values: number(2 * config.layers * config.kv_heads * config.head_dim),
        source: source.to_owned(),
        family: config.family,
    })
}

fn languages(header: &Gguf) -> String {
    match header.strings("general.languages") {
        Ok(tags) => tags.iter().take(20).collect::<Vec<_>>().join(", "),
        Err(_) => "The file does not say".to_owned(),
    }
}

/// A text of the file's, for a line on a screen.
fn short(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).take(80).collect()
}
