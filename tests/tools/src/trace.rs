//! What the crates log, on stderr: phases, times, and the verdict on each answer that a check threw away.

use crate::clock::now;
use log::{LevelFilter, Log, Metadata, Record};

/// Environment variable that has the same effect as `--trace`.
pub(crate) const SWITCH: &str = "SOTTO_TRACE";

/// Crates of the workspace that log; what libraries say is left out unless something is wrong.
const OURS: [&str; 9] =
    ["article", "catalog", "decoder", "gguf", "kernels", "prompt", "session", "tasks", "tools"];

struct Logger;

impl Log for Logger {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        let krate = metadata.target().split("::").next().unwrap_or_default();
        metadata.level() <= log::Level::Warn || OURS.contains(&krate)
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            eprintln!("{:9.1} ms  {}: {}", now(), record.target(), record.args());
        }
    }

    fn flush(&self) {}
}

/// Begins to print.
pub(crate) fn start() {
    // Fails only when there is a logger already.
    if log::set_logger(&Logger).is_ok() {
        log::set_max_level(LevelFilter::Trace);
    }
}
