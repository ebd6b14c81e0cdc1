//! Work shared by threads: every part is done once, whoever does it.

use crate::common::pool;
use kernels::simd::Pool;
use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex};
use std::thread;
use std::time::Duration;

/// How often what depends on luck is tried: Miri, which is slow, has schedules of its own.
const ROUNDS: usize = if cfg!(miri) { 12 } else { 2_000 };

/// The same where threads sleep in each round.
const FEW_ROUNDS: usize = if cfg!(miri) { 2 } else { 20 };

/// Runs an operation of so many parts, and says whether each was done once.
fn is_whole(pool: &Pool, parts: usize) -> bool {
    let done: Vec<_> = (0..parts).map(|_| AtomicUsize::new(0)).collect();
    pool.run(parts, |part| {
        done[part].fetch_add(1, Ordering::Relaxed);
    });
    done.iter().all(|done| done.load(Ordering::Relaxed) == 1)
}

#[test]
fn every_part_is_done_once() {
    for workers in [0, 1, 3] {
        let pool = pool(workers);
        assert_eq!(pool.threads(), workers + 1);
        assert!((0..10 * ROUNDS).all(|round| is_whole(pool, round % 17)));
    }
}

/// Parts that wait for each other: each needs a thread of its own.
#[test]
fn workers_sleep_and_wake() {
    let (pool, together, met) = (pool(2), Barrier::new(3), Mutex::new(HashSet::new()));
    for _ in 0..FEW_ROUNDS {
        thread::sleep(Duration::from_millis(5));
        pool.run(3, |_| {
            together.wait();
            met.lock().unwrap().insert(thread::current().id());
        });
    }
    assert_eq!(met.into_inner().unwrap().len(), 3);
}

#[test]
fn the_caller_sleeps_and_wakes() {
    let (pool, together, caller) = (pool(1), Barrier::new(2), thread::current().id());
    for _ in 0..FEW_ROUNDS {
        let done = AtomicUsize::new(0);
        pool.run(2, |_| {
            together.wait();
            if thread::current().id() != caller {
                thread::sleep(Duration::from_millis(5));
            }
            done.fetch_add(1, Ordering::Relaxed);
        });
        assert_eq!(done.into_inner(), 2);
    }
}

#[test]
fn workers_over_the_limit_do_nothing() {
    let pool = pool(3);
    for threads in [1, 2, 4, 2] {
        pool.limit(threads);
        assert_eq!(pool.threads(), threads);
        let seen = Mutex::new(HashSet::new());
        for _ in 0..ROUNDS / 4 {
            pool.run(8, |_| {
                seen.lock().unwrap().insert(thread::current().id());
            });
        }
        assert!(seen.lock().unwrap().len() <= threads);
    }
}

#[test]
fn pieces_are_whole_and_their_own() {
    let pool = pool(2);
    for (len, piece) in [(0, 4), (1, 4), (1000, 7), (64, 64), (65, 64)] {
        let mut data = vec![0_usize; len];
        pool.chunks(&mut data, piece, |index, values| {
            assert!(values.len() <= piece);
            values.iter_mut().enumerate().for_each(|(i, value)| *value += index * piece + i + 1);
        });
        assert!(data.iter().enumerate().all(|(i, &value)| value == i + 1));
    }
}

#[test]
fn operations_at_the_same_time_are_whole() {
    let pool = pool(1);
    thread::scope(|scope| {
        for caller in 0..3 {
            scope.spawn(move || assert!((0..ROUNDS).all(|round| is_whole(pool, (round + caller) % 17))));
        }
    });
}

#[test]
fn operations_of_parts_are_whole() {
    let pool = pool(2);
    for _ in 0..ROUNDS.div_ceil(10) {
        let whole = AtomicUsize::new(0);
        pool.run(8, |part| {
            whole.fetch_add(usize::from(is_whole(pool, part)), Ordering::Relaxed);
        });
        assert_eq!(whole.into_inner(), 8);
    }
}

#[test]
fn a_panic_reaches_the_caller_when_the_other_parts_are_done() {
    let pool = pool(2);
    for round in 0..ROUNDS.div_ceil(10) {
        // One part, or all of them: on the caller's thread and on the workers'.
        let bad = |part| round % 2 == 0 || part == 3;
        let done = AtomicUsize::new(0);
        let result = catch_unwind(AssertUnwindSafe(|| {
            pool.run(8, |part| {
                done.fetch_add(1, Ordering::Relaxed);
                if bad(part) {
                    // As a panic does, without a message for each on standard error.
                    std::panic::resume_unwind(Box::new(part));
                }
            });
        }));
        let part = *result.unwrap_err().downcast::<usize>().unwrap();
        assert!(bad(part));
        assert_eq!(done.into_inner(), 8);
        assert!(is_whole(pool, 8), "the workers are still there");
    }
}
