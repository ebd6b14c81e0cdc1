//! What the kernels know of options and texts.

use crate::gpu::device::Context;
use crate::gpu::error::Error;
use crate::gpu::wgsl::SampleScan;
use crate::ops::{SampleOptions, Thresholds, WHOLE};
use bytemuck::{Pod, Zeroable};

/// Tokens that a vocabulary may have: sums of their probabilities must not overflow.
const LARGEST_VOCABULARY: usize = 1 << 19;

/// Options of a row of logits: `shared/sampling.wgsl`.
#[derive(Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Sampling {
    scale: f32,
    penalty: f32,
    inverse_penalty: f32,
    seed: u32,
    pub(super) top_k: u32,
    top_p: u32,
    farthest: u32,
    flags: u32,
    pub(super) text: u32,
    pub(super) draw: u32,
    unused: [u32; 2],
}

impl Sampling {
    pub(super) fn new(options: &SampleOptions, bias: &[(u32, f32)]) -> Self {
        let thresholds = Thresholds::new(options);
        Self {
            scale: thresholds.scale,
            penalty: options.repetition_penalty,
            inverse_penalty: options.repetition_penalty.recip(),
            seed: options.seed,
            top_k: thresholds.top_k,
            top_p: thresholds.top_p,
            farthest: thresholds.farthest,
            // As in the WGSL.
            flags: u32::from(penalises(options))
                | u32::from(!bias.is_empty()) << 1
                | u32::from(!options.is_greedy()) << 2,
            text: 0,
            draw: 0,
            unused: [0; 2],
        }
    }

    /// Whether there is a `top_k`, and a `top_p`.
    pub(super) fn filters(&self) -> (bool, bool) {
        (self.top_k > 0, (self.top_p as usize) < WHOLE as usize)
    }
}

/// Whether seen tokens matter.
pub(super) fn penalises(options: &SampleOptions) -> bool {
    options.repetition_penalty != 1.0
}

/// Options of each row of logits; bias and seen tokens of each text; the number of the draw.
pub(super) struct State {
    pub(super) vocab: usize,
    pub(super) options: wgpu::Buffer,
    pub(super) bias: wgpu::Buffer,
    pub(super) seen: wgpu::Buffer,
    pub(super) counter: wgpu::Buffer,
}

impl State {
    /// # Errors
    /// [`Error::TooLarge`] for more than 2^19 tokens, or when the device cannot bind so much.
    pub(super) fn new(gpu: &Context, vocab: usize, texts: usize) -> Result<Self, Error> {
        if vocab > LARGEST_VOCABULARY {
            let (what, limit) = ("a vocabulary".to_owned(), LARGEST_VOCABULARY as u64);
            return Err(Error::TooLarge { what, size: vocab as u64, limit });
        }
        let options = gpu.device().create_buffer(&wgpu::BufferDescriptor {
            label: Some("sampling"),
            size: (SampleScan::MOST_ROWS * size_of::<Sampling>()) as u64,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        Ok(Self {
            vocab,
            options,
            bias: gpu.storage("bias", 4 * (texts * vocab) as u64)?,
            seen: gpu.storage("seen", 4 * (texts * vocab.div_ceil(32)) as u64)?,
            counter: gpu.storage("counter", 4)?,
        })
    }

    pub(super) fn write_options(&self, gpu: &Context, rows: &[Sampling]) {
        gpu.queue().write_buffer(&self.options, 0, bytemuck::cast_slice(rows));
    }

    /// Sets what is added to logits of a text: a number for each token.
    pub(super) fn write_bias(&self, gpu: &Context, text: usize, bias: &[(u32, f32)]) {
        let mut dense = vec![0.0; self.vocab];
        for &(id, bias) in bias {
            if let Some(sum) = dense.get_mut(id as usize) {
                *sum += bias;
            }
        }
        let offset = 4 * (text * self.vocab) as u64;
        gpu.queue().write_buffer(&self.bias, offset, bytemuck::cast_slice::<f32, u8>(&dense));
    }

    /// Sets the tokens that a text has seen: a bit for each.
    pub(super) fn write_seen(&self, gpu: &Context, text: usize, seen: impl IntoIterator<Item = u32>) {
        let mut bits = vec![0_u32; self.vocab.div_ceil(32)];
        for id in seen {
            if let Some(word) = bits.get_mut(id as usize / 32) {
                *word |= 1 << (id % 32);
            }
        }
        let offset = 4 * (text * bits.len()) as u64;
        gpu.queue().write_buffer(&self.seen, offset, bytemuck::cast_slice(&bits));
    }
}
