use super::patience::Patience;
use crate::{Error, browser};
use decoder::Scheduler;
use js_sys::Uint8Array;
use session::{InstallRequest, Origin};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, Request, RequestInit, Response};

/// A file that can be read from its beginning to its end.
pub(super) struct Remote {
    /// Its name, as far as it shows.
    pub(super) name: String,
    bytes: Bytes,
}

enum Bytes {
    Address(String),
    File(web_sys::File),
}

/// A file on its way; dropped, the rest is not fetched.
pub(super) struct Stream {
    body: ReadableStreamDefaultReader,
    /// How many bytes it will be, where that is known.
    pub(super) len: Option<u64>,
    /// Ends what is on its way.
    abort: Option<Abort>,
}

impl Remote {
    /// What is to be installed; `package_address` tells where the package has a file.
    pub(super) fn of(
        request: &InstallRequest<web_sys::File>,
        package_address: impl Fn(&str) -> String,
    ) -> Self {
        let bytes = match &request.origin {
            Origin::Package(file) => Bytes::Address(package_address(file)),
            Origin::Address(url) => Bytes::Address(url.clone()),
            Origin::Upload(file) => Bytes::File(file.clone()),
        };
        Self { name: request.file_name().to_owned(), bytes }
    }

    /// What is at an address.
    pub(super) fn at(url: &str) -> Self {
        Self { name: url.to_owned(), bytes: Bytes::Address(url.to_owned()) }
    }

    /// Begins to read it.
    ///
    /// # Errors
    /// [`Error::Missing`] when there is nothing to read, and those of [`Patience::wait`].
    pub(super) async fn stream(&self, patience: &Patience<'_, impl Scheduler>) -> Result<Stream, Error> {
        let missing = |exception: JsValue| self.missing(browser::error_text(&exception));
        match &self.bytes {
            Bytes::Address(url) => {
                let abort = Abort::new().map_err(missing)?;
                let request = request(url, "GET", Some(&abort)).map_err(missing)?;
                let answer = browser::worker().fetch_with_request(&request);
                let answer = patience.wait(answer.unchecked_into(), &self.name).await?;
                let response: Response = answer.map_err(missing)?.unchecked_into();
                if !response.ok() {
                    return Err(self.missing(format!("status {}", response.status())));
                }
                let header = response.headers().get("content-length").ok().flatten();
                let body = response.body().ok_or_else(|| self.missing("the answer is empty".to_owned()))?;
                let body = ReadableStreamDefaultReader::new(&body).map_err(missing)?;
                Ok(Stream { body, len: header.and_then(|text| text.parse().ok()), abort: Some(abort) })
            }
            Bytes::File(file) => {
                let body = ReadableStreamDefaultReader::new(&file.stream()).map_err(missing)?;
                Ok(Stream { body, len: Some(browser::bytes(file.size()) as u64), abort: None })
            }
        }
    }

    pub(super) fn missing(&self, reason: String) -> Error {
        Error::Missing { file: self.name.clone(), reason }
    }
}

impl Stream {
    /// The next piece; none at its end.
    ///
    /// # Errors
    /// [`Error::Missing`] when the connection breaks, and those of [`Patience::wait`].
    pub(super) async fn next(
        &self,
        remote: &Remote,
        patience: &Patience<'_, impl Scheduler>,
    ) -> Result<Option<Vec<u8>>, Error> {
        let read = patience.wait(self.body.read().unchecked_into(), &remote.name).await?;
        let next = read.map_err(|exception| remote.missing(browser::error_text(&exception)))?;
        let next: js_sys::IteratorNext = next.unchecked_into();
        if next.done() {
            return Ok(None);
        }
        let piece: Uint8Array = next.value().unchecked_into();
        Ok(Some(piece.to_vec()))
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // Of a stream that has failed, nothing is left to cancel: that is refused, and a refusal that
        // nobody listens to ends the worker.
        let cancelled = JsFuture::from(self.body.cancel());
        wasm_bindgen_futures::spawn_local(async move { drop(cancelled.await) });
        drop(self.abort.take());
    }
}

/// Ends a request when it is dropped, whether its answer has begun or not.
struct Abort(AbortController);

impl Abort {
    fn new() -> Result<Self, JsValue> {
        Ok(Self(AbortController::new()?))
    }
}

impl Drop for Abort {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Whether there is something at an address of the extension's own.
pub(crate) async fn exists(url: &str) -> bool {
    let Ok(request) = request(url, "HEAD", None) else { return false };
    let answer = browser::worker().fetch_with_request(&request).await;
    answer.is_ok_and(|response| response.unchecked_into::<Response>().ok())
}

fn request(url: &str, method: &str, abort: Option<&Abort>) -> Result<Request, JsValue> {
    let options = RequestInit::new();
    options.set_method(method);
    // Nothing of the reader goes with the request.
    options.set_credentials(web_sys::RequestCredentials::Omit);
    options.set_referrer("");
    if let Some(Abort(controller)) = abort {
        options.set_signal(Some(&controller.signal()));
    }
    Request::new_with_str_and_init(url, &options)
}
