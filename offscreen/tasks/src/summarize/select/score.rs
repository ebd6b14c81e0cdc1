//! How much a sentence says, and whether it stands alone.

use crate::error::Error;
use crate::language_model::LanguageModel;
use crate::languages::{Cues, LANGUAGES, List};
use crate::page::{Page, Sentence};
use crate::run::Run;
use article::BlockKind;
use decoder::Scheduler;

/// What the sentences are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Points that each stand alone, from all over the page.
    Points,
    /// Prose that is read from its beginning: what the page begins with counts more.
    Overview,
    /// Prose that leads to the page: what it begins with counts most.
    Opening,
}

/// What a sentence loses that begins with a word for something said before.
pub(super) const LEANING: f32 = 0.65;

/// Whether a sentence can be shown by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fitness {
    /// Yes.
    Good,
    /// Only when there are not enough good ones: a fragment, a question.
    Poor,
    /// Only when there is nothing else: an advertisement, a reference, a by-line.
    Furniture,
    /// Never: no words.
    Unfit,
}

/// What is known of every sentence of a page.
pub(super) struct Scores {
    pub(super) score: Vec<f32>,
    /// Sentences that begin with a word for something said before: they are clear after the sentence
    /// before them.
    pub(super) leaning: Vec<bool>,
    pub(super) fitness: Vec<Fitness>,
}

impl Scores {
    pub(super) async fn of(
        page: &Page<'_>,
        purpose: Purpose,
        run: &Run<'_, impl LanguageModel, impl Scheduler>,
    ) -> Result<Self, Error> {
        let total = page.sentences.len();
        let own = OwnTopics::of(page);
        let mut fitness = Vec::with_capacity(total);
        for sentence in &page.sentences {
            run.pace(sentence.text.len()).await?;
            fitness.push(fitness_of(page, sentence, &own));
        }
        let lead = fitness.iter().position(|fitness| *fitness == Fitness::Good).unwrap_or(0);
        let (mut relevances, mut top) = (Vec::with_capacity(total), f32::MIN_POSITIVE);
        for sentence in &page.sentences {
            run.pace(1 + sentence.stems.len()).await?;
            let relevance = relevance(page, sentence);
            relevances.push(relevance);
            top = top.max(relevance);
        }
        let (mut score, mut leaning) = (Vec::with_capacity(total), Vec::with_capacity(total));
        let (mut introduced, mut quoted) = (false, false);
        for (i, sentence) in page.sentences.iter().enumerate() {
            run.pace(sentence.text.len()).await?;
            // `The rules are:` is missing from an item that stands alone.
            let item = match sentence.kind {
                BlockKind::ListItem if introduced => 0.35,
                BlockKind::ListItem => 0.05,
                _ => {
                    introduced = sentence.text.ends_with(':');
                    0.0
                }
            };
            // A quotation goes on from sentence to sentence: none but a whole one stands alone.
            let marks = sentence.text.matches(['"', '“', '”', '„', '«', '»']).count();
            let inside = quoted && sentence.place > 0;
            quoted = inside == marks.is_multiple_of(2);
            let quotation = if inside || quoted { 0.5 } else { 0.0 };
            let position = match purpose {
                Purpose::Points => position(page, i, lead),
                Purpose::Overview => 1.5 * position(page, i, lead) + 0.4 * from_end(i, total).powi(2),
                Purpose::Opening => 2.0 * position(page, i, lead) + 2.0 * from_end(i, total).powi(4),
            };
            score.push(
                relevances[i] / top + position + signs(page, sentence)
                    - length(sentence.words)
                    - faults(page, sentence, i == lead)
                    - unfinished(page, i)
                    - item
                    - quotation,
            );
            let leans = |cues: &Cues| leans(cues, sentence.text);
            leaning.push(sentence.place > 0 && page.analyzer.cues().is_some_and(leans));
        }
        Ok(Self { score, leaning, fitness })
    }
}

/// What a page is about although it is furniture elsewhere: a page about cookies may speak of them.
struct OwnTopics {
    phrases: Vec<&'static str>,
}

impl OwnTopics {
    /// Sentences that are looked at, and bytes of each: enough to tell what a page is about.
    const SENTENCES: usize = 400;
    const BYTES: usize = 400;

    /// So many of them must speak of it.
    const OFTEN: usize = 5;

    fn of(page: &Page<'_>) -> Self {
        let Some(cues) = page.analyzer.cues() else { return Self { phrases: Vec::new() } };
        let beginning = |text: &str| text[..text.floor_char_boundary(Self::BYTES)].to_lowercase();
        let sentences: Vec<String> =
            page.sentences.iter().take(Self::SENTENCES).map(|sentence| beginning(sentence.text)).collect();
        let often = |key: &str| sentences.iter().filter(|text| text.contains(key)).count() > Self::OFTEN;
        let own = |phrase: &&str| {
            let words = page.analyzer.words(phrase);
            words.first().is_some_and(|word| word.content && often(&word.lower))
        };
        Self { phrases: cues.furniture.iter().filter(own).collect() }
    }
}

