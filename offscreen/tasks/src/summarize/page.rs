//! An article as sentences that can be compared.

use crate::sentences::split;
use crate::words::Analyzer;
use article::{Article, BlockKind};
use protocol::Passage;
use std::collections::HashMap;

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
}

/// A sentence of running text.
pub(crate) struct Sentence<'a> {
    /// Its text, trimmed.
    pub(crate) text: &'a str,
    /// The heading it stands under.
    pub(crate) heading: Option<&'a str>,
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
        Passage { text: self.text.to_owned(), heading: self.heading.map(str::to_owned) }
    }
}

impl<'a> Page<'a> {
    /// Reads an article: paragraphs, list items and quotes; not code, not tables.
    pub(crate) fn read(article: &'a Article) -> Self {
        let analyzer = Analyzer::of(article.lang.as_deref());
        let mut stems = Stems::new(&analyzer);
        let mut sentences: Vec<Sentence<'a>> = Vec::new();
        let (mut heading, mut section) = (None, 0);
        for (block, content) in article.blocks.iter().enumerate() {
            match content.kind {
                BlockKind::Heading(_) => {
                    heading = Some(content.text.as_str());
                    section += usize::from(sentences.last().is_some_and(|last| last.section == section));
                    continue;
                }
                BlockKind::Code | BlockKind::TableRow => continue,
                BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Quote => {}
            }
            for (place, text) in split(&content.text).into_iter().map(str::trim).enumerate() {
                let (words, stems) = stems.read(text);
                let kind = content.kind;
                sentences.push(Sentence { text, heading, block, kind, section, place, words, stems });
            }
        }
        let (_, title) = stems.read(&article.title);
        let mut occurrences = vec![0; stems.ids.len()];
        sentences
            .iter()
            .flat_map(|sentence| &sentence.stems)
            .for_each(|&stem| occurrences[stem as usize] += 1);
        Self {
            sections: sentences.last().map_or(0, |last| last.section + 1),
            sentences,
            analyzer,
            title,
            occurrences,
        }
    }

    /// How much a stem says about the page: grows with its use, slowly.
    pub(crate) fn weight(&self, stem: u32) -> f32 {
        let common = f32::from(u16::try_from(self.occurrences[stem as usize]).unwrap_or(u16::MAX)).sqrt();
        if self.title.binary_search(&stem).is_ok() { common * 1.5 } else { common }
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

/// Numbers for stems. Each spelling is stemmed once.
struct Stems<'l> {
    analyzer: &'l Analyzer,
    /// By spelling: the stem's number, `None` for words without content.
    spellings: HashMap<String, Option<u32>>,
    ids: HashMap<String, u32>,
}

impl<'l> Stems<'l> {
    fn new(analyzer: &'l Analyzer) -> Self {
        Self { analyzer, spellings: HashMap::new(), ids: HashMap::new() }
    }

    /// The number of words of `text` and the stems of its content words, sorted, each once.
    fn read(&mut self, text: &str) -> (usize, Vec<u32>) {
        let mut words = 0;
        let mut stems = Vec::new();
        for spelling in self.analyzer.spellings(text) {
            words += 1;
            stems.extend(self.stem(spelling));
        }
        stems.sort_unstable();
        stems.dedup();
        (words, stems)
    }

    fn stem(&mut self, spelling: &str) -> Option<u32> {
        if let Some(&known) = self.spellings.get(spelling) {
            return known;
        }
        let word = self.analyzer.word(0, spelling);
        let next = u32::try_from(self.ids.len()).unwrap_or(u32::MAX);
        let stem = word.content.then(|| *self.ids.entry(word.key).or_insert(next));
        self.spellings.insert(spelling.to_owned(), stem);
        stem
    }
}
