//! Pipelines, each made once.

use super::compiler::KernelSource;
use super::kernel::{Access, Call, Constant};
use super::shader;
use crate::gpu::error::Error;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// What a pipeline is found by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct Key {
    kernel: &'static str,
    /// The permutation: what is defined.
    defines: Vec<&'static str>,
    constants: Vec<(&'static str, Constant)>,
}

/// A kernel and the layout of its buffers; compiled when it is first used, as many never are.
pub(super) struct Pipeline {
    pub(super) layout: wgpu::BindGroupLayout,
    bindings: Vec<(u32, Access)>,
    device: wgpu::Device,
    module: Module,
    key: Key,
    compiled: OnceCell<wgpu::ComputePipeline>,
}

impl Pipeline {
    /// Whether it was compiled, or begun to be.
    pub(super) fn is_compiled(&self) -> bool {
        self.compiled.get().is_some()
    }

    /// What [`Self::compiled`] compiles.
    pub(super) fn source(&self) -> KernelSource {
        KernelSource {
            name: self.key.kernel,
            wgsl: self.module.text.clone(),
            constants: self.constants(),
            bindings: self.bindings.clone(),
        }
    }

    /// An error of compiling it.
    pub(super) fn error(&self, problem: String) -> Error {
        Error::Compile { kernel: self.key.kernel, problem }
    }

    fn constants(&self) -> Vec<(&'static str, f64)> {
        self.key.constants.iter().map(|&(name, value)| (name, value.into())).collect()
    }

    /// The compiled kernel. Browsers compile in another process, which this does not wait for.
    pub(super) fn compiled(&self) -> &wgpu::ComputePipeline {
        self.compiled.get_or_init(|| {
            let label = Some(self.key.kernel);
            let layout = self.device.create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
                label,
                bind_group_layouts: &[Some(&self.layout)],
                immediate_size: 0,
            });
            self.device.create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
                label,
                layout: Some(&layout),
                module: &self.module.module,
                entry_point: Some("main"),
                compilation_options: wgpu::PipelineCompilationOptions {
                    constants: &self.constants(),
                    // Every kernel writes its workgroup memory before it reads it.
                    zero_initialize_workgroup_memory: false,
                },
                cache: None,
            })
        })
    }
}

/// Every pipeline made so far.
#[derive(Default)]
pub(super) struct Pipelines {
    modules: RefCell<HashMap<(&'static str, Vec<&'static str>), Module>>,
    pipelines: RefCell<HashMap<Key, Rc<Pipeline>>>,
}

/// A kernel handed to the device.
#[derive(Clone)]
struct Module {
    module: wgpu::ShaderModule,
    /// With its `enable` lines.
    text: Rc<str>,
}

impl Pipelines {
    /// The pipeline for `call`, made when it is asked for first.
    pub(super) fn get(&self, device: &wgpu::Device, call: &Call<'_>) -> Result<Rc<Pipeline>, Error> {
        let Call { kernel, defines, constants, bindings, .. } = call;
        let key = Key { kernel, defines: defines.clone(), constants: constants.clone() };
        if let Some(pipeline) = self.pipelines.borrow().get(&key) {
            return Ok(pipeline.clone());
        }
        let pipeline = Rc::new(Pipeline {
            layout: layout(device, kernel, bindings),
            bindings: bindings.clone(),
            device: device.clone(),
            module: self.module(device, kernel, defines)?,
            key: key.clone(),
            compiled: OnceCell::new(),
        });
        self.pipelines.borrow_mut().insert(key, pipeline.clone());
        Ok(pipeline)
    }

    fn module(
        &self,
        device: &wgpu::Device,
        kernel: &'static str,
        defines: &[&'static str],
    ) -> Result<Module, Error> {
        let key = (kernel, defines.to_vec());
        if let Some(module) = self.modules.borrow().get(&key) {
            return Ok(module.clone());
        }
        let text: Rc<str> = shader::finish(kernel, defines)?.into();
        let module = device.create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some(kernel),
            source: wgpu::ShaderSource::Wgsl((&*text).into()),
        });
        let module = Module { module, text };
        self.modules.borrow_mut().insert(key, module.clone());
        Ok(module)
    }
}

fn layout(device: &wgpu::Device, kernel: &str, bindings: &[(u32, Access)]) -> wgpu::BindGroupLayout {
    let entry = |&(binding, access): &(u32, Access)| wgpu::BindGroupLayoutEntry {
        binding,
        visibility: wgpu::ShaderStages::COMPUTE,
        ty: wgpu::BindingType::Buffer {
            ty: match access {
                Access::Read => wgpu::BufferBindingType::Storage { read_only: true },
                Access::Write => wgpu::BufferBindingType::Storage { read_only: false },
                Access::Uniform => wgpu::BufferBindingType::Uniform,
            },
            has_dynamic_offset: false,
            min_binding_size: None,
        },
        count: None,
    };
    let entries: Vec<_> = bindings.iter().map(entry).collect();
    device
        .create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor { label: Some(kernel), entries: &entries })
}
