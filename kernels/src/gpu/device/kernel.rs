//! What a kernel is launched with.

use crate::gpu::error::Error;

/// A kernel of `wgsl` with everything that it is launched with, but how many workgroups.
pub(in crate::gpu) trait Kernel {
    /// # Errors
    /// [`Error::Shape`] where an optional part is there and the permutation doesn't declare it, or
    /// the other way round.
    fn call(&self) -> Result<Call<'_>, Error>;
}

/// What a [`Kernel`] says.
pub(in crate::gpu) struct Call<'a> {
    pub(super) kernel: &'static str,
    pub(super) defines: Vec<&'static str>,
    pub(super) constants: Vec<(&'static str, Constant)>,
    pub(super) bindings: Vec<(u32, Access)>,
    /// One for each binding.
    pub(super) buffers: Vec<&'a wgpu::Buffer>,
}

impl<'a> Call<'a> {
    pub(in crate::gpu) fn new(kernel: &'static str) -> Self {
        Self { kernel, defines: Vec::new(), constants: Vec::new(), bindings: Vec::new(), buffers: Vec::new() }
    }

    pub(in crate::gpu) fn define(&mut self, name: &'static str) {
        self.defines.push(name);
    }

    pub(in crate::gpu) fn constant(&mut self, name: &'static str, value: impl Into<Constant>) {
        self.constants.push((name, value.into()));
    }

    pub(in crate::gpu) fn bind(&mut self, binding: u32, access: Access, buffer: &'a wgpu::Buffer) {
        self.bindings.push((binding, access));
        self.buffers.push(buffer);
    }

    /// What the permutation may or may not declare.
    pub(in crate::gpu) fn optional<T>(
        &self,
        name: &str,
        value: Option<T>,
        declared: bool,
    ) -> Result<Option<T>, Error> {
        if value.is_some() == declared {
            return Ok(value);
        }
        let problem = if declared { "needs" } else { "has no" };
        Err(Error::shape(self.kernel, format!("{} {problem} {name}", self.defines.join(" "))))
    }
}

/// How a kernel uses a binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Storage, read only.
    Read,
    /// Storage, read and written.
    Write,
    /// Uniform.
    Uniform,
}

/// The value of an `override` constant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::gpu) enum Constant {
    Size(usize),
    /// As bits, so that it can be a key.
    Float(u32),
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
