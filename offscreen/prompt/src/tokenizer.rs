use crate::Error;
use crate::byte_level::{self, ByteLevel};
use crate::finder::{Finder, Part};
use crate::pieces::Pieces;
use crate::pre_tokenizer::PreTokenizer;
use crate::sentence_piece::{self, SentencePiece};
use crate::vocab::{TokenType, Vocab};
use gguf::Gguf;

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
    kind: Kind,
    pieces: Pieces,
    control: Finder,
    user_defined: Finder,
    adds_bos: bool,
    bos: Option<u32>,
    eos: Option<u32>,
    end: Vec<u32>,
}

/// How plain text becomes tokens.
enum Kind {
    ByteLevel(Box<ByteLevel>),
    SentencePiece(SentencePiece),
}

impl Tokenizer {
    /// Builds the tokenizer that a model file describes.
    ///
    /// # Errors
    /// For kinds that are not supported and for broken vocabularies.
    pub fn from_gguf(gguf: &Gguf) -> Result<Self, Error> {
        let vocab = Vocab::from_gguf(gguf)?;
        let (kind, pieces, adds_bos) = match gguf.str("tokenizer.ggml.model")? {
            "gpt2" => {
                let pre = PreTokenizer::named(gguf.str("tokenizer.ggml.pre").unwrap_or("default"))?;
                let adds_bos = pre.adds_bos;
                let read = byte_level::reader();
                // User-defined tokens are written as they are, not in the alphabet of bytes.
                let pieces = pieces(&vocab, |token, ty| match ty {
                    TokenType::UserDefined => token.as_bytes().to_vec(),
                    _ => read(token),
                });
                (Kind::ByteLevel(Box::new(ByteLevel::new(gguf, &vocab, pre)?)), pieces, adds_bos)
            }
            "llama" => {
                let pieces = pieces(&vocab, sentence_piece::read);
                (Kind::SentencePiece(SentencePiece::new(gguf, &vocab, &pieces)?), pieces, true)
            }
            other => return Err(Error::Kind(other.to_owned())),
        };
        let id = |key: &str| gguf.u32(key).ok().filter(|&id| (id as usize) < vocab.len());
        let eos = id("tokenizer.ggml.eos_token_id");
        let named = ["tokenizer.ggml.eot_token_id", "tokenizer.ggml.eom_token_id"].into_iter().filter_map(id);
        Ok(Self {
            kind,
            pieces,
            // One of a single character could not be told from that character in a message.
            control: Finder::new(vocab.of_type(TokenType::Control).filter(|(_, token)| is_mark(token)))?,
            user_defined: Finder::new(vocab.of_type(TokenType::UserDefined))?,
            adds_bos: gguf.bool("tokenizer.ggml.add_bos_token").unwrap_or(adds_bos),
            bos: id("tokenizer.ggml.bos_token_id"),
            eos,
            end: vocab.ends().chain(eos).chain(named).collect(),
        })
    }

    /// Token ids of `text`, without a beginning-of-text token.
    #[must_use]
    pub fn encode(&self, text: &str, special: Special) -> Vec<u32> {
        let mut ids = Vec::new();
        match special {
            Special::AsText => self.encode_text(text, &mut ids),
            Special::Recognise => self.control.split(text, |part| match part {
                Part::Text(text) => self.encode_text(text, &mut ids),
                Part::Token(id) => ids.push(id),
            }),
        }
        ids
    }

    /// Makes a text in which no control token can be recognised, until [`Self::encode_guarded`]
    /// takes it as text.
    pub(crate) fn guard(&self, text: &str, guard: char) -> String {
        self.control.guard(text, guard)
    }

    /// As [`Self::encode`] with control tokens recognised; what was guarded stays text, and the
    /// guards are gone.
    pub(crate) fn encode_guarded(&self, text: &str, guard: char) -> Vec<u32> {
        let mut ids = Vec::new();
        self.control.split(text, |part| match part {
            Part::Text(text) => self.encode_text(&text.replace(guard, ""), &mut ids),
            Part::Token(id) => ids.push(id),
        });
        ids
    }

    /// Number of tokens in the vocabulary: ids are below it.
    #[must_use]
    pub fn vocab(&self) -> usize {
        self.pieces.len()
    }

    /// Number of tokens of `text` taken as plain text.
    #[must_use]
    pub fn count(&self, text: &str) -> usize {
        self.encode(text, Special::AsText).len()
    }

    /// As [`Self::encode`], after the token that begins a text where the model wants one.
    #[must_use]
    pub fn encode_with_bos(&self, text: &str, special: Special) -> Vec<u32> {
        let bos = self.bos().filter(|_| self.adds_bos());
        bos.into_iter().chain(self.encode(text, special)).collect()
    }

    /// The bytes a token stands for; none for control tokens and unknown ids.
    #[must_use]
    pub fn bytes(&self, id: u32) -> &[u8] {
        self.pieces.get(id)
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

    fn encode_text(&self, text: &str, ids: &mut Vec<u32>) {
        self.user_defined.split(text, |part| match (part, &self.kind) {
            (Part::Token(id), _) => ids.push(id),
            (Part::Text(text), Kind::ByteLevel(byte_level)) => byte_level.encode(text, ids),
            (Part::Text(text), Kind::SentencePiece(pieces)) => pieces.encode(&self.pieces, text, ids),
        });
    }
}

/// Whether a token has more than one character.
fn is_mark(token: &str) -> bool {
    token.chars().nth(1).is_some()
}

/// What each token stands for; control tokens for nothing.
fn pieces(vocab: &Vocab<'_>, read: impl Fn(&str, TokenType) -> Vec<u8>) -> Pieces {
    let mut pieces = Pieces::default();
    for (_, token, ty) in vocab.iter() {
        pieces.push(if ty == TokenType::Control { Vec::new() } else { read(token, ty) });
    }
    pieces
}
