use crate::Error;
use crate::detokenizer::Detokenizer;
use crate::pre_tokenizer::{ignores_merges, pre_tokenizer};
use crate::sentence_piece::{self, SPACE};
use crate::vocab::{TokenType, Vocab};
use ahash::AHashMap;
use aho_corasick::{AhoCorasick, MatchKind};
use gguf::Gguf;
use std::collections::HashMap;
use std::ops::Range;
use tokenizers::models::bpe::BPE;
use tokenizers::normalizers::replace::Replace;

/// What becomes of control tokens that are written out in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Special {
    /// They are recognised: for templates and trusted text only.
    Recognise,
    /// They are text like any other.
    AsText,
}

/// Text to token ids, and ids to bytes.
pub struct Tokenizer {
    bpe: tokenizers::Tokenizer,
    /// Finds control and user-defined tokens in text; pattern `i` is `special[i]`.
    finder: AhoCorasick,
    special: Vec<(u32, TokenType)>,
    /// The bytes each token stands for, control tokens none: all in one buffer, token `i` at `ends[i - 1]..ends[i]`.
    bytes: Vec<u8>,
    ends: Vec<usize>,
    adds_bos: bool,
    bos: Option<u32>,
    eos: Option<u32>,
    end: Vec<u32>,
}

/// Tells the bytes that a token of a vocabulary stands for.
type BytesOf = Box<dyn Fn(&str, TokenType) -> Vec<u8>>;

/// Names of tokens that end an answer, beside the file's own end token.
const END_TOKENS: [&str; 6] =
    ["<|im_end|>", "<|endoftext|>", "<|eot_id|>", "<|end_of_text|>", "<end_of_turn>", "</s>"];

impl Tokenizer {
    /// Builds the tokenizer that a model file describes.
    ///
    /// # Errors
    /// For kinds that are not supported and for broken vocabularies.
    pub fn from_gguf(gguf: &Gguf) -> Result<Self, Error> {
        let vocab = Vocab::from_gguf(gguf)?;
        let (bpe, bytes_of): (_, BytesOf) = match gguf.str("tokenizer.ggml.model")? {
            "gpt2" => (byte_level(gguf, &vocab)?, Box::new(byte_level_bytes())),
            "llama" => (sentence_piece_bpe(gguf, &vocab)?, Box::new(sentence_piece_bytes)),
            other => return Err(Error::Kind(other.to_owned())),
        };
        let (special, patterns): (Vec<_>, Vec<_>) = vocab
            .iter()
            .filter(|(_, token, ty)| {
                matches!(ty, TokenType::Control | TokenType::UserDefined) && !token.is_empty()
            })
            .map(|(id, token, ty)| ((id, ty), token))
            .unzip();
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(patterns)
            .map_err(|error| Error::Vocab(error.to_string()))?;
        let (mut bytes, mut ends) = (Vec::new(), Vec::with_capacity(vocab.tokens.len()));
        for (_, token, ty) in vocab.iter() {
            match ty {
                TokenType::Control => {}
                TokenType::UserDefined => bytes.extend(token.bytes()),
                _ => bytes.extend(bytes_of(token, ty)),
            }
            ends.push(bytes.len());
        }
        let id = |key: &str| gguf.u32(key).ok().filter(|&id| (id as usize) < vocab.tokens.len());
        let eos = id("tokenizer.ggml.eos_token_id");
        let named =
            vocab.iter().filter(|(_, token, ty)| *ty == TokenType::Control && END_TOKENS.contains(token));
        let end = named.map(|(id, ..)| id).chain(eos).chain(id("tokenizer.ggml.eot_token_id")).collect();
        Ok(Self {
            bpe,
            finder,
            special,
            bytes,
            ends,
            adds_bos: gguf.bool("tokenizer.ggml.add_bos_token").unwrap_or(false),
            bos: id("tokenizer.ggml.bos_token_id"),
            eos,
            end,
        })
    }

    /// Token ids of `text`, without a beginning-of-text token.
    #[must_use]
    pub fn encode(&self, text: &str, special: Special) -> Vec<u32> {
        let trusted = match special {
            Special::Recognise => 0..text.len(),
            Special::AsText => 0..0,
        };
        self.encode_trusting(text, &[trusted])
    }

    /// As [`Self::encode`], recognising control tokens only where they lie inside one of the ascending `trusted` ranges.
    pub(crate) fn encode_trusting(&self, text: &str, trusted: &[Range<usize>]) -> Vec<u32> {
        let mut ids = Vec::new();
        let mut plain_from = 0;
        for found in self.finder.find_iter(text) {
            let (id, ty) = self.special[found.pattern().as_usize()];
            let is_trusted =
                || trusted.iter().any(|range| range.start <= found.start() && found.end() <= range.end);
            if ty == TokenType::UserDefined || is_trusted() {
                self.encode_plain(&text[plain_from..found.start()], &mut ids);
                ids.push(id);
                plain_from = found.end();
            }
        }
        self.encode_plain(&text[plain_from..], &mut ids);
        ids
    }

