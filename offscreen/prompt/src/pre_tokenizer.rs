//! How text is cut into words before byte-level BPE, by the name in `tokenizer.ggml.pre`.
//!
//! The patterns are those of the models' own tokenizers, as llama.cpp lists them in
//! `llama-vocab.cpp`. Each cuts what the one before left whole; what lies between two matches is a
//! word too.

use crate::Error;
use tokenizers::utils::SysRegex;

const GPT_2: &str = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)";
const LLAMA_3: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";
const QWEN_2: &str = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+";

/// What a name in `tokenizer.ggml.pre` stands for.
pub(crate) struct PreTokenizer {
    patterns: Vec<SysRegex>,
    /// Whether a word that is a token is taken as it is, without merging its way there.
    pub(crate) ignores_merges: bool,
    /// Whether texts begin with the token for it unless the file says otherwise.
    pub(crate) adds_bos: bool,
}

impl PreTokenizer {
    /// The pre-tokenizer of this name.
    pub(crate) fn named(name: &str) -> Result<Self, Error> {
        let patterns: &[&str] = match name {
            "smollm" | "refact" => &[r"\p{N}", GPT_2],
            "llama-bpe" | "llama3" | "llama-v3" | "smaug-bpe" | "dbrx" => &[LLAMA_3],
            "qwen2" | "deepseek-r1-qwen" => &[QWEN_2],
            "gpt-2" => &[GPT_2],
            "default" => &[r"[\p{P}\$\+<=>\^~\|]+", GPT_2, r"\p{N}+", "[0-9][0-9][0-9]"],
            other => return Err(Error::PreTokenizer(other.to_owned())),
        };
        // Others cut as it does, and do no more of what it does.
        let is_llama_3 = ["llama-bpe", "llama3", "llama-v3"].contains(&name);
        let patterns = patterns.iter().map(|pattern| SysRegex::new(pattern)).collect::<Result<_, _>>();
        let patterns = patterns.map_err(|error| Error::PreTokenizer(format!("{name}: {error}")))?;
        Ok(Self { patterns, ignores_merges: is_llama_3, adds_bos: is_llama_3 })
    }

    /// The words of a text; together they are the text.
    pub(crate) fn words<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let mut words = vec![text];
        for pattern in &self.patterns {
            words = words.into_iter().flat_map(|word| cut(pattern, word)).collect();
        }
        words
    }
}

fn cut<'t>(pattern: &SysRegex, text: &'t str) -> Vec<&'t str> {
    let (mut words, mut from) = (Vec::new(), 0);
    for (start, end) in pattern.find_iter(text) {
        words.extend([&text[from..start], &text[start..end]].into_iter().filter(|word| !word.is_empty()));
        from = end;
    }
    words.extend(Some(&text[from..]).filter(|rest| !rest.is_empty()));
    words
}

#[cfg(test)]
mod tests {
    use super::PreTokenizer;

    fn words(name: &str, text: &'static str) -> Vec<&'static str> {
        PreTokenizer::named(name).unwrap().words(text)
    }

    #[test]
    fn each_family_cuts_its_own_way() {
        let text = "I'LL pay  $1234.5 now!\n\n ok";
        let smollm =
            ["I", "'", "LL", " pay", " ", " $", "1", "2", "3", "4", ".", "5", " now", "!", "\n\n", " ok"];
        assert_eq!(words("smollm", text), smollm);
        let gpt_2 = ["I", "'", "LL", " pay", " ", " $", "1234", ".", "5", " now", "!", "\n\n", " ok"];
        assert_eq!(words("gpt-2", text), gpt_2);
        let llama_3 = ["I", "'LL", " pay", " ", " $", "123", "4", ".", "5", " now", "!\n\n", " ok"];
        assert_eq!(words("llama-bpe", text), llama_3);
        let qwen_2 = ["I", "'LL", " pay", " ", " $", "1", "2", "3", "4", ".", "5", " now", "!\n\n", " ok"];
        assert_eq!(words("qwen2", text), qwen_2);
        let default = ["I", "'", "LL", " pay", "  ", "$", "123", "4", ".", "5", " now", "!", "\n\n", " ok"];
        assert_eq!(words("default", text), default);
    }

    #[test]
    fn what_cuts_as_llama_3_does_need_not_begin_as_it_does() {
        for (name, begins) in [("llama-bpe", true), ("smaug-bpe", false), ("dbrx", false)] {
            let own = PreTokenizer::named(name).unwrap();
            assert_eq!(own.words("It's 12345"), ["It", "'s", " ", "123", "45"], "{name}");
            assert_eq!((own.adds_bos, own.ignores_merges), (begins, begins), "{name}");
        }
    }

    #[test]
    fn an_unknown_name_is_refused() {
        assert!(PreTokenizer::named("tekken").is_err());
    }
}
