//! The short form of every target. `FUZZ_TARGET` chooses one, `FUZZ_MUTATIONS` makes it longer.

use fuzz::{TARGETS, short};
use std::collections::BTreeSet;
use std::env;
use std::panic::catch_unwind;
use std::time::Instant;

#[test]
fn whatever_comes_is_taken_or_refused() {
    short::name_inputs_in_panics();
    let (chosen, mutations) = (env::var("FUZZ_TARGET").ok(), env::var("FUZZ_MUTATIONS").ok());
    let mutations = mutations.map(|number| number.parse().expect("FUZZ_MUTATIONS is a number"));
    let mut failed = Vec::new();
    for target in TARGETS.iter().filter(|target| chosen.as_ref().is_none_or(|name| name == target.name)) {
        let start = Instant::now();
        match catch_unwind(|| short::run(target, mutations.unwrap_or(target.mutations))) {
            Ok(executions) => {
                let seconds = start.elapsed().as_secs_f32();
                println!("{:>12}: {executions} executions in {seconds:.1} s", target.name);
            }
            Err(_) => failed.push(target.name),
        }
    }
    assert!(failed.is_empty(), "failed: {failed:?}");
}

/// `cargo xtask fuzz` goes by the folders.
#[test]
fn every_target_has_a_corpus_and_every_corpus_a_target() {
    let package = if cfg!(target_os = "wasi") { "/" } else { env!("CARGO_MANIFEST_DIR") };
    let entries = std::fs::read_dir(format!("{package}/corpus")).expect("a folder of corpora");
    let folders: BTreeSet<String> =
        entries.flatten().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    assert_eq!(folders, TARGETS.iter().map(|target| target.name.to_owned()).collect());
}
