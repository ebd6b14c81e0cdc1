//! An article as sentences that can be compared.

use crate::error::Error;
use crate::language_model::LanguageModel;
use crate::run::Run;
use crate::sentences::sentences;
use crate::words::{Analyzer, Word};
use article::{Article, BlockKind};
use decoder::Scheduler;
use protocol::{Passage, Place};
use std::collections::{HashMap, HashSet};

/// Sentences that are read at most: a book of a thousand pages has no more.
const MOST_SENTENCES: usize = 40_000;

/// Stems and spellings that are remembered at most: of what has more, hardly any occurs twice. Maps of so
/// many grow and go within a pause.
const MOST_STEMS: usize = 1 << 16;

/// Whether a row of a table is a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tables {
    /// Of a summary none is.
    LeftOut,
    /// One that holds an answer is.
    Read,
}

/// An article's sentences, and what its words weigh.
pub(crate) struct Page<'a> {
    pub(crate) sentences: Vec<Sentence<'a>>,
    pub(crate) analyzer: Analyzer,
    /// Number of sections: stretches of text under one heading.
    pub(crate) sections: usize,
    /// Stems of the title.
    pub(crate) title: Vec<u32>,
    /// In how many sentences each stem occurs.
    pub(crate) occurrences: Vec<u32>,
    /// What is known of its spellings and their stems.
    stems: Known,
    /// The share of the article that was read, in bytes: less than all of a very long one.
    pub(crate) read: f32,
}

/// A sentence of running text.
pub(crate) struct Sentence<'a> {
    /// Its text, trimmed.
    pub(crate) text: &'a str,
    /// The heading it stands under.
    pub(crate) heading: Option<&'a str>,
    /// Where its source says that it begins.
    pub(crate) source: Option<article::Place>,
    /// Index of its block in the article.
    pub(crate) block: usize,
    /// What its block is.
    pub(crate) kind: BlockKind,
    /// Its section, from 0.
    pub(crate) section: usize,
    /// Its place within its block, from 0.
    pub(crate) place: usize,
    /// Number of words.
    pub(crate) words: usize,
    /// Its content words' stems, sorted, each once.
    pub(crate) stems: Vec<u32>,
}

impl Sentence<'_> {
    /// It as the source of a section.
    pub(crate) fn passage(&self) -> Passage {
        let place = self.source.map(|place| match place {
            article::Place::Page(number) => Place::Page { number },
            article::Place::Time(seconds) => Place::Time { seconds },
        });
        Passage { text: self.text.to_owned(), heading: self.heading.map(str::to_owned), place }
    }
}

impl<'a> Page<'a> {
    /// Reads an article in a language (BCP 47): paragraphs, list items and quotes, rows of tables where
    /// `tables` are wanted; not code.
    ///
    /// # Errors
    /// [`decoder::Error::Stopped`] when the scheduler says so.
    pub(crate) async fn read(
        article: &'a Article,
        lang: Option<&str>,
        tables: Tables,
        run: &Run<'_, impl LanguageModel, impl Scheduler>,
    ) -> Result<Self, Error> {
        let analyzer = Analyzer::of(lang);
        let mut known = Known::default();
        let mut found: Vec<Sentence<'a>> = Vec::new();
        let (mut heading, mut section) = (None, 0);
        let (mut total, mut left) = (0, 0);
        for (block, content) in article.blocks.iter().enumerate() {
            total += content.text.len();
            run.pace(1).await?;
            match content.kind {
                BlockKind::Heading(_) => {
                    heading = Some(content.text.as_str());
                    section += usize::from(found.last().is_some_and(|last| last.section == section));
                    continue;
                }
                BlockKind::Code => continue,
                BlockKind::TableRow if tables == Tables::LeftOut => continue,
                BlockKind::TableRow | BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote => {}
            }
            let mut rest = content.text.len();
            for (place, sentence) in sentences(&content.text).enumerate() {
                if found.len() == MOST_SENTENCES {
                    break;
                }
                run.pace(sentence.len()).await?;
                let offset = content.text.len() - rest;
                rest -= sentence.len();
                let (text, kind) = (sentence.trim(), content.kind);
                let source = article.place_of(block, offset);
                let (words, stems) = known.read(&analyzer, text);
                found.push(Sentence { text, heading, source, block, kind, section, place, words, stems });
            }
            left += rest;
        }
        let (_, title) = known.read(&analyzer, &article.title);
        let mut occurrences = vec![0; known.ids.len()];
        for sentence in &found {
            run.pace(1 + sentence.stems.len()).await?;
            sentence.stems.iter().for_each(|&stem| occurrences[stem as usize] += 1);
        }
        Ok(Self {
            sections: found.last().map_or(0, |last| last.section + 1),
            sentences: found,
            analyzer,
            title,
            occurrences,
            stems: known,
            read: 1.0 - left as f32 / total.max(1) as f32,
        })
    }

