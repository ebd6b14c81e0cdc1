//! The long form: libFuzzer (<https://llvm.org/docs/LibFuzzer.html>) on the target that
//! `FUZZ_TARGET` names, with our own mutations beside its. `cargo xtask fuzz` builds it with
//! coverage and starts it.
#![no_main]

use fuzz::mutation::{Random, mutate};
use fuzz::{Target, target};
use libfuzzer_sys::{fuzz_mutator, fuzz_target, fuzzer_mutate};
use std::path::Path;
use std::sync::LazyLock;

static TARGET: LazyLock<&Target> = LazyLock::new(|| {
    let name = std::env::var("FUZZ_TARGET").unwrap_or_default();
    target(&name).unwrap_or_else(|| panic!("FUZZ_TARGET names no target: {name:?}"))
});

fuzz_target!(
    init: {
        // The seeds join the corpus that grows.
        if let Some(folder) = std::env::var_os("FUZZ_SEEDS") {
            for (i, seed) in (TARGET.seeds)().into_iter().enumerate() {
                let path = Path::new(&folder).join(format!("seed-{i}"));
                std::fs::write(&path, seed).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            }
        }
    },
    |data: &[u8]| (TARGET.run)(data)
);

fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
    if seed.is_multiple_of(2) {
        return fuzzer_mutate(data, size, max_size);
    }
    let mut input = data[..size].to_vec();
    let other = input.clone();
    mutate(&mut Random::new(seed.into()), &mut input, &other, TARGET.words, max_size);
    data[..input.len()].copy_from_slice(&input);
    input.len()
});
