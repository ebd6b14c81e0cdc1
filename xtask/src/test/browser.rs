//! The tests in Chromium.

use super::Suite;
use super::node::{self, Tests};
use crate::paths::artifacts;
use crate::{build, driver};
use anyhow::Result;
use std::fs;
use std::path::Path;

/// Test files that keep a model of real size, or a GPU in software, at work. The others run none, a tiny one, or one for moments,
/// and some wait half a minute for what never comes.
const HEAVY: [&str; 14] = [
    "ask",
    "distrust",
    "documents",
    "fit",
    "habits",
    "lives",
    "llama",
    "lost",
    "modes",
    "pages",
    "summary",
    "threads",
    "translate",
    "welcome",
];

/// Tests what lies in `dist/`: the extension as it ships where the stage before has built it, else as it is developed.
pub(super) fn run(suite: &mut Suite) -> Result<()> {
    if !suite.is_built {
        build::run(&build::Args::with_models(catalog::models()))?;
        suite.is_built = true;
    }
    fs::create_dir_all(artifacts())?;
    let (heavy, light): (Vec<_>, Vec<_>) = node::files("e2e")?.into_iter().partition(|file| is_heavy(file));
    // One of each at a time: two models at work at once would slow each other past the tests' time limits, and with a third browser
    // on two cores moments pass that light tests look at.
    let filter = suite.filter.as_deref();
    let heavy = Tests::bundle("heavy", driver::browser_for_tests()?, &heavy, 1, filter)?;
    let light = Tests::bundle("light", driver::browser_for_tests()?, &light, 1, filter)?;
    light.run_beside(heavy, &mut suite.durations)
}

fn is_heavy(file: &Path) -> bool {
    let name = file.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".test.ts"));
    name.is_some_and(|name| HEAVY.contains(&name))
}
