//! The decoder's pauses in a browser's worker.

use crate::browser;
use decoder::Scheduler;
use js_sys::Promise;
use session::{Cancel, PrefillChunks};
use std::cell::Cell;
use std::ops::ControlFlow;
use wasm_bindgen::JsValue;
use web_sys::MessageChannel;

/// Work goes on for so many milliseconds before messages get their turn: little beside the 200 in
/// which a cancel must take effect, much beside the cost of a turn.
const TURN_EVERY_MS: f64 = 20.0;

/// Lets the worker's event loop run now and then, reports progress, and stops when the job is
/// cancelled.
pub(crate) struct WorkerScheduler<'a> {
    cancel: Cancel,
    on_progress: &'a dyn Fn(f32),
    turned_at: Cell<f64>,
    chunks: PrefillChunks,
}

impl<'a> WorkerScheduler<'a> {
    /// A scheduler for one job. `on_progress` receives the share of the work at hand that is done.
    pub(crate) fn new(cancel: Cancel, on_progress: &'a dyn Fn(f32)) -> Self {
        let turned_at = Cell::new(browser::now());
        Self { cancel, on_progress, turned_at, chunks: PrefillChunks::default() }
    }

    /// Waits until the messages that have arrived are handled: a message to oneself comes after
    /// them, and unlike a timer it comes at once.
    async fn turn(&self) {
        let channel = Channel::new();
        let turn = Promise::new(&mut |resolve, _| {
            channel.0.port1().set_onmessage(Some(&resolve));
            // Only a value that cannot be cloned is refused.
            let _ = channel.0.port2().post_message(&JsValue::NULL);
        });
        let _ = turn.await;
        self.turned_at.set(browser::now());
    }
}

/// A turn's way to itself: pieces of a task that are worked on side by side may wait for their turns
/// at once.
struct Channel(MessageChannel);

impl Channel {
    fn new() -> Self {
        // Without arguments, and in every browser that runs WebAssembly, the constructor cannot
        // throw.
        #[expect(clippy::expect_used, reason = "see above")]
        Self(MessageChannel::new().expect("a message channel"))
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        // An open port keeps its listener alive.
        self.0.port1().close();
    }
}

impl Scheduler for WorkerScheduler<'_> {
    async fn yield_now(&self, done: f32) -> ControlFlow<()> {
        (self.on_progress)(done);
        self.chunks.end(browser::now());
        if browser::now() - self.turned_at.get() >= TURN_EVERY_MS {
            self.turn().await;
        }
        if self.cancel.is_set() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn prefill_chunk(&self, wanted: &mut usize, most: usize) -> usize {
        self.chunks.begin(wanted, most, browser::now())
    }
}
