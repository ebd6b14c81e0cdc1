//! Which sentences say most about a page? Chosen without a model.
//!
//! Every sentence gets a [`score`] from how often its words occur on the page and in the title,
//! where it stands, and how well it stands alone. Then sentences are taken one by one, the best
//! first, each weighed against those already taken (maximal marginal relevance, Carbonell &
//! Goldstein 1998) and against its section's share of the page.

mod score;

use crate::error::Error;
use crate::language_model::LanguageModel;
use crate::page::Page;
use crate::run::Run;
use decoder::Scheduler;
pub(crate) use score::Purpose;
use score::{Fitness, LEANING, Scores};

/// Sentences that share more than this are one sentence said twice.
const DUPLICATE: f32 = 0.6;

/// Weight of the likeness to a sentence already taken.
const LIKENESS: f32 = 0.5;

/// Weight of the number of sentences already taken from the same part of the page.
const CROWDING: f32 = 0.2;

/// The indices of up to `count` sentences of `page`, in the page's order.
///
/// # Errors
/// [`decoder::Error::Stopped`] when the scheduler says so.
pub(crate) async fn select(
    page: &Page<'_>,
    count: usize,
    purpose: Purpose,
    run: &Run<'_, impl LanguageModel, impl Scheduler>,
) -> Result<Vec<usize>, Error> {
    let scores = Scores::of(page, purpose, run).await?;
    let regions = Regions::of(page, count);
    let mut pool = Pool { page, scores: &scores, regions: &regions, purpose, left: Vec::new() };
    let mut chosen: Vec<usize> = Vec::new();
    for fitness in [Fitness::Good, Fitness::Poor, Fitness::Furniture] {
        if fitness == Fitness::Furniture && !chosen.is_empty() {
            break;
        }
        pool.fill(fitness, &chosen, run).await?;
        while chosen.len() < count
            && let Some(best) = pool.best(&chosen)
        {
            chosen.push(best);
            pool.take(best, run).await?;
            run.pace(page.sentences.len()).await?;
        }
    }
    chosen.sort_unstable();
    Ok(chosen)
}

/// The sentences of one fitness that can still be taken.
struct Pool<'p, 'a> {
    page: &'p Page<'a>,
    scores: &'p Scores,
    regions: &'p Regions,
    purpose: Purpose,
    /// Each with its greatest likeness to a sentence taken.
    left: Vec<(usize, f32)>,
}

impl Pool<'_, '_> {
    /// Makes the sentences of this fitness the ones to take from.
    async fn fill(
        &mut self,
        fitness: Fitness,
        chosen: &[usize],
        run: &Run<'_, impl LanguageModel, impl Scheduler>,
    ) -> Result<(), Error> {
        self.left = (0..self.page.sentences.len())
            .filter(|&i| self.scores.fitness[i] == fitness)
            .map(|i| (i, 0.0))
            .collect();
        for &taken in chosen {
            self.take(taken, run).await?;
        }
        Ok(())
    }

    /// The sentence that adds most to those chosen; the first of equals.
    fn best(&self, chosen: &[usize]) -> Option<usize> {
        // In prose `They found …` may follow the sentence that says who.
        let led =
            |i: usize| self.purpose != Purpose::Points && self.scores.leaning[i] && chosen.contains(&(i - 1));
        let value = |&(i, likeness): &(usize, f32)| {
            let lean = if led(i) { LEANING } else { 0.0 };
            self.scores.score[i] + lean - LIKENESS * likeness - CROWDING * self.regions.crowding(i, chosen)
        };
        let best = self.left.iter().rev().max_by(|a, b| value(a).total_cmp(&value(b)))?;
        Some(best.0)
    }

    /// Removes a sentence, and those that say the same.
    async fn take(
        &mut self,
        taken: usize,
        run: &Run<'_, impl LanguageModel, impl Scheduler>,
    ) -> Result<(), Error> {
        for (i, likeness) in &mut self.left {
            run.pace(1 + self.page.sentences[*i].stems.len()).await?;
            *likeness = likeness.max(self.page.similarity(*i, taken));
        }
        self.left.retain(|&(i, likeness)| i != taken && likeness <= DUPLICATE);
        Ok(())
    }
}

/// The parts of a page that should all have their say: its sections or, without headings, stretches
/// of equal length.
struct Regions {
    of: Vec<usize>,
    /// Sentences that each region would have if they were shared out by length.
    fair: Vec<f32>,
}

impl Regions {
    fn of(page: &Page<'_>, count: usize) -> Self {
        let total = page.sentences.len();
        let of: Vec<usize> = if page.sections > 2 {
            page.sentences.iter().map(|sentence| sentence.section).collect()
        } else {
            (0..total).map(|i| i * count.max(1) / total.max(1)).collect()
        };
        let mut fair = vec![0.0_f32; of.iter().max().map_or(0, |last| last + 1)];
        of.iter().for_each(|&region| fair[region] += count as f32 / total as f32);
        Self { of, fair }
    }

    /// Sentences chosen from the region of sentence `i`, measured by its fair share.
    fn crowding(&self, i: usize, chosen: &[usize]) -> f32 {
        let region = self.of[i];
        let taken = chosen.iter().filter(|&&other| self.of[other] == region).count();
        taken as f32 / self.fair[region].max(1.0)
    }
}

#[cfg(test)]
mod tests;
