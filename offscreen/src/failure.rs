//! The one place where errors become what a person reads.

use crate::Error;
use protocol::{ErrorCode, Failure};

impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        let (code, remedy) = meaning(error);
        Self { code, message: sentence(&error.to_string()), remedy: remedy.to_owned() }
    }
}

fn meaning(error: &Error) -> (ErrorCode, &'static str) {
    const AGAIN: &str = "Try again. If it happens again, please report it.";
    const REINSTALL: &str = "Reinstall Sotto.";
    const OTHER_DEVICE: &str = "Try again, or choose the CPU as the device.";
    if error.is_gpu() {
        return (ErrorCode::Gpu, OTHER_DEVICE);
    }
    match error {
        Error::Request(_) => (ErrorCode::BadRequest, AGAIN),
        Error::StorageFull => (ErrorCode::Storage, "Free some disk space, then try again."),
        Error::Storage(_) => (ErrorCode::Storage, "Restart the browser, then try again."),
        Error::Missing { .. }
        | Error::Damaged { .. }
        | Error::Prompt(_)
        | Error::Task(tasks::Error::Prompt(_)) => (ErrorCode::Model, REINSTALL),
        Error::Memory(_) => (ErrorCode::Memory, "Close some tabs, then try again."),
        Error::Article(article::Error::NoText) | Error::Task(tasks::Error::NoText) => (
            ErrorCode::NoText,
            "Open a page with an article or other running text, and wait until it has loaded.",
        ),
        Error::Article(article::Error::TooLarge) => {
            (ErrorCode::PageNotReadable, "Open a part of it on its own page, or its version for printing.")
        }
        Error::Decoder(error) | Error::Task(tasks::Error::Decoder(error)) => match error {
            decoder::Error::Read(_) => (ErrorCode::Storage, "Restart the browser, then try again."),
            decoder::Error::UnsupportedFamily(_)
            | decoder::Error::Config { .. }
            | decoder::Error::MissingTensor(_)
            | decoder::Error::TensorShape { .. }
            | decoder::Error::Gguf(_)
            | decoder::Error::Matrix(_) => (ErrorCode::Model, REINSTALL),
            _ => (ErrorCode::Internal, AGAIN),
        },
        Error::Gpu(_) | Error::Stopped => (ErrorCode::Internal, AGAIN),
    }
}

/// A message as a sentence: the crates' errors begin in lower case and end without a full stop.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    let stop = if message.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}
