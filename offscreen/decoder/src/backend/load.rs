//! Streaming weights from a file to a device.

use super::{Backend, Device};
use crate::{Error, Pace, Plan, Source, TensorShape};
use gguf::{Gguf, Tensor};

/// Bytes read at a time: all of the file that is ever in memory beside the device's own copy.
const PIECE: usize = 4 << 20;

/// Finds the plan's tensors in the file and streams them to the device.
pub(crate) async fn load(
    gguf: &Gguf,
    mut plan: Plan,
    source: &mut impl Source,
    device: Device,
    context: usize,
    pace: &impl Pace,
) -> Result<Backend, Error> {
    let tensors = tensors(gguf, &plan)?;
    let types: Vec<_> = tensors.iter().map(|tensor| tensor.ty).collect();
    scale_frequencies(gguf, &mut plan, source)?;
    let mut backend = Backend::new(device, plan, &types, context)?;
    let total: u64 = tensors.iter().map(|tensor| tensor.len).sum();
    let mut done = 0_u64;
    let mut piece = vec![0; PIECE];
    for (index, tensor) in tensors.iter().enumerate() {
        let mut offset = 0;
        while offset < tensor.len {
            let len = (tensor.len - offset).min(PIECE as u64);
            let piece = &mut piece[..usize::try_from(len).unwrap_or(PIECE)];
            source.read_at(tensor.offset + offset, piece)?;
            backend.write(index, usize::try_from(offset).unwrap_or(usize::MAX), piece)?;
            offset += len;
            done += len;
        }
        if pace.pause(done as f32 / total as f32).await.is_break() {
            return Err(Error::Stopped);
        }
    }
    Ok(backend)
}

/// The file's tensors in the plan's order.
///
/// # Errors
/// [`Error::MissingTensor`] and [`Error::TensorShape`].
pub(crate) fn tensors<'a>(gguf: &'a Gguf, plan: &Plan) -> Result<Vec<&'a Tensor>, Error> {
    plan.tensors.iter().map(|shape| find(gguf, shape)).collect()
}

/// Divides the rotary frequencies by the factors that the file has for them.
fn scale_frequencies(gguf: &Gguf, plan: &mut Plan, source: &mut impl Source) -> Result<(), Error> {
    let Some(shape) = plan.rope_factors.take() else { return Ok(()) };
    let tensor = find(gguf, &shape)?;
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

fn find<'a>(gguf: &'a Gguf, shape: &TensorShape) -> Result<&'a Tensor, Error> {
    let TensorShape { name, rows, cols } = shape;
    let tensor = gguf.tensor(name).ok_or_else(|| Error::MissingTensor(name.clone()))?;
    let dimension = |i: usize| tensor.shape.get(i).map_or(1, |&n| usize::try_from(n).unwrap_or(usize::MAX));
    let found = (dimension(1).saturating_mul(dimension(2)).saturating_mul(dimension(3)), dimension(0));
    if found == (*rows, *cols) {
        Ok(tensor)
    } else {
        Err(Error::TensorShape { name: name.clone(), expected: (*rows, *cols), found })
    }
}
