//! Where a model runs, by what was chosen and what there is.

use fuzz::model::Description;
use gguf::Gguf;
use pollster::block_on;
use protocol::BackendChoice;
use session::placement::{Devices, place, shortage, unwelcome};
use session::{CONTEXT, Error, GpuLoss, Room, SHORT_CONTEXT};

/// Devices of which the GPU may fail, and memory may be short.
struct Fake {
    gpu: Option<fn() -> Error>,
    /// The longest context that there is memory for, on either.
    on_gpu: usize,
    on_cpu: usize,
}

impl Default for Fake {
    fn default() -> Self {
        Self { gpu: None, on_gpu: CONTEXT, on_cpu: CONTEXT }
    }
}

impl Devices for Fake {
    type Loaded = String;

    async fn load_on_gpu(
        &mut self,
        _: BackendChoice,
        loss: Option<&GpuLoss>,
        context: usize,
    ) -> Result<String, Error> {
        match self.gpu {
            Some(error) => Err(error()),
            None if context > self.on_gpu => Err(Error::GpuMemory),
            None => Ok(format!("{}{}", if loss.is_some() { "GPU again" } else { "GPU" }, short(context))),
        }
    }

    async fn load_on_cpu(&mut self, reason: Option<String>, context: usize) -> Result<String, Error> {
        if context > self.on_cpu {
            let room = Room { memory: 1 << 20, has_gpu: None };
            let header = Description::read("family llama").file().header;
            room.reserve(&Gguf::parse(&header, u64::MAX).unwrap(), context)?;
        }
        Ok(format!("CPU: {}{}", reason.unwrap_or_default(), short(context)))
    }
}

fn short(context: usize) -> String {
    shortage(context).map(|tokens| format!(" Short: {tokens}")).unwrap_or_default()
}

fn run(gpu: Option<fn() -> Error>, choice: BackendChoice, losses: u32) -> Result<String, String> {
    run_on(Fake { gpu, ..Fake::default() }, choice, losses)
}

fn run_on(mut devices: Fake, choice: BackendChoice, losses: u32) -> Result<String, String> {
    let loss = (losses > 0).then(|| GpuLoss { times: losses, text: "It was lost.".to_owned() });
    block_on(place(&mut devices, choice, loss.as_ref())).map_err(|error| error.to_string())
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
fn where_memory_is_short_less_is_read_at_once_before_another_device_is_taken() {
    const SHORT: &str = "Short: 512";
    let run = |on_gpu, on_cpu, choice| run_on(Fake { gpu: None, on_gpu, on_cpu }, choice, 0);
    let auto = BackendChoice::Auto;
    assert_eq!(run(SHORT_CONTEXT, CONTEXT, auto).unwrap(), format!("GPU {SHORT}"));
    let full = "The GPU has too little memory for the model.";
    assert_eq!(run(0, CONTEXT, auto).unwrap(), format!("CPU: {full}"));
    assert_eq!(run(0, SHORT_CONTEXT, auto).unwrap(), format!("CPU: {full} {SHORT}"));
    assert_eq!(run(0, SHORT_CONTEXT, BackendChoice::Cpu).unwrap(), format!("CPU:  {SHORT}"));
    assert_eq!(run(0, CONTEXT, BackendChoice::Gpu).unwrap_err(), full, "it was insisted on");
    let refused = run(0, 0, auto).unwrap_err();
    assert!(
        refused.starts_with("The model needs about ") && refused.ends_with(" that this browser gives."),
        "{refused}"
    );
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
