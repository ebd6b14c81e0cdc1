//! A device, random inputs, one step of one kernel, and how its output is judged.

use gguf::TensorType;
use half::f16;
use kernels::gpu::{Context, Dispatch, Features, Readback, Rows, Step, Tuning, Weight};
use kernels::{Matrix, ops};
use proptest::test_runner::Config;
use std::sync::OnceLock;

/// Normalised mean square error that arithmetic in `f32` may differ by.
pub(crate) const NMSE_F32: f64 = 1e-7;

/// The same where tiles are kept in 16 bits.
pub(crate) const NMSE_F16: f64 = 1e-6;

/// The same where activations are rounded to 8-bit integers.
pub(crate) const NMSE_INT: f64 = 5e-5;

/// Scales of ordinary size.
pub(crate) const SCALE: f32 = 0.1;

/// What the rows around an output hold.
const SENTINEL: f32 = 777.25;

/// Columns for a matrix of about `blocks` blocks of 32, as the type allows.
pub(crate) fn cols(ty: TensorType, blocks: usize) -> usize {
    (32 * blocks).next_multiple_of(ty.block_len())
}

/// Few cases each, since each compiles its own pipelines, which takes a software adapter long;
/// `PROPTEST_CASES` asks for more. Nothing is written to disk.
pub(crate) fn few(cases: u32) -> Config {
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    Config {
        cases: asked.unwrap_or(cases),
        failure_persistence: None,
        max_shrink_iters: 8,
        ..Config::default()
    }
}

/// A context on the tests' one device, or a failure that says what to install. `SOTTO_ADAPTER`
/// chooses by name.
pub(crate) fn device() -> Context {
    static DEVICE: OnceLock<(wgpu::Device, wgpu::Queue)> = OnceLock::new();
    let (device, queue) = DEVICE.get_or_init(|| {
        let name = std::env::var("SOTTO_ADAPTER").ok();
        let gpu = pollster::block_on(Context::request(name.as_deref())).unwrap_or_else(|error| {
            panic!(
                "{error}. These tests need a Vulkan driver; a software one will do: \
                 apt-get install mesa-vulkan-drivers"
            )
        });
        (gpu.device().clone(), gpu.queue().clone())
    });
    Context::new(device.clone(), queue.clone())
}

/// The device with the kernels of hardware or of software adapters.
pub(crate) fn tuned(hardware: bool) -> Context {
    device().with_tuning(if hardware { Tuning::Hardware } else { Tuning::Software })
}

/// The kernels of hardware with subgroups and without them, and those of software adapters.
pub(crate) fn variants() -> [Context; 3] {
    let plain = Features { subgroup: 0, ..device().features() };
    [tuned(true), tuned(true).with_features(plain), tuned(false)]
}

/// A device that binds no more than so many bytes at once.
pub(crate) fn limited(bytes: u64) -> Context {
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle());
    let adapter = pollster::block_on(instance.request_adapter(&Default::default())).unwrap();
    let required_limits = wgpu::Limits { max_storage_buffer_binding_size: bytes, ..Default::default() };
    let descriptor = wgpu::DeviceDescriptor { required_limits, ..Default::default() };
    let (device, queue) = pollster::block_on(adapter.request_device(&descriptor)).unwrap();
    Context::new(device, queue)
}

/// Repeatable numbers, evenly in -1..1 (xorshift).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn bits(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.bits() >> 33).unwrap() % end
    }

    pub(crate) fn value(&mut self) -> f32 {
        (self.bits() >> 40) as f32 / (1_u64 << 23) as f32 - 1.0
    }

    pub(crate) fn values(&mut self, len: usize) -> Vec<f32> {
        (0..len).map(|_| self.value()).collect()
    }

    /// Blocks of a matrix: random quants, scales up to `scale`.
    pub(crate) fn blocks(&mut self, ty: TensorType, rows: usize, cols: usize, scale: f32) -> Vec<u8> {
        let half = |value: f32| f16::from_f32(value).to_le_bytes();
        let mut bytes = Vec::new();
        for _ in 0..rows * cols / ty.block_len() {
            match ty {
                TensorType::F32 => bytes.extend(self.value().to_le_bytes()),
                TensorType::F16 => bytes.extend(half(self.value())),
                TensorType::Bf16 => bytes.extend(&self.value().to_le_bytes()[2..]),
                _ => {
                    let start = bytes.len();
                    bytes.extend((0..ty.block_bytes()).map(|_| self.bits().to_le_bytes()[3]));
                    for at in ty.halves().iter().map(|at| start + at) {
                        bytes[at..at + 2].copy_from_slice(&half(self.value() * scale));
                    }
                }
            }
        }
        bytes
    }
}

