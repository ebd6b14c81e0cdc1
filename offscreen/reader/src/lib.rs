//! The reader of files, bound to its worker. Apart from the engine: its code is loaded when a file is read, and what a
//! file makes of its memory ends with its worker.
#![cfg(target_arch = "wasm32")]

use js_sys::Function;
use protocol::{Document, Failure};
use serde::Serialize;
use std::ops::ControlFlow;
use wasm_bindgen::prelude::*;

/// What a file gives.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Outcome {
    Ok(Document),
    Failure(Failure),
}

/// Reads a file, as long as `is_time_left` says so before each page of it. Gives `{ok}` or `{failure}`.
///
/// # Errors
/// What comes of giving the answer to JavaScript.
#[wasm_bindgen]
pub fn read(bytes: Vec<u8>, is_time_left: &Function) -> Result<JsValue, JsError> {
    console_error_panic_hook::set_once();
    let pause = || match is_time_left.call0(&JsValue::NULL) {
        Ok(answer) if answer.is_truthy() => ControlFlow::Continue(()),
        _ => ControlFlow::Break(()),
    };
    let outcome = match document::read(bytes, pause) {
        Ok(document) => Outcome::Ok(document),
        Err(error) => Outcome::Failure(error.failure()),
    };
    let serializer = serde_wasm_bindgen::Serializer::json_compatible();
    outcome.serialize(&serializer).map_err(|error| JsError::new(&error.to_string()))
}
