//! Child processes, and what is said about them.

use anyhow::{Context, Result, ensure};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Tells the person what is being done.
pub(crate) fn say(text: impl std::fmt::Display) {
    eprintln!("xtask: {text}");
}

/// Runs a command whose output is no result: all of it goes to stderr. An exit status other than 0 is an error.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    finish(command.stdout(Stdio::from(std::io::stderr())))
}

/// Runs a command whose stdout is a result. An exit status other than 0 is an error.
pub(crate) fn pass(command: &mut Command) -> Result<()> {
    finish(command)
}

/// Runs a command and returns what it prints. An exit status other than 0 is an error.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().with_context(|| describe(command))?;
    ensure!(output.status.success(), "{}: {}", describe(command), output.status);
    Ok(String::from_utf8(output.stdout)?)
}

fn finish(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| describe(command))?;
    ensure!(status.success(), "{}: {status}", describe(command));
    Ok(())
}

/// A command as a person would type it.
pub(crate) fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Finds a program on the search path.
pub(crate) fn which(program: &str) -> Option<PathBuf> {
    let paths = std::env::var_os("PATH")?;
    std::env::split_paths(&paths).map(|folder| folder.join(program)).find(|path| is_executable(path))
}

#[cfg(unix)]
fn is_executable(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata().is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(path: &Path) -> bool {
    path.is_file()
}
