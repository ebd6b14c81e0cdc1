//! Which sentences of a page answer a question? Found without a model.
//!
//! A sentence supports a word of the question if it has the word, another form of it, a synonym, or one that
//! was mistyped; what stands around it (the sentence before, the heading, the title) supports it too, by less.
//! Rare words weigh more. A word that nothing supports is a strike: the page speaks of something else.

use super::kind::{self, Kind};
use super::question::{Question, Term};
use super::synonyms;
use crate::error::Error;
use crate::language_model::LanguageModel;
use crate::languages::ENGLISH;
use crate::page::{Page, Sentence};
use crate::run::Run;
use article::BlockKind;
use decoder::Scheduler;
use std::collections::HashMap;
use strsim::osa_distance;

/// How well a form of a word stands for it.
const SYNONYM: f32 = 0.85;
const DERIVED: f32 = 0.8;
const MISTYPED: f32 = 0.75;

/// How well what stands around a sentence speaks for it.
const BEFORE: f32 = 0.7;
const TWO_BEFORE: f32 = 0.5;
const BLOCK_BEFORE: f32 = 0.35;
const BEHIND: f32 = 0.45;
const HEADING: f32 = 0.75;
const TOPIC: f32 = 0.7;
const LEAD: f32 = 0.45;

/// Sentences at the beginning of a page, which name what it is about.
const LEAD_SENTENCES: usize = 3;

const TABLE_HEAD: f32 = 0.9;

/// What it gains that holds an answer of the kind that is wanted.
const EVIDENCE: f32 = 0.3;

/// What words that say little weigh beside others.
const LIGHT: f32 = 0.3;

/// What a sentence gains that denies where the question does.
const DENIED: f32 = 0.1;

/// A word that is supported by less is a strike.
const SUPPORTED: f32 = 0.3;

/// Stems of words for the beginning or the end of a life, of which dates tell.
const LIVES: [&str; 6] = ["birth", "born", "dead", "death", "die", "live"];

/// Sentences whose words are looked at.
const MOST_CANDIDATES: usize = 48;

/// A sentence that may answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// Its index on the page.
    pub(super) at: usize,
    pub(super) score: f32,
    /// Share of the question that the sentence itself has, and that it has with what stands around it.
    pub(super) own: f32,
    pub(super) evidence: f32,
    /// Words that nothing near the sentence supports.
    pub(super) strikes: usize,
    /// Whether it has what the question asks after `which`, or a name in its place.
    pub(super) has_class: bool,
}

/// What is sought on a page: the stems that stand for each of the question's words, and a kind of answer.
pub(super) struct Sought<'q> {
    question: &'q Question,
    /// For a stem, the words that it stands for, and how well.
    stems: HashMap<u32, Vec<(usize, f32)>>,
    weights: Vec<f32>,
    total: f32,
    /// The words that ask for the beginning or the end of a life.
    lives: Vec<usize>,
}

impl<'q> Sought<'q> {
    pub(super) fn of(page: &Page<'_>, question: &'q Question) -> Self {
        let count = page.sentences.len() as f32;
        let mut stems: HashMap<u32, Vec<(usize, f32)>> = HashMap::new();
        let mut weights = Vec::new();
        let mut lives = Vec::new();
        for (i, term) in question.terms.iter().enumerate() {
            let forms = forms(page, term);
            let uses: u32 = forms.iter().map(|&(stem, _)| page.occurrences[stem as usize]).sum();
            let is_life = question.kind == Kind::Time && LIVES.contains(&term.key.as_str());
            lives.extend(is_life.then_some(i));
            let rare = (1.0 + count / (uses.max(1) as f32)).ln().clamp(0.5, 4.0);
            weights.push(if term.is_light { LIGHT * rare } else { rare });
            for (stem, strength) in forms {
                stems.entry(stem).or_default().push((i, strength));
            }
        }
        let total = weights.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        Self { question, stems, weights, total, lives }
    }

