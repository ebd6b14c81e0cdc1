//! The threads that compute on the processor: workers of the browser with the engine's module and
//! memory.

use crate::browser::{self, error_text, get};
use js_sys::{Object, Promise, Reflect};
use std::cell::{Cell, RefCell};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

/// Threads at most, with the engine's own: more would wait for the same memory.
const MOST: usize = 8;

/// A thread that is not ready after so many milliseconds is not waited for.
const TIMEOUT_MS: i32 = 5_000;

/// Script of a thread, beside the one of the engine's worker.
const SCRIPT: &str = "thread.js";

/// The threads of this process. All of them see this one: statics lie in the memory that they
/// share.
pub(crate) static POOL: kernels::simd::Pool = kernels::simd::Pool::new();

/// Starts the threads when they are first needed; they stay.
pub(crate) struct WorkerThreads {
    /// Why there can be none: it is the build for one thread.
    plain: Option<String>,
    /// Threads that work, whatever would be best.
    #[cfg(feature = "bench")]
    fixed: Option<usize>,
    /// Whether they were started.
    started: Cell<bool>,
    /// What those will say that were started.
    starting: RefCell<Vec<JsFuture>>,
    /// Why there are not more.
    reason: RefCell<Option<String>>,
}

impl WorkerThreads {
    /// None yet. `plain` says why this is the build for one thread, if it is.
    pub(crate) fn new(plain: Option<String>) -> Self {
        Self {
            reason: RefCell::new(plain.clone()),
            plain,
            #[cfg(feature = "bench")]
            fixed: None,
            started: Cell::default(),
            starting: RefCell::default(),
        }
    }

    /// As many as it takes for so many threads to work, neither more nor fewer.
    #[cfg(feature = "bench")]
    pub(crate) fn with_threads(self, threads: usize) -> Self {
        Self { fixed: Some(threads.max(1)), ..self }
    }

    /// Threads that work whatever would be best, where that is fixed.
    pub(crate) fn fixed(&self) -> Option<usize> {
        #[cfg(feature = "bench")]
        return self.fixed;
        #[cfg(not(feature = "bench"))]
        None
    }

    /// Starts the threads unless they were, as many as the processor has use for. All at once: each
    /// takes a moment to load its script, in which something else can be done.
    pub(crate) fn start(&self) {
        if self.plain.is_some() || self.started.replace(true) {
            return;
        }
        let cores = browser::bytes(browser::worker().navigator().hardware_concurrency());
        let threads = self.fixed().unwrap_or(cores.clamp(1, MOST));
        self.starting.replace((1..threads).map(|_| JsFuture::from(answer())).collect());
    }

    /// Waits until those that were started are there. Gives the reason why there are not more,
    /// where it is not the processor's number of cores.
    pub(crate) async fn ready(&self) -> Option<String> {
        let starting = self.starting.take();
        let wanted = starting.len();
        let mut failures = Vec::new();
        for answer in starting {
            failures.extend(failure(answer.await));
        }
        if let Some(last) = failures.last() {
            let reason = format!("{} of {wanted} more threads did not start: {last}.", failures.len());
            self.reason.replace(Some(reason));
        }
        self.reason.borrow().clone()
    }
}

/// Starts a thread: its first message, or the event that there will be none, or nothing.
fn answer() -> Promise {
    Promise::new(&mut |resolve, reject| {
        let worker = match spawn() {
            Ok(worker) => worker,
            Err(exception) => return drop(reject.call1(&JsValue::UNDEFINED, &exception)),
        };
        worker.set_onmessage(Some(&resolve));
        worker.set_onerror(Some(&resolve));
        // Refused only for arguments of the wrong type.
        let _ = browser::worker().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, TIMEOUT_MS);
    })
}

fn spawn() -> Result<Worker, JsValue> {
    let options = WorkerOptions::new();
    options.set_type(WorkerType::Module);
    // By this name it tells whom it belongs to, should it fail.
    options.set_name(&get(&browser::worker(), "name").as_string().unwrap_or_default());
    let worker = Worker::new_with_options(SCRIPT, &options)?;
    let given = Object::new();
    Reflect::set(&given, &"module".into(), &wasm_bindgen::module())?;
    Reflect::set(&given, &"memory".into(), &wasm_bindgen::memory())?;
    worker.post_message(&given)?;
    Ok(worker)
}

/// Why a thread that answered like this did not start; none if it did.
fn failure(answer: Result<JsValue, JsValue>) -> Option<String> {
    let answer = match answer {
        Ok(answer) => answer,
        Err(exception) => return Some(error_text(&exception)),
    };
    if let Some(message) = answer.dyn_ref::<MessageEvent>() {
        message.data().as_string()
    } else if let Some(error) = answer.dyn_ref::<ErrorEvent>() {
        Some(error.message())
    } else if answer.is_undefined() {
        Some("it took too long".to_owned())
    } else {
        Some(format!("{SCRIPT} cannot be loaded"))
    }
}

/// What a thread's script calls: works for the engine, for ever.
#[cfg(target_feature = "atomics")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn serve() {
    POOL.serve()
}
