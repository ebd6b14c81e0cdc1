use std::ops::ControlFlow;

/// Called between pieces of work: lets an event loop run, shows progress, and says whether to go on.
pub trait Pace {
    /// `done` is the finished share of the current call's work, from 0 to 1. [`ControlFlow::Break`] stops it.
    fn pause(&self, done: f32) -> impl Future<Output = ControlFlow<()>>;
}

/// Never pauses, never stops: for command lines and tests.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unpaced;

impl Pace for Unpaced {
    async fn pause(&self, _done: f32) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}
