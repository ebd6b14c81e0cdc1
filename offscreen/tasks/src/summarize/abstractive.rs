//! Chunked abstractive summary: the method for models that can write one.
//!
//! The page is cut into chunks that fit the context. The sentences chosen without the model say how many points each chunk
//! deserves; a chunk that deserves none is not read, and the covered share says so. The instruction stands after the text
//! and the answer is begun for the model. Each point is tied to the sentence of its chunk that it resembles most; a point
//! with a number or a name of its own falls, and the page's own sentence stands in its place.

use super::Board;
use super::page::{Page, Sentence};
use crate::sentences::split;
use crate::shorten::verify::inventions;
use crate::{CompletionOptions, Error, LanguageModel, Prompt, Sink};
use article::{Article, Chunk};
use decoder::Scheduler;
use prompt::Message;
use protocol::{Passage, Phase, Progress, SummaryType};
use std::ops::ControlFlow;

/// Tokens kept for the instruction, the template and one point.
const INSTRUCTION_TOKENS: usize = 160;

/// Tokens a point may have.
const POINT_TOKENS: usize = 64;

/// A point must share this much with a sentence of its chunk to be grounded in it.
const GROUNDED: f32 = 0.3;

/// Writes the sections of `board`, one for each of `chosen`.
pub(crate) async fn write<M: LanguageModel, S: Sink>(
    model: &mut M,
    article: &Article,
    page: &Page<'_>,
    chosen: &[&Sentence<'_>],
    kind: SummaryType,
    board: &mut Board<'_, S>,
    scheduler: &impl Scheduler,
) -> Result<(), Error> {
    let reserve = INSTRUCTION_TOKENS + POINT_TOKENS * chosen.len();
    let budget = model.context().saturating_sub(reserve).max(POINT_TOKENS);
    let chunks = article.chunks(budget, |text| model.count_tokens(text));
    let shares = share_out(&chunks, chosen);
    board.sink.coverage(covered(&chunks, &shares));
    let mut at = 0;
    for (chunk, &count) in chunks.iter().zip(&shares).filter(|(_, count)| **count > 0) {
        let mut points =
            Points { chunk, page, title: &article.title, at, end: at + count, text: String::new(), board };
        let request = request(chunk, &article.title, count, kind);
        let options = CompletionOptions {
            max_tokens: POINT_TOKENS * count,
            prefix: if kind == SummaryType::KeyPoints { "Key points:\n- ".to_owned() } else { String::new() },
            ..CompletionOptions::default()
        };
        points.begin();
        model
            .complete(
                Prompt::Chat(&[Message::user(request)]),
                &options,
                &mut |text| points.push(text, kind),
                scheduler,
            )
            .await?;
        points.finish();
        at += count;
        let tokens_per_second = model.tokens_per_second();
        let fraction = Some(at as f32 / chosen.len() as f32);
        board.sink.progress(Progress { phase: Phase::Writing, fraction, tokens_per_second });
    }
    Ok(())
}

/// How many of the chosen sentences lie in each chunk. A block that was cut counts for the first chunk it is in.
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
struct Points<'p, 'a, 'b, 's, S> {
    chunk: &'p Chunk,
    page: &'p Page<'a>,
    title: &'p str,
    /// The section being written.
    at: usize,
    /// The first section that is another chunk's.
    end: usize,
    /// What was written of it.
    text: String,
    board: &'b mut Board<'s, S>,
}

impl<S: Sink> Points<'_, '_, '_, '_, S> {
    fn begin(&mut self) {
        self.board.draft(self.at);
    }

    fn push(&mut self, text: &str, kind: SummaryType) -> ControlFlow<()> {
        self.text.push_str(text);
        while let Some((point, rest)) = first_point(&self.text, kind) {
            let rest = rest.to_owned();
            self.text = point.to_owned();
            self.finish();
            if self.at == self.end {
                return ControlFlow::Break(());
            }
            self.text = rest;
            self.begin();
        }
        let new = self.text.trim_start_matches(MARKS);
        let shown = self.board.sections[self.at].text.len();
        if let Some(new) = new.get(shown..).filter(|new| !new.is_empty() && !new.contains('\n')) {
            self.board.token(self.at, new);
        }
        ControlFlow::Continue(())
    }

    /// Judges the point that was written and goes on to the next.
    fn finish(&mut self) {
        if self.at == self.end {
            return;
        }
        let point = std::mem::take(&mut self.text);
        let point = point.trim_matches(MARKS);
        match self.source_of(point) {
            Some(source) => self.board.keep(self.at, point, source),
            None => self.board.quote(self.at),
        }
        self.at += 1;
    }

    /// The passage a point rests on; none for points that cannot be trusted.
    fn source_of(&self, point: &str) -> Option<Passage> {
        let whole = point.ends_with(['.', '!', '?', '。', '…']);
        let repeated = self.board.sections[..self.at].iter().any(|section| section.text == point);
        if !whole
            || repeated
            || !inventions(&format!("{}. {}", self.title, self.chunk.text), point).is_empty()
        {
            return None;
        }
        let words = self.page.language.words(point);
        let keys: Vec<&str> =
            words.iter().filter(|word| word.content).map(|word| word.key.as_str()).collect();
        let likeness = |sentence: &Sentence<'_>| {
            let own = self.page.language.words(sentence.text);
            let own: Vec<&str> =
                own.iter().filter(|word| word.content).map(|word| word.key.as_str()).collect();
            let shared = keys.iter().filter(|key| own.contains(key)).count();
            shared as f32 / ((keys.len() * own.len()) as f32).sqrt().max(1.0)
        };
        let inside =
            self.page.sentences.iter().filter(|sentence| self.chunk.blocks.contains(&sentence.block));
        let (likeness, sentence) =
            inside.map(|sentence| (likeness(sentence), sentence)).max_by(|a, b| a.0.total_cmp(&b.0))?;
        (likeness >= GROUNDED)
            .then(|| Passage { text: sentence.text.to_owned(), heading: sentence.heading.map(str::to_owned) })
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
