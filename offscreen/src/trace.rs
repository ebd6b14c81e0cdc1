//! What the engine does, on the worker's console, for a developer who asks for it: phases, times,
//! decisions, and why each rejected answer was rejected.

use crate::browser;
use log::{Level, LevelFilter, Log, Metadata, Record};

struct Console;

impl Log for Console {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.level() <= log::max_level() && is_ours(metadata.target())
    }

    fn log(&self, record: &Record<'_>) {
        if self.enabled(record.metadata()) {
            let (ms, target) = (browser::now(), record.target());
            let line = format!("{ms:>9.1} ms  {target}: {}", record.args());
            match record.level() {
                Level::Error | Level::Warn => web_sys::console::warn_1(&line.into()),
                _ => web_sys::console::log_1(&line.into()),
            }
        }
    }

    fn flush(&self) {}
}

/// Whether a message is of Sotto's own crates: others have a lot to say.
fn is_ours(target: &str) -> bool {
    let root = target.split("::").next().unwrap_or_default();
    ["article", "decoder", "kernels", "offscreen", "prompt", "session", "tasks"].contains(&root)
}

/// Traces from now on.
pub(crate) fn start() {
    // Fails when it was started before: then it goes on.
    let _ = log::set_logger(&Console);
    log::set_max_level(LevelFilter::Trace);
}