/// The mean weight of its content words. Short sentences, which reach a high mean easily, are held
/// down.
fn relevance(page: &Page<'_>, sentence: &Sentence<'_>) -> f32 {
    let weight: f32 = sentence.stems.iter().map(|&stem| page.weight(stem)).sum();
    weight / ((sentence.stems.len() as f32).powf(0.75) + 3.0)
}

/// How far a sentence stands from the end: from 1 to 0.
fn from_end(i: usize, total: usize) -> f32 {
    1.0 - i as f32 / total as f32
}

/// What a sentence gains that begins with a word of the title.
const SUBJECT: f32 = 0.06;

/// Signs of a statement worth keeping: a figure, a finding, or the page's topic for a subject.
fn signs(page: &Page<'_>, sentence: &Sentence<'_>) -> f32 {
    let figures = page
        .analyzer
        .spellings(sentence.text)
        .filter(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        .count();
    let lower = sentence.text.to_lowercase();
    let finding = page.analyzer.cues().is_some_and(|cues| cues.findings.is_in(&lower));
    // It speaks of what the page is about.
    let mut subject = page.analyzer.spellings(sentence.text).take(OPENING);
    f32::from(u8::from((1..=3).contains(&figures))) * 0.06
        + f32::from(u8::from(finding)) * 0.06
        + if subject.any(|word| page.is_in_title(word)) { SUBJECT } else { 0.0 }
}

/// Authors say what matters at the beginning: of the page, of a section, of a paragraph.
fn position(page: &Page<'_>, i: usize, lead: usize) -> f32 {
    let sentence = &page.sentences[i];
    let from_lead = match i.checked_sub(lead) {
        Some(0) => 0.35,
        Some(1) => 0.18,
        Some(2) => 0.1,
        _ => 0.0,
    };
    let opens_section = i == 0 || page.sentences[i - 1].section != sentence.section;
    let concludes = sentence.heading.is_some_and(|heading| is_listed(heading, |cues| cues.conclusions));
    from_lead
        + if sentence.place == 0 { 0.06 } else { 0.0 }
        + if opens_section { 0.1 } else { 0.0 }
        + if concludes { 0.12 } else { 0.0 }
}

fn length(words: usize) -> f32 {
    match words {
        0..8 => 0.3,
        8..11 => 0.08,
        11..33 => 0.0,
        33..42 => 0.1,
        42..56 => 0.25,
        _ => 0.5,
    }
}

/// What keeps a sentence from being understood without those around it.
fn faults(page: &Page<'_>, sentence: &Sentence<'_>, lead: bool) -> f32 {
    let text = sentence.text;
    let mut fault = 0.0;
    if text.starts_with(['"', '“', '\'', '‘', '«', '(']) {
        fault += 0.25;
    }
    if text.matches('(').count() != text.matches(')').count() {
        fault += 0.35;
    }
    if text.ends_with('!') {
        fault += 0.15;
    }
    if text.contains(['{', '}', '<', '>', '=', '\\', '|', '`']) {
        fault += 0.3;
    }
    if page.analyzer.spellings(text).filter(|word| word.starts_with(|c: char| c.is_ascii_digit())).count() > 4
    {
        fault += 0.15;
    }
    if let Some(cues) = page.analyzer.cues() {
        fault += leanings(page, cues, text, lead);
    }
    fault
}

/// Words of a sentence that tell what it is about, and whether it turns away from the one before it.
const OPENING: usize = 4;

/// Words of a sentence that come before its own news, so that `also` adds to the sentence before it.
const BEGINNING: usize = 12;

/// What is told in two sentences is half of it in the first: `… But in other languages`.
fn unfinished(page: &Page<'_>, i: usize) -> f32 {
    let goes_on = |cues: &Cues| {
        let next = page.sentences.get(i + 1).filter(|next| next.section == page.sentences[i].section);
        next.is_some_and(|next| {
            has_phrase(&plain(next.text, OPENING), cues.contrasts)
                || has_phrase(&plain(next.text, BEGINNING), cues.turns)
        })
    };
    if page.analyzer.cues().is_some_and(goes_on) { 0.5 } else { 0.0 }
}

/// How much it points to what stands around it, by its words.
fn leanings(page: &Page<'_>, cues: &Cues, text: &str, lead: bool) -> f32 {
    let rest = without_connective(cues, text);
    let whole = plain(rest, usize::MAX);
    let words: Vec<&str> = whole.split_whitespace().collect();
    let named = rest.split_whitespace().skip(1).take(6).any(|word| word.starts_with(char::is_uppercase));
    let opening = if leans(cues, text) {
        // The first sentence's pronoun often stands for the title.
        if lead && words.first().is_some_and(|first| cues.pronouns.has(first)) { 0.2 } else { LEANING }
    } else if points_back(page, cues, &words) {
        0.55
    } else if words.iter().skip(1).take(6).any(|word| cues.pronouns.has(word)) && !named {
        0.12
    } else {
        0.0
    };
    let connected = if rest.len() < text.len() { 0.55 } else { 0.0 };
    let personal = if has_phrase(&whole, cues.first_person) { 0.35 } else { 0.0 };
    // Further on they speak of what the sentence itself has said.
    let beginning = plain(rest, BEGINNING);
    let pointing = if has_phrase(&whole, cues.pointers)
        || [cues.echoes, cues.turns].iter().any(|list| has_phrase(&beginning, *list))
    {
        0.45
    } else {
        0.0
    };
    // `Figure 3`, `Section 2.1`: what it says is elsewhere.
    let referring = words
        .windows(2)
        .any(|pair| cues.references.has(pair[0]) && pair[1].starts_with(|c: char| c.is_ascii_digit()));
    opening + connected + personal + pointing + if referring { 0.45 } else { 0.0 }
}

/// Words of a sentence that are searched for what it points to: longer ones are not chosen.
const SEARCHED: usize = 80;

/// `With this mechanism`: one that neither the title, the sentence nor the calendar names.
fn points_back(page: &Page<'_>, cues: &Cues, words: &[&str]) -> bool {
    let words = &words[..words.len().min(SEARCHED)];
    let mut pointers = words.iter().enumerate().filter(|(_, word)| cues.demonstratives.has(word));
    pointers.any(|(at, _)| {
        let noun = &words[at + 1..words.len().min(at + 4)];
        let is_topic = noun.iter().filter(|word| page.is_in_title(word)).count() > 1;
        let is_known = noun
            .first()
            .is_some_and(|noun| noun.len() > 3 && words[..at].contains(noun) || cues.dates.has(noun));
        !is_topic && !is_known
    })
}

/// True when the sentence begins with a word for something said before.
fn leans(cues: &Cues, text: &str) -> bool {
    let first = plain(without_connective(cues, text), 1);
    let first = first.split_whitespace().next().unwrap_or_default();
    [cues.pronouns, cues.demonstratives, cues.openings].iter().any(|list| list.has(first))
}

fn without_connective<'t>(cues: &Cues, text: &'t str) -> &'t str {
    cues.connectives.strip_from(text).unwrap_or(text)
}

