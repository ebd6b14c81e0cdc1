//! Compiling kernels before they are used, several at a time where something can do that.
//!
//! `wgpu` compiles one after the other. A browser compiles in parallel what it is asked to compile
//! asynchronously, which `wgpu` never asks: [`Compiler`](super::compiler::Compiler) stands for
//! whoever does. A kernel that it has compiled is made by `wgpu` at once, since the browser finds
//! what it made from the same source.

use super::compiler::Compilation;
use super::context::Context;
use super::dispatch::Dispatch;
use super::pipeline::Pipeline;
use crate::gpu::error::Error;
use std::collections::VecDeque;
use std::ops::RangeInclusive;
use std::rc::Rc;

/// Kernels that are being compiled.
#[must_use = "kernels are ready when they have been waited for"]
pub struct Compiling(VecDeque<(Rc<Pipeline>, Compilation)>);

impl Context {
    /// Begins to compile what steps of so many tokens launch, and was not compiled before.
    ///
    /// Without a [`Compiler`](super::Compiler) nothing is: kernels are compiled when they are used first.
    pub fn compile<'a>(
        &self,
        dispatches: impl IntoIterator<Item = (&'a Dispatch, RangeInclusive<u32>)>,
    ) -> Compiling {
        let Some(compiler) = &self.compiler else { return Compiling(VecDeque::new()) };
        let mut pipelines: Vec<&Rc<Pipeline>> = Vec::new();
        for pipeline in dispatches.into_iter().flat_map(|(dispatch, tokens)| dispatch.pipelines(tokens)) {
            let is_new = !pipelines.iter().any(|known| Rc::ptr_eq(known, pipeline));
            if is_new && !pipeline.is_compiled() {
                pipelines.push(pipeline);
            }
        }
        let begin = |pipeline: &Rc<Pipeline>| (pipeline.clone(), compiler(&pipeline.source()));
        Compiling(pipelines.into_iter().map(begin).collect())
    }
}

impl Compiling {
    /// Waits for the next kernel; false when there is none.
    ///
    /// # Errors
    /// [`Error::Compile`] when there is something wrong with it.
    pub async fn next(&mut self) -> Result<bool, Error> {
        let Some((pipeline, compilation)) = self.0.pop_front() else { return Ok(false) };
        // Kept until the pipeline is made: it is what the browser finds.
        let _compiled = compilation.await.map_err(|problem| pipeline.error(problem))?;
        pipeline.compiled();
        Ok(true)
    }
}
