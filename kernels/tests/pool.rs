//! Work shared by threads: every part is done once, whoever does it.

use kernels::simd::Pool;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

/// A pool with so many helpers that never end.
fn pool(helpers: usize) -> &'static Pool {
    let pool: &'static Pool = Box::leak(Box::default());
    for _ in 0..helpers {
        thread::spawn(|| pool.serve());
    }
    while pool.helpers() < helpers {
        thread::yield_now();
    }
    pool
}

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
    for helpers in [0, 1, 3] {
        let pool = pool(helpers);
        assert_eq!(pool.threads(), helpers + 1);
        assert!((0..20_000).all(|round| is_whole(pool, round % 17)));
    }
}

#[test]
fn helpers_sleep_and_wake() {
    let pool = pool(2);
    for _ in 0..20 {
        thread::sleep(Duration::from_millis(5));
        assert!(is_whole(pool, 8));
    }
}

#[test]
fn helpers_over_the_limit_do_nothing() {
    let pool = pool(3);
    for threads in [1, 2, 4, 2] {
        pool.limit(threads);
        assert_eq!(pool.threads(), threads);
        let seen = std::sync::Mutex::new(std::collections::HashSet::new());
        for _ in 0..500 {
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