/// The first `count` words in lower case, without what stands around them, a space before and after each.
/// What is joined by an apostrophe is two words.
fn plain(text: &str, count: usize) -> String {
    let mut plain = String::from(" ");
    for word in text.split_whitespace().take(count).flat_map(|word| word.split(['\'', '’'])) {
        plain.push_str(&word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase());
        plain.push(' ');
    }
    plain
}

/// Whether one of the phrases stands in `plain` words.
fn has_phrase(plain: &str, list: List) -> bool {
    list.iter().any(|phrase| {
        plain
            .match_indices(phrase)
            .any(|(at, _)| plain[..at].ends_with(' ') && plain[at + phrase.len()..].starts_with(' '))
    })
}

fn fitness_of(page: &Page<'_>, sentence: &Sentence<'_>, own: &OwnTopics) -> Fitness {
    let text = sentence.text;
    if !text.chars().any(char::is_alphabetic) {
        return Fitness::Unfit;
    }
    let bare = text.trim_end_matches(['"', '”', '\'', '’', '»', ')', ']']);
    let ends = bare.ends_with(['.', '!', '。', '！', '।', '؟', '．']) && !text.ends_with("...");
    let begins =
        text.trim_start_matches(['"', '“', '‘', '«', '(']).chars().next().is_some_and(|c| !c.is_lowercase());
    let spaced = text.contains(' ');
    let few = if spaced { sentence.words < 5 } else { text.chars().count() < 8 };
    let many = sentence.words > 80;
    let outside = sentence
        .heading
        .is_some_and(|heading| is_listed(heading, |cues| cues.appendices) || is_comment(heading));
    if outside
        || text.starts_with(['^', '©', '↑'])
        || page.analyzer.cues().is_some_and(|cues| is_furniture(cues, sentence, own))
    {
        Fitness::Furniture
    } else if !ends || !begins || few || many {
        Fitness::Poor
    } else {
        Fitness::Good
    }
}

/// Text that serves the site, not the reader: subscriptions, cookies, credits, by-lines.
fn is_furniture(cues: &Cues, sentence: &Sentence<'_>, own: &OwnTopics) -> bool {
    let lower = sentence.text.to_lowercase();
    let speaks_of = |phrase: &str| lower.contains(phrase) && !own.phrases.contains(&phrase);
    sentence.words <= 30 && cues.furniture.iter().any(speaks_of)
        || cues.beginnings.strip_from(&lower).is_some()
}

/// Whether any language lists a heading: few pages declare another one than they are written in,
/// but many declare none.
fn is_listed(heading: &str, list: fn(&Cues) -> List) -> bool {
    let lower = heading.to_lowercase();
    let plain = lower.trim_matches(|c: char| !c.is_alphabetic());
    LANGUAGES.iter().filter_map(|language| language.cues).any(|cues| list(cues).has(plain))
}

/// `Jane wrote on May 3`, `12 comments`.
fn is_comment(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    let counted = lower.starts_with(|c: char| c.is_ascii_digit())
        && ["comment", "comments", "replies", "reply", "responses", "thoughts"]
            .iter()
            .any(|word| lower.split(' ').any(|other| other == *word));
    counted || lower.contains(" wrote on ") || lower.ends_with(" says:")
}
