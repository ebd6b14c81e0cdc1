//! How text is cut into words before byte-level BPE, by the name in `tokenizer.ggml.pre`. The patterns are those of the
//! models' own tokenizers.

use crate::Error;
use tokenizers::pre_tokenizers::PreTokenizerWrapper;
use tokenizers::pre_tokenizers::byte_level::ByteLevel;
use tokenizers::pre_tokenizers::digits::Digits;
use tokenizers::pre_tokenizers::sequence::Sequence;
use tokenizers::pre_tokenizers::split::{Split, SplitPattern};
use tokenizers::tokenizer::SplitDelimiterBehavior;

const LLAMA_3: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
const QWEN_2: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

/// The pre-tokenizer of this name.
pub(crate) fn pre_tokenizer(name: &str) -> Result<PreTokenizerWrapper, Error> {
    let bytes = |use_regex| PreTokenizerWrapper::from(ByteLevel::new(false, true, use_regex));
    let split = |pattern: &str| -> Result<PreTokenizerWrapper, Error> {
        let pattern = SplitPattern::Regex(pattern.to_owned());
        let split = Split::new(pattern, SplitDelimiterBehavior::Isolated, false);
        Ok(split.map_err(|error| Error::PreTokenizer(error.to_string()))?.into())
    };
    let steps = match name {
        "smollm" => vec![PreTokenizerWrapper::from(Digits::new(true)), bytes(true)],
        "llama-bpe" | "llama3" => vec![split(LLAMA_3)?, bytes(false)],
        "qwen2" => vec![split(QWEN_2)?, bytes(false)],
        "default" | "gpt-2" => vec![bytes(true)],
        other => return Err(Error::PreTokenizer(other.to_owned())),
    };
    Ok(Sequence::new(steps).into())
}

/// Whether a word that is a token is taken as it is, without merging its way there.
pub(crate) fn ignores_merges(name: &str) -> bool {
    matches!(name, "llama-bpe" | "llama3")
}
