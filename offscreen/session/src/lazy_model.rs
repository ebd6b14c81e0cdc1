//! The model as a task sees it: loaded when it is first asked something, and again when its GPU
//! fails.

use crate::loaded::Loaded;
use crate::{CONTEXT, Error, GpuLoss};
use decoder::Scheduler;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::rc::Rc;
use tasks::{CompletionOptions, Finish, LanguageModel, Prompt};

/// A model that loads at its first question, so that what a task does without it is on screen
/// before. Where its GPU fails, it loads again and goes on with what it was writing.
pub(crate) struct LazyModel<L> {
    /// Those that it will have.
    adapters: &'static BTreeMap<String, String>,
    load: L,
    state: RefCell<State>,
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
        Self { adapters, load, state: RefCell::new(State::Unloaded), losses: Cell::new(0) }
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
    ///
    /// While it is loaded nobody else asks: until then it is one completion wide, and so it is on a
    /// GPU, which alone is lost.
    async fn ready(&self) -> Option<Rc<Loaded>> {
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
        let usage = match self.state.replace(State::Unloaded) {
            State::Loaded(loaded) => loaded.model.take_usage(),
            State::Unloaded | State::Failed(_) => tasks::Usage::default(),
        };
        self.load(Some(GpuLoss { times: self.losses.get(), text })).await;
        if let Some(loaded) = self.loaded() {
            loaded.model.continue_usage(usage);
        }
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
            let result = loaded.model.resume(prompt, options, &written, on_text, scheduler).await;
            match result {
                Err(tasks::Error::Decoder(decoder::Error::Gpu(error))) => {
                    written = loaded.model.output_ids();
                    let text = loaded.placement.fault.text().unwrap_or_else(|| error.to_string());
                    // Its memory is to be free before it is loaded again.
                    drop(loaded);
                    self.load_again(text).await;
                }
                // The task is not to go on with it; whoever has the model next sees why.
                Ok(_) if loaded.placement.fault.spoils() => return Err(decoder::Error::Stopped.into()),
                result => return result,
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
