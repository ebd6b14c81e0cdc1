//! How many threads compute on the processor: found by letting the model read a token now and then.

mod search;

pub use search::ThreadSearch;

use crate::Error;
use decoder::{Decoder, Scheduler};
use kernels::simd::Pool;

/// Steps that are timed for each number of threads, the quickest of which counts: something else
/// may interrupt one.
const STEPS: u32 = 2;

/// Steps that took so many milliseconds are enough: longer ones need no repetition.
const ENOUGH_MS: f64 = 30.0;

/// Lets as many of the pool's threads work from now on as are best for the model. `now` tells
/// milliseconds.
///
/// # Errors
/// The decoder's; [`Error::is_stop`] when the scheduler says so.
pub async fn limit_to_best(
    pool: &Pool,
    decoder: &mut Decoder,
    now: fn() -> f64,
    scheduler: &impl Scheduler,
) -> Result<(), Error> {
    let most = pool.workers() + 1;
    let mut search = ThreadSearch::new(most);
    // With one thread there is nothing to choose, but a first pass must be gone through: a model
    // that ends the engine is to do so while it is noted as being loaded.
    if most == 1 {
        decoder.prefill(&[0], scheduler).await?;
        return Ok(());
    }
    while let Some(threads) = search.next() {
        pool.limit(threads);
        let time = step_time(decoder, now, scheduler).await?;
        log::debug!(target: "session::threads", "{threads} threads: {time:.2} ms a token");
        search.note(time);
    }
    pool.limit(search.best());
    Ok(())
}

/// Milliseconds that the model takes to read a token.
async fn step_time(
    decoder: &mut Decoder,
    now: fn() -> f64,
    scheduler: &impl Scheduler,
) -> Result<f64, Error> {
    let (mut quickest, mut total) = (f64::INFINITY, 0.0);
    // The first one wakes the threads, and on one thread fills the caches.
    for step in 0..=STEPS {
        let start = now();
        // Always another token than before, so that it is read.
        decoder.prefill(&[step], scheduler).await?;
        let time = now() - start;
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
