//! With feature `gpu`: finishes the WGSL kernels at build time.
//!
//! Every `wgsl/*.wgsl` is preprocessed once per name on its `#each` line, checked by naga, and written with its bindings
//! into a table that `src/gpu/shader.rs` includes. A kernel that does not parse or validate fails the build, so what
//! ships is finished text and nothing is assembled at run time.

#[cfg(feature = "gpu")]
#[path = "build/kernels.rs"]
mod kernels;
#[cfg(feature = "gpu")]
#[path = "build/preprocess.rs"]
mod preprocess;
#[cfg(feature = "gpu")]
#[path = "build/shaders.rs"]
mod shaders;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=wgsl");
    #[cfg(feature = "gpu")]
    if let Err(error) = shaders::generate() {
        eprintln!("{error}");
        std::process::exit(1);
    }
}
