//! Translators of their own kind: encoder-decoder models that do nothing but translate from one
//! language into another, some 17 to 60 MB each (the students of Firefox Translations, in Marian's
//! format, executed by `fxtranslate`).
//!
//! 1. [`Translator::new`] checks the files ([`Files`]) and loads them. They come from a catalogue, by
//!    their SHA-256; still nothing in them is taken on trust, because `fxtranslate` ends the program
//!    where a length or a shape lies.
//! 2. [`Translator::translate`] translates sentences, which are shared among the threads of a
//!    [`Pool`]: the result is the same on any number of them. A sentence that is longer than the model
//!    reads is cut at clauses.
//! 3. [`Translator::align`] also tells which part of the translation came from where
//!    ([`Alignment`]), which takes longer.
//!
//! Whether a translation can stand is for others to judge. Nothing here knows the browser.

mod alignment;
mod cursor;
mod error;
mod model_file;
mod normalized;
#[cfg(feature = "seeded")]
pub mod seeded;
mod shortlist_file;
mod split;
mod vocabulary;

pub use alignment::{Alignment, Link};
pub use error::Error;

/// The threads that share the work.
pub use kernels::simd::Pool;

use fxtranslate::engine::{Aligned, Engine};
use std::ops::Range;
use vocabulary::Vocabulary;

/// Pieces of a sentence that the model reads, without the one that ends it: for each it writes two at
/// most, and has 256 places for them.
const MOST_PIECES: usize = 127;

/// Pieces that the model writes at most for so many that it reads, the one that ends each included.
const fn most_written(read: usize) -> usize {
    let most = 2 * read + 4;
    if most < 256 { most } else { 256 }
}

/// Sentences that are translated in one batch: the weights are read once for all of them. Of so many
/// the longest does not make the others wait long.
const BATCH: usize = 4;

/// The files of a translator.
#[derive(Clone, Copy, Debug)]
pub struct Files<'a> {
    /// The model (`model.XXYY.intgemm.alphas.bin`).
    pub model: &'a [u8],
    /// The vocabulary that the source is read by (`vocab.XXYY.spm`, or `srcvocab.XXYY.spm`).
    pub source: &'a [u8],
    /// The vocabulary that the translation is written by: the same, or `trgvocab.XXYY.spm`.
    pub target: &'a [u8],
    /// Which words may become which (`lex.50.50.XXYY.s2t.bin`). Without it all words of the
    /// vocabulary are looked at for each that is written: that takes longer, and is not how the models
    /// were measured.
    pub shortlist: Option<&'a [u8]>,
}

/// A translated sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Translation {
    /// The translation. White space around the source is not in it.
    pub text: String,
    /// What of it came from where, in bytes of the text that was given. None where that was not asked
    /// for, or the text was changed so much before it was read that places in it can't be told.
    pub alignment: Option<Alignment>,
    /// The model came to no end: the translation is cut off, or goes round in circles.
    pub unfinished: bool,
}

/// A model that translates from one language into another.
pub struct Translator {
    engine: Engine,
    target: Vocabulary,
}

impl Translator {
    /// Checks and loads the files. They are not needed afterwards.
    ///
    /// # Errors
    /// When they are damaged, contradict themselves or each other, or belong to a model of another
    /// kind.
    pub fn new(files: &Files<'_>) -> Result<Self, Error> {
        let sizes = model_file::check(files.model)?;
        let source = Vocabulary::read(files.source)?;
        let target = Vocabulary::read(files.target)?;
        if source.len() > sizes.source || target.len() > sizes.target {
            return Err(Error::Mismatch("the vocabulary has words that the model has not"));
        }
        let mut engine =
            Engine::from_bytes(files.model, files.source, files.target).map_err(Error::Engine)?;
        if let Some(shortlist) = files.shortlist {
            shortlist_file::check(shortlist, sizes)?;
            engine = engine.with_shortlist_bytes(shortlist);
        }
        Ok(Self { engine, target })
    }

    /// Translates sentences, each by itself; without alignments. Returns when all are done: whoever
    /// wants to pause gives few of them.
    #[must_use]
    pub fn translate(&self, sentences: &[&str], pool: &Pool) -> Vec<Translation> {
        self.each_part(sentences, pool, |parts, results| {
            let ids: Vec<Vec<u32>> = parts.iter().map(|part| self.engine.src_ids(part)).collect();
            for ((result, ids), written) in results.iter_mut().zip(&ids).zip(self.engine.greedy_batch(&ids)) {
                let unfinished = written.len() >= most_written(ids.len());
                let text = self.target.decode(&written).0;
                *result = Translation { text, alignment: None, unfinished };
            }
        })
    }

