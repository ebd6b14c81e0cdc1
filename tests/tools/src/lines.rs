//! Texts on the standard input, one a line, each through a task: one answer a line.

use crate::engine::{Engine, Options, Outcome};
use anyhow::{Context, Result};
use protocol::{Failure, Input, Section, SectionStatus, Selection, Task};
use serde_json::{Value, json};
use std::io::{BufRead, Write, stdin, stdout};

/// Does a task with each line as with a selected text; `lang` is the texts' language (BCP 47), where it is known. The model
/// is loaded once; answers are printed as they come.
pub(crate) fn run(task: &Task, lang: Option<&str>, options: &Options, json: bool) -> Result<()> {
    let mut engine = Engine::start(options, task)?;
    answer(lang, json, |selection| {
        let Outcome { sections, end, ms } = engine.execute(task, Input::Selection { selection })?;
        Ok(Done { sections, end: end.map(|(text, _)| text), ms })
    })
}

/// What was made of a text.
pub(crate) struct Done {
    /// The output as it is at last.
    pub(crate) sections: Vec<Section>,
    /// The finished text, or why there is none.
    pub(crate) end: Result<String, Failure>,
    /// Milliseconds that it took.
    pub(crate) ms: f64,
}

/// Does `work` with each line as with a selected text, and prints what it says.
pub(crate) fn answer(
    lang: Option<&str>,
    json: bool,
    mut work: impl FnMut(Selection) -> Result<Done>,
) -> Result<()> {
    for (number, line) in (1..).zip(stdin().lock().lines()) {
        let text = line.with_context(|| format!("line {number} of the standard input"))?;
        let selection =
            Selection { text: text.clone(), lang: lang.map(str::to_owned), ..Selection::default() };
        Answer::of(work(selection)?).print(&text, json)?;
    }
    Ok(())
}

/// What a text became.
struct Answer {
    result: Option<String>,
    /// That of the result, or what kind of failure it is that there is none.
    status: Value,
    /// What is said of sentences that stayed as they were, or why there is no result.
    reason: Option<String>,
    ms: f64,
}

impl Answer {
    fn of(Done { sections, end, ms }: Done) -> Self {
        let text = match end {
            Ok(text) => text,
            Err(failure) => {
                let (status, reason) = (json!(failure.code), Some(failure.message));
                return Self { result: None, status, reason, ms };
            }
        };
        let checked = sections.iter().any(|section| section.status == SectionStatus::Checked);
        let status = json!(if checked { SectionStatus::Checked } else { SectionStatus::Quoted });
        let mut notes: Vec<String> = sections.into_iter().filter_map(|section| section.note).collect();
        notes.dedup();
        let reason = (!notes.is_empty()).then(|| notes.join(" "));
        Self { result: Some(text), status, reason, ms }
    }

    /// Without JSON, a text that has no result stands as it was, as it would on the page.
    fn print(&self, text: &str, json: bool) -> Result<()> {
        let Self { result, status, reason, ms } = self;
        let mut out = stdout().lock();
        if json {
            let answer =
                json!({ "text": text, "result": result, "status": status, "reason": reason, "ms": ms });
            writeln!(out, "{answer}")?;
        } else {
            writeln!(out, "{}", result.as_deref().unwrap_or(text))?;
            if let Some(reason) = reason {
                eprintln!("  ({reason})");
            }
        }
        Ok(out.flush()?)
    }
}
