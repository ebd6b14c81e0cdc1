use std::ops::ControlFlow;

/// Called between pieces of work: lets an event loop run, shows progress, and says whether to go on.
pub trait Scheduler {
    /// `done` is the finished share of the current call's work, from 0 to 1. [`ControlFlow::Break`] stops it.
    fn yield_now(&self, done: f32) -> impl Future<Output = ControlFlow<()>>;

    /// How many tokens of a prompt to read until the next pause, of `most` that there are or that the backend takes at once:
    /// fewer where they take too long to be stopped soon. Called just before they are read. `wanted` is remembered with the
    /// model, for what is learnt of its speed; 0 at first.
    fn prefill_chunk(&self, _wanted: &mut usize, most: usize) -> usize {
        most
    }
}

/// Never pauses, never stops: for command lines and tests.
#[derive(Clone, Copy, Debug, Default)]
pub struct Uninterrupted;

impl Scheduler for Uninterrupted {
    async fn yield_now(&self, _done: f32) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}
