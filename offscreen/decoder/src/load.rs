//! Streaming weights from a file to a device, which compiles meanwhile.

use crate::backend::{Backend, Device};
use crate::fuse::fuse;
use crate::read_ahead::ReadAhead;
use crate::{Error, Part, Plan, Scheduler, Source, TensorShape};
use gguf::{Gguf, Tensor, TensorType};
use kernels::gpu::Compiling;
use std::borrow::Cow;

/// Finds the plan's tensors in the file and streams them to the device.
pub(crate) async fn load(
    gguf: &Gguf,
    mut plan: Plan,
    source: &mut impl Source,
    device: Device,
    context: usize,
    scheduler: &impl Scheduler,
) -> Result<Backend, Error> {
    scale_frequencies(gguf, &mut plan, source)?;
    tensors(gguf, &plan)?;
    let plan = fuse(plan, &|name| gguf.tensor(name).map(|tensor| tensor.ty))?;
    let tensors = tensors(gguf, &plan)?;
    // The parts of a weight are of one type.
    let types: Vec<_> = tensors.iter().map(|parts| parts[0].ty).collect();
    let (norm, scale) = (plan.head.norm.0, plan.head.scale);
    let mut backend = Backend::new(device, plan, &types, context)?;
    let compiling = backend.compile_first();
    let parts = || tensors.iter().flatten();
    let total: u64 = parts().map(|part| part.len).sum();
    let end = parts().map(|part| part.offset + part.len).max().unwrap_or(0);
    let mut file = ReadAhead::new(source, end);
    let mut done = 0_u64;
    // As they lie in the file, as far as those go that make a weight together.
    let mut order: Vec<_> = tensors.iter().enumerate().collect();
    order.sort_by_key(|(_, parts)| parts[0].offset);
    for (index, parts) in order {
        let mut written = 0;
        for part in parts {
            let (mut offset, end, block) = (part.offset, part.offset + part.len, part.ty.block_bytes());
            while offset < end {
                let bytes = file.at(offset, block)?;
                let most = usize::try_from(end - offset).unwrap_or(usize::MAX);
                let len = bytes.len().min(most) / block * block;
                let bytes = if index == norm { scaled(&bytes[..len], scale) } else { bytes[..len].into() };
                backend.upload(index, written, &bytes)?;
                written += len;
                offset += len as u64;
            }
            done += part.len;
        }
        if scheduler.yield_now(done as f32 / total as f32).await.is_break() {
            return Err(Error::Stopped);
        }
    }
    wait(compiling, scheduler).await?;
    Ok(backend)
}

/// Waits until the kernels are compiled.
///
/// # Errors
/// What is wrong with one of them, or [`Error::Stopped`].
pub(crate) async fn wait(compiling: Option<Compiling>, scheduler: &impl Scheduler) -> Result<(), Error> {
    let Some(mut compiling) = compiling else { return Ok(()) };
    while compiling.next().await? {
        if scheduler.yield_now(1.0).await.is_break() {
            return Err(Error::Stopped);
        }
    }
    Ok(())
}

/// 32-bit floats, each times `scale`; anything at all where that is one.
fn scaled(bytes: &[u8], scale: f32) -> Cow<'_, [u8]> {
    if scale == 1.0 {
        return bytes.into();
    }
    let floats = bytes.as_chunks().0.iter();
    floats.flat_map(|bytes| (f32::from_le_bytes(*bytes) * scale).to_le_bytes()).collect()
}

/// The file's tensors in the plan's order, those that make a weight together.
///
/// # Errors
/// [`Error::MissingTensor`] and [`Error::TensorShape`]; [`Error::Config`] where factors are to be
/// scaled that are no floats.
pub(crate) fn tensors<'a, O>(gguf: &'a Gguf, plan: &Plan<O>) -> Result<Vec<Vec<&'a Tensor>>, Error> {
    let parts = |shape: &TensorShape| shape.parts.iter().map(|part| find(gguf, part)).collect();
    let tensors: Vec<Vec<&Tensor>> = plan.tensors.iter().map(parts).collect::<Result<_, Error>>()?;
    let norm = tensors[plan.head.norm.0][0];
    if plan.head.scale != 1.0 && norm.ty != TensorType::F32 {
        return Err(Error::Config { key: "output_norm.weight", value: format!("{:?}", norm.ty) });
    }
    Ok(tensors)
}

/// Divides the rotary frequencies by the factors that the file has for them.
///
/// # Errors
/// [`Error::Config`] for factors that are none; as [`tensors`]; [`Error::Read`].
pub(crate) fn scale_frequencies(gguf: &Gguf, plan: &mut Plan, source: &mut impl Source) -> Result<(), Error> {
    let Some(shape) = plan.rope_factors.take() else { return Ok(()) };
    let tensor = find(gguf, &shape.parts[0])?;
    let mut bytes = vec![0; usize::try_from(tensor.len).unwrap_or(usize::MAX)];
    source.read_at(tensor.offset, &mut bytes)?;
    let mut factors = vec![0.0; shape.cols];
    kernels::reference::dequantize(tensor.ty, &bytes, &mut factors);
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