    /// How much a stem says about the page: grows with its use, slowly.
    pub(crate) fn weight(&self, stem: u32) -> f32 {
        let common = f32::from(u16::try_from(self.occurrences[stem as usize]).unwrap_or(u16::MAX)).sqrt();
        if self.title.binary_search(&stem).is_ok() { common * 1.5 } else { common }
    }

    /// The number of a stem, by its key.
    pub(crate) fn stem(&self, key: &str) -> Option<u32> {
        self.stems.ids.get(key).copied()
    }

    /// All stems, by their keys.
    pub(crate) fn stems(&self) -> impl Iterator<Item = (&str, u32)> {
        self.stems.ids.iter().map(|(key, stem)| (key.as_str(), *stem))
    }

    /// Whether the title has a form of a word.
    pub(crate) fn is_in_title(&self, word: &str) -> bool {
        let stem = self.stems.of(&self.analyzer, word);
        stem.is_some_and(|stem| self.title.binary_search(&stem).is_ok())
    }

    /// Cosine of the angle between a sentence and a text that is none of the page.
    pub(crate) fn likeness(&self, sentence: &Sentence<'_>, text: &Topics) -> f32 {
        let shared = text.stems.iter().filter(|stem| sentence.stems.binary_search(stem).is_ok()).count();
        shared as f32 / ((text.words * sentence.stems.len()) as f32).sqrt().max(1.0)
    }

    /// What another text is about.
    pub(crate) fn topics(&self, text: &str) -> Topics {
        let words = self.analyzer.words(text);
        let keys: HashSet<&str> =
            words.iter().filter(|word| word.content).map(|word| word.key.as_str()).collect();
        Topics {
            words: keys.len(),
            stems: keys.iter().filter_map(|key| self.stems.ids.get(*key).copied()).collect(),
        }
    }

    /// Cosine of the angle between two sentences as sets of stems, from 0 to 1.
    pub(crate) fn similarity(&self, a: usize, b: usize) -> f32 {
        let (a, b) = (&self.sentences[a].stems, &self.sentences[b].stems);
        if a.is_empty() || b.is_empty() {
            return f32::from(u8::from(a == b));
        }
        let shared = a.iter().filter(|stem| b.binary_search(stem).is_ok()).count();
        shared as f32 / ((a.len() * b.len()) as f32).sqrt()
    }
}

/// What a text is about.
pub(crate) struct Topics {
    /// How many different words with content it has.
    words: usize,
    /// Those of the page.
    stems: Vec<u32>,
}

/// Numbers for stems. Each spelling is stemmed once.
#[derive(Default)]
struct Known {
    spellings: HashMap<String, Spelling>,
    /// The number of each stem, of words without content too: of some, other forms have content.
    ids: HashMap<String, u32>,
}

/// What is known of a word as it is written.
#[derive(Clone, Copy)]
struct Spelling {
    /// The number of its stem; `None` where there were too many before.
    stem: Option<u32>,
    content: bool,
}

impl Known {
    /// The number of words of `text` and the stems of its content words, sorted, each once.
    fn read(&mut self, analyzer: &Analyzer, text: &str) -> (usize, Vec<u32>) {
        let mut words = 0;
        let mut stems = Vec::new();
        for word in analyzer.spellings(text) {
            words += 1;
            let spelling = self.spelling(analyzer, word);
            stems.extend(spelling.stem.filter(|_| spelling.content));
        }
        stems.sort_unstable();
        stems.dedup();
        (words, stems)
    }

    fn spelling(&mut self, analyzer: &Analyzer, word: &str) -> Spelling {
        if let Some(&known) = self.spellings.get(word) {
            return known;
        }
        let Word { key, content, .. } = analyzer.word(0, word);
        let stem = match self.ids.get(&key) {
            Some(&known) => Some(known),
            None if self.ids.len() == MOST_STEMS => None,
            None => {
                let next = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
                self.ids.insert(key, next);
                Some(next)
            }
        };
        let spelling = Spelling { stem, content };
        if self.spellings.len() < MOST_STEMS {
            self.spellings.insert(word.to_owned(), spelling);
        }
        spelling
    }

    /// The number of a word's stem, where the page has it.
    fn of(&self, analyzer: &Analyzer, word: &str) -> Option<u32> {
        match self.spellings.get(word) {
            Some(known) => known.stem,
            None => self.ids.get(&analyzer.word(0, word).key).copied(),
        }
    }
}
