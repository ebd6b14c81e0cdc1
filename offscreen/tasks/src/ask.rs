//! From a question to the sentences of the page that answer it.
//!
//! 1. The [`question`] tells what [`kind`] of answer is wanted, and which words it has to stand with.
//! 2. The [`mod@search`] weighs every sentence of the page, without the model.
//! 3. The best one answers if it is good enough, otherwise the page does not say. Nothing is written but the
//!    page's own words: the sentence, shortened as a point of a summary is, with the passage that it is.

mod kind;
mod question;
mod search;
mod synonyms;

use crate::error::Error;
use crate::language_model::LanguageModel;
use crate::page::{Page, Sentence, Tables};
use crate::run::Run;
use crate::shorten;
use crate::shorten::verify::verify;
use crate::text_language::{detect, language_of_article, name};
use crate::wording::Wording;
use crate::words::Analyzer;
use article::Article;
use catalog::Method;
use decoder::Scheduler;
use kind::Kind;
use protocol::Section;
use question::Question;
use search::{Candidate, Sought, search};
use std::collections::HashSet;

/// Characters of a question at most.
pub const LONGEST_QUESTION: usize = 500;

/// Sentences of fewer words are short enough as they are, longer ones lose their thread.
const SHORT: usize = 16;
const LONG: usize = 55;

/// Evidence that a sentence holds an answer of the kind that is wanted.
const EVIDENT: f32 = 0.5;

/// What the finished text is where the page has no answer.
pub const NO_ANSWER: &str = "The page doesn’t say.";

/// Answers a question about an article. Returns the answer; its sections, of which there are none where the
/// page does not say, went to the sink.
///
/// # Errors
/// [`Error::Question`] for a text that is no question about anything, or too long; [`Error::NoText`] for an
/// article without text; [`Error::Unasked`] for one in another language than English; a failure of the model;
/// [`decoder::Error::Stopped`] when the scheduler says so.
pub async fn ask(
    mut run: Run<'_, impl LanguageModel, impl Scheduler>,
    article: &Article,
    question: &str,
) -> Result<String, Error> {
    run.report_reading();
    let question = read(question)?;
    log::debug!("{question:?}");
    let lang = language_of_article(article);
    if let Some(lang) = lang.as_deref().filter(|lang| !Analyzer::of(Some(lang)).is_english()) {
        return Err(Error::Unasked { language: name(lang) });
    }
    let page = Page::read(article, lang.as_deref(), Tables::Read, &run).await?;
    if page.sentences.is_empty() {
        return Err(Error::NoText);
    }
    run.pace(page.sentences.len()).await?;
    let sought = Sought::of(&page, &question);
    let candidates = search(&page, &sought, &run).await?;
    for candidate in candidates.iter().take(4) {
        log::debug!("{candidate:?} {:?}", page.sentences[candidate.at].text);
    }
    run.sections.coverage(page.read);
    let Some(best) = candidates.first().filter(|best| answers(best, &question)) else {
        run.report(1.0);
        return Ok(NO_ANSWER.to_owned());
    };
    let sentence = &page.sentences[best.at];
    run.sections.preview(String::new(), sentence.passage());
    let shortened = if run.profile.method == Method::Shorten
        && run.profile.speaks(lang.as_deref())
        && question.kind.is_checkable()
    {
        shorten_answer(&mut run, sentence, |text| {
            let (own, evidence) = sought.judge(&page, text);
            own >= best.own && evidence >= best.evidence
        })
        .await
    } else {
        Ok(())
    };
    run.sections.settle(None);
    shortened?;
    run.report(1.0);
    Ok(run.sections.text())
}

/// See [`crate::prepare`].
pub(crate) async fn prepare(mut run: Run<'_, impl LanguageModel, impl Scheduler>) -> Result<(), Error> {
    match run.profile.method {
        Method::Shorten => shorten::prepare(&mut run).await,
        Method::Quote | Method::Write => Ok(()),
    }
}

/// Has the model shorten the sentence of the answer, which is first in the output. What it writes is kept if it is true to
/// the sentence and still answers.
async fn shorten_answer(
    run: &mut Run<'_, impl LanguageModel, impl Scheduler>,
    sentence: &Sentence<'_>,
    answers: impl Fn(&str) -> bool,
) -> Result<(), Error> {
    if !(SHORT..=LONG).contains(&sentence.words)
        || shorten::room_needed(run.model.count_tokens(sentence.text)) > run.model.context()
    {
        return Ok(());
    }
    let trimmed = Some(shorten::trim::trim(sentence.text)).filter(|trimmed| answers(trimmed));
    let input = trimmed.as_deref().unwrap_or(sentence.text);
    run.sections.begin(0, "");
    let text = shorten::shorten(run, input, Wording::tried(shorten::taught(run.model).is_some())[0]).await?;
    match verify(sentence.text, &text) {
        Ok(()) if only_leaves_out(sentence.text, &text) && answers(&text) => {
            run.sections.keep(0, Section { text, ..Section::default() })
        }
        verdict => log::debug!("rejected: {verdict:?}: {text:?} for {:?}", sentence.text),
    }
    Ok(())
}

/// Whether every word of an answer is one of the sentence's: what was asked for may be any of them.
fn only_leaves_out(sentence: &str, text: &str) -> bool {
    let english = Analyzer::english();
    let words: HashSet<String> = english.words(sentence).into_iter().map(|word| word.lower).collect();
    english.words(text).iter().all(|word| words.contains(&word.lower))
}

fn read(text: &str) -> Result<Question, Error> {
    if text.chars().nth(LONGEST_QUESTION).is_some() {
        return Err(Error::Question { what: "is too long" });
    }
    if detect(text).is_some_and(|lang| lang != "en") {
        return Err(Error::Question { what: "is not in English" });
    }
    let question = Question::read(text, &Analyzer::english());
    if question.terms.is_empty() && !question.kind.is_checkable() {
        return Err(Error::Question { what: "names nothing to look for" });
    }
    Ok(question)
}

/// Whether a sentence is good enough to answer the question: every word of it is said there or near it, enough of them
/// there, and an answer of the kind stands by.
fn answers(best: &Candidate, question: &Question) -> bool {
    let least = match question.kind {
        Kind::Fact | Kind::Whether | Kind::Place | Kind::Opinion => 0.45,
        // `A garage with 200 places`, where bicycles were asked for.
        Kind::Count(_) if best.evidence < EVIDENT => 0.85,
        _ => 0.3,
    };
    let evident = match question.kind {
        Kind::Count(_) => best.evidence > 0.0,
        _ => !question.kind.is_strict() || best.evidence >= EVIDENT,
    };
    if !question.names_something() {
        // `How heavy is it?` is about what the whole page is about.
        return question.kind.is_checkable() && best.evidence >= 1.0;
    }
    best.strikes == 0 && best.has_class && evident && best.own >= least
}

#[cfg(test)]
mod tests;
