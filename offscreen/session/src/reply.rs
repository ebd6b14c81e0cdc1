use crate::{Answer, Error};
use decoder::Scheduler;

/// What is waited for the beginning of an answer: the server may have to load a model of many gigabytes,
/// and to read a long prompt on a processor.
pub(crate) const FIRST_SECONDS: u32 = 300;

/// The same of a list of models, which costs no work.
pub(crate) const LIST_SECONDS: u32 = 30;

/// What is asked of a server of the reader's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerRequest {
    /// The server's host, as it is shown.
    pub host: String,
    /// The address.
    pub url: String,
    /// JSON that is sent to it; nothing is, where something is only fetched.
    pub body: Option<String>,
}

impl ServerRequest {
    /// That a server did this instead of answering it.
    #[must_use]
    pub fn failed(&self, error: server::Error) -> Error {
        Error::Server { host: self.host.clone(), error }
    }
}

/// A server's answer, as it comes; dropped, the rest is not waited for, and the server hears of that.
#[expect(async_fn_in_trait, reason = "one thread: no caller needs the future to be Send")]
pub trait Reply {
    /// What it says before the answer. Of one that sends on to another address, which is not followed,
    /// the status is 0.
    fn answer(&self) -> &Answer;

    /// The next bytes; none at the end. Waits so many seconds for them.
    ///
    /// # Errors
    /// [`Error::Server`] when they do not come or the connection breaks, [`Error::Stopped`] when the
    /// scheduler says so.
    async fn next(&mut self, seconds: u32, scheduler: &impl Scheduler) -> Result<Option<Vec<u8>>, Error>;
}

/// The answer of a place that reaches no servers.
#[derive(Debug)]
pub enum NoReply {}

impl Reply for NoReply {
    fn answer(&self) -> &Answer {
        match *self {}
    }

    async fn next(&mut self, _: u32, _: &impl Scheduler) -> Result<Option<Vec<u8>>, Error> {
        match *self {}
    }
}

/// Sees that an answer is one. `model` is the one that was asked for, if one was.
///
/// # Errors
/// [`Error::Server`] with what it is instead, and those of [`Reply::next`].
pub(crate) async fn accepted(
    request: &ServerRequest,
    reply: &mut impl Reply,
    model: Option<&str>,
    scheduler: &impl Scheduler,
) -> Result<(), Error> {
    let (status, is_page) = (reply.answer().status, reply.answer().is_page);
    match status {
        200..=299 if is_page => Err(request.failed(server::Error::WebPage)),
        200..=299 => Ok(()),
        _ => {
            let body = read(reply, server::MOST_OF_REFUSAL, scheduler).await?.unwrap_or_default();
            Err(request.failed(server::refusal(status, &body, model)))
        }
    }
}

/// All of a short answer; none of one that is longer than `most` bytes.
pub(crate) async fn read(
    reply: &mut impl Reply,
    most: usize,
    scheduler: &impl Scheduler,
) -> Result<Option<Vec<u8>>, Error> {
    let mut body = Vec::new();
    while let Some(bytes) = reply.next(LIST_SECONDS, scheduler).await? {
        body.extend(bytes);
        if body.len() > most {
            return Ok(None);
        }
        if scheduler.yield_now(0.0).await.is_break() {
            return Err(Error::Stopped);
        }
    }
    Ok(Some(body))
}
