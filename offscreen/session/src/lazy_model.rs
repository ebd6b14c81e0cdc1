//! The model as a task sees it: loaded when it is first asked something, and again when its GPU
//! fails.

use crate::loaded::Loaded;
use crate::{CONTEXT, Error, FaultKind, GpuLoss};
use decoder::Scheduler;
use futures_util::lock::Mutex;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::ops::ControlFlow;
use std::pin::pin;
use std::rc::Rc;
use std::task::Poll;
use tasks::{CompletionOptions, Finish, LanguageModel, Prompt};

/// A model that loads at its first question, so that what a task does without it is on screen
/// before. Where its GPU fails, it loads again and goes on with what it was writing.
pub(crate) struct LazyModel<L> {
    /// Those that it will have.
    adapters: &'static BTreeMap<String, String>,
    load: L,
    state: RefCell<State>,
    /// Held by the completion that loads it, which the others wait for.
    loading: Mutex<()>,
    /// Times that the GPU was lost.
    losses: Cell<u32>,
}

enum State {
    Unloaded,
    Loaded(Rc<Loaded>),
    Failed(Error),
}

impl<L: AsyncFn(Option<GpuLoss>) -> Result<Loaded, Error>> LazyModel<L> {
    /// `load` is called once, and once more whenever the GPU was lost; the model has these adapters
    /// then, by their names.
    pub(crate) fn new(adapters: &'static BTreeMap<String, String>, load: L) -> Self {
        Self {
            adapters,
            load,
            state: RefCell::new(State::Unloaded),
            loading: Mutex::new(()),
            losses: Cell::new(0),
        }
    }

    /// The model, if it was needed.
    ///
    /// # Errors
    /// When it was needed and could not be loaded: the task knows only that it was stopped.
    pub(crate) fn into_loaded(self) -> Result<Option<Loaded>, Error> {
        match self.state.into_inner() {
            State::Unloaded => Ok(None),
            // No completion holds it any more: they borrow this.
            State::Loaded(loaded) => Ok(Rc::into_inner(loaded)),
            State::Failed(error) => Err(error),
        }
    }

    fn loaded(&self) -> Option<Rc<Loaded>> {
        match &*self.state.borrow() {
            State::Loaded(loaded) => Some(Rc::clone(loaded)),
            State::Unloaded | State::Failed(_) => None,
        }
    }

    /// The model on a device that works, as far as is known; none when it cannot be loaded.
    async fn ready(&self) -> Option<Rc<Loaded>> {
        let _turn = self.loading.lock().await;
        let is_unloaded = matches!(*self.state.borrow(), State::Unloaded);
        if is_unloaded {
            self.load(None).await;
        } else if let Some(text) = self.loaded().and_then(|loaded| loaded.placement.fault.text()) {
            self.load_again(text).await;
        }
        self.loaded()
    }

    async fn load(&self, loss: Option<GpuLoss>) {
        let state = match (self.load)(loss).await {
            Ok(loaded) => State::Loaded(Rc::new(loaded)),
            Err(error) => State::Failed(error),
        };
        self.state.replace(state);
    }

    /// Loads the model anew after the GPU was lost. What it did so far still counts.
    async fn load_again(&self, text: String) {
        self.losses.set(self.losses.get() + 1);
        let State::Loaded(lost) = self.state.replace(State::Unloaded) else { return };
        let (usage, used) = (lost.model.take_usage(), Rc::downgrade(&lost));
        drop(lost);
        // Its memory is to be free before: all that use it let go of it when they are polled next.
        poll_fn(|context| {
            context.waker().wake_by_ref();
            if used.strong_count() == 0 { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
        self.load(Some(GpuLoss { times: self.losses.get(), text })).await;
        if let Some(loaded) = self.loaded() {
            loaded.model.continue_usage(usage);
        }
    }

    /// What becomes of work with the model; nothing once that is given up, which ends the work.
    async fn while_used<T>(&self, model: &Rc<Loaded>, work: impl Future<Output = T>) -> Option<T> {
        let mut work = pin!(work);
        poll_fn(|context| {
            let is_used = self.loaded().is_some_and(|loaded| Rc::ptr_eq(&loaded, model));
            if is_used { work.as_mut().poll(context).map(Some) } else { Poll::Ready(None) }
        })
        .await
    }
}

impl<L: AsyncFn(Option<GpuLoss>) -> Result<Loaded, Error>> LanguageModel for LazyModel<L> {
    async fn complete(
        &self,
        prompt: Prompt<'_>,
        options: &CompletionOptions,
        on_text: &mut dyn FnMut(&str) -> ControlFlow<()>,
        scheduler: &impl Scheduler,
    ) -> Result<Finish, tasks::Error> {
        let mut written = Vec::new();
        loop {
            let Some(loaded) = self.ready().await else {
                return Err(decoder::Error::Stopped.into());
            };
            let work = loaded.model.resume(prompt, options, &mut written, on_text, scheduler);
            match self.while_used(&loaded, work).await {
                // It goes on where it was, as do all others.
                Some(Err(tasks::Error::Decoder(decoder::Error::Gpu(error)))) => {
                    loaded.placement.fault.set(error.to_string(), FaultKind::Loss);
                }
                None => {}
                // The task is not to go on with it; whoever has the model next sees why.
                Some(Ok(_)) if loaded.placement.fault.spoils() => return Err(decoder::Error::Stopped.into()),
                Some(result) => return result,
            }
        }
    }

    /// Until the model is loaded, an estimate: no token is expected to be shorter than three bytes
    /// on average.
    fn count_tokens(&self, text: &str) -> usize {
        self.loaded().map_or(text.len().div_ceil(3), |loaded| loaded.model.count_tokens(text))
    }

    fn width(&self) -> usize {
        self.loaded().map_or(1, |loaded| loaded.model.width())
    }

    fn has_adapter(&self, name: &str) -> bool {
        self.adapters.contains_key(name)
    }

    fn context(&self) -> usize {
        self.loaded().map_or(CONTEXT, |loaded| loaded.model.context())
    }

    fn tokens_per_second(&self) -> Option<f32> {
        self.loaded().and_then(|loaded| loaded.model.tokens_per_second())
    }
}

#[cfg(test)]
mod tests;
