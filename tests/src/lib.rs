//! End-to-end and golden tests, the page corpus and benchmarks.
