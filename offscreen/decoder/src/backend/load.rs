//! Streaming weights from a file to a device, which compiles meanwhile.

use super::{Backend, Device};
use crate::fuse::fuse;
use crate::{Error, Pace, Part, Plan, Source, TensorShape};
use gguf::{Gguf, Tensor};
use kernels::gpu::Compiling;

/// Bytes read at a time: all of the file that is ever in memory beside the device's own copy.
const PIECE: usize = 1 << 20;

/// Finds the plan's tensors in the file and streams them to the device.
pub(crate) async fn load(
    gguf: &Gguf,
    mut plan: Plan,
    source: &mut impl Source,
    device: Device,
    context: usize,
    pace: &impl Pace,
) -> Result<Backend, Error> {
    scale_frequencies(gguf, &mut plan, source)?;
    tensors(gguf, &plan)?;
    fuse(&mut plan, &|name| gguf.tensor(name).map(|tensor| tensor.ty));
    let tensors = tensors(gguf, &plan)?;
    // The parts of a weight are of one type.
    let types: Vec<_> = tensors.iter().map(|parts| parts[0].ty).collect();
    let mut backend = Backend::new(device, plan, &types, context)?;
    let compiling = backend.compile_first();
    let total: u64 = tensors.iter().flatten().map(|part| part.len).sum();
    let mut done = 0_u64;
    let mut piece = vec![0; PIECE];
    for (index, parts) in tensors.iter().enumerate() {
        let mut written = 0;
        for part in parts {
            // Whole blocks.
            let most = PIECE / part.ty.block_bytes() * part.ty.block_bytes();
            let mut offset = 0;
            while offset < part.len {
                let len = (part.len - offset).min(most as u64);
                let piece = &mut piece[..usize::try_from(len).unwrap_or(most)];
                source.read_at(part.offset + offset, piece)?;
                backend.write(index, written, piece)?;
                written += piece.len();
                offset += len;
            }
            done += part.len;
        }
        if pace.pause(done as f32 / total as f32).await.is_break() {
            return Err(Error::Stopped);
        }
    }
    wait(compiling, pace).await?;
    Ok(backend)
}

/// Waits until the kernels are compiled.
///
/// # Errors
/// What is wrong with one of them, or [`Error::Stopped`].
pub(crate) async fn wait(compiling: Option<Compiling>, pace: &impl Pace) -> Result<(), Error> {
    let Some(mut compiling) = compiling else { return Ok(()) };
    while compiling.next().await? {
        if pace.pause(1.0).await.is_break() {
            return Err(Error::Stopped);
        }
    }
    Ok(())
}

/// The file's tensors in the plan's order, those that make a weight together.
///
/// # Errors
/// [`Error::MissingTensor`] and [`Error::TensorShape`].
pub(crate) fn tensors<'a>(gguf: &'a Gguf, plan: &Plan) -> Result<Vec<Vec<&'a Tensor>>, Error> {
    let parts = |shape: &TensorShape| shape.parts.iter().map(|part| find(gguf, part)).collect();
    plan.tensors.iter().map(parts).collect()
}

/// Divides the rotary frequencies by the factors that the file has for them.
fn scale_frequencies(gguf: &Gguf, plan: &mut Plan, source: &mut impl Source) -> Result<(), Error> {
    let Some(shape) = plan.rope_factors.take() else { return Ok(()) };
    let tensor = find(gguf, &shape.parts[0])?;
    let mut bytes = vec![0; usize::try_from(tensor.len).unwrap_or(usize::MAX)];
    source.read_at(tensor.offset, &mut bytes)?;
    let mut factors = vec![0.0; shape.cols];
    kernels::cpu::dequantize(tensor.ty, &bytes, &mut factors);
    if let Some(bad) = factors.iter().find(|factor| !(factor.is_finite() && **factor > 0.0)) {
        return Err(Error::Config { key: "rope_freqs.weight", value: bad.to_string() });
    }
    for frequencies in &mut plan.rope_frequencies {
        frequencies.iter_mut().zip(&factors).for_each(|(frequency, factor)| *frequency /= factor);
    }
    Ok(())
}

fn find<'a>(gguf: &'a Gguf, part: &Part) -> Result<&'a Tensor, Error> {
    let Part { name, rows, cols } = part;
    let tensor = gguf.tensor(name).ok_or_else(|| Error::MissingTensor(name.clone()))?;
    let dimension = |i: usize| tensor.shape.get(i).map_or(1, |&n| usize::try_from(n).unwrap_or(usize::MAX));
    let found = (dimension(1).saturating_mul(dimension(2)).saturating_mul(dimension(3)), dimension(0));
    if found == (*rows, *cols) {
        Ok(tensor)
    } else {
        Err(Error::TensorShape { name: name.clone(), expected: (*rows, *cols), found })
    }
}
