//! With feature `gpu`: makes the types of the WGSL kernels, and embeds them.
//!
//! Each `wgsl/*.wgsl` becomes a Rust type that has a field for all that a launch must give: the
//! choices of its `#each` lines, its `override` constants, its bindings. What is embedded is the
//! files' text as it stands, without comments: a device needs few of the hundreds of permutations,
//! and finishes those itself. That every one of them is valid, a test says
//! (`tests/permutations.rs`).

#[cfg(feature = "gpu")]
#[path = "build/embed.rs"]
mod embed;
#[cfg(feature = "gpu")]
#[path = "build/generate.rs"]
mod generate;
#[cfg(feature = "gpu")]
#[path = "build/interface.rs"]
mod interface;
#[cfg(feature = "gpu")]
#[path = "build/permutations.rs"]
mod permutations;
#[cfg(feature = "gpu")]
#[path = "build/preprocess.rs"]
mod preprocess;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=wgsl");
    #[cfg(feature = "gpu")]
    if let Err(error) = write() {
        eprintln!("{error}");
        std::process::exit(1);
    }
}

/// Writes `$OUT_DIR/kernels.rs`, the types, and `$OUT_DIR/wgsl.rs`, the files.
#[cfg(feature = "gpu")]
fn write() -> Result<(), String> {
    let wgsl = std::path::Path::new("wgsl");
    let out = std::env::var_os("OUT_DIR").ok_or("there is no OUT_DIR")?;
    let write = |name: &str, text: String| {
        let path = std::path::Path::new(&out).join(name);
        std::fs::write(&path, text).map_err(|error| format!("{}: {error}", path.display()))
    };
    write("kernels.rs", generate::types(&permutations::kernels(wgsl)?)?)?;
    write("wgsl.rs", embed::table(wgsl)?)
}
