//! With feature `gpu`: checks the WGSL kernels and embeds them.
//!
//! Every permutation of every `wgsl/*.wgsl` (one name from each of its `#each` lines) is preprocessed and checked by naga:
//! a kernel that does not parse or validate fails the build. What is embedded is their text as it stands in the files,
//! without comments: a device needs few of the hundreds of permutations, and preprocesses those itself.

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
