use crate::fit::MOST_MEMORY;
use crate::line::{line, name};
use crate::{CONTEXT, Error};
use catalog::ModelInfo;
use decoder::{Config, Source};
use gguf::Gguf;
use prompt::{ChatTemplate, Message, Tokenizer, chat_ids};

/// Fewest positions that an instruction, a sentence and an answer fit into.
const SHORTEST_CONTEXT: usize = 128;

/// What a model file of `bytes` bytes says of itself, once it is sure that it can be run: family,
/// tensors, tokenizer and template. `file_name` is the file's, `source` says where it comes from.
///
/// What can be found wrong in a file is found here, before it is installed: a model that was accepted
/// loads, and answers.
///
/// # Errors
/// What is wrong with the file, or not supported.
pub fn inspect(
    file: &mut impl Source,
    bytes: u64,
    sha256: &str,
    file_name: &str,
    source: &str,
) -> Result<ModelInfo, Error> {
    let header = decoder::read_header(file, bytes)?;
    let config = decoder::check(&header, file)?;
    check_size(&config, &header)?;
    let tokenizer = Tokenizer::from_gguf(&header)?;
    check_vocabulary(&config, &tokenizer)?;
    let chats = match ChatTemplate::from_gguf(&header) {
        Err(prompt::Error::NoTemplate) => false,
        template => {
            check_template(&template?, &tokenizer)?;
            true
        }
    };
    let number = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    let stated = header.str("general.name").ok();
    let name =
        name(stated.into_iter().chain([file_name])).unwrap_or_else(|| "A model without a name".to_owned());
    Ok(ModelInfo {
        id: sha256.to_owned(),
        name,
        licence: header.str("general.license").ok().and_then(|licence| crate::line::name([licence])),
        languages: languages(&header),
        good_for: if chats {
            catalog::NOT_MEASURED.to_owned()
        } else {
            "Not measured, and made to continue texts, not to follow instructions.".to_owned()
        },
        bytes,
        sha256: sha256.to_owned(),
        parameters: parameters(&header),
        chats,
        context: number(config.context),
        cached_values: number(config.cached_values()),
        source: source.to_owned(),
        family: config.family,
    })
}

/// Whether a prompt fits the model, and the model fits a computer.
fn check_size(config: &Config, header: &Gguf) -> Result<(), Error> {
    if config.context < SHORTEST_CONTEXT {
        let what = format!("The model reads {} tokens at once, which is too few.", config.context);
        return Err(Error::Unusable(what));
    }
    let weights: u64 = header.tensors.iter().fold(0, |sum, tensor| sum.saturating_add(tensor.len));
    let beside = decoder::memory(header, CONTEXT.min(config.context))?.saturating_sub(weights);
    if beside > MOST_MEMORY / 2 {
        let what = format!("The model needs {} GB of memory beside its weights.", beside >> 30);
        return Err(Error::Unusable(what));
    }
    Ok(())
}

/// Whether the model has a row for every token that a text can become.
fn check_vocabulary(config: &Config, tokenizer: &Tokenizer) -> Result<(), Error> {
    if tokenizer.vocab() <= config.vocab {
        return Ok(());
    }
    let (tokens, rows) = (tokenizer.vocab(), config.vocab);
    Err(Error::Unusable(format!("The model file names {tokens} tokens, but has weights for {rows} of them.")))
}

/// Whether the template writes what it is given.
fn check_template(template: &ChatTemplate, tokenizer: &Tokenizer) -> Result<(), Error> {
    const WORDS: &str = "How are you";
    let messages = [Message::user(WORDS)];
    let says = |text: String| text.contains(WORDS);
    if !says(template.render(&messages, true)?) || chat_ids(tokenizer, template, &messages, "")?.is_empty() {
        let what = "The model file's chat template leaves out what it is given.";
        return Err(Error::Unusable(what.to_owned()));
    }
    Ok(())
}

/// The number of weights.
fn parameters(header: &Gguf) -> u64 {
    let count = |shape: &[u64]| shape.iter().fold(1_u64, |count, &n| count.saturating_mul(n));
    header.tensors.iter().fold(0, |sum, tensor| sum.saturating_add(count(&tensor.shape)))
}

fn languages(header: &Gguf) -> String {
    let tags = header.strings("general.languages").ok();
    let tags: Option<Vec<&str>> = tags.map(|tags| tags.iter().take(20).collect());
    let named = tags.map(|tags| line(&tags.join(", "), 120)).filter(|named| !named.is_empty());
    named.unwrap_or_else(|| "The file does not say".to_owned())
}
