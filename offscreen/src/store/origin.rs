use crate::{Error, browser};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ReadableStream, Request, RequestInit, Response, Url};

/// Where a file comes from.
#[derive(Clone, Debug)]
pub(crate) enum Origin {
    /// An address.
    Address(String),
    /// A file of the reader's.
    File(web_sys::File),
}

/// A file on its way.
pub(super) struct Stream {
    /// Its bytes.
    pub(super) body: ReadableStream,
    /// How many they will be, where that is known.
    pub(super) len: Option<u64>,
}

impl Origin {
    /// An address that a reader typed: `https:`, or `http:` of this machine.
    ///
    /// # Errors
    /// [`Error::Address`] for any other.
    pub(crate) fn typed(text: &str) -> Result<Self, Error> {
        let refused = || Error::Address(text.to_owned());
        let url = Url::new(text.trim()).map_err(|_| refused())?;
        let here = matches!(url.hostname().as_str(), "localhost" | "127.0.0.1" | "[::1]");
        match (url.protocol().as_str(), here) {
            ("https:", _) | ("http:", true) => Ok(Self::Address(url.href())),
            _ => Err(refused()),
        }
    }

    /// The file's name, as far as it shows.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Address(url) => {
                let path = url.split(['?', '#']).next().unwrap_or_default();
                path.rsplit('/').find(|part| !part.is_empty()).unwrap_or_default().to_owned()
            }
            Self::File(file) => file.name(),
        }
    }

    /// Begins to read it.
    ///
    /// # Errors
    /// [`Error::Missing`] when there is nothing to read.
    pub(super) async fn stream(&self) -> Result<Stream, Error> {
        match self {
            Self::Address(url) => {
                let response = fetch(url, "GET").await?;
                let header = response.headers().get("content-length").ok().flatten();
                let body = response.body().ok_or_else(|| self.missing("the answer is empty".to_owned()))?;
                Ok(Stream { body, len: header.and_then(|text| text.parse().ok()) })
            }
            Self::File(file) => {
                Ok(Stream { body: file.stream(), len: Some(browser::bytes(file.size()) as u64) })
            }
        }
    }

    pub(super) fn missing(&self, reason: String) -> Error {
        Error::Missing { file: self.name(), reason }
    }
}

/// Whether there is something at an address of the extension's own.
pub(crate) async fn exists(url: &str) -> bool {
    fetch(url, "HEAD").await.is_ok()
}

async fn fetch(url: &str, method: &str) -> Result<Response, Error> {
    let missing = |reason| Origin::Address(url.to_owned()).missing(reason);
    let failed = |exception: JsValue| missing(browser::error_text(&exception));
    let options = RequestInit::new();
    options.set_method(method);
    // Nothing of the reader goes with the request.
    options.set_credentials(web_sys::RequestCredentials::Omit);
    options.set_referrer("");
    let request = Request::new_with_str_and_init(url, &options).map_err(failed)?;
    let response: Response =
        browser::worker().fetch_with_request(&request).await.map_err(failed)?.unchecked_into();
    if response.ok() { Ok(response) } else { Err(missing(format!("status {}", response.status()))) }
}
