//! Pieces of a task that are worked on at once.

use crate::error::Error;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};

/// Works on as many pieces at once as `width` says, each in its own time; the next begins when one
/// is done. `done` receives what became of each, with its number, as they end.
///
/// # Errors
/// The first piece's that fails: the others are dropped.
pub(crate) async fn side_by_side<T, F: Future<Output = Result<T, Error>>>(
    width: impl Fn() -> usize,
    pieces: impl IntoIterator<Item = F>,
    done: impl FnMut(usize, T),
) -> Result<(), Error> {
    let pieces = pieces.into_iter().enumerate();
    let mut work = Work { width, pieces, live: Vec::new(), done };
    poll_fn(|context| work.poll(context)).await
}

struct Work<W, P, F, D> {
    width: W,
    /// Those that are to come.
    pieces: P,
    /// Those that have begun.
    live: Vec<(usize, Pin<Box<F>>)>,
    done: D,
}

impl<T, W, P, F, D> Work<W, P, F, D>
where
    W: Fn() -> usize,
    F: Future<Output = Result<T, Error>>,
    P: Iterator<Item = (usize, F)>,
    D: FnMut(usize, T),
{
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Error>> {
        loop {
            // One that begins makes a step of the model wait for it: all do before any is polled.
            let before = self.live.len();
            while self.live.len() < (self.width)().max(1)
                && let Some((number, piece)) = self.pieces.next()
            {
                self.live.push((number, Box::pin(piece)));
            }
            if self.live.is_empty() {
                return Poll::Ready(Ok(()));
            }
            let mut moved = self.live.len() > before;
            let mut at = 0;
            while let Some((number, piece)) = self.live.get_mut(at) {
                match piece.as_mut().poll(context) {
                    Poll::Pending => at += 1,
                    Poll::Ready(result) => {
                        (self.done)(*number, result?);
                        self.live.remove(at);
                        moved = true;
                    }
                }
            }
            if !moved {
                return Poll::Pending;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::cell::{Cell, RefCell};

    /// Ready when it is asked for the given time.
    async fn turns(count: usize) {
        let mut left = count;
        poll_fn(|context| {
            context.waker().wake_by_ref();
            left = left.saturating_sub(1);
            if left == 0 { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }

    #[test]
    fn as_many_as_fit_are_at_work_and_all_are_done() {
        let (live, most, width) = (Cell::new(0), Cell::new(0), Cell::new(1));
        let piece = async |count: usize| {
            live.set(live.get() + 1);
            most.set(most.get().max(live.get()));
            turns(count).await;
            // What a model's width is shows when it is loaded.
            width.set(3);
            live.set(live.get() - 1);
            Ok(count)
        };
        let ended = RefCell::new(Vec::new());
        let counts = [2, 9, 2, 2, 1, 5];
        let work = side_by_side(
            || width.get(),
            counts.map(piece),
            |number, count| {
                assert_eq!(counts[number], count);
                ended.borrow_mut().push(number);
            },
        );
        pollster::block_on(work).unwrap();
        assert_eq!(most.get(), 3);
        let mut ended = ended.into_inner();
        assert_eq!(ended.last(), Some(&1), "the longest ends last: {ended:?}");
        ended.sort_unstable();
        assert_eq!(ended, [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn a_failure_ends_all() {
        let reached = Cell::new(0);
        let piece = async |count: usize| {
            turns(count).await;
            reached.set(reached.get() + 1);
            if count == 2 { Err(Error::NoText) } else { Ok(()) }
        };
        let work = side_by_side(|| 2, [3, 2, 9].map(piece), |_, ()| {});
        assert!(matches!(pollster::block_on(work), Err(Error::NoText)));
        assert_eq!(reached.get(), 1);
        let none: [std::future::Ready<Result<(), Error>>; 0] = [];
        pollster::block_on(side_by_side(|| 2, none, |_, ()| {})).unwrap();
    }
}
