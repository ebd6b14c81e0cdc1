use std::sync::LazyLock;
use std::time::Instant;

/// Milliseconds since this was first asked.
pub(crate) fn now() -> f64 {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    START.elapsed().as_secs_f64() * 1000.0
}
