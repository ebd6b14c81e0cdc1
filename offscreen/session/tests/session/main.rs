//! The engine without a browser.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

mod addresses;
mod downloads;
mod engine;
mod fake_server;
mod fit;
mod harness;
mod histories;
mod jobs;
mod models;
mod placement;
mod queue;
mod runner;
mod servers;
mod storage;
