//! Whether a model has room here: what it needs, what there is, and how much less it can do with.

use crate::Error;
use catalog::ModelInfo;
use gguf::Gguf;
use protocol::{BackendChoice, Fit, ModelKind};

/// Positions of a loaded model's KV cache where memory is short: some sentences.
pub const SHORT_CONTEXT: usize = 512;

/// The most memory that a program of 32 bits can have, in bytes: what the engine's build allows.
pub const MOST_MEMORY: u64 = 4 << 30;

/// Memory wanted beside the model on the processor: engine, page, tokenizer, and what is read of the file
/// ahead.
const BESIDE_MODEL: u64 = 192 << 20;

/// What is asked for at once when memory is tried: what 32 bits count is too much for one piece.
const PIECE: usize = 64 << 20;

/// What there is for a model, as far as that is known before it is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Bytes of the processor's memory that the engine can have.
    pub memory: u64,
    /// Whether there is a GPU; none before the first model that was to run on one. How much memory
    /// that has, no browser tells.
    pub has_gpu: Option<bool>,
}

impl Default for Room {
    /// Nothing is known to end.
    fn default() -> Self {
        Self { memory: u64::MAX, has_gpu: None }
    }
}

impl Room {
    /// Whether a model of whose file no more is known has room, with a short context where it takes
    /// that.
    #[must_use]
    pub fn fit(&self, info: &ModelInfo) -> Fit {
        let needs = needs(info);
        // Translators take some dozen megabytes.
        if needs <= self.memory || info.kind() == ModelKind::Translator {
            return Fit::Fits;
        }
        let (needs, has) = (needs as f64, self.memory as f64);
        if self.has_gpu == Some(false) { Fit::TooLarge { needs, has } } else { Fit::OnGpu { needs, has } }
    }

    /// Whether it is worth opening a model's file.
    ///
    /// # Errors
    /// [`Error::NoFit`] when it has no room where the choice leads to.
    pub(crate) fn check(&self, info: &ModelInfo, choice: BackendChoice) -> Result<(), Error> {
        match self.fit(info) {
            Fit::OnGpu { .. } if choice != BackendChoice::Cpu => Ok(()),
            Fit::Fits => Ok(()),
            Fit::OnGpu { .. } | Fit::TooLarge { .. } => Err(no_fit(needs(info), self.memory)),
        }
    }

    /// Sees that the processor has room for a model and a text of so many tokens: where memory ends, an
    /// allocation ends the program; asking first gives an error instead.
    ///
    /// # Errors
    /// [`Error::NoFit`] when there is less than it needs, [`Error::Memory`] when it cannot be had, or
    /// what is wrong with the header.
    pub fn reserve(&self, header: &Gguf, context: usize) -> Result<(), Error> {
        let needs = decoder::memory(header, context)?.saturating_add(BESIDE_MODEL);
        if needs > self.memory {
            return Err(no_fit(needs, self.memory));
        }
        let mut pieces = Vec::new();
        for _ in 0..needs.div_ceil(PIECE as u64) {
            let mut piece = Vec::<u8>::new();
            piece.try_reserve_exact(PIECE)?;
            pieces.push(piece);
        }
        Ok(())
    }
}

/// Bytes that a model needs on the processor with a short context, as far as that is known without its
/// file.
fn needs(info: &ModelInfo) -> u64 {
    let cache = decoder::cache_bytes(info.cached_values.into(), SHORT_CONTEXT);
    info.bytes.saturating_add(cache).saturating_add(BESIDE_MODEL)
}

/// Of a model that whoever knows it names.
fn no_fit(needs: u64, has: u64) -> Error {
    Error::NoFit { name: "The model".to_owned(), needs, has, instead: None }
}
