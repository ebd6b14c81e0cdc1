//! What the tests share.

use kernels::simd::Pool;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;

/// One thread, and three: whoever has them runs one operation at a time.
pub(crate) fn pools() -> MutexGuard<'static, [&'static Pool; 2]> {
    static POOLS: LazyLock<Mutex<[&Pool; 2]>> = LazyLock::new(|| {
        let shared: &Pool = Box::leak(Box::default());
        for _ in 0..2 {
            thread::spawn(|| shared.serve());
        }
        while shared.helpers() < 2 {
            thread::yield_now();
        }
        Mutex::new([Box::leak(Box::default()), shared])
    });
    POOLS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Holds values to those of the twin: `nmse` is the largest accepted ratio of squared error to squared value.
pub(crate) fn check(name: &str, nmse: f64, values: &[f32], twin: &[f32]) {
    let square = |x: f64| x * x;
    let error: f64 = values.iter().zip(twin).map(|(a, b)| square(f64::from(*a) - f64::from(*b))).sum();
    let value: f64 = twin.iter().map(|&x| square(f64::from(x))).sum();
    assert!(error <= nmse * value, "{name}: {:e}", error / value);
    assert_eq!(values.len(), twin.len());
}
