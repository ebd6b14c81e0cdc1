//! The command line: build, demo, test, bench.
fn main() {}
