//! Where a model runs, by what was chosen and what there is.

use pollster::block_on;
use protocol::BackendChoice;
use session::placement::{Devices, place, unwelcome};
use session::{Error, GpuLoss};

/// Devices of which the GPU may fail.
#[derive(Default)]
struct Fake {
    gpu: Option<fn() -> Error>,
}

impl Devices for Fake {
    type Loaded = String;

    async fn load_on_gpu(&mut self, _: BackendChoice, loss: Option<&GpuLoss>) -> Result<String, Error> {
        match self.gpu {
            Some(error) => Err(error()),
            None => Ok(if loss.is_some() { "GPU again" } else { "GPU" }.to_owned()),
        }
    }

    async fn load_on_cpu(&mut self, reason: Option<String>) -> Result<String, Error> {
        Ok(format!("CPU: {}", reason.unwrap_or_default()))
    }
}

fn run(gpu: Option<fn() -> Error>, choice: BackendChoice, losses: u32) -> Result<String, String> {
    let loss = (losses > 0).then(|| GpuLoss { times: losses, text: "It was lost.".to_owned() });
    block_on(place(&mut Fake { gpu }, choice, loss.as_ref())).map_err(|error| error.to_string())
}

fn none() -> Error {
    Error::Gpu("No GPU.".to_owned())
}

fn stopped() -> Error {
    Error::Stopped
}

#[test]
fn the_choice_counts_where_it_can() {
    assert_eq!(run(None, BackendChoice::Auto, 0).unwrap(), "GPU");
    assert_eq!(run(None, BackendChoice::Gpu, 0).unwrap(), "GPU");
    assert_eq!(run(None, BackendChoice::Cpu, 0).unwrap(), "CPU: ");
    assert_eq!(run(Some(none), BackendChoice::Cpu, 0).unwrap(), "CPU: ");
}

#[test]
fn without_a_gpu_the_processor_takes_its_place_unless_it_was_insisted_on() {
    assert_eq!(run(Some(none), BackendChoice::Auto, 0).unwrap(), "CPU: No GPU.");
    assert_eq!(run(Some(none), BackendChoice::Gpu, 0).unwrap_err(), "No GPU.");
}

#[test]
fn an_error_that_is_the_same_everywhere_is_not_tried_again() {
    assert_eq!(run(Some(stopped), BackendChoice::Auto, 0).unwrap_err(), "stopped");
}

#[test]
fn a_lost_gpu_gets_one_more_chance() {
    assert_eq!(run(None, BackendChoice::Gpu, 1).unwrap(), "GPU again");
    let failed = "CPU: The GPU failed, and could not be started again. No GPU.";
    // The work comes first, whatever the reader chose.
    assert_eq!(run(Some(none), BackendChoice::Gpu, 1).unwrap(), failed);
    assert_eq!(run(None, BackendChoice::Gpu, 2).unwrap(), "CPU: The GPU failed 2 times. It was lost.");
}

#[test]
fn an_imitated_gpu_is_for_those_who_insist() {
    assert!(unwelcome(true, BackendChoice::Auto).unwrap_err().is_gpu());
    for (is_software, choice) in
        [(true, BackendChoice::Gpu), (false, BackendChoice::Auto), (false, BackendChoice::Gpu)]
    {
        assert!(unwelcome(is_software, choice).is_ok());
    }
}
