//! Select → shorten → verify: the method for tiny models.

use crate::error::Error;
use crate::language_model::LanguageModel;
use crate::page::Sentence;
use crate::run::Run;
use crate::shorten::trim::trim;
use crate::shorten::verify::verify;
use crate::shorten::{room_needed, shorten, taught};
use crate::side_by_side::side_by_side;
use crate::wording::Wording;
use decoder::Scheduler;
use protocol::Section;

/// Sentences of up to so many words are short enough as they are.
const SHORT: usize = 13;

/// Longer sentences lose their thread: they are quoted.
const LONG: usize = 55;

/// How often what became a headline is shortened again.
const ROUNDS: usize = 3;

/// Has the model shorten the sentences side by side; into headlines of at most so many `words`, if it can.
///
/// All are asked for in one wording first, so that what stands before them stays in the model's cache; those
/// that fail are asked for in the next, behind the quote that is shown by then.
pub(crate) async fn shorten_all(
    run: &mut Run<'_, impl LanguageModel, impl Scheduler>,
    chosen: &[&Sentence<'_>],
    words: Option<usize>,
) -> Result<(), Error> {
    let mut pending = Vec::new();
    for (at, sentence) in chosen.iter().enumerate() {
        let room = room_needed(run.model.count_tokens(sentence.text));
        // What is too long is not compared word by word either.
        let trimmed = if sentence.words > LONG { String::new() } else { trim(sentence.text) };
        let shortening = Shortening { at, sentence: sentence.text, trimmed, words };
        if shortening.is_needless(sentence.words) || sentence.words > LONG || room > run.model.context() {
            run.sections.quote(at, None);
        } else {
            pending.push(shortening);
        }
    }
    let mut from = 0.0;
    for (attempt, wording) in Wording::tried(taught(run.model).is_some()).into_iter().enumerate() {
        log::debug!("{} of {} sentences, wording {wording:?}", pending.len(), chosen.len());
        let share = 0.8 * (1.0 - from);
        let (all, mut ended, mut failed) = (pending.len(), 0, Vec::<Shortening<'_>>::new());
        let work = pending.into_iter().map(|shortening| {
            let mut run = run.beside();
            async move {
                if attempt == 0 {
                    run.sections.begin(shortening.at, "");
                }
                let is_kept = shortening.attempt(&mut run, wording).await?;
                if attempt == 0 && !is_kept {
                    run.sections.quote(shortening.at, None);
                }
                Ok((shortening, is_kept))
            }
        });
        let finish = |_, (shortening, is_kept): (_, bool)| {
            if !is_kept {
                failed.push(shortening);
            }
            ended += 1;
            run.report(from + share * ended as f32 / all as f32);
        };
        side_by_side(|| run.model.width(), work, finish).await?;
        failed.sort_by_key(|shortening| shortening.at);
        pending = failed;
        from += share;
    }
    Ok(())
}

/// One sentence to shorten.
struct Shortening<'a> {
    at: usize,
    sentence: &'a str,
    trimmed: String,
    /// What a headline may have.
    words: Option<usize>,
}

impl Shortening<'_> {
    fn is_needless(&self, words: usize) -> bool {
        words <= SHORT && self.trimmed == self.sentence
    }

    /// True when the answer was kept.
    async fn attempt(
        &self,
        run: &mut Run<'_, impl LanguageModel, impl Scheduler>,
        wording: Wording,
    ) -> Result<bool, Error> {
        let text = shorten(run, &self.trimmed, wording).await?;
        match verify(self.sentence, &text) {
            Ok(()) => {
                let text = match self.words {
                    Some(words) => self.headline(run, text, words).await?,
                    None => text,
                };
                run.sections.keep(self.at, Section { text, ..Section::default() });
                Ok(true)
            }
            Err(rejection) => {
                log::debug!("rejected: {rejection:?}: {text:?} for {:?}", self.sentence);
                Ok(false)
            }
        }
    }

    /// The shorter sentence, shortened again as long as it has too many words for a headline and stays true, without its
    /// full stop.
    async fn headline(
        &self,
        run: &mut Run<'_, impl LanguageModel, impl Scheduler>,
        mut text: String,
        words: usize,
    ) -> Result<String, Error> {
        for _ in 0..ROUNDS {
            if text.split_whitespace().count() <= words {
                break;
            }
            let shorter = shorten(run, &text, Wording::Taught).await?;
            if shorter.len() >= text.len() || verify(self.sentence, &shorter).is_err() {
                break;
            }
            text = shorter;
        }
        Ok(text.trim_end_matches('.').to_owned())
    }
}
