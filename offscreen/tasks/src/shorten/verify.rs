//! Is a model's shorter sentence still true to the sentence it was made from?
//!
//! No model is asked: every rule can be read below and errs on the side of the page, whose own sentence stands where the
//! answer falls. A good answer leaves words out and joins what is left; so its words must be those of the source, in the
//! source's order ([`align`]), what it leaves out must be whole phrases ([`phrases`]), and the little words that turn a
//! meaning round (not, may, most, by, more than …) must still stand before the same words ([`operators`]).

mod align;
mod numbers;
mod operators;
mod phrases;

use crate::words::{Language, Word};
pub(crate) use align::Alignment;
pub(crate) use numbers::value as number;
pub(crate) use phrases::INTRODUCTIONS;
use std::fmt;

/// At most so many content words of an answer may be new.
const MAX_NEW_WORDS: usize = 2;

/// An answer must leave out at least this share of its source's words, or the page's own sentence is the better one.
const MIN_SAVING: f32 = 0.05;

/// What was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Shorter and true to its source.
    Kept,
    /// Nothing was written.
    Empty,
    /// Does not end as a sentence, or is more than one.
    NotASentence,
    /// Talks about the sentence instead of saying it.
    Chatter,
    /// Not noticeably shorter.
    NotShorter,
    /// A number that its source does not have.
    NewNumber(String),
    /// A name that its source does not have.
    NewName(String),
    /// More new words than can be trusted.
    NewWords(String),
    /// A word that turns a meaning round was added, lost or moved: which.
    Operator(String),
    /// Speaks of something else than its source does, or drops who says it.
    Subject,
    /// The words stand in another order.
    Reordered,
    /// Words were left out that belong to others: from where on.
    Torn(String),
    /// Too little is left of the source.
    Gutted,
}

impl Verdict {
    /// True when the answer may be shown.
    #[must_use]
    pub fn is_kept(&self) -> bool {
        *self == Self::Kept
    }

    /// The kind of verdict in one word, for tables.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Empty => "empty",
            Self::NotASentence => "not-a-sentence",
            Self::Chatter => "chatter",
            Self::NotShorter => "not-shorter",
            Self::NewNumber(_) => "new-number",
            Self::NewName(_) => "new-name",
            Self::NewWords(_) => "new-words",
            Self::Operator(_) => "operator",
            Self::Subject => "subject",
            Self::Reordered => "reordered",
            Self::Torn(_) => "torn",
            Self::Gutted => "gutted",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        match self {
            Self::NewNumber(what)
            | Self::NewName(what)
            | Self::NewWords(what)
            | Self::Operator(what)
            | Self::Torn(what) => write!(f, " ({what})"),
            _ => Ok(()),
        }
    }
}

/// Judges an English `answer` as a shorter version of the sentence `source`.
#[must_use]
pub fn verify(source: &str, answer: &str) -> Verdict {
    let english = Language::english();
    let (source_words, answer_words) = (english.words(source), english.words(answer));
    if !answer_words.is_empty() && answer_words.len() as f32 > (1.0 - MIN_SAVING) * source_words.len() as f32
    {
        return Verdict::NotShorter;
    }
    judge(source, &source_words, answer, &answer_words).err().unwrap_or(Verdict::Kept)
}

/// Numbers and names of an English `text` that `page` does not have; for texts that are not one sentence's shorter version.
#[must_use]
pub fn inventions(page: &str, text: &str) -> Vec<String> {
    let english = Language::english();
    let (page, words) = (english.words(page), english.words(text));
    let starts = sentence_starts(text);
    let name = words
        .iter()
        .filter(|word| word.content && word.capitalised() && !starts.contains(&word.start))
        .filter(|word| !page.iter().any(|other| same(word, other)))
        .map(|word| word.text.to_owned());
    numbers::new_number(&page, &words).into_iter().chain(name).collect()
}

/// As [`verify`], however little `answer` saves.
pub(crate) fn stays_true(source: &str, answer: &str) -> bool {
    let english = Language::english();
    judge(source, &english.words(source), answer, &english.words(answer)).is_ok()
}

