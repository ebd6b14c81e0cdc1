//! The one place where errors become what a person reads.

use crate::Error;
use crate::line::line;
use protocol::{ErrorCode, Failure, ModelId};

impl From<&Error> for Failure {
    fn from(error: &Error) -> Self {
        let (code, remedy) = meaning(error);
        Self { code, message: sentence(&error.to_string()), remedy, model: model(error) }
    }
}

/// The model that would do it.
fn model(error: &Error) -> Option<ModelId> {
    match error {
        Error::NoFit { instead: Some((_, id)), .. }
        | Error::NotInstalled { id, .. }
        | Error::Broken { id, .. }
        | Error::Unsupported { other: Some((_, id)), .. } => Some(id.clone()),
        _ => None,
    }
}

fn meaning(error: &Error) -> (ErrorCode, String) {
    let (code, remedy) = match error {
        Error::Unsupported { other: Some((name, _)), .. } => {
            return (ErrorCode::Unsupported, format!("{name} can: choose it as the model for this."));
        }
        Error::NoFit { instead: Some((name, _)), .. } => {
            return (ErrorCode::Memory, format!("The largest model that fits is {name}: choose that one."));
        }
        Error::NotInstalled { name, .. } => {
            return (ErrorCode::Model, format!("Install {name}, then try again."));
        }
        Error::Broken { name, wrong: None, .. } => {
            return (ErrorCode::Model, format!("Install {name} again, or remove it."));
        }
        Error::Broken { name, wrong: Some(_), .. } => {
            return (ErrorCode::Model, format!("Repair {name}: what is right of it stays. Or remove it."));
        }
        _ => fixed_meaning(error),
    };
    (code, remedy.to_owned())
}

/// The meaning of an error whose remedy names nothing.
fn fixed_meaning(error: &Error) -> (ErrorCode, &'static str) {
    const AGAIN: &str = "Try again. If it happens again, please report it.";
    const OTHER_FILE: &str =
        "Choose another model file, or download it again. A model that came with Sotto: reinstall Sotto.";
    const OTHER_TYPE: &str = "Choose a file of another type: Q4_K_M, Q4_0, Q5_K_M, Q6_K, Q8_0 or F16.";
    const OTHER_ADAPTER: &str =
        "Choose an adapter that was made for this model. One that came with Sotto: reinstall Sotto.";
    const LARGER: &str =
        "Install a larger model that follows instructions, such as Qwen2.5-1.5B-Instruct as a GGUF file.";
    const REFUSED: &str = "Close other windows of Sotto, then try again. If it happens again, remove the model and install it anew.";
    if matches!(error, Error::WrongResults(_)) {
        return (
            ErrorCode::Gpu,
            "Update the browser or the graphics driver, or choose the CPU as the device.",
        );
    }
    if matches!(error, Error::GpuMemory) {
        return (ErrorCode::Gpu, "Close other tabs and programs, or choose the CPU as the device.");
    }
    if error.is_gpu() {
        return (ErrorCode::Gpu, "Try again, or choose the CPU as the device.");
    }
    match error {
        Error::Request(_) | Error::Input(_) => (ErrorCode::BadRequest, AGAIN),
        Error::StorageFull | Error::NoRoom { .. } => {
            (ErrorCode::Storage, "Free some disk space, or remove a model, then try again.")
        }
        Error::Storage(_) => (ErrorCode::Storage, REFUSED),
        Error::Missing { .. } => (
            ErrorCode::Model,
            "Check the address and the connection. A model that came with Sotto: reinstall Sotto.",
        ),
        Error::Stalled { .. } | Error::Lost { .. } => {
            (ErrorCode::Model, "Check the connection, then try again.")
        }
        Error::WebPage { .. } => (
            ErrorCode::Model,
            "Open the address in a tab: perhaps the network wants you to log in, or it is the page about the file.",
        ),
        Error::WrongRange { .. } => (ErrorCode::Model, "Discard what is there, then install it anew."),
        Error::Changed { .. } => (ErrorCode::Model, "Try again later, or choose another address."),
        Error::QueueFull { .. } => {
            (ErrorCode::Busy, "Wait until one of them has finished, or cancel one, then try again.")
        }
        Error::Address(_) => (
            ErrorCode::Address,
            "It must begin with https://, or with http:// and name this machine (localhost, 127.0.0.1).",
        ),
        Error::ServerAddress(_) => (
            ErrorCode::Address,
            "It must begin with https://, or with http:// and name this machine (localhost, 127.0.0.1): over plain http others on the way could read your text. A name, a password and what follows ? or # cannot be part of it.",
        ),
        Error::Server { error, .. } => (ErrorCode::Server, server_remedy(error)),
        Error::NotHandedOver => (ErrorCode::Model, "Choose the file again."),
        Error::Installing(_) => (ErrorCode::Model, "Wait until it is installed."),
        Error::Tending(_) => {
            (ErrorCode::Model, "Wait until that is done, or stop it on the page of the models.")
        }
        Error::OtherVersion { .. } => {
            (ErrorCode::Model, "Nothing was changed. Install the model again, or remove it.")
        }
        Error::Unsupported { .. } | Error::NoModel | Error::Task(tasks::Error::Unsupported { .. }) => {
            (ErrorCode::Unsupported, LARGER)
        }
        Error::Task(tasks::Error::Already { .. }) => {
            (ErrorCode::NoText, "Choose another language to translate it into.")
        }
        Error::Task(tasks::Error::Question { .. }) => (
            ErrorCode::NoResult,
            "Ask in a few English words about something that the page may say: what it costs, when it opens, who wrote it.",
        ),
        Error::Task(tasks::Error::Unasked { .. }) => (
            ErrorCode::Unsupported,
            "Only pages in English can be asked: summarise this one, or open an English version of it.",
        ),
        Error::Task(tasks::Error::NoResult { .. }) => {
            (ErrorCode::NoResult, "Try a shorter or simpler text, another wish, or a larger model.")
        }
        Error::TooLarge { .. }
        | Error::Damaged { .. }
        | Error::Unusable(_)
        | Error::Translator(_)
        | Error::Prompt(_)
        | Error::Task(tasks::Error::Prompt(_)) => (ErrorCode::Model, OTHER_FILE),
        Error::NoFit { .. } => (ErrorCode::Memory, "Choose a smaller model."),
        Error::Memory(_) => {
            (ErrorCode::Memory, "Close some tabs, or choose a smaller model, then try again.")
        }
        Error::Article(article::Error::NoText) | Error::Task(tasks::Error::NoText) => (
            ErrorCode::NoText,
            "Open a page with an article or other running text, or select some, and wait until the page has loaded.",
        ),
        Error::Article(article::Error::OnlyVideo) => (
            ErrorCode::NoText,
            "Open the video's transcript, if there is one (often a button below the video), and try again: what is said is read there.",
        ),
        Error::Article(article::Error::TooLarge) => {
            (ErrorCode::PageNotReadable, "Open a part of it on its own page, or its version for printing.")
        }
        Error::Decoder(error) | Error::Task(tasks::Error::Decoder(error)) => match error {
            decoder::Error::Read(_) => (ErrorCode::Storage, REFUSED),
            decoder::Error::Gguf(gguf::Error::TensorType { .. }) => (ErrorCode::Model, OTHER_TYPE),
            decoder::Error::NoAdapter { .. }
            | decoder::Error::OtherBase { .. }
            | decoder::Error::AdapterTensor { .. }
            | decoder::Error::UnknownAdapter(_) => (ErrorCode::Model, OTHER_ADAPTER),
            decoder::Error::UnsupportedFamily(_)
            | decoder::Error::Config { .. }
            | decoder::Error::MissingTensor(_)
            | decoder::Error::TensorShape { .. }
            | decoder::Error::Gguf(_)
            | decoder::Error::Matrix(_) => (ErrorCode::Model, OTHER_FILE),
            _ => (ErrorCode::Internal, AGAIN),
        },
        Error::Article(article::Error::Stopped)
        | Error::Gpu(_)
        | Error::GpuMemory
        | Error::WrongResults(_)
        | Error::NotInstalled { .. }
        | Error::Broken { .. }
        | Error::Stopped
        | Error::Paused => (ErrorCode::Internal, AGAIN),
    }
}

