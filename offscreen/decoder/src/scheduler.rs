use std::ops::ControlFlow;

/// What work is shared out by: called between its pieces, it lets an event loop run, shows progress
/// and says whether to go on.
pub trait Scheduler {
    /// `done` is the finished share of the current call's work, from 0 to 1. [`ControlFlow::Break`]
    /// stops it. Pieces of work that are done side by side may call it while another waits.
    fn yield_now(&self, done: f32) -> impl Future<Output = ControlFlow<()>>;

    /// How many tokens of a prompt to compute until the next call of [`Self::yield_now`], of `most`
    /// that are left or that the backend takes at once: fewer where they take too long to be
    /// stopped soon. Called just before they are computed. `preferred` is kept with the model, for
    /// what is learnt of its speed; 0 at first.
    fn prefill_chunk(&self, _preferred: &mut usize, most: usize) -> usize {
        most
    }
}

/// Never yields, never stops: for command lines and tests.
#[derive(Clone, Copy, Debug, Default)]
pub struct Uninterrupted;

impl Scheduler for Uninterrupted {
    async fn yield_now(&self, _done: f32) -> ControlFlow<()> {
        ControlFlow::Continue(())
    }
}
