//! Debian's packages, where this is Debian (or Ubuntu) and we may install.

use crate::process::{output, run, say, which};
use anyhow::Result;
use std::process::Command;

/// Whether packages can be installed here: `apt-get` is there and we are root.
pub(crate) fn usable() -> bool {
    which("apt-get").is_some() && output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

/// Installs packages.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    say(format!("installing with apt-get: {}", packages.join(" ")));
    run(Command::new("apt-get").args(["update", "-qq"]))?;
    run(Command::new("apt-get")
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["install", "-y", "-qq", "--no-install-recommends"])
        .args(packages))
}