/// A matrix on the device and on the processor.
pub(crate) struct Pair {
    pub(crate) gpu: Weight,
    ty: TensorType,
    bytes: Vec<u8>,
}

impl Pair {
    pub(crate) fn new(gpu: &Context, random: &mut Random, ty: TensorType, rows: usize, cols: usize) -> Self {
        Self::with_scale(gpu, random, ty, rows, cols, SCALE)
    }

    /// With scales of quantised types up to `scale`.
    pub(crate) fn with_scale(
        gpu: &Context,
        random: &mut Random,
        ty: TensorType,
        rows: usize,
        cols: usize,
        scale: f32,
    ) -> Self {
        let bytes = random.blocks(ty, rows, cols, scale);
        let mut weight = Weight::new(gpu, "test", ty, rows, cols).unwrap();
        weight.write(gpu, 0, &bytes).unwrap();
        Self { gpu: weight, ty, bytes }
    }

    pub(crate) fn cpu(&self) -> Matrix<'_> {
        Matrix::new(self.ty, self.gpu.rows(), self.gpu.cols(), &self.bytes).unwrap()
    }
}

/// A vector on the device.
pub(crate) fn vector(gpu: &Context, values: &[f32]) -> Weight {
    let mut weight = Weight::new(gpu, "vector", TensorType::F32, 1, values.len()).unwrap();
    weight.write(gpu, 0, bytemuck::cast_slice(values)).unwrap();
    weight
}

/// A row as products read it: the first four values of each block of 32, then the second four, and
/// so on.
pub(crate) fn interleaved(row: &[f32]) -> Vec<f32> {
    let place = |i: usize| 4 * (i % 32 / 4 * (row.len() / 32) + i / 32) + i % 4;
    let mut interleaved = vec![0.0; row.len()];
    row.iter().enumerate().for_each(|(i, value)| interleaved[place(i)] = *value);
    interleaved
}

/// `values` as rows on the device, and a row of NaN after them.
pub(crate) fn input(gpu: &Context, values: &[f32], width: usize) -> Rows {
    let rows = Rows::new(gpu, "input", values.len() / width + 1, width).unwrap();
    rows.write(gpu, 0, values);
    rows.write(gpu, values.len() / width, &vec![f32::NAN; width]);
    rows
}

/// `values` as rows to be written, and a row of sentinels after them.
pub(crate) fn output(gpu: &Context, values: &[f32], width: usize) -> Rows {
    let rows = Rows::new(gpu, "output", values.len() / width + 1, width).unwrap();
    rows.write(gpu, 0, values);
    rows.write(gpu, values.len() / width, &vec![SENTINEL; width]);
    rows
}

/// Runs one kernel for a step.
pub(crate) fn run(gpu: &Context, dispatch: &Dispatch, step: &Step, pos: usize, n_tokens: usize) {
    let n_tokens = u32::try_from(n_tokens).unwrap();
    step.write(gpu, u32::try_from(pos).unwrap(), n_tokens);
    let mut encoder = gpu.device().create_command_encoder(&wgpu::CommandEncoderDescriptor::default());
    {
        let mut pass = encoder.begin_compute_pass(&wgpu::ComputePassDescriptor::default());
        dispatch.encode(&mut pass, n_tokens);
    }
    gpu.queue().submit([encoder.finish()]);
}

/// All of a buffer.
pub(crate) fn read<T: bytemuck::Pod>(gpu: &Context, buffer: &wgpu::Buffer) -> Vec<T> {
    let mut readback = Readback::new(gpu, buffer.size());
    pollster::block_on(readback.read(gpu, buffer, 0..buffer.size())).unwrap()
}

/// The rows of an [`output`], after checking that the sentinels are still there.
pub(crate) fn result(gpu: &Context, rows: &Rows) -> Vec<f32> {
    let mut values = read::<f32>(gpu, rows.buffer());
    values.truncate(rows.rows() * rows.width());
    let sentinels = values.split_off((rows.rows() - 1) * rows.width());
    assert!(sentinels.iter().all(|&value| value == SENTINEL), "written past the last token");
    values
}

/// `Σ (found - expected)² / Σ expected²`.
pub(crate) fn nmse(found: &[f32], expected: &[f32]) -> f64 {
    assert_eq!(found.len(), expected.len());
    let square = |x: f64| x * x;
    let error: f64 = found.iter().zip(expected).map(|(f, e)| square(f64::from(*f) - f64::from(*e))).sum();
    let total: f64 = expected.iter().map(|e| square(f64::from(*e))).sum();
    error / total
}

/// Rotary frequencies, for heads of `head_dim`.
pub(crate) fn frequencies(head_dim: usize) -> Vec<f32> {
    ops::rope_frequencies(10_000.0, head_dim)
}
