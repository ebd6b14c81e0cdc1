//! Requests to a server of the reader's.

use crate::patience::Patience;
use crate::response::{Abort, Body, read_answer};
use crate::{Error, browser};
use decoder::Scheduler;
use session::{Answer, Reply, ServerRequest};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Request, RequestInit, Response};

/// An answer as it comes.
pub(crate) struct ServerReply {
    /// What it answers.
    request: ServerRequest,
    /// Where there is nothing to read, none.
    body: Option<Body>,
    answer: Answer,
    /// Ends what is on its way.
    _abort: Abort,
}

/// Sends a request, and waits so many seconds for the beginning of an answer.
///
/// # Errors
/// [`Error::Server`] when none comes, [`Error::Stopped`] when `scheduler` says so.
pub(crate) async fn ask(
    request: &ServerRequest,
    seconds: u32,
    scheduler: &impl Scheduler,
) -> Result<ServerReply, Error> {
    let unreachable = |exception: JsValue| {
        request.failed(::server::Error::Unreachable { reason: browser::error_text(&exception) })
    };
    let abort = Abort::new().map_err(unreachable)?;
    let sent = fetch(request, &abort).map_err(unreachable)?;
    let answer = Patience::new(scheduler).wait_for(sent, seconds).await?;
    let answer = answer.ok_or_else(|| request.failed(::server::Error::Silent { seconds }))?;
    let response: Response = answer.map_err(unreachable)?.unchecked_into();
    let body = response.body().as_ref().map(Body::of).transpose().map_err(unreachable)?;
    Ok(ServerReply { request: request.clone(), body, answer: read_answer(&response), _abort: abort })
}

fn fetch(request: &ServerRequest, abort: &Abort) -> Result<js_sys::Promise, JsValue> {
    let options = RequestInit::new();
    // Nothing of the reader goes with the request but the text, and to nowhere else.
    options.set_credentials(web_sys::RequestCredentials::Omit);
    options.set_referrer("");
    options.set_redirect(web_sys::RequestRedirect::Manual);
    options.set_cache(web_sys::RequestCache::NoStore);
    options.set_signal(Some(&abort.signal()));
    if let Some(body) = &request.body {
        options.set_method("POST");
        options.set_body(&body.into());
    }
    let sent = Request::new_with_str_and_init(&request.url, &options)?;
    if request.body.is_some() {
        sent.headers().set("content-type", "application/json")?;
    }
    Ok(browser::worker().fetch_with_request(&sent).unchecked_into())
}

impl Reply for ServerReply {
    fn answer(&self) -> &Answer {
        &self.answer
    }

    async fn next(&mut self, seconds: u32, scheduler: &impl Scheduler) -> Result<Option<Vec<u8>>, Error> {
        let Some(body) = &self.body else { return Ok(None) };
        let read = Patience::new(scheduler).wait_for(body.read(), seconds).await?;
        let read = read.ok_or_else(|| self.request.failed(::server::Error::Silent { seconds }))?;
        Ok(Body::piece(read.map_err(|_| self.request.failed(::server::Error::CutOff))?))
    }
}
