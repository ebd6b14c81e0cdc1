//! Pipelines, each made once.

use super::shader::{Access, Shader, shader};
use super::{Context, Error};
use std::cell::RefCell;
use std::collections::HashMap;

/// What a pipeline is made from, and found by.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    /// The kernel's name.
    pub(super) kernel: &'static str,
    /// The permutation, or nothing.
    pub(super) define: &'static str,
    /// Values of its `override` constants.
    pub(super) constants: Vec<(&'static str, Constant)>,
}

/// The value of an `override` constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Constant {
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

/// A compiled kernel and the layout of its buffers.
#[derive(Clone)]
pub(super) struct Pipeline {
    pub(super) pipeline: wgpu::ComputePipeline,
    pub(super) layout: wgpu::BindGroupLayout,
    pub(super) shader: &'static Shader,
}

/// Every pipeline made so far.
#[derive(Default)]
pub(super) struct Pipelines {
    modules: RefCell<HashMap<(&'static str, &'static str), wgpu::ShaderModule>>,
    pipelines: RefCell<HashMap<Key, Pipeline>>,
}

impl Context {
    /// The pipeline for `key`, made when it is asked for first.
    pub(super) fn pipeline(&self, key: Key) -> Result<Pipeline, Error> {
        if let Some(pipeline) = self.pipelines.pipelines.borrow().get(&key) {
            return Ok(pipeline.clone());
        }
        let shader = shader(key.kernel, key.define)
            .ok_or_else(|| Error::shape(key.kernel, format!("there is no permutation {:?}", key.define)))?;
        let layout = self.layout(shader);
        let constants: Vec<_> = key.constants.iter().map(|&(name, value)| (name, value.into())).collect();
        let module = self.module(shader);
        let pipeline = self.device().create_compute_pipeline(&wgpu::ComputePipelineDescriptor {
            label: Some(key.kernel),
            layout: Some(&self.device().create_pipeline_layout(&wgpu::PipelineLayoutDescriptor {
                label: Some(key.kernel),
                bind_group_layouts: &[Some(&layout)],
                immediate_size: 0,
            })),
            module: &module,
            entry_point: Some("main"),
            compilation_options: wgpu::PipelineCompilationOptions {
                constants: &constants,
                // Every kernel writes its workgroup memory before it reads it.
                zero_initialize_workgroup_memory: false,
            },
            cache: None,
        });
        let pipeline = Pipeline { pipeline, layout, shader };
        self.pipelines.pipelines.borrow_mut().insert(key, pipeline.clone());
        Ok(pipeline)
    }

    fn module(&self, shader: &'static Shader) -> wgpu::ShaderModule {
        let mut modules = self.pipelines.modules.borrow_mut();
        let module = modules.entry((shader.kernel, shader.define)).or_insert_with(|| {
            self.device().create_shader_module(wgpu::ShaderModuleDescriptor {
                label: Some(shader.kernel),
                source: wgpu::ShaderSource::Wgsl(shader.source.into()),
            })
        });
        module.clone()
    }

    fn layout(&self, shader: &Shader) -> wgpu::BindGroupLayout {
        let entries: Vec<_> = shader
            .bindings
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
        let descriptor = wgpu::BindGroupLayoutDescriptor { label: Some(shader.kernel), entries: &entries };
        self.device().create_bind_group_layout(&descriptor)
    }
}
