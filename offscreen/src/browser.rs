//! Small things of the browser that several modules need.

use serde::Serialize;
use serde::de::DeserializeOwned;
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

/// A property of an object; undefined when there is none.
pub(crate) fn get(object: &JsValue, key: &str) -> JsValue {
    // Fails only on what is no object.
    js_sys::Reflect::get(object, &key.into()).unwrap_or(JsValue::UNDEFINED)
}

/// Writes an exception to the console.
pub(crate) fn log_error(exception: &JsValue) {
    web_sys::console::error_1(exception);
}

/// A name that nothing else has.
pub(crate) fn unique() -> Result<String, JsValue> {
    Ok(worker().crypto()?.random_uuid())
}

/// A value as JSON.
pub(crate) fn to_json(value: &impl Serialize) -> Result<String, JsValue> {
    Ok(js_sys::JSON::stringify(&serde_wasm_bindgen::to_value(value)?)?.into())
}

/// A value from JSON; none when it is not one.
pub(crate) fn from_json<T: DeserializeOwned>(bytes: &[u8]) -> Option<T> {
    let value = js_sys::JSON::parse(std::str::from_utf8(bytes).ok()?).ok()?;
    serde_wasm_bindgen::from_value(value).ok()
}

/// A text among the fields of a JSON object, whatever else is in it.
pub(crate) fn json_text(bytes: &[u8], key: &str) -> Option<String> {
    let value = js_sys::JSON::parse(std::str::from_utf8(bytes).ok()?).ok()?;
    get(&value, key).as_string()
}

/// Waits.
pub(crate) async fn sleep(ms: i32) {
    let _ = wasm_bindgen_futures::JsFuture::from(timer(ms)).await;
}

/// Becomes undefined after some time.
pub(crate) fn timer(ms: i32) -> js_sys::Promise {
    js_sys::Promise::new(&mut |resolve, _| {
        // Refused only for arguments of the wrong type.
        let _ = worker().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, ms);
    })
}
