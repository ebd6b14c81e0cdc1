//! Streaming weights from a file to a device.

use super::{Backend, Device};
use crate::{Error, Pace, Plan, Source, TensorShape};
use gguf::{Gguf, Tensor};

/// Bytes read at a time: all of the file that is ever in memory beside the device's own copy.
const PIECE: usize = 4 << 20;

/// Finds the plan's tensors in the file and streams them to the device.
pub(crate) async fn load(
    gguf: &Gguf,
    plan: Plan,
    source: &mut impl Source,
    device: Device,
    context: usize,
    pace: &impl Pace,
) -> Result<Backend, Error> {
    let tensors = plan.tensors.iter().map(|shape| find(gguf, shape)).collect::<Result<Vec<_>, _>>()?;
    let types: Vec<_> = tensors.iter().map(|tensor| tensor.ty).collect();
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
