//! Chunked abstractive summary: the method for models that can write one.
//!
//! The page is cut into chunks that fit the context. The sentences chosen without the model say how
//! many points each chunk deserves; a chunk that deserves none is not read, and the covered share
//! says so. The instruction stands after the text and the answer is begun for the model. Each point
//! is tied to the sentence of its chunk that it resembles most; a point with a number or a name of
//! its own falls, and the page's own sentence stands in its place.

use super::page::{Page, Sentence};
use crate::error::Error;
use crate::language_model::{CompletionOptions, LanguageModel, Prompt};
use crate::rejection::Rejection;
use crate::run::Run;
use crate::sections::Sections;
use crate::sentences::split;
use crate::shorten::verify::inventions;
use article::{Article, Chunk};
use decoder::Scheduler;
use prompt::Message;
use protocol::{Passage, Section, SummaryType};
use std::ops::{ControlFlow, Range};

/// Tokens kept for the instruction, the template and one point.
const INSTRUCTION_TOKENS: usize = 160;

/// Tokens a point may have.
const POINT_TOKENS: usize = 64;

/// A point must share this much with a sentence of its chunk to be grounded in it.
const GROUNDED: f32 = 0.3;

/// Writes the sections: one for each of `chosen`.
pub(crate) async fn write(
    run: &mut Run<'_, impl LanguageModel, impl Scheduler>,
    article: &Article,
    page: &Page<'_>,
    chosen: &[&Sentence<'_>],
    kind: SummaryType,
) -> Result<(), Error> {
    let reserve = INSTRUCTION_TOKENS + POINT_TOKENS * chosen.len();
    let budget = run.model.context().saturating_sub(reserve).max(POINT_TOKENS);
    let chunks = article.chunks(budget, |text| run.model.count_tokens(text));
    let shares = share_out(&chunks, chosen);
    run.sections.coverage(covered(&chunks, &shares));
    let mut at = 0;
    for (chunk, &count) in chunks.iter().zip(&shares).filter(|(_, count)| **count > 0) {
        log::debug!("{count} points about a chunk of {} bytes", chunk.text.len());
        let mut points = Points::new(chunk, page, &article.title, kind, at..at + count);
        let request = request(chunk, &article.title, count, kind);
        let options = CompletionOptions {
            max_tokens: POINT_TOKENS * count,
            prefix: if kind == SummaryType::KeyPoints { "Key points:\n- ".to_owned() } else { String::new() },
            ..CompletionOptions::default()
        };
        run.sections.begin(at, "");
        let messages = [Message::user(request)];
        run.complete(Prompt::Chat(&messages), &options, &mut |sections, text| points.push(sections, text))
            .await?;
        points.finish(&mut run.sections);
        at += count;
        run.report(at as f32 / chosen.len() as f32);
    }
    Ok(())
}

/// How many of the chosen sentences lie in each chunk. A block that was cut counts for the first
/// chunk it is in.
fn share_out(chunks: &[Chunk], chosen: &[&Sentence<'_>]) -> Vec<usize> {
    let mut shares = vec![0; chunks.len()];
    for sentence in chosen {
        if let Some(at) = chunks.iter().position(|chunk| chunk.blocks.contains(&sentence.block)) {
            shares[at] += 1;
        }
    }
    shares
}

fn covered(chunks: &[Chunk], shares: &[usize]) -> f32 {
    let total: usize = chunks.iter().map(|chunk| chunk.text.len()).sum();
    let read: usize =
        chunks.iter().zip(shares).filter(|(_, count)| **count > 0).map(|(chunk, _)| chunk.text.len()).sum();
    read as f32 / total.max(1) as f32
}

fn request(chunk: &Chunk, title: &str, count: usize, kind: SummaryType) -> String {
    let heading = chunk.heading.as_deref().unwrap_or(title);
    let what = match kind {
        SummaryType::KeyPoints if count == 1 => {
            "Write the most important point of the text above in one short sentence.".to_owned()
        }
        SummaryType::KeyPoints => {
            format!("List the {count} most important points of the text above, each as one short sentence.")
        }
        SummaryType::Tldr if count == 1 => "Summarize the text above in one short sentence.".to_owned(),
        SummaryType::Tldr => format!("Summarize the text above in {count} short sentences."),
    };
    format!("{heading}\n\n{}\n\n{what} Use only facts from the text.", chunk.text)
}

/// The points of one chunk as the model writes them.
struct Points<'p, 'a> {
    chunk: &'p Chunk,
    page: &'p Page<'a>,
    kind: SummaryType,
    title: &'p str,
    /// The sections that are still to be written; the first is being written.
    sections: Range<usize>,
    /// What was written of it.
    text: String,
    /// How much of that is shown, in bytes.
    shown: usize,
}

impl<'p, 'a> Points<'p, 'a> {
    fn new(
        chunk: &'p Chunk,
        page: &'p Page<'a>,
        title: &'p str,
        kind: SummaryType,
        sections: Range<usize>,
    ) -> Self {
        Self { chunk, page, kind, title, sections, text: String::new(), shown: 0 }
    }

    fn push(&mut self, sections: &mut Sections<'_>, text: &str) -> ControlFlow<()> {
        self.text.push_str(text);
        while let Some((point, rest)) = first_point(&self.text, self.kind) {
            let rest = rest.to_owned();
            self.text = point.to_owned();
            self.finish(sections);
            if self.sections.is_empty() {
                return ControlFlow::Break(());
            }
            self.text = rest;
            sections.begin(self.sections.start, "");
        }
        let written = self.text.trim_start_matches(MARKS);
        if let Some(new) = written.get(self.shown..).filter(|new| !new.contains('\n')) {
            sections.token(new);
            self.shown += new.len();
        }
        ControlFlow::Continue(())
    }

    /// Judges the point that was written and goes on to the next.
    fn finish(&mut self, sections: &mut Sections<'_>) {
        let Some(at) = self.sections.next() else { return };
        let written = std::mem::take(&mut self.text);
        self.shown = 0;
        let text = written.trim_matches(MARKS).to_owned();
        match self.source_of(&text, &sections.list()[..at]) {
            Ok(source) => {
                let source = Some(source);
                sections.keep(at, Section { text, source, ..Section::default() });
            }
            Err(rejection) => {
                log::debug!("rejected: {rejection:?}: {text:?}");
                sections.quote(at, None);
            }
        }
    }

    /// The passage that a point rests on, which is not among those `before` it.
    fn source_of(&self, point: &str, before: &[Section]) -> Result<Passage, Rejection> {
        if !point.ends_with(['.', '!', '?', '。', '…']) {
            return Err(Rejection::Form);
        }
        if before.iter().any(|section| section.text == point) {
            return Err(Rejection::Repeated);
        }
        let invented = inventions(&format!("{}. {}", self.title, self.chunk.text), point);
        if !invented.is_empty() {
            return Err(Rejection::Invented(invented));
        }
        let words = self.page.analyzer.words(point);
        let keys: Vec<&str> =
            words.iter().filter(|word| word.content).map(|word| word.key.as_str()).collect();
        let likeness = |sentence: &Sentence<'_>| {
            let own = self.page.analyzer.words(sentence.text);
            let own: Vec<&str> =
                own.iter().filter(|word| word.content).map(|word| word.key.as_str()).collect();
            let shared = keys.iter().filter(|key| own.contains(key)).count();
            shared as f32 / ((keys.len() * own.len()) as f32).sqrt().max(1.0)
        };
        let inside =
            self.page.sentences.iter().filter(|sentence| self.chunk.blocks.contains(&sentence.block));
        let nearest = inside
            .map(|sentence| (likeness(sentence), sentence))
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .filter(|(likeness, _)| *likeness >= GROUNDED);
        nearest.map(|(_, sentence)| sentence.passage()).ok_or(Rejection::Ungrounded)
    }
}

/// What stands around a point.
const MARKS: &[char] = &[' ', '\n', '-', '*', '•', '"'];

/// A finished point at the beginning of `text` and what follows it.
fn first_point(text: &str, kind: SummaryType) -> Option<(&str, &str)> {
    let start = text.len() - text.trim_start_matches(MARKS).len();
    let body = &text[start..];
    let end = match kind {
        SummaryType::KeyPoints => body.find('\n')?,
        SummaryType::Tldr => {
            let sentences = split(body);
            (sentences.len() > 1).then(|| sentences[0].len())?
        }
    };
    (!body[..end].trim().is_empty()).then(|| body.split_at(end))
}

#[cfg(test)]
mod tests;
