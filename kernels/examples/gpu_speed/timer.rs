//! A device that tells the time, where it can.

use kernels::gpu::{Context, Dispatch, Readback};
use std::error::Error;
use std::time::{Duration, Instant};

/// Passes that are measured; their median counts.
const PASSES: usize = 10;

/// How long passes are not measured before.
const WARM_UP: Duration = Duration::from_millis(40);

/// Launches of a pass.
const LAUNCHES: usize = 8;

/// Measures what a GPU does.
pub(crate) struct Timer {
    /// Nanoseconds of a tick.
    period: f32,
    queries: Option<wgpu::QuerySet>,
}

/// The adapter whose name contains `name`, with everything that the kernels have variants for.
pub(crate) fn device(name: Option<&str>) -> Result<(Context, Timer), Box<dyn Error>> {
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle());
    let adapters = pollster::block_on(instance.enumerate_adapters(wgpu::Backends::all()));
    let name = name.unwrap_or_default().to_lowercase();
    let adapter = adapters
        .into_iter()
        .find(|adapter| adapter.get_info().name.to_lowercase().contains(&name))
        .ok_or("there is no such adapter")?;
    let wanted = wgpu::Features::SHADER_F16 | wgpu::Features::SUBGROUP | wgpu::Features::TIMESTAMP_QUERY;
    let limits = adapter.limits();
    let (device, queue) = pollster::block_on(adapter.request_device(&wgpu::DeviceDescriptor {
        required_features: adapter.features() & wanted,
        required_limits: wgpu::Limits {
            max_buffer_size: limits.max_buffer_size,
            max_storage_buffer_binding_size: limits.max_storage_buffer_binding_size,
            ..wgpu::Limits::default()
        },
        ..Default::default()
    }))?;
    let has_queries = device.features().contains(wgpu::Features::TIMESTAMP_QUERY);
    let queries = has_queries.then(|| {
        device.create_query_set(&wgpu::QuerySetDescriptor {
            label: None,
            ty: wgpu::QueryType::Timestamp,
            count: 2,
        })
    });
    let period = queue.get_timestamp_period();
    Ok((Context::new(device, queue), Timer { period, queries }))
}

impl Timer {
    pub(crate) fn name(&self) -> &'static str {
        if self.queries.is_some() { "timestamp queries" } else { "the clock on the wall" }
    }

    /// Seconds of one launch.
    #[allow(dead_code, reason = "not every program needs it")]
    pub(crate) fn measure(
        &self,
        gpu: &Context,
        dispatch: &Dispatch,
        tokens: u32,
    ) -> Result<f64, Box<dyn Error>> {
        self.median(gpu, &[dispatch; LAUNCHES], tokens)
    }

    /// Seconds of one launch of these, which follow each other.
    #[allow(dead_code, reason = "not every program needs it")]
    pub(crate) fn measure_all(
        &self,
        gpu: &Context,
        dispatches: &[Dispatch],
        tokens: u32,
    ) -> Result<f64, Box<dyn Error>> {
        self.median(gpu, &dispatches.iter().collect::<Vec<_>>(), tokens)
    }

    fn median(&self, gpu: &Context, dispatches: &[&Dispatch], tokens: u32) -> Result<f64, Box<dyn Error>> {
        // A GPU's clock follows its load.
        let start = Instant::now();
        while start.elapsed() < WARM_UP {
            self.pass(gpu, dispatches, tokens)?;
        }
        let mut passes =
            (0..PASSES).map(|_| self.pass(gpu, dispatches, tokens)).collect::<Result<Vec<_>, _>>()?;
        passes.sort_by(f64::total_cmp);
        Ok((passes[PASSES / 2 - 1] + passes[PASSES / 2]) / 2.0 / dispatches.len() as f64)
    }

    /// Seconds of a pass.
    fn pass(&self, gpu: &Context, dispatches: &[&Dispatch], tokens: u32) -> Result<f64, Box<dyn Error>> {
        let start = Instant::now();
        let mut encoder = gpu.device().create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
        let timestamp_writes = self.queries.as_ref().map(|query_set| wgpu::ComputePassTimestampWrites {
            query_set,
            beginning_of_pass_write_index: Some(0),
            end_of_pass_write_index: Some(1),
        });
        {
            let descriptor = wgpu::ComputePassDescriptor { label: None, timestamp_writes };
            let mut pass = encoder.begin_compute_pass(&descriptor);
            dispatches.iter().for_each(|dispatch| dispatch.encode(&mut pass, tokens));
        }
        let Some(queries) = &self.queries else {
            gpu.queue().submit([encoder.finish()]);
            gpu.device().poll(wgpu::PollType::wait_indefinitely())?;
            return Ok(start.elapsed().as_secs_f64());
        };
        let resolved = gpu.device().create_buffer(&wgpu::BufferDescriptor {
            label: None,
            size: 16,
            usage: wgpu::BufferUsages::QUERY_RESOLVE | wgpu::BufferUsages::COPY_SRC,
            mapped_at_creation: false,
        });
        encoder.resolve_query_set(queries, 0..2, &resolved, 0);
        gpu.queue().submit([encoder.finish()]);
        let ticks: Vec<u64> = pollster::block_on(Readback::new(gpu, 16).read(gpu, &resolved, 0..16))?;
        Ok(ticks[1].saturating_sub(ticks[0]) as f64 * f64::from(self.period) * 1e-9)
    }
}
