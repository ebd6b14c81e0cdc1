//! Small things of the browser that several modules need.

use wasm_bindgen::{JsCast, JsValue};
use web_sys::WorkerGlobalScope;

/// The worker this code runs in.
pub(crate) fn worker() -> WorkerGlobalScope {
    js_sys::global().unchecked_into()
}

/// Milliseconds since the worker was started.
pub(crate) fn now() -> f64 {
    worker().performance().map_or(0.0, |performance| performance.now())
}

/// The `name` of an exception, such as `QuotaExceededError`; empty when it has none.
pub(crate) fn error_name(exception: &JsValue) -> String {
    exception.dyn_ref::<js_sys::Error>().map_or_else(String::new, |error| error.name().into())
}

/// An exception in words.
pub(crate) fn error_text(exception: &JsValue) -> String {
    match exception.dyn_ref::<js_sys::Error>() {
        Some(error) => error.message().into(),
        None => format!("{exception:?}"),
    }
}

/// A number of bytes as JavaScript tells it. Files are far below the 4 GiB that 32 bits count.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a whole number, and never negative"
)]
pub(crate) fn bytes(count: f64) -> usize {
    count as usize
}

/// Writes an exception to the console.
pub(crate) fn log_error(exception: &JsValue) {
    web_sys::console::error_1(exception);
}
