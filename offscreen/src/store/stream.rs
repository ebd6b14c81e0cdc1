use crate::{Error, browser};
use session::{InstallRequest, Origin};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ReadableStream, Request, RequestInit, Response};

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

/// A file on its way.
pub(super) struct Stream {
    pub(super) body: ReadableStream,
    /// How many bytes it will be, where that is known.
    pub(super) len: Option<u64>,
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
    #[cfg(feature = "bench")]
    pub(super) fn at(url: &str) -> Self {
        Self { name: url.to_owned(), bytes: Bytes::Address(url.to_owned()) }
    }

    /// Begins to read it.
    ///
    /// # Errors
    /// [`Error::Missing`] when there is nothing to read.
    pub(super) async fn stream(&self) -> Result<Stream, Error> {
        match &self.bytes {
            Bytes::Address(url) => {
                let response = fetch(url, "GET").await.map_err(|reason| self.missing(reason))?;
                let header = response.headers().get("content-length").ok().flatten();
                let body = response.body().ok_or_else(|| self.missing("the answer is empty".to_owned()))?;
                Ok(Stream { body, len: header.and_then(|text| text.parse().ok()) })
            }
            Bytes::File(file) => {
                Ok(Stream { body: file.stream(), len: Some(browser::bytes(file.size()) as u64) })
            }
        }
    }

    pub(super) fn missing(&self, reason: String) -> Error {
        Error::Missing { file: self.name.clone(), reason }
    }
}

/// Whether there is something at an address of the extension's own.
pub(crate) async fn exists(url: &str) -> bool {
    fetch(url, "HEAD").await.is_ok()
}

/// The answer, or why there is none.
async fn fetch(url: &str, method: &str) -> Result<Response, String> {
    let words = |exception: JsValue| browser::error_text(&exception);
    let options = RequestInit::new();
    options.set_method(method);
    // Nothing of the reader goes with the request.
    options.set_credentials(web_sys::RequestCredentials::Omit);
    options.set_referrer("");
    let request = Request::new_with_str_and_init(url, &options).map_err(words)?;
    let response: Response =
        browser::worker().fetch_with_request(&request).await.map_err(words)?.unchecked_into();
    if response.ok() { Ok(response) } else { Err(format!("status {}", response.status())) }
}
