//! Pipelines, each made once.

use super::compiler::KernelSource;
use super::context::Context;
use super::shader::{self, Access};
use crate::gpu::error::Error;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

/// What a pipeline is made from, and found by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::gpu) struct Key {
    /// The kernel's name.
    pub(in crate::gpu) kernel: &'static str,
    /// The permutation: what is defined.
    pub(in crate::gpu) defines: Vec<&'static str>,
    /// Values of `override` constants; those that the permutation doesn't have are left out.
    pub(in crate::gpu) constants: Vec<(&'static str, Constant)>,
}

/// The value of an `override` constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::gpu) enum Constant {
    /// A size.
    Size(usize),
    /// A factor, as bits so that it can be a key.
    Float(u32),
    /// A switch.
    Switch(bool),
}

impl From<usize> for Constant {
    fn from(size: usize) -> Self {
        Self::Size(size)
    }
}

impl From<f32> for Constant {
    fn from(value: f32) -> Self {
        Self::Float(value.to_bits())
    }
}

impl From<bool> for Constant {
    fn from(on: bool) -> Self {
        Self::Switch(on)
    }
}

impl From<Constant> for f64 {
    fn from(constant: Constant) -> Self {
        match constant {
            Constant::Size(size) => size as Self,
            Constant::Float(bits) => Self::from(f32::from_bits(bits)),
            Constant::Switch(on) => Self::from(u8::from(on)),
        }
    }
}

/// A kernel and the layout of its buffers; compiled when it is first used, as many never are.
pub(in crate::gpu) struct Pipeline {
    pub(in crate::gpu) layout: wgpu::BindGroupLayout,
    pub(in crate::gpu) bindings: Vec<(u32, Access)>,
    device: wgpu::Device,
    module: Module,
    key: Key,
    compiled: OnceCell<wgpu::ComputePipeline>,
}

impl Pipeline {
    /// Whether it was compiled, or begun to be.
    pub(in crate::gpu) fn is_compiled(&self) -> bool {
        self.compiled.get().is_some()
    }

    /// What [`Self::compiled`] compiles.
    pub(in crate::gpu) fn source(&self) -> KernelSource {
        KernelSource {
            name: self.key.kernel,
            wgsl: self.module.text.clone(),
            constants: self.constants(),
            bindings: self.bindings.clone(),
        }
    }

    /// An error of compiling it.
    pub(in crate::gpu) fn error(&self, problem: String) -> Error {
        Error::Compile { kernel: self.key.kernel, problem }
    }

    fn constants(&self) -> Vec<(&'static str, f64)> {
        self.key.constants.iter().map(|&(name, value)| (name, value.into())).collect()
    }

    /// The compiled kernel. Browsers compile in another process, which this does not wait for.
    pub(in crate::gpu) fn compiled(&self) -> &wgpu::ComputePipeline {
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
pub(in crate::gpu) struct Pipelines {
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

impl Context {
    /// The pipeline for `key`, made when it is asked for first.
    pub(in crate::gpu) fn pipeline(&self, mut key: Key) -> Result<Rc<Pipeline>, Error> {
        let module = self.module(key.kernel, &key.defines)?;
        key.constants.retain(|(name, _)| module.text.contains(&format!("override {name}:")));
        if let Some(pipeline) = self.pipelines.pipelines.borrow().get(&key) {
            return Ok(pipeline.clone());
        }
        let bindings = shader::bindings(&module.text);
        let layout = self.layout(key.kernel, &bindings);
        let (device, compiled) = (self.device().clone(), OnceCell::new());
        let pipeline = Rc::new(Pipeline { layout, bindings, device, module, key: key.clone(), compiled });
        self.pipelines.pipelines.borrow_mut().insert(key, pipeline.clone());
        Ok(pipeline)
    }

    fn module(&self, kernel: &'static str, defines: &[&'static str]) -> Result<Module, Error> {
        let key = (kernel, defines.to_vec());
        if let Some(module) = self.pipelines.modules.borrow().get(&key) {
            return Ok(module.clone());
        }
        let text: Rc<str> = (shader::enables(defines) + &shader::finish(kernel, defines)?).into();
        let module = self.device().create_shader_module(wgpu::ShaderModuleDescriptor {
            label: Some(kernel),
            source: wgpu::ShaderSource::Wgsl((&*text).into()),
        });
        let module = Module { module, text };
        self.pipelines.modules.borrow_mut().insert(key, module.clone());
        Ok(module)
    }

    fn layout(&self, kernel: &str, bindings: &[(u32, Access)]) -> wgpu::BindGroupLayout {
        let entries: Vec<_> = bindings
            .iter()
            .map(|&(binding, access)| wgpu::BindGroupLayoutEntry {
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
            })
            .collect();
        let descriptor = wgpu::BindGroupLayoutDescriptor { label: Some(kernel), entries: &entries };
        self.device().create_bind_group_layout(&descriptor)
    }
}
