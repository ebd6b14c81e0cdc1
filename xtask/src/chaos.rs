//! Jobs of every kind under faults at random moments, in Chromium: what survives, and what is lost.

use crate::paths::root;
use crate::process::{pass, say};
use crate::{build, driver};
use anyhow::Result;
use serde_json::json;
use std::time::{SystemTime, UNIX_EPOCH};

#[derive(clap::Args)]
pub(crate) struct Args {
    /// How long, once everything is set up
    #[arg(long, value_name = "N", default_value_t = 2.0)]
    minutes: f64,
    /// What tells jobs, faults and moments, so that a run can be had again [default: another one each time]
    #[arg(long, value_name = "S")]
    seed: Option<u32>,
    /// Summarise with the packaged model instead of a tiny one
    #[arg(long)]
    real: bool,
    /// Summarise on the GPU too: Chromium's software adapter, which is slow
    #[arg(long)]
    gpu: bool,
    /// Do so many jobs without faults instead, and compare the memory at the end with that at the beginning
    #[arg(long, value_name = "JOBS", conflicts_with_all = ["minutes", "gpu"])]
    soak: Option<u32>,
    /// Print a last line of JSON with the figures
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: &Args) -> Result<()> {
    build::run(&build::Args::default())?;
    let programs = driver::bundle(&[root().join("tests/chaos/chaos.ts")])?;
    let clock = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.subsec_micros());
    let options = json!({
        "minutes": args.minutes,
        "seed": args.seed.unwrap_or(clock),
        "real": args.real,
        "adapter": if args.gpu { "swiftshader" } else { "none" },
        "soak": args.soak,
        "json": args.json,
    });
    say("starting Chromium");
    pass(driver::browser_for_tests()?.args(programs).arg(options.to_string()))
}
