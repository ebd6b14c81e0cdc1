//! The decoder's pauses in a browser's worker.

use crate::browser;
use crate::session::Cancel;
use decoder::Scheduler;
use js_sys::Promise;
use std::cell::Cell;
use std::ops::ControlFlow;
use wasm_bindgen::JsValue;
use web_sys::MessageChannel;

/// Work goes on for so many milliseconds before messages get their turn: little beside the 200 ms in which a cancel must
/// take effect, much beside the cost of a turn.
const TURN_EVERY: f64 = 20.0;

/// A chunk of a prompt cannot be interrupted: one that took longer than so many milliseconds makes the next one smaller.
const LONGEST_CHUNK: f64 = 140.0;

/// Tokens of the first chunk, when nothing is known of the device's speed.
const FIRST_CHUNK: usize = 8;

/// Lets the worker's event loop run now and then, reports progress, and stops when the job is cancelled.
pub(crate) struct WorkerScheduler<'a> {
    cancel: Cancel,
    on_progress: &'a dyn Fn(f32),
    channel: MessageChannel,
    turned_at: Cell<f64>,
    /// Tokens of the chunk that is being read, and when that began.
    reading: Cell<Option<(usize, f64)>>,
    /// Tokens of the chunk that was read last, and how long that took.
    took: Cell<Option<(usize, f64)>>,
}

impl<'a> WorkerScheduler<'a> {
    /// A scheduler for one job. `on_progress` receives the share of the work at hand that is done.
    pub(crate) fn new(cancel: Cancel, on_progress: &'a dyn Fn(f32)) -> Self {
        // Without arguments, and in every browser that runs WebAssembly, the constructor cannot throw.
        #[expect(clippy::expect_used, reason = "see above")]
        let channel = MessageChannel::new().expect("a message channel");
        let turned_at = Cell::new(browser::now());
        Self { cancel, on_progress, channel, turned_at, reading: Cell::default(), took: Cell::default() }
    }

    /// Waits until the messages that have arrived are handled: a message to oneself comes after them, and unlike a timer
    /// it comes at once.
    async fn turn(&self) {
        let turn = Promise::new(&mut |resolve, _| {
            self.channel.port1().set_onmessage(Some(&resolve));
            // Only a value that cannot be cloned is refused.
            let _ = self.channel.port2().post_message(&JsValue::NULL);
        });
        let _ = turn.await;
        self.turned_at.set(browser::now());
    }
}

impl Scheduler for WorkerScheduler<'_> {
    async fn yield_now(&self, done: f32) -> ControlFlow<()> {
        (self.on_progress)(done);
        if let Some((tokens, begun)) = self.reading.take() {
            self.took.set(Some((tokens, browser::now() - begun)));
        }
        if browser::now() - self.turned_at.get() >= TURN_EVERY {
            self.turn().await;
        }
        if self.cancel.is_set() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }

    fn prefill_chunk(&self, wanted: &mut usize, most: usize) -> usize {
        if *wanted == 0 {
            *wanted = FIRST_CHUNK;
        }
        if let Some((tokens, ms)) = self.took.take() {
            let next = resized(tokens, ms);
            // The last chunk of a prompt may be short: that it was quick says nothing.
            if tokens == *wanted || next < tokens {
                *wanted = next;
            }
        }
        let tokens = most.min(*wanted);
        self.reading.set(Some((tokens, browser::now())));
        tokens
    }
}

/// The size of the chunk after one of `tokens` tokens that took `ms`. A small chunk costs more per token than a large one:
/// sizes change by powers of two, not in proportion.
fn resized(tokens: usize, ms: f64) -> usize {
    if ms > LONGEST_CHUNK {
        (tokens / 2).max(1)
    } else if ms * 10.0 < LONGEST_CHUNK {
        tokens * 8
    } else if ms * 2.0 < LONGEST_CHUNK {
        tokens * 2
    } else {
        tokens
    }
}

impl Drop for WorkerScheduler<'_> {
    fn drop(&mut self) {
        // An open port keeps its listener alive.
        self.channel.port1().close();
    }
}
