//! From an article to a summary: what is shown when, by which method.
//!
//! 1. The article becomes a [`page`] of sentences, with what its words weigh.
//! 2. [`mod@select`] chooses the sentences that say most, without the model: they are on screen at
//!    once.
//! 3. What happens next depends on the model's [`Method`]. Tiny models shorten the chosen sentences
//!    one by one ([`extractive`]); larger ones write points about each part of the page
//!    ([`abstractive`]), and those points are checked for inventions and tied to their sentences.
//! 4. What does not pass is replaced by the page's own words. Every section carries the passage it
//!    rests on.

mod abstractive;
mod chunks;
mod extractive;
mod select;

use crate::error::Error;
use crate::language_model::LanguageModel;
use crate::page::{Page, Sentence, Tables};
use crate::run::Run;
use crate::shorten;
use crate::text_language::{language_of_article, name};
use article::Article;
use catalog::Method;
use decoder::Scheduler;
use protocol::{Section, SummaryFormat, SummaryLength, SummaryType};
use select::{Purpose, select};

/// What kind of summary is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SummaryOptions {
    /// Points or prose.
    pub kind: SummaryType,
    /// How many of them: see [`Self::sections`].
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
            (SummaryType::Headline, _) | (_, SummaryLength::Short) => 1,
            (_, SummaryLength::Medium) => 3,
            (_, SummaryLength::Long) => 5,
        }
    }

    /// Words that a headline should have at most, in the measure of the browser's own Summarizer interface.
    fn headline(&self) -> Option<usize> {
        (self.kind == SummaryType::Headline).then_some(match self.length {
            SummaryLength::Short => 12,
            SummaryLength::Medium => 17,
            SummaryLength::Long => 22,
        })
    }
}

/// Summarises an article. Returns the finished text; the sections went to the sink.
///
/// The page's own sentences are shown at once, as previews. Then the model works on them one by
/// one; a section ends as [`protocol::SectionStatus::Checked`] or, where the model's version does
/// not hold or the model does not know the page's language, as [`protocol::SectionStatus::Quoted`].
/// No text is ever left unchecked, not even when the work is stopped.
///
/// # Errors
/// [`Error::NoText`] for an article without text; a failure of the model;
/// [`decoder::Error::Stopped`] when the scheduler says so.
pub async fn summarize(
    mut run: Run<'_, impl LanguageModel, impl Scheduler>,
    article: &Article,
    options: SummaryOptions,
) -> Result<String, Error> {
    run.report_reading();
    let lang = language_of_article(article);
    let page = Page::read(article, lang.as_deref(), Tables::LeftOut, &run).await?;
    let purpose = match options.kind {
        SummaryType::KeyPoints => Purpose::Points,
        SummaryType::Tldr | SummaryType::Headline => Purpose::Overview,
        SummaryType::Teaser => Purpose::Opening,
    };
    let chosen = select(&page, options.sections(), purpose, &run).await?;
    let chosen: Vec<&Sentence<'_>> = chosen.into_iter().map(|i| &page.sentences[i]).collect();
    if chosen.is_empty() {
        return Err(Error::NoText);
    }
    for sentence in &chosen {
        run.sections.preview(String::new(), sentence.passage());
    }
    let speaks = run.profile.speaks(lang.as_deref());
    let method = match run.profile.method {
        _ if !speaks => Method::Quote,
        // What is written freely can be checked in these languages.
        Method::Write if page.analyzer.language().is_none() => Method::Quote,
        method => method,
    };
    log::debug!("{} of {} sentences chosen; method: {method:?}", chosen.len(), page.sentences.len());
    let worked = match method {
        Method::Quote => {
            run.sections.coverage(page.read);
            Ok(())
        }
        Method::Shorten => {
            run.sections.coverage(page.read);
            extractive::shorten_all(&mut run, &chosen, options.headline()).await
        }
        Method::Write => abstractive::write(&mut run, article, &page, &chosen, options.kind).await,
    };
    let unknown = lang.filter(|_| !speaks).map(|tag| {
        format!("This model does not know the text's language ({}): in its own words.", name(&tag))
    });
    run.sections.settle(unknown.as_deref());
    worked?;
    run.report(1.0);
    Ok(render(&run.sections.list(), options))
}

/// See [`crate::prepare`].
pub(crate) async fn prepare(mut run: Run<'_, impl LanguageModel, impl Scheduler>) -> Result<(), Error> {
    match run.profile.method {
        Method::Shorten => shorten::prepare(&mut run).await,
        // These prompts begin with the page.
        Method::Quote | Method::Write => Ok(()),
    }
}

/// The finished text.
fn render(sections: &[Section], options: SummaryOptions) -> String {
    let texts = sections.iter().map(|section| section.text.as_str());
    match (options.kind, options.format) {
        (SummaryType::KeyPoints, SummaryFormat::Markdown) => {
            texts.map(|text| format!("- {text}")).collect::<Vec<_>>().join("\n")
        }
        (SummaryType::KeyPoints, SummaryFormat::PlainText) => texts.collect::<Vec<_>>().join("\n"),
        _ => texts.collect::<Vec<_>>().join(" "),
    }
}

#[cfg(test)]
mod tests;