    /// How well these stems support each of the words.
    fn support(&self, stems: impl Iterator<Item = u32>) -> Vec<f32> {
        let mut support = vec![0.0_f32; self.weights.len()];
        for (i, strength) in stems.filter_map(|stem| self.stems.get(&stem)).flatten() {
            support[*i] = support[*i].max(*strength);
        }
        support
    }

    /// The share of the question that a text has itself, and how sure it is that it holds an answer.
    pub(super) fn judge(&self, page: &Page<'_>, text: &str) -> (f32, f32) {
        let words = page.analyzer.words(text);
        let stems: Vec<_> = words.iter().map(|word| page.stem(&word.key)).collect();
        let asked: Vec<bool> =
            stems.iter().map(|stem| stem.is_some_and(|stem| self.stems.contains_key(&stem))).collect();
        let sentence = kind::Sentence { text, words: &words, asked: &asked };
        let own = self.share(&self.support(stems.into_iter().flatten()));
        (own, self.question.kind.evidence(&sentence))
    }

    /// Whether a sentence has what the question asks after `which`, or a name that the question has not.
    fn has_class(&self, page: &Page<'_>, sentence: &Sentence<'_>) -> bool {
        let Some(class) = &self.question.class else { return true };
        let Some(at) = self.question.terms.iter().position(|term| term.key == *class) else { return true };
        let has =
            |stem: &u32| self.stems.get(stem).is_some_and(|terms| terms.iter().any(|(term, _)| *term == at));
        sentence.stems.iter().any(has) || {
            let words = page.analyzer.words(sentence.text);
            words.iter().skip(1).any(|word| {
                let is_asked = page.stem(&word.key).is_some_and(|stem| self.stems.contains_key(&stem));
                word.content && word.capitalised() && !is_asked
            })
        }
    }

    fn share(&self, support: &[f32]) -> f32 {
        support.iter().zip(&self.weights).map(|(support, weight)| support * weight).sum::<f32>() / self.total
    }
}

/// The page's stems that stand for a word, and how well.
fn forms(page: &Page<'_>, term: &Term) -> Vec<(u32, f32)> {
    let mut forms: Vec<(u32, f32)> = page.stem(&term.key).map(|stem| (stem, 1.0)).into_iter().collect();
    if term.is_name && !forms.is_empty() {
        return forms;
    }
    let mut add = |stem: u32, strength: f32| {
        if !forms.iter().any(|&(known, _)| known == stem) {
            forms.push((stem, strength));
        }
    };
    synonyms::of(&term.key).filter_map(|key| page.stem(key)).for_each(|stem| add(stem, SYNONYM));
    for (key, stem) in page.stems() {
        if is_derived(&term.key, key) {
            add(stem, DERIVED);
        }
    }
    let used = |stem: &(u32, f32)| page.occurrences[stem.0 as usize] > 0;
    if !forms.iter().any(used) {
        let near = page.stems().filter(|(key, _)| is_mistyped(&term.key, key));
        forms.extend(near.map(|(_, stem)| (stem, MISTYPED)));
    }
    forms.retain(used);
    forms
}

/// `design` and `designer`: one is the other with an ending.
fn is_derived(a: &str, b: &str) -> bool {
    const ENDINGS: [&str; 14] =
        ["er", "or", "ment", "ion", "ation", "ist", "al", "ing", "ness", "ity", "age", "ship", "ive", "ance"];
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    short.len() > 3 && long.strip_prefix(short).is_some_and(|ending| ENDINGS.contains(&ending))
}

/// A slip of the fingers: one in a word of five letters or more, two in a long one.
fn is_mistyped(a: &str, b: &str) -> bool {
    const LONGEST: usize = 32;
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    let slips = match short {
        0..5 => return false,
        5..9 => 1,
        _ => 2,
    };
    long <= LONGEST
        && long - short <= slips
        && a.as_bytes()[0] == b.as_bytes()[0]
        && osa_distance(a, b) <= slips
}