/// What to do about a server.
fn server_remedy(error: &server::Error) -> &'static str {
    use server::Error;
    const OTHER_SERVER: &str = "Look whether the address is that of an OpenAI-compatible interface: Ollama, LM Studio and llama.cpp have one that ends in /v1.";
    const ITS_LOG: &str = "Look what the server writes where it was started, then try again.";
    match error {
        Error::Unreachable { .. } => {
            "Start it, or correct the address. If it is running, let extensions in: Ollama by OLLAMA_ORIGINS=chrome-extension://*, LM Studio by its switch for CORS."
        }
        Error::Silent { .. } => "Look whether it is still at work. A smaller model answers sooner.",
        Error::Redirected => "Enter the address that it is at now.",
        Error::WebPage | Error::NoInterface | Error::NotUnderstood { .. } => OTHER_SERVER,
        Error::WantsKey => "Sotto sends no keys: start the server without one, on this machine.",
        Error::Forbidden => {
            "Start it so that it lets extensions in: Ollama with OLLAMA_ORIGINS=chrome-extension://* in its environment."
        }
        Error::NoModel { .. } => "Have the server get it, or choose another of its models.",
        Error::NoModels => "Have the server get one: for Ollama `ollama pull qwen3:4b`, say.",
        Error::Busy { .. } => "Wait until it has loaded its model or done its other work, then try again.",
        Error::NoRoom { .. } => "Start it with more room (a larger context), then add the model anew.",
        Error::Refused { .. } | Error::Failed { .. } | Error::CutOff | Error::TooMuch { .. } => ITS_LOG,
        Error::OnlyThought => {
            "Switch thinking off in the server, or choose a model that answers without thinking first."
        }
    }
}

/// A message as a sentence: the crates' errors begin in lower case and end without a full stop, and
/// some quote a file or a page, which may hold anything.
fn sentence(message: &str) -> String {
    const LONGEST: usize = 400;
    let message = line(message, LONGEST);
    let mut letters = message.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    let stop = if message.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}
