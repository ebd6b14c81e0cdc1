//! How fast a kernel can read memory: what speed is measured against.

use crate::gpu::device::{Context, Dispatch, Grid, Launch, Ring, Tuning};
use crate::gpu::error::Error;
use crate::gpu::memory::{Ids, Rows};
use crate::gpu::shape::same;
use crate::gpu::wgsl::Read;

/// Workgroups: enough for any GPU, a few times what the largest have room for.
const GROUPS: usize = 1024;

/// Values that all threads read in one turn: four times four each.
const TURN: usize = 16 * GROUPS * Read::WORKGROUP_SIZE;

/// Reads all `values`, a multiple of 2²² of them; each of the 2¹⁸ threads writes the exclusive or
/// of its words to `out`.
///
/// # Errors
/// [`Error::Shape`] when the sizes don't match; those of the device's limits.
pub fn read(gpu: &Context, values: &Rows, out: &Ids) -> Result<Dispatch, Error> {
    let len = values.rows() * values.width();
    same("read", "what is left of the last turn", 0, len % TURN)?;
    let grid = Grid { x: GROUPS, tokens: None };
    let kernel = Read { quads: len / 4, values: values.buffer(), out: out.buffer() };
    Ok(Dispatch::one(Launch::new(gpu, &kernel, grid)?))
}

/// Bytes a second at which [`read()`] reads more than caches hold, in 10⁹. `clock` tells
/// milliseconds from any fixed moment.
///
/// # Errors
/// Those of the device, which must have room for some hundred million bytes.
pub async fn read_bandwidth(gpu: &Context, clock: fn() -> f64) -> Result<f64, Error> {
    /// Little beside it is the time that passes until the end of the work is heard of.
    const LONG_ENOUGH_MS: f64 = 250.0;
    const TURN_BYTES: u64 = 4 * TURN as u64;
    let wanted = match gpu.tuning() {
        Tuning::Hardware => 32,
        Tuning::Software => 4,
    };
    let turns = (gpu.binding_limit() / TURN_BYTES).clamp(1, wanted);
    let bytes = turns * TURN_BYTES;
    let values = Rows::new(gpu, "bandwidth", usize::try_from(turns).unwrap_or(1), TURN)?;
    fill(gpu, &values, turns)?;
    let out = Ids::new(gpu, GROUPS * Read::WORKGROUP_SIZE)?;
    let reading = read(gpu, &values, &out)?;
    let mut ring = Ring::new(gpu, 4, 1);
    let (mut times, mut is_warm) = (1_u32, false);
    loop {
        let start = clock();
        let dispatches = (0..times).map(|_| (&reading, 1));
        ring.submit(gpu, dispatches, out.buffer(), 0..4);
        ring.wait::<u32>(gpu).await?;
        let took = clock() - start;
        // The first time, the kernel is made ready and the memory is written.
        if took >= LONG_ENOUGH_MS && is_warm {
            return Ok(bytes as f64 * f64::from(times) / took / 1e6);
        }
        if is_warm {
            times *= 2;
        }
        is_warm = true;
    }
}

/// Fills `values` with noise: memory that holds nothing may be read faster than memory that holds
/// something.
fn fill(gpu: &Context, values: &Rows, turns: u64) -> Result<(), Error> {
    let noise = Rows::new(gpu, "noise", 1, TURN)?;
    // Weyl's sequence, by the golden ratio.
    let words = (0..TURN).scan(0_u32, |word, _| {
        *word = word.wrapping_add(0x9e37_79b9);
        Some(f32::from_bits(*word ^ *word >> 15))
    });
    noise.write(gpu, 0, &words.collect::<Vec<_>>());
    let bytes = noise.buffer().size();
    let mut encoder = gpu.device().create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
    for turn in 0..turns {
        encoder.copy_buffer_to_buffer(noise.buffer(), 0, values.buffer(), turn * bytes, bytes);
    }
    gpu.queue().submit([encoder.finish()]);
    Ok(())
}
