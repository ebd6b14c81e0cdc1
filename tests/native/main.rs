//! The real models, natively: the engine against the reference engine, the tasks on real text.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod goldens;
mod prepare;
mod resume;
mod rewrites;
mod side_by_side;
mod summaries;
mod translations;
mod view;

use decoder::{Device, Precision};
use tasks::Model;

/// The measured model of this id as the extension runs it on a processor, by one thread.
fn load(id: &str) -> Model {
    let (header, decoder) = tests::load(&tests::model(id), Device::cpu(Precision::Bits8), 2048);
    Model::new(&header, decoder, || 0.0).unwrap()
}