/// The sentences that may answer the question, the best first.
///
/// # Errors
/// [`decoder::Error::Stopped`] when the scheduler says so.
pub(super) async fn search(
    page: &Page<'_>,
    sought: &Sought<'_>,
    run: &Run<'_, impl LanguageModel, impl Scheduler>,
) -> Result<Vec<Candidate>, Error> {
    let topic = topics(page, sought);
    let mut own: Vec<Vec<f32>> = Vec::with_capacity(page.sentences.len());
    for sentence in &page.sentences {
        run.pace(1 + sentence.stems.len()).await?;
        let mut support = sought.support(sentence.stems.iter().copied());
        if kind::has_life_dates(sentence.text) {
            sought.lives.iter().for_each(|&i| support[i] = SYNONYM);
        }
        own.push(support);
    }
    let mut candidates = Vec::new();
    let (mut heading, mut heading_of, mut table) = (vec![0.0; sought.weights.len()], None, None);
    for (i, sentence) in page.sentences.iter().enumerate() {
        run.pace(1 + 4 * sought.weights.len()).await?;
        if sentence.heading != heading_of {
            heading_of = sentence.heading;
            let words = page.analyzer.words(heading_of.unwrap_or_default());
            heading = sought.support(words.iter().filter_map(|word| page.stem(&word.key)));
        }
        table = (sentence.kind == BlockKind::TableRow).then(|| table.unwrap_or(i));
        let mut support = own[i].clone();
        let mut add = |other: &[f32], by: f32| {
            support.iter_mut().zip(other).for_each(|(support, other)| *support = support.max(by * other));
        };
        let near = |j: usize| page.sentences.get(j).filter(|other| other.section == sentence.section);
        add(&topic, TOPIC);
        add(&heading, HEADING);
        match table {
            Some(head) => add(&own[head], TABLE_HEAD),
            None => {
                for (back, by, other) in [(1, BEFORE, BLOCK_BEFORE), (2, TWO_BEFORE, 0.0)] {
                    if let Some(j) = i.checked_sub(back).filter(|&j| near(j).is_some()) {
                        add(&own[j], if page.sentences[j].block == sentence.block { by } else { other });
                    }
                }
                if near(i + 1).is_some_and(|next| next.block == sentence.block) {
                    add(&own[i + 1], BEHIND);
                }
            }
        }
        let is_strike = |(support, term): &(&f32, &Term)| **support < SUPPORTED && !term.is_light;
        let strikes = support.iter().zip(&sought.question.terms).filter(is_strike).count();
        let (own, covered) = (sought.share(&own[i]), sought.share(&support));
        let score = 0.5 * own + 0.5 * covered;
        candidates.push(Candidate { at: i, score, own, evidence: 0.0, strikes, has_class: true });
    }
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
    candidates.truncate(MOST_CANDIDATES);
    for candidate in &mut candidates {
        let text = page.sentences[candidate.at].text;
        run.pace(text.len()).await?;
        (_, candidate.evidence) = sought.judge(page, text);
        candidate.has_class = sought.has_class(page, &page.sentences[candidate.at]);
        candidate.score += EVIDENCE * candidate.evidence;
        if sought.question.denies && words(text).any(|word| ENGLISH.denials.has(&word)) {
            candidate.score += DENIED;
        }
    }
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(candidates)
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase)
}

/// What the page is about, by its title and its most frequent words: all of it supports them.
fn topics(page: &Page<'_>, sought: &Sought<'_>) -> Vec<f32> {
    const OFTEN: f32 = 0.15;
    let least = (OFTEN * page.sentences.len() as f32).max(3.0);
    let frequent =
        sought.stems.keys().copied().filter(|&stem| page.occurrences[stem as usize] as f32 >= least);
    let mut topics = sought.support(page.title.iter().copied().chain(frequent));
    for sentence in page.sentences.iter().take(LEAD_SENTENCES) {
        let lead = sought.support(sentence.stems.iter().copied());
        topics.iter_mut().zip(lead).for_each(|(topic, lead)| *topic = topic.max(LEAD * lead));
    }
    topics
}
