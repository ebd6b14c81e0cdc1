//! The extension's engine, its session and all, driven from here as a view drives it.

use crate::clock::now;
use crate::model;
use crate::options::named;
use crate::platform::Native;
use anyhow::{Context, Result, bail};
use catalog::ModelInfo;
use protocol::{
    BackendChoice, ErrorCode, Event, Failure, Input, JobState, JobView, ModelId, Request, Section, Stats,
    Task,
};
use serde_json::json;
use session::{Runner, Session};
use sha2::{Digest, Sha256};
use std::cell::RefCell;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Which model does a task, and where it runs.
#[derive(clap::Args)]
pub(crate) struct Options {
    /// The model: its id in the catalogue, or a file (GGUF) [default: the best for the task, as in the extension]
    #[arg(long, value_name = "ID|FILE")]
    model: Option<String>,
    /// What executes it; `auto` is the GPU, where there is one that is no program on the processor
    #[arg(long, value_parser = named::<BackendChoice>(&["auto", "gpu", "cpu"]), default_value = "auto")]
    backend: BackendChoice,
    /// Threads that compute, on the processor [default: as many as make it faster]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    pub(crate) threads: Option<u16>,
}

/// The engine, with the events that it sends.
pub(crate) struct Engine {
    runner: Rc<Runner<Native>>,
    choice: BackendChoice,
    model: Option<ModelId>,
    /// Each job as it ended, with the moment.
    ended: Rc<RefCell<Vec<(JobView, f64)>>>,
    jobs: u32,
}

/// What became of an input.
pub(crate) struct Outcome {
    /// The output as it is at last.
    pub(crate) sections: Vec<Section>,
    /// The finished text and what it took, or why there is none: of the input's making, not of the program's.
    pub(crate) end: Result<(String, Stats), Failure>,
    /// Milliseconds from the request to the end of the job.
    pub(crate) ms: f64,
}

impl Outcome {
    /// It as one line for programs: each section with its text, source and status, under a name.
    pub(crate) fn json(&self, sections: &str) -> Result<serde_json::Value> {
        let listed: Vec<_> = self
            .sections
            .iter()
            .map(|section| {
                let source = section.source.as_ref().map(|source| source.text.as_str());
                json!({ "text": section.text, "source": source, "status": section.status })
            })
            .collect();
        let mut line = match &self.end {
            Ok((text, stats)) => {
                let mut line = serde_json::to_value(stats)?;
                line["text"] = text.as_str().into();
                line["status"] = "done".into();
                line["reason"] = json!(null);
                line
            }
            Err(failure) => {
                json!({ "coverage": 0, "text": "", "status": failure.code, "reason": failure.message })
            }
        };
        line[sections] = listed.into();
        Ok(line)
    }
}

impl Engine {
    /// An engine that has loaded the model for a task, and read what the task's prompts begin with, as
    /// when the popup opens. Whatever goes wrong with that is told by the first job.
    ///
    /// # Errors
    /// When there is no such model.
    pub(crate) fn start(options: &Options, task: &Task) -> Result<Self> {
        let own = options.model.as_deref().filter(|model| Path::new(model).is_file());
        let own = own.map(inspect).transpose()?;
        let model = match (&own, &options.model) {
            (Some((info, _)), _) => Some(info.id.clone()),
            (None, Some(id)) => Some(catalog::find(id).with_context(|| model::unknown(id))?.info.id.clone()),
            (None, None) => None,
        };
        let ended = Rc::new(RefCell::new(Vec::new()));
        let session = Session::new(Box::new(now), Box::new(collector(ended.clone())));
        let runner = Rc::new(Runner::new(Native::new(own, options.threads.map(usize::from)), session));
        let engine = Self { runner, choice: options.backend, model, ended, jobs: 0 };
        let (choice, model) = (engine.choice, engine.model.clone());
        engine.handle(Request::Warm { task: task.clone(), choice, model });
        Ok(engine)
    }

    /// Does a task.
    ///
    /// # Errors
    /// When the model, its device or the program failed: with the remedy.
    pub(crate) fn execute(&mut self, task: &Task, input: Input) -> Result<Outcome> {
        self.jobs += 1;
        let (job, task) = (self.jobs.to_string(), task.clone());
        let (choice, model) = (self.choice, self.model.clone());
        let start = now();
        self.handle(Request::Start { job, task, input, choice, model, tab: None });
        let (view, end) = self.ended.borrow_mut().pop().context("the job did not end")?;
        let ms = end - start;
        let end = match view.state {
            JobState::Done { stats, text } => Ok((text, stats)),
            JobState::Failed { failure } if is_about_input(failure.code) => Err(failure),
            JobState::Failed { failure } => bail!("{} {}", failure.message, failure.remedy),
            JobState::Queued | JobState::Running | JobState::Cancelled => bail!("the job was stopped"),
        };
        Ok(Outcome { sections: view.sections, end, ms })
    }

    fn handle(&self, request: Request) {
        self.runner.handle(request);
        while let Some(work) = self.runner.platform().next_spawned() {
            pollster::block_on(work);
        }
    }
}

/// Keeps each job as it is at its end.
fn collector(ended: Rc<RefCell<Vec<(JobView, f64)>>>) -> impl FnMut(&Event) {
    move |event| {
        if let Event::Job { view } = event
            && !matches!(view.state, JobState::Queued | JobState::Running)
        {
            ended.borrow_mut().push((view.clone(), now()));
        }
    }
}

/// Whether a failure says something about the text rather than about the model or the program.
pub(crate) fn is_about_input(code: ErrorCode) -> bool {
    use ErrorCode as Code;
    matches!(code, Code::Unsupported | Code::NoResult | Code::NoText | Code::PageNotReadable)
}

/// A model file of the person's own: what it says of itself, or what is known of it where it is in the catalogue.
fn inspect(file: &str) -> Result<(ModelInfo, PathBuf)> {
    let path = PathBuf::from(file);
    let sha256 = sha256(&path).with_context(|| file.to_owned())?;
    if let Some(model) = catalog::find_file(&sha256) {
        return Ok((model.info.clone(), path));
    }
    let mut source = File::open(&path)?;
    let bytes = source.metadata()?.len();
    let name = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let info = session::inspect(&mut source, bytes, &sha256, &name, file).with_context(|| file.to_owned())?;
    Ok((info, path))
}

fn sha256(path: &Path) -> io::Result<String> {
    let mut file = BufReader::with_capacity(1 << 20, File::open(path)?);
    let mut hasher = Sha256::new();
    loop {
        let bytes = file.fill_buf()?;
        if bytes.is_empty() {
            return Ok(hasher.finalize().iter().map(|byte| format!("{byte:02x}")).collect());
        }
        hasher.update(bytes);
        let read = bytes.len();
        file.consume(read);
    }
}
