//! What the rules and the model make of a sentence together.
//!
//! The rules ([`rules`]) change what they know, and break nothing; the model knows more, and is right less often. So where
//! the model is one that was taught, a tone is the rules' alone, and simpler words are theirs first; a
//! sentence that they have not made much shorter is handed to the model, and theirs stands where it fails or loses a name.

use super::ask::Request;
use super::rewriter::{Outcome, Rewriter};
use super::rules;
use crate::error::Error;
use crate::language_model::LanguageModel;
use crate::rejection::Rejection;
use crate::shorten::trim::trim;
use crate::wording::Wording;
use decoder::Scheduler;
use protocol::RewriteOperation;
use std::cmp::Ordering;

/// Of what the rules alone made shorter, at most this share of the words may be left for the model not to be asked at all,
/// and for it to stand where the model fails.
const MUCH_SHORTER: f32 = 0.8;
const SHORTER: f32 = 0.95;

/// Where more than this share is left, names and numbers of asides may go too.
const ENOUGH_SHORTER: f32 = 0.85;

impl<M: LanguageModel, S: Scheduler> Rewriter<'_, '_, M, S> {
    /// A version of a sentence, as good as it can be had in this wording.
    pub(super) async fn attempt(
        &mut self,
        request: &Request<'_>,
        wording: Wording,
    ) -> Result<Outcome, Error> {
        match request.operation {
            _ if !self.facts.analyzer.is_english() => self.ask(request, wording).await,
            RewriteOperation::MoreFormal => {
                self.reword(request, wording, "Kept as it was: nothing informal was found in it.").await
            }
            RewriteOperation::MoreCasual => {
                self.reword(request, wording, "Kept as it was: nothing stiff was found in it.").await
            }
            RewriteOperation::Simplify => {
                self.reword(request, wording, "Kept as it was: no word was found that could be simpler.")
                    .await
            }
            RewriteOperation::Shorter | RewriteOperation::Bullets => self.cut(request, wording).await,
            _ => self.ask(request, wording).await,
        }
    }

    /// Says it in other words: those of the rules, or the model's. `already` says that there are none.
    async fn reword(
        &mut self,
        request: &Request<'_>,
        wording: Wording,
        already: &'static str,
    ) -> Result<Outcome, Error> {
        let Request { operation, text, .. } = *request;
        let ruled = rules::apply(operation, text);
        let is_ruled = ruled != text;
        // A model that was taught is one of those that are right less often; of others nothing is known. What it wrote where
        // the rules found nothing to change was read: of a tone most of it was wrong or needless, and the reader is better told.
        if wording == Wording::Taught && (is_ruled || operation != RewriteOperation::Simplify) {
            return Ok(if is_ruled { Outcome::Done(ruled) } else { Outcome::Already(already) });
        }
        Ok(match self.ask(request, wording).await? {
            Outcome::Done(version) if rules::keeps_quotations(text, &version) => {
                Outcome::Done(rules::apply(operation, &version))
            }
            _ if is_ruled => Outcome::Done(ruled),
            Outcome::Done(_) | Outcome::Failed(_) if wording == Wording::Taught => Outcome::Already(already),
            Outcome::Done(_) => Outcome::Failed(Rejection::Form),
            Outcome::Failed(Rejection::Unchanged) => Outcome::Already(already),
            other => other,
        })
    }

    /// Says it in fewer words.
    async fn cut(&mut self, request: &Request<'_>, wording: Wording) -> Result<Outcome, Error> {
        let Request { operation, instruction, text } = *request;
        let concise = rules::apply(operation, text);
        // The rules leave out what a reader can do without, and that is no name and no number.
        let trimmed = Some(trim(&concise)).filter(|trimmed| self.facts.lost(text, trimmed).is_empty());
        let ruled = trimmed.unwrap_or_else(|| concise.clone());
        let count = |text: &str| self.facts.analyzer.spellings(text).count() as f32;
        let share = |version: &str| count(version) / count(text).max(1.0);
        if share(&ruled) <= MUCH_SHORTER {
            return Ok(Outcome::Done(ruled));
        }
        let outcome = self.ask(&Request { operation, instruction, text: &concise }, wording).await?;
        // What is said beside the point may take its names and numbers with it, where less is not enough.
        let bare = rules::without_asides(&ruled);
        let (lost, beside) = (|version: &str| self.facts.lost(text, version), self.facts.lost(text, &bare));
        let keeps = |version: &str| {
            let lost = lost(version);
            let aside = if lost.is_empty() { lost.clone() } else { self.facts.lost_aside(&concise, version) };
            lost.iter().all(|fact| beside.contains(fact) || aside.contains(fact))
        };
        let mut versions = vec![ruled, bare];
        if let Outcome::Done(version) = &outcome
            && keeps(version)
        {
            versions.extend([version.clone(), rules::without_asides(version)]);
        }
        // Short enough before nothing lost, and that before shorter still; of equals the model's.
        let rank = |version: &String| {
            let share = share(version);
            (share > ENOUGH_SHORTER, lost(version).len(), share)
        };
        // Nothing is lost for a few words.
        let stands = |version: &String| {
            let most = if lost(version).is_empty() { SHORTER } else { ENOUGH_SHORTER };
            share(version) <= most && keeps(version)
        };
        let best = versions
            .into_iter()
            .rev()
            .filter(stands)
            .min_by(|a, b| rank(a).partial_cmp(&rank(b)).unwrap_or(Ordering::Equal));
        Ok(match (best, outcome) {
            (Some(version), _) => Outcome::Done(version),
            (None, Outcome::Done(version)) => Outcome::Failed(Rejection::Lost(lost(&version))),
            (None, other) => other,
        })
    }
}
