use crate::{Error, browser};
use decoder::Scheduler;
use js_sys::Promise;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// A server that sends nothing for so long will send nothing more: networks that are slow, or have
/// changed, go on within seconds.
const LONGEST_SECONDS: u32 = 30;

/// How often it is looked whether the reader has stopped it.
const LOOK_EVERY_MS: i32 = 100;

/// Waits for what may never come, as long as the reader does.
pub(crate) struct Patience<'a, S> {
    scheduler: &'a S,
}

impl<'a, S: Scheduler> Patience<'a, S> {
    pub(crate) fn new(scheduler: &'a S) -> Self {
        Self { scheduler }
    }

    /// Lets messages in.
    ///
    /// # Errors
    /// [`Error::Stopped`] when the scheduler says so.
    pub(crate) async fn pause(&self) -> Result<(), Error> {
        if self.scheduler.yield_now(0.0).await.is_break() { Err(Error::Stopped) } else { Ok(()) }
    }

    /// Waits for so many milliseconds.
    ///
    /// # Errors
    /// [`Error::Stopped`] when the scheduler says so.
    pub(crate) async fn sleep(&self, ms: u32) -> Result<(), Error> {
        let end = browser::now() + f64::from(ms);
        while browser::now() < end {
            browser::sleep(LOOK_EVERY_MS).await;
            self.pause().await?;
        }
        Ok(())
    }

    /// What a promise comes to, a rejection too. `file` is what is waited for.
    ///
    /// # Errors
    /// [`Error::Stalled`] when it comes to nothing, [`Error::Stopped`] when the scheduler says so.
    pub(crate) async fn wait(&self, promise: Promise, file: &str) -> Result<Result<JsValue, JsValue>, Error> {
        let stalled = || Error::Stalled { file: file.to_owned(), seconds: LONGEST_SECONDS };
        self.wait_for(promise, LONGEST_SECONDS).await?.ok_or_else(stalled)
    }

    /// The same; none when it has come to nothing after so many seconds.
    ///
    /// # Errors
    /// [`Error::Stopped`] when the scheduler says so.
    pub(crate) async fn wait_for(
        &self,
        promise: Promise,
        seconds: u32,
    ) -> Result<Option<Result<JsValue, JsValue>>, Error> {
        let begun = browser::now();
        let mut settled = JsFuture::from(promise);
        loop {
            let mut timer = JsFuture::from(browser::timer(LOOK_EVERY_MS));
            let first = poll_fn(|context| match Pin::new(&mut settled).poll(context) {
                Poll::Ready(outcome) => Poll::Ready(Some(outcome)),
                Poll::Pending => Pin::new(&mut timer).poll(context).map(|_| None),
            });
            if let Some(outcome) = first.await {
                return Ok(Some(outcome));
            }
            if browser::now() - begun >= f64::from(seconds) * 1000.0 {
                return Ok(None);
            }
            self.pause().await?;
        }
    }
}
