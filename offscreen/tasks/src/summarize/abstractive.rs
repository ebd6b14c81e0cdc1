//! Chunked abstractive summary: the method for models that can write one.
//!
//! The page is cut into chunks that fit the context. The sentences chosen without the model say how
//! many points each chunk deserves; a chunk that deserves none is not read, and the covered share
//! says so. The instruction stands after the text and the answer is begun for the model. Each point
//! is tied to the sentence of its chunk that it resembles most, and held against it as a shortened
//! sentence is; where it falls, the page's own sentence stands in its place.

use super::chunks::{Chunk, chunks};
use crate::error::Error;
use crate::language_model::{CompletionOptions, LanguageModel, Prompt};
use crate::page::{Page, Sentence};
use crate::rejection::Rejection;
use crate::run::Run;
use crate::sections::Sections;
use crate::sentences::split;
use crate::shorten::verify::verify_claim;
use article::Article;
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
    let chunks = chunks(run, article, budget).await?;
    let shares = share_out(&chunks, chosen, budget);
    run.sections.coverage(covered(&chunks, &shares) * page.read);
    let mut at = 0;
    for (chunk, &count) in chunks.iter().zip(&shares).filter(|(_, count)| **count > 0) {
        log::debug!("{count} points about a chunk of {} bytes", chunk.text.len());
        let mut points = Points::new(chunk, page, kind, at..at + count);
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

/// How many of the chosen sentences lie in each chunk that fits. A block that was cut counts for the
/// first chunk it is in.
fn share_out(chunks: &[Chunk], chosen: &[&Sentence<'_>], budget: usize) -> Vec<usize> {
    let mut shares = vec![0; chunks.len()];
    for sentence in chosen {
        let holds = |chunk: &Chunk| chunk.tokens <= budget && chunk.blocks.contains(&sentence.block);
        if let Some(at) = chunks.iter().position(holds) {
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
        SummaryType::Headline => "Write a headline for the text above.".to_owned(),
        SummaryType::KeyPoints if count == 1 => {
            "Write the most important point of the text above in one short sentence.".to_owned()
        }
        SummaryType::KeyPoints => {
            format!("List the {count} most important points of the text above, each as one short sentence.")
        }
        SummaryType::Tldr if count == 1 => "Summarize the text above in one short sentence.".to_owned(),
        SummaryType::Tldr => format!("Summarize the text above in {count} short sentences."),
        SummaryType::Teaser => {
            format!("Write an introduction to the text above in {count} short sentences.")
        }
    };
    format!("{heading}\n\n{}\n\n{what} Use only facts from the text.", chunk.text)
}

/// The points of one chunk as the model writes them.
struct Points<'p, 'a> {
    chunk: &'p Chunk,
    page: &'p Page<'a>,
    kind: SummaryType,
    /// The sections that are still to be written; the first is being written.
    sections: Range<usize>,
    /// What was written of it.
    text: String,
    /// How much of that is shown, in bytes.
    shown: usize,
}

impl<'p, 'a> Points<'p, 'a> {
    fn new(chunk: &'p Chunk, page: &'p Page<'a>, kind: SummaryType, sections: Range<usize>) -> Self {
        Self { chunk, page, kind, sections, text: String::new(), shown: 0 }
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
        let source = self.source_of(&text, &sections.list()[..at]);
        match source {
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
        let topics = self.page.topics(point);
        let inside =
            self.page.sentences.iter().filter(|sentence| self.chunk.blocks.contains(&sentence.block));
        let nearest = inside
            .map(|sentence| (self.page.likeness(sentence, &topics), sentence))
            .max_by(|a, b| a.0.total_cmp(&b.0))
            .filter(|(likeness, _)| *likeness >= GROUNDED);
        let (_, sentence) = nearest.ok_or(Rejection::Ungrounded)?;
        verify_claim(&self.page.analyzer, sentence.text, point)?;
        Ok(sentence.passage())
    }
}

/// What stands around a point.
const MARKS: &[char] = &[' ', '\n', '-', '*', '•', '"'];

/// A finished point at the beginning of `text` and what follows it.
fn first_point(text: &str, kind: SummaryType) -> Option<(&str, &str)> {
    let start = text.len() - text.trim_start_matches(MARKS).len();
    let body = &text[start..];
    let end = match kind {
        SummaryType::KeyPoints | SummaryType::Headline => body.find('\n')?,
        SummaryType::Tldr | SummaryType::Teaser => {
            let sentences = split(body);
            (sentences.len() > 1).then(|| sentences[0].len())?
        }
    };
    (!body[..end].trim().is_empty()).then(|| body.split_at(end))
}

#[cfg(test)]
mod tests;