    /// Translates sentences, each by itself, with alignments: the same texts, later.
    #[must_use]
    pub fn align(&self, sentences: &[&str], pool: &Pool) -> Vec<Translation> {
        self.each_part(sentences, pool, |parts, results| {
            for (part, result) in parts.iter().zip(results) {
                *result = self.aligned(part, &self.engine.translate_aligned(part));
            }
        })
    }

    /// What the engine made of a text, in bytes of it.
    fn aligned(&self, text: &str, aligned: &Aligned) -> Translation {
        let written: Vec<u32> = aligned.target_tokens.iter().map(|token| token.id).collect();
        let (result, targets) = self.target.decode(&written);
        let targets: Vec<Range<usize>> = targets.into_iter().map(|target| word(&result, target)).collect();
        let places = normalized::places(text, &aligned.source_normalized);
        let alignment = places.map(|places| {
            let place = |begin: usize, end: usize| {
                let units = places.get(begin..end).unwrap_or_default();
                let first = units.iter().find(|place| !place.is_empty()).map_or(0, |place| place.start);
                word(text, first..units.last().map_or(first, |place| place.end.max(first)))
            };
            let sources: Vec<Range<usize>> =
                aligned.source_tokens.iter().map(|token| place(token.begin, token.end)).collect();
            Alignment::of(&aligned.alignments, &sources, &targets)
        });
        let unfinished = written.len() >= most_written(aligned.source_tokens.len());
        Translation { text: result, alignment, unfinished }
    }

    /// Cuts sentences into parts that the model can read, has `work` translate groups of them, shared
    /// among the threads, and joins what became of them.
    fn each_part(
        &self,
        sentences: &[&str],
        pool: &Pool,
        work: impl Fn(&[&str], &mut [Translation]) + Sync,
    ) -> Vec<Translation> {
        let fits = |part: &str| self.engine.src_ids(part).len() <= MOST_PIECES + 1;
        let cuts: Vec<Vec<Range<usize>>> =
            sentences.iter().map(|sentence| split::parts(sentence, &fits)).collect();
        let all = sentences.iter().zip(&cuts);
        let all: Vec<&str> =
            all.flat_map(|(sentence, cuts)| cuts.iter().map(|cut| &sentence[cut.clone()])).collect();
        // Those of like length together: the shorter ones of a group are filled up.
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(all[*at].len()));
        let parts: Vec<&str> = order.iter().map(|at| all[*at]).collect();
        let mut results = vec![Translation::default(); parts.len()];
        let group = parts.len().div_ceil(pool.threads()).clamp(1, BATCH);
        pool.chunks(&mut results, group, |at, results| {
            let start = at * group;
            work(&parts[start..start + results.len()], results);
        });
        let mut done: Vec<Translation> = vec![Translation::default(); parts.len()];
        order.into_iter().zip(results).for_each(|(at, result)| done[at] = result);
        let mut done = done.into_iter();
        let whole = |(sentence, cuts): (&&str, &Vec<Range<usize>>)| {
            joined(sentence, cuts, done.by_ref().take(cuts.len()))
        };
        sentences.iter().zip(&cuts).map(whole).collect()
    }
}

/// A range without the white space that it begins with.
fn word(text: &str, range: Range<usize>) -> Range<usize> {
    range.end - text[range.clone()].trim_start().len()..range.end
}

/// The translation of a sentence of those of its parts.
fn joined(sentence: &str, cuts: &[Range<usize>], parts: impl Iterator<Item = Translation>) -> Translation {
    let mut whole = Translation { alignment: Some(Alignment::default()), ..Translation::default() };
    let mut end = 0;
    for (cut, part) in cuts.iter().zip(parts) {
        let apart = sentence[end..cut.start].contains(char::is_whitespace);
        if apart && !whole.text.is_empty() {
            whole.text.push(' ');
        }
        let at = whole.text.len();
        whole.text.push_str(&part.text);
        whole.unfinished |= part.unfinished;
        match (&mut whole.alignment, part.alignment) {
            (Some(all), Some(own)) => all.links.extend(own.moved(cut.start, at)),
            (all, _) => *all = None,
        }
        end = cut.end;
    }
    whole
}
