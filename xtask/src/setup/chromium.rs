//! A browser to run the extension in.

use super::apt;
use crate::process::which;
use anyhow::{Result, bail, ensure};
use std::path::{Path, PathBuf};

const PROGRAMS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

const MAC_APPS: [&str; 2] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// Chromium itself, a software Vulkan driver for tests without a GPU, and a font to draw pages with.
const PACKAGES: [&str; 3] = ["chromium", "mesa-vulkan-drivers", "fonts-dejavu-core"];

/// The browser's program: the one that `CHROMIUM` names, else one that is installed, else Debian's.
pub(crate) fn find() -> Result<PathBuf> {
    if let Some(path) = std::env::var_os("CHROMIUM").map(PathBuf::from) {
        ensure!(path.is_file(), "CHROMIUM names {}, which is not there", path.display());
        return Ok(path);
    }
    if let Some(path) = installed() {
        return Ok(path);
    }
    if apt::usable() {
        apt::install(&PACKAGES)?;
        if let Some(path) = installed() {
            return Ok(path);
        }
    }
    bail!(
        "no Chromium found: install it (Debian: apt-get install chromium), or let CHROMIUM name its program"
    );
}

fn installed() -> Option<PathBuf> {
    let app = || MAC_APPS.iter().map(PathBuf::from).find(|path| path.is_file());
    PROGRAMS.iter().find_map(|program| which(program)).or_else(app)
}

/// Sees that the native tests have a Vulkan adapter: installs Mesa's software one where there is no driver at all.
pub(crate) fn ensure_vulkan() -> Result<()> {
    let folders = ["/usr/share/vulkan/icd.d", "/etc/vulkan/icd.d", "/usr/local/share/vulkan/icd.d"];
    let has_driver =
        |folder: &&str| Path::new(folder).read_dir().is_ok_and(|mut entries| entries.next().is_some());
    if cfg!(target_os = "linux") && !folders.iter().any(has_driver) && apt::usable() {
        apt::install(&["mesa-vulkan-drivers", "libvulkan1"])?;
    }
    Ok(())
}
