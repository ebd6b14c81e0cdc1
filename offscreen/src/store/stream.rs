use crate::patience::Patience;
use crate::response::{Abort, Body, read_answer};
use crate::{Error, browser};
use decoder::Scheduler;
use session::{Answer, InstallRequest, Origin};
use std::ops::Range;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Request, RequestInit, Response};

/// A file that can be read from its beginning to its end.
pub(super) struct Remote {
    /// Its name, as far as it shows.
    pub(super) name: String,
    bytes: Bytes,
    is_packaged: bool,
}

enum Bytes {
    Address(String),
    File(web_sys::File),
}

/// A file on its way; dropped, the rest is not fetched.
pub(super) struct Stream {
    /// Where there is nothing to read, none.
    body: Option<Body>,
    /// What was said of it.
    pub(super) answer: Answer,
    /// Ends what is on its way.
    _abort: Option<Abort>,
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
        let is_packaged = matches!(request.origin, Origin::Package(_));
        Self { name: request.file_name().to_owned(), bytes, is_packaged }
    }

    /// What is at an address.
    pub(super) fn at(url: &str) -> Self {
        Self { name: url.to_owned(), bytes: Bytes::Address(url.to_owned()), is_packaged: false }
    }

    /// Begins to read it.
    ///
    /// # Errors
    /// [`Error::Missing`] when there is nothing to read, and those of [`Patience::wait`].
    pub(super) async fn stream(&self, patience: &Patience<'_, impl Scheduler>) -> Result<Stream, Error> {
        let stream = self.ask(0, None, patience).await?;
        match (stream.answer.status, &stream.body) {
            (200..=299, Some(_)) => Ok(stream),
            (200..=299, None) => Err(self.missing("the answer is empty".to_owned())),
            (status, _) => Err(self.missing(format!("status {status}"))),
        }
    }

    /// Asks for it from byte `at` on, provided that it is of the version that `condition` names, and
    /// begins to read what is answered, whatever that is.
    ///
    /// # Errors
    /// [`Error::Missing`] when there is no answer, and those of [`Patience::wait`].
    pub(super) async fn ask(
        &self,
        at: u64,
        condition: Option<&str>,
        patience: &Patience<'_, impl Scheduler>,
    ) -> Result<Stream, Error> {
        let mut headers = Vec::new();
        if at > 0 {
            headers.push(("range", format!("bytes={at}-")));
            headers.extend(condition.map(|condition| ("if-range", condition.to_owned())));
        }
        self.get(&headers, patience).await
    }

    /// Asks for a part of it, and begins to read what is answered, whatever that is. Of the package all
    /// is read: the browser answers there with a part, and says that it is all.
    ///
    /// # Errors
    /// As [`Self::ask`].
    pub(super) async fn ask_part(
        &self,
        range: &Range<u64>,
        patience: &Patience<'_, impl Scheduler>,
    ) -> Result<Stream, Error> {
        let bytes = format!("bytes={}-{}", range.start, range.end.saturating_sub(1));
        let headers = [("range", bytes)];
        self.get(if self.is_packaged { &[] } else { &headers }, patience).await
    }

    async fn get(
        &self,
        headers: &[(&str, String)],
        patience: &Patience<'_, impl Scheduler>,
    ) -> Result<Stream, Error> {
        let missing = |exception: JsValue| self.missing(browser::error_text(&exception));
        match &self.bytes {
            Bytes::Address(url) => {
                let abort = Abort::new().map_err(missing)?;
                let request = request(url, "GET", Some(&abort)).map_err(missing)?;
                for (name, value) in headers {
                    request.headers().set(name, value).map_err(missing)?;
                }
                let answer = browser::worker().fetch_with_request(&request);
                let answer = patience.wait(answer.unchecked_into(), &self.name).await?;
                let response: Response = answer.map_err(missing)?.unchecked_into();
                let body = response.body().as_ref().map(Body::of).transpose().map_err(missing)?;
                Ok(Stream { body, answer: read_answer(&response), _abort: Some(abort) })
            }
            Bytes::File(file) => {
                let body = Body::of(&file.stream()).map_err(missing)?;
                let length = Some(browser::bytes(file.size()) as u64);
                let answer = Answer { status: 200, length, ..Answer::default() };
                Ok(Stream { body: Some(body), answer, _abort: None })
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
        let Some(body) = &self.body else { return Ok(None) };
        let read = patience.wait(body.read(), &remote.name).await?;
        Ok(Body::piece(read.map_err(|exception| remote.missing(browser::error_text(&exception)))?))
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
    // What is installed need not be kept twice, and a part that the browser kept may be an old one.
    options.set_cache(web_sys::RequestCache::NoStore);
    options.set_signal(abort.map(Abort::signal).as_ref());
    Request::new_with_str_and_init(url, &options)
}
