//! From an article to a summary: what is shown when, by which method.

mod abstractive;
mod extractive;
mod page;
mod select;

use crate::{Error, LanguageModel, Sink, shorten};
use article::Article;
use catalog::{Method, Profile};
use decoder::Scheduler;
use page::{Page, Sentence};
use protocol::{Passage, Phase, Progress, Section, SectionStatus, SummaryFormat, SummaryLength, SummaryType};
use select::{Purpose, select};

/// What kind of summary is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SummaryOptions {
    /// Points or prose.
    pub kind: SummaryType,
    /// How much.
    pub length: SummaryLength,
    /// Markup of the finished text.
    pub format: SummaryFormat,
}

impl SummaryOptions {
    /// Sections at most: points, or sentences of prose.
    #[must_use]
    pub fn sections(&self) -> usize {
        match (self.kind, self.length) {
            (SummaryType::KeyPoints, SummaryLength::Short) => 3,
            (SummaryType::KeyPoints, SummaryLength::Medium) => 5,
            (SummaryType::KeyPoints, SummaryLength::Long) => 7,
            (SummaryType::Tldr, SummaryLength::Short) => 1,
            (SummaryType::Tldr, SummaryLength::Medium) => 3,
            (SummaryType::Tldr, SummaryLength::Long) => 5,
        }
    }
}

/// Summarises an article. Returns the finished text; the sections went to `sink`.
///
/// The page's own sentences are shown at once, as previews. Then the model works on them one by one; a section ends as
/// [`SectionStatus::Checked`] or, where the model's version does not hold or the model does not know the page's language,
/// as [`SectionStatus::Quoted`]. No text is ever left unchecked, not even when the work is stopped.
///
/// # Errors
/// [`Error::NoText`] for an article without text; a failure of the model; [`decoder::Error::Stopped`] when `scheduler` says so.
pub async fn summarize<M: LanguageModel>(
    model: &mut M,
    profile: &Profile,
    article: &Article,
    options: SummaryOptions,
    sink: &mut impl Sink,
    scheduler: &impl Scheduler,
) -> Result<String, Error> {
    let reading = Progress { phase: Phase::Reading, fraction: None, tokens_per_second: None };
    sink.progress(reading);
    let page = Page::read(article);
    let purpose = if options.kind == SummaryType::Tldr { Purpose::Overview } else { Purpose::Points };
    let chosen: Vec<&Sentence<'_>> =
        select(&page, options.sections(), purpose).into_iter().map(|i| &page.sentences[i]).collect();
    if chosen.is_empty() {
        return Err(Error::NoText);
    }
    let mut board = Board::new(sink);
    for sentence in &chosen {
        board.add(sentence);
    }
    let speaks = profile.speaks(article.lang.as_deref());
    let worked = match if speaks { profile.method } else { Method::Quote } {
        Method::Quote => {
            board.sink.coverage(1.0);
            Ok(())
        }
        Method::Shorten => {
            board.sink.coverage(1.0);
            extractive::shorten_all(model, &chosen, &mut board, scheduler).await
        }
        Method::Write => {
            abstractive::write(model, article, &page, &chosen, options.kind, &mut board, scheduler).await
        }
    };
    board.settle();
    worked?;
    board.sink.progress(Progress {
        phase: Phase::Writing,
        fraction: Some(1.0),
        tokens_per_second: model.tokens_per_second(),
    });
    Ok(render(&board.sections, options))
}

/// See [`crate::prepare`].
pub(crate) async fn prepare<M: LanguageModel>(
    model: &mut M,
    profile: &Profile,
    scheduler: &impl Scheduler,
) -> Result<(), Error> {
    match profile.method {
        Method::Shorten => shorten::prepare(model, scheduler).await,
        // These prompts begin with the page.
        Method::Quote | Method::Write => Ok(()),
    }
}

/// The sections as they stand, kept in step with the sink.
pub(crate) struct Board<'s, S> {
    pub(crate) sink: &'s mut S,
    pub(crate) sections: Vec<Section>,
    /// The page's own words for each section.
    own: Vec<Passage>,
}

impl<'s, S: Sink> Board<'s, S> {
    fn new(sink: &'s mut S) -> Self {
        Self { sink, sections: Vec::new(), own: Vec::new() }
    }

    fn add(&mut self, sentence: &Sentence<'_>) {
        let index = u32::try_from(self.sections.len()).unwrap_or(u32::MAX);
        let source = Passage { text: sentence.text.to_owned(), heading: sentence.heading.map(str::to_owned) };
        let text = source.text.clone();
        self.own.push(source.clone());
        self.sections.push(Section { index, text, source: Some(source), ..Section::default() });
        self.sink.section(self.sections[self.sections.len() - 1].clone());
    }

    /// Changes a section; nothing is sent when it stays as it is.
    pub(crate) fn put(&mut self, at: usize, text: &str, status: SectionStatus, source: Option<Passage>) {
        let index = self.sections[at].index;
        let section = Section { index, text: text.to_owned(), status, source, ..Section::default() };
        if self.sections[at] != section {
            self.sections[at] = section.clone();
            self.sink.section(section);
        }
    }

    /// Empties a section for the model to write.
    pub(crate) fn draft(&mut self, at: usize) {
        let source = self.sections[at].source.clone();
        self.put(at, "", SectionStatus::Draft, source);
    }

    /// Appends to a section that is being written. The first text takes the place of the preview: until then it stays.
    pub(crate) fn token(&mut self, at: usize, text: &str) {
        if self.sections[at].status == SectionStatus::Preview {
            self.draft(at);
        }
        self.sections[at].text.push_str(text);
        self.sink.token(self.sections[at].index, text);
    }

    /// The model's text passed the checks.
    pub(crate) fn keep(&mut self, at: usize, text: &str, source: Passage) {
        self.put(at, text, SectionStatus::Checked, Some(source));
    }

    /// The page speaks for itself.
    pub(crate) fn quote(&mut self, at: usize) {
        let own = self.own[at].clone();
        self.put(at, &own.text.clone(), SectionStatus::Quoted, Some(own));
    }

    /// The page's own passage of a section.
    pub(crate) fn own(&self, at: usize) -> &Passage {
        &self.own[at]
    }

    /// Previews and drafts become quotes.
    fn settle(&mut self) {
        for at in 0..self.sections.len() {
            if matches!(self.sections[at].status, SectionStatus::Preview | SectionStatus::Draft) {
                self.quote(at);
            }
        }
    }
}

/// The finished text.
fn render(sections: &[Section], options: SummaryOptions) -> String {
    let texts = sections.iter().map(|section| section.text.as_str());
    match (options.kind, options.format) {
        (SummaryType::Tldr, _) => texts.collect::<Vec<_>>().join(" "),
        (SummaryType::KeyPoints, SummaryFormat::Markdown) => {
            texts.map(|text| format!("- {text}")).collect::<Vec<_>>().join("\n")
        }
        (SummaryType::KeyPoints, SummaryFormat::PlainText) => texts.collect::<Vec<_>>().join("\n"),
    }
}

#[cfg(test)]
mod tests;
