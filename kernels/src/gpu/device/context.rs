use super::compiler::Compiler;
use super::pipeline::Pipelines;
use crate::gpu::error::Error;

/// Which variants of the kernels suit an adapter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tuning {
    /// Many threads, workgroup memory: hardware.
    Hardware,
    /// Few threads, no barriers: a "GPU" that is a program on the processor.
    Software,
}

/// What a device has beyond WebGPU's defaults: kernels have variants for it, and one without.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Features {
    /// The fewest threads that a subgroup may have; 0 without subgroup operations.
    pub subgroup: u32,
    /// 16-bit arithmetic.
    pub f16: bool,
    /// `dot4I8Packed` in hardware: the language feature `packed_4x8_integer_dot_product`.
    pub int_dot: bool,
}

/// A device with everything that is shared by the kernels on it.
pub struct Context {
    device: wgpu::Device,
    queue: wgpu::Queue,
    info: wgpu::AdapterInfo,
    tuning: Tuning,
    features: Features,
    pub(super) compiler: Option<Compiler>,
    pub(super) pipelines: Pipelines,
}

impl Context {
    /// A context on a device that exists already.
    #[must_use]
    pub fn new(device: wgpu::Device, queue: wgpu::Queue) -> Self {
        let info = device.adapter_info();
        let tuning =
            if info.device_type == wgpu::DeviceType::Cpu { Tuning::Software } else { Tuning::Hardware };
        let has = |feature| device.features().contains(feature);
        let features = Features {
            subgroup: if has(wgpu::Features::SUBGROUP) { info.subgroup_min_size } else { 0 },
            f16: has(wgpu::Features::SHADER_F16),
            int_dot: tuning == Tuning::Hardware,
        };
        Self { device, queue, info, tuning, features, compiler: None, pipelines: Pipelines::default() }
    }

    /// The same context with kernels for these features: fewer than the device has, or those that
    /// `wgpu` cannot tell of.
    #[must_use]
    pub fn with_features(self, features: Features) -> Self {
        Self { features, ..self }
    }

    /// The same context with kernels for another sort of adapter: slower, but every variant runs
    /// everywhere.
    #[must_use]
    pub fn with_tuning(self, tuning: Tuning) -> Self {
        Self { tuning, ..self }
    }

    /// The same context with something that compiles kernels in parallel.
    #[must_use]
    pub fn with_compiler(self, compiler: Compiler) -> Self {
        Self { compiler: Some(compiler), ..self }
    }

    /// Another context on the same device, for the same kernels: what is made with the one is forgotten
    /// with it.
    #[must_use]
    pub fn again(&self) -> Self {
        Self {
            device: self.device.clone(),
            queue: self.queue.clone(),
            info: self.info.clone(),
            compiler: self.compiler.clone(),
            pipelines: Pipelines::default(),
            ..*self
        }
    }

    /// Asks for a device: in a browser through WebGPU, natively through Vulkan. Natively `name`
    /// chooses the first adapter whose name contains it, in any case; without a name, and in a
    /// browser always, it is the most powerful one.
    ///
    /// The device has the adapter's `f16` and subgroup features, and its own limits for buffer
    /// sizes.
    ///
    /// # Errors
    /// [`Error::NoAdapter`] or [`Error::NoDevice`].
    pub async fn request(name: Option<&str>) -> Result<Self, Error> {
        let instance = wgpu::Instance::new(wgpu::InstanceDescriptor::new_without_display_handle());
        let adapter = match name {
            Some(name) if cfg!(not(target_arch = "wasm32")) => named(&instance, name).await?,
            _ => {
                let power_preference = wgpu::PowerPreference::HighPerformance;
                let options = wgpu::RequestAdapterOptions { power_preference, ..Default::default() };
                instance
                    .request_adapter(&options)
                    .await
                    .map_err(|error| Error::NoAdapter(error.to_string()))?
            }
        };
        let limits = adapter.limits();
        let descriptor = wgpu::DeviceDescriptor {
            label: Some("sotto"),
            required_features: adapter.features() & (wgpu::Features::SHADER_F16 | wgpu::Features::SUBGROUP),
            required_limits: wgpu::Limits {
                max_buffer_size: limits.max_buffer_size,
                max_storage_buffer_binding_size: limits.max_storage_buffer_binding_size,
                ..wgpu::Limits::default()
            },
            ..Default::default()
        };
        let (device, queue) = adapter.request_device(&descriptor).await?;
        Ok(Self::new(device, queue))
    }

    /// For what no type here makes; losses and errors are heard of there too.
    #[must_use]
    pub fn device(&self) -> &wgpu::Device {
        &self.device
    }

    /// What is written here is there before the next submission runs.
    #[must_use]
    pub fn queue(&self) -> &wgpu::Queue {
        &self.queue
    }

    /// The adapter's name, as people know it. Browsers may withhold it.
    #[must_use]
    pub fn adapter(&self) -> &str {
        &self.info.name
    }

    /// Which variants of the kernels are used.
    #[must_use]
    pub fn tuning(&self) -> Tuning {
        self.tuning
    }

    /// What kernels use where they can, of what the device has.
    #[must_use]
    pub fn features(&self) -> Features {
        self.features
    }

    /// Bytes of the largest buffer that kernels can use.
    pub(in crate::gpu) fn binding_limit(&self) -> u64 {
        let limits = self.device.limits();
        limits.max_buffer_size.min(limits.max_storage_buffer_binding_size)
    }

    /// A zeroed buffer that kernels can use and that can be written to and read back.
    pub(in crate::gpu) fn storage(&self, label: &str, bytes: u64) -> Result<wgpu::Buffer, Error> {
        use wgpu::BufferUsages as Usages;
        let limit = self.binding_limit();
        if bytes > limit {
            return Err(Error::TooLarge { what: format!("a buffer for {label}"), size: bytes, limit });
        }
        let usage = Usages::STORAGE | Usages::COPY_SRC | Usages::COPY_DST;
        let size = bytes.max(16).next_multiple_of(16);
        Ok(self.device.create_buffer(&wgpu::BufferDescriptor {
            label: Some(label),
            size,
            usage,
            mapped_at_creation: false,
        }))
    }
}

async fn named(instance: &wgpu::Instance, name: &str) -> Result<wgpu::Adapter, Error> {
    let adapters = instance.enumerate_adapters(wgpu::Backends::all()).await;
    let names: Vec<_> = adapters.iter().map(|adapter| adapter.get_info().name).collect();
    let wanted = name.to_lowercase();
    let found = names.iter().position(|name| name.to_lowercase().contains(&wanted));
    found
        .and_then(|index| adapters.into_iter().nth(index))
        .ok_or_else(|| Error::NoAdapter(format!("none is called {name:?}; there are {}", names.join(", "))))
}
