//! The best number of threads for a model, found by letting it read a token now and then.

use super::POOL;
use super::count::Search;
use crate::scheduler::WorkerScheduler;
use crate::session::Cancel;
use crate::{Error, browser};
use decoder::Decoder;

/// Steps that are timed for each number of threads, the quickest of which counts: something else may interrupt one.
const STEPS: u32 = 2;

/// Steps that took so many milliseconds are enough: longer ones need no repetition.
const ENOUGH_MS: f64 = 30.0;

/// Lets as many threads work from now on as are best for the model.
///
/// # Errors
/// The decoder's; [`Error::is_stop`] when it was cancelled.
pub(crate) async fn measure(decoder: &mut Decoder, cancel: &Cancel) -> Result<(), Error> {
    let most = POOL.helpers() + 1;
    let mut search = Search::new(most);
    // With one thread there is nothing to choose.
    while let Some(threads) = search.next().filter(|_| most > 1) {
        POOL.limit(threads);
        search.note(step_time(decoder, cancel).await?);
    }
    POOL.limit(search.best());
    Ok(())
}

/// Milliseconds that the model takes to read a token.
async fn step_time(decoder: &mut Decoder, cancel: &Cancel) -> Result<f64, Error> {
    // What it reports is no part of loading.
    let scheduler = &WorkerScheduler::new(cancel.clone(), &|_| {});
    let (mut quickest, mut total) = (f64::INFINITY, 0.0);
    // The first one wakes the threads, and on one thread fills the caches.
    for step in 0..=STEPS {
        let start = browser::now();
        // Always another token than before, so that it is read.
        decoder.prefill(&[step], scheduler).await?;
        let time = browser::now() - start;
        if step > 0 {
            quickest = time.min(quickest);
        }
        total += time;
        if total > ENOUGH_MS && step > 0 {
            break;
        }
    }
    Ok(quickest)
}