    /// Number of tokens of `text` taken as plain text.
    #[must_use]
    pub fn count(&self, text: &str) -> usize {
        self.encode(text, Special::AsText).len()
    }

    /// The text of `ids`; control tokens have none.
    #[must_use]
    pub fn decode(&self, ids: &[u32]) -> String {
        let mut detokenizer = Detokenizer::new(self);
        let mut text: String = ids.iter().map(|&id| detokenizer.push(id)).collect();
        text.push_str(&detokenizer.finish());
        text
    }

    /// The bytes a token stands for; none for control tokens and unknown ids.
    #[must_use]
    pub fn bytes(&self, id: u32) -> &[u8] {
        let id = id as usize;
        let start = id.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(id).map_or(&[], |&end| &self.bytes[start..end])
    }

    /// The token that begins a text, where the model has one.
    #[must_use]
    pub fn bos(&self) -> Option<u32> {
        self.bos
    }

    /// The token that ends a text, where the model has one.
    #[must_use]
    pub fn eos(&self) -> Option<u32> {
        self.eos
    }

    /// Whether prompts of this model begin with [`Self::bos`].
    #[must_use]
    pub fn adds_bos(&self) -> bool {
        self.adds_bos
    }

    /// Whether a token ends an answer: of the text, or of the turn.
    #[must_use]
    pub fn is_end(&self, id: u32) -> bool {
        self.end.contains(&id)
    }

    fn encode_plain(&self, text: &str, ids: &mut Vec<u32>) {
        if text.is_empty() {
            return;
        }
        // Encoding fails only for models that dropout or an unknown token make fail; these have neither.
        if let Ok(encoding) = self.bpe.encode_fast(text, false) {
            ids.extend(encoding.get_ids());
        }
    }
}

fn byte_level(gguf: &Gguf, vocab: &Vocab) -> Result<tokenizers::Tokenizer, Error> {
    let pre = gguf.str("tokenizer.ggml.pre").unwrap_or("default");
    let merges = gguf.strings("tokenizer.ggml.merges")?;
    let merges = merges.iter().map(|merge| {
        let pair = merge.split_once(' ').ok_or_else(|| Error::Vocab(format!("{merge:?} is no merge")))?;
        Ok((pair.0.to_owned(), pair.1.to_owned()))
    });
    let bpe = BPE::builder()
        .vocab_and_merges(
            vocab.text_tokens().collect::<AHashMap<_, _>>(),
            merges.collect::<Result<Vec<_>, Error>>()?,
        )
        .ignore_merges(ignores_merges(pre))
        .build()
        .map_err(|error| Error::Vocab(error.to_string()))?;
    let mut tokenizer = tokenizers::Tokenizer::new(bpe);
    tokenizer.with_pre_tokenizer(Some(pre_tokenizer(pre)?));
    Ok(tokenizer)
}

fn sentence_piece_bpe(gguf: &Gguf, vocab: &Vocab) -> Result<tokenizers::Tokenizer, Error> {
    let merges = sentence_piece::merges(vocab, gguf.f32s("tokenizer.ggml.scores")?)?;
    let bpe = BPE::builder()
        .vocab_and_merges(vocab.text_tokens().collect::<AHashMap<_, _>>(), merges)
        .byte_fallback(true)
        .build()
        .map_err(|error| Error::Vocab(error.to_string()))?;
    let mut tokenizer = tokenizers::Tokenizer::new(bpe);
    let broken = |error: tokenizers::Error| Error::Vocab(error.to_string());
    let spaces = Replace::new(" ", SPACE.to_string()).map_err(broken)?;
    tokenizer.with_normalizer(Some(spaces)).map_err(broken)?;
    Ok(tokenizer)
}

/// The bytes of a token of a SentencePiece vocabulary.
fn sentence_piece_bytes(token: &str, ty: TokenType) -> Vec<u8> {
    let byte = || u8::from_str_radix(token.strip_prefix("<0x")?.strip_suffix('>')?, 16).ok();
    match ty {
        TokenType::Byte => byte().into_iter().collect(),
        _ => token.replace(SPACE, " ").into_bytes(),
    }
}

/// Reads the tokens of a byte-level vocabulary, whose characters each stand for one byte: printable ones of Latin-1 for
/// themselves, the others in order from U+0100 (Radford et al. 2019, <https://github.com/openai/gpt-2>).
fn byte_level_bytes() -> impl Fn(&str, TokenType) -> Vec<u8> {
    let is_itself = |byte: u8| matches!(byte, b'!'..=b'~' | 0xa1..=0xac | 0xae..=0xff);
    let others = (0..=u8::MAX).filter(|&byte| !is_itself(byte)).zip('\u{100}'..);
    let themselves = (0..=u8::MAX).filter(|&byte| is_itself(byte)).map(|byte| (byte, char::from(byte)));
    let bytes: HashMap<char, u8> = themselves.chain(others).map(|(byte, c)| (c, byte)).collect();
    move |token, _| {
        let known: Option<_> = token.chars().map(|c| bytes.get(&c).copied()).collect();
        known.unwrap_or_else(|| token.as_bytes().to_vec())
    }
}
