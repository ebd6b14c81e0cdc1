//! What the network answers, as the browser hands it over.

use js_sys::{Promise, Uint8Array};
use session::Answer;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, AbortSignal, ReadableStream, ReadableStreamDefaultReader, Response};

/// The bytes of an answer; dropped, no more of them are read.
pub(crate) struct Body(ReadableStreamDefaultReader);

impl Body {
    pub(crate) fn of(stream: &ReadableStream) -> Result<Self, JsValue> {
        ReadableStreamDefaultReader::new(stream).map(Self)
    }

    /// Comes to what [`Self::piece`] takes.
    pub(crate) fn read(&self) -> Promise {
        self.0.read().unchecked_into()
    }

    /// The next piece; none at the end.
    pub(crate) fn piece(read: JsValue) -> Option<Vec<u8>> {
        let next: js_sys::IteratorNext = read.unchecked_into();
        (!next.done()).then(|| next.value().unchecked_into::<Uint8Array>().to_vec())
    }
}

impl Drop for Body {
    fn drop(&mut self) {
        // Of a stream that has failed, nothing is left to cancel: that is refused, and a refusal that
        // nobody listens to ends the worker.
        let cancelled = JsFuture::from(self.0.cancel());
        wasm_bindgen_futures::spawn_local(async move { drop(cancelled.await) });
    }
}

/// Ends a request when it is dropped, whether its answer has begun or not.
pub(crate) struct Abort(AbortController);

impl Abort {
    pub(crate) fn new() -> Result<Self, JsValue> {
        Ok(Self(AbortController::new()?))
    }

    pub(crate) fn signal(&self) -> AbortSignal {
        self.0.signal()
    }
}

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// What is said before the bytes.
pub(crate) fn read_answer(response: &Response) -> Answer {
    let headers = response.headers();
    let header = |name: &str| headers.get(name).ok().flatten();
    Answer {
        status: response.status(),
        length: header("content-length").and_then(|text| text.parse().ok()),
        range: header("content-range"),
        etag: header("etag"),
        modified: header("last-modified"),
        is_page: header("content-type").is_some_and(|kind| kind.starts_with("text/html")),
    }
}