fn judge(
    source: &str,
    source_words: &[Word<'_>],
    answer: &str,
    answer_words: &[Word<'_>],
) -> Result<(), Verdict> {
    check_form(source, answer, answer_words)?;
    if let Some(number) = numbers::new_number(source_words, answer_words) {
        return Err(Verdict::NewNumber(number));
    }
    check_names(source_words, answer_words)?;
    let alignment = Alignment::of(source_words, answer_words);
    check_new_words(source_words, answer_words)?;
    let misplaced = (0..answer_words.len())
        .filter(|&i| answer_words[i].content && alignment.source_of(i).is_none())
        .filter(|&i| source_words.iter().any(|word| same(word, &answer_words[i])))
        .count();
    if misplaced > 0 {
        return Err(Verdict::Reordered);
    }
    operators::check(source, source_words, answer_words, &alignment).map_err(Verdict::Operator)?;
    phrases::check_subject(source, source_words, answer_words, &alignment)?;
    phrases::check_gaps(source, source_words, answer_words, &alignment)?;
    phrases::check_joints(source, source_words, answer, answer_words, &alignment)?;
    let kept = alignment.kept_content(source_words);
    let content = source_words.iter().filter(|word| word.content).count();
    if kept < content.min(3) || kept * 4 < content { Err(Verdict::Gutted) } else { Ok(()) }
}

fn check_form(source: &str, answer: &str, words: &[Word<'_>]) -> Result<(), Verdict> {
    if words.is_empty() {
        return Err(Verdict::Empty);
    }
    let bare = answer.trim_end_matches(['"', '”', '\'', '’', ')']);
    let ends = bare.ends_with(['.', '!', '?']) && !bare.ends_with("..");
    let starts = answer.trim_start_matches(['"', '“', '‘', '\'']).chars().next();
    let begins = starts.is_some_and(|c| {
        c.is_uppercase() || c.is_numeric() || source.contains(answer.split(' ').next().unwrap_or_default())
    });
    if !ends || !begins || answer.contains('\n') || crate::sentences::split(answer).len() != 1 {
        return Err(Verdict::NotASentence);
    }
    let lower_source = source.to_lowercase();
    let chatter = |lower: &str| words.iter().any(|word| word.lower == lower) && !lower_source.contains(lower);
    let marks = |c: &char| answer.contains(*c) && !source.contains(*c);
    let quotes = |text: &str| text.matches(['"', '“', '”']).count();
    if CHATTER.iter().any(|lower| chatter(lower))
        || ['*', '#', '`', '<', '>', '|', '_', '[', '{', ':', ';'].iter().any(marks)
    {
        return Err(Verdict::Chatter);
    }
    if quotes(answer) % 2 != 0 || (quotes(answer) > 0 && quotes(source) == 0) {
        return Err(Verdict::Chatter);
    }
    Ok(())
}

/// Words of answers that talk about the task.
#[rustfmt::skip]
const CHATTER: &[&str] = &[
    "sentence", "paragraph", "rephrase", "rephrased", "rewritten", "summary", "author", "shorter",
    "revised", "here's",
];

fn check_names(source: &[Word<'_>], answer: &[Word<'_>]) -> Result<(), Verdict> {
    for (i, word) in answer.iter().enumerate() {
        let name = word.capitalised() && word.content || word.text.chars().skip(1).any(char::is_uppercase);
        let known = source.iter().any(|other| same(word, other));
        // The first word is capitalised anyway; a new one there would be a new subject.
        if name && !known {
            return Err(if i == 0 { Verdict::Subject } else { Verdict::NewName(word.text.to_owned()) });
        }
        // `apple` is not `Apple`.
        let written = || source.iter().any(|other| same(word, other) && other.capitalised());
        if i > 0 && word.capitalised() && word.content && !written() {
            return Err(Verdict::NewName(word.text.to_owned()));
        }
    }
    Ok(())
}

fn check_new_words(source: &[Word<'_>], answer: &[Word<'_>]) -> Result<(), Verdict> {
    let new: Vec<&str> = answer
        .iter()
        .filter(|word| word.content && !source.iter().any(|other| same(word, other)))
        .map(|word| word.text)
        .collect();
    if new.len() > MAX_NEW_WORDS { Err(Verdict::NewWords(new.join(", "))) } else { Ok(()) }
}

/// Two forms of one word.
fn same(a: &Word<'_>, b: &Word<'_>) -> bool {
    a.key == b.key
}

fn sentence_starts(text: &str) -> Vec<usize> {
    let english = Language::english();
    let mut at = 0;
    let mut starts = Vec::new();
    for sentence in crate::sentences::split(text) {
        starts.extend(english.words(sentence).first().map(|word| at + word.start));
        at += sentence.len();
    }
    starts
}

#[cfg(test)]
mod tests;
