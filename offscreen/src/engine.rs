//! The engine as the worker sees it.

use crate::platform::Worker;
use crate::worker_threads::WorkerThreads;
use crate::{Error, browser, trace};
use protocol::{Event, Request};
use serde::Serialize;
use serde_wasm_bindgen::Serializer;
use session::{Runner, Session};
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// Takes requests in, sends events out, and works between them.
#[wasm_bindgen]
pub struct Engine {
    runner: Rc<Runner<Worker>>,
}

#[wasm_bindgen]
impl Engine {
    /// `emit` receives every event and must not call back; `models` is the address of the folder of
    /// packaged model files, with a slash at its end; `plain` says why this is the build for one
    /// thread, if it is; with `traces`, what it does is written to the console.
    #[wasm_bindgen(constructor)]
    pub fn new(emit: js_sys::Function, models: String, plain: Option<String>, traces: bool) -> Self {
        console_error_panic_hook::set_once();
        if traces {
            trace::start();
        }
        let session = Session::new(Box::new(browser::now), Box::new(move |event| send(&emit, event)));
        let worker = Worker::new(models, WorkerThreads::new(plain));
        Self { runner: Rc::new(Runner::new(worker, session)) }
    }

    /// Takes one request; what comes of it is told by events.
    pub fn handle(&self, request: JsValue) {
        let job = browser::get(&request, "job").as_string();
        match serde_wasm_bindgen::from_value::<Request>(request) {
            Ok(request) => self.runner.handle(request),
            Err(error) => self.runner.reject(&Error::Request(error.to_string()), job),
        }
    }

    /// The job that is being worked on, or was and has not stopped yet.
    #[wasm_bindgen(js_name = workingOn)]
    pub fn working_on(&self) -> Option<String> {
        self.runner.working_on()
    }

    /// Takes a file that a view hands over, to be named by a request soon.
    #[wasm_bindgen(js_name = handOver)]
    pub fn hand_over(&self, handle: String, file: web_sys::File) {
        self.runner.platform().hand_over(handle, file);
    }
}

fn send(emit: &js_sys::Function, event: &Event) {
    let sent = event
        .serialize(&Serializer::new().serialize_maps_as_objects(true))
        .map_err(JsValue::from)
        .and_then(|event| emit.call1(&JsValue::UNDEFINED, &event));
    if let Err(exception) = sent {
        // There is nobody to tell: the way to the views is what failed.
        browser::log_error(&exception);
    }
}
