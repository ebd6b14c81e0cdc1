//! Completions of a real model at once: the answers that they have one after the other.

use crate::load;
use decoder::{Scheduler, Uninterrupted};
use pollster::block_on;
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::ops::ControlFlow;
use std::pin::Pin;
use std::task::Poll;
use tasks::{CompletionOptions, Error, Finish, Model, Prompt};

const PROMPTS: [&str; 6] = [
    "The castle above the river was built in the year",
    "The castle above the river was sold to",
    "Bread is made of",
    "One, two, three, four, five, six,",
    "The castle",
    "In the morning the ferry",
];

/// Tokens that each is allowed, and after how many pieces it is enough.
const LIMITS: [(usize, usize); 6] = [(20, 99), (7, 99), (24, 5), (16, 99), (1, 99), (24, 99)];

async fn complete(model: &Model, at: usize, scheduler: &impl Scheduler) -> Result<(String, Finish), Error> {
    let (max_tokens, mut pieces) = LIMITS[at];
    let mut text = String::new();
    let mut push = |piece: &str| {
        text.push_str(piece);
        pieces -= 1;
        if pieces == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let options = CompletionOptions { max_tokens, ..CompletionOptions::default() };
    let finish = model.complete(Prompt::Text(PROMPTS[at]), &options, &mut push, scheduler).await?;
    Ok((text, finish))
}

/// A completion under way.
type Work<'w, T> = Pin<Box<dyn Future<Output = Result<T, Error>> + 'w>>;

/// Polls all, each of them from its own time on, until all are done or one fails.
async fn all<T>(mut work: Vec<Work<'_, T>>) -> Result<Vec<T>, Error> {
    let mut done: Vec<Option<T>> = work.iter().map(|_| None).collect();
    let mut turn = 0;
    poll_fn(|context| {
        turn += 1;
        for (at, (work, done)) in work.iter_mut().zip(&mut done).enumerate() {
            if done.is_none()
                && turn > 2 * at
                && let Poll::Ready(result) = work.as_mut().poll(context)
            {
                match result {
                    Ok(value) => *done = Some(value),
                    Err(error) => return Poll::Ready(Err(error)),
                }
            }
        }
        if done.iter().all(Option::is_some) {
            return Poll::Ready(Ok(()));
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await?;
    Ok(done.into_iter().flatten().collect())
}

/// Stops after so many turns.
struct Limited(Cell<usize>);

impl Scheduler for Limited {
    async fn yield_now(&self, _: f32) -> ControlFlow<()> {
        self.0.set(self.0.get().saturating_sub(1));
        if self.0.get() == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}

#[test]
fn answers_side_by_side_are_those_of_one_at_a_time() {
    let model = load(tests::DEFAULT_MODEL);
    assert!(model.width() > 1);
    let one = |at: usize| block_on(complete(&model, at, &Uninterrupted)).unwrap();
    let alone: Vec<_> = (0..PROMPTS.len()).map(one).collect();
    let tokens = model.take_usage();
    let together =
        || (0..PROMPTS.len()).map(|at| Box::pin(complete(&model, at, &Uninterrupted)) as Pin<Box<_>>);
    assert_eq!(block_on(all(together().collect())).unwrap(), alone);
    let usage = model.take_usage();
    assert_eq!((usage.output_tokens, usage.prompt_tokens), (tokens.output_tokens, tokens.prompt_tokens));

    // What is broken off at any moment leaves nothing behind.
    for turns in [1, 3, 8, 15] {
        let stop = Limited(Cell::new(turns));
        let stopped = (0..PROMPTS.len()).map(|at| Box::pin(complete(&model, at, &stop)) as Pin<Box<_>>);
        let result = block_on(all::<(String, Finish)>(stopped.collect()));
        assert!(matches!(result, Err(Error::Decoder(decoder::Error::Stopped))));
    }
    let given_up = RefCell::new(Some(Box::pin(complete(&model, 0, &Uninterrupted))));
    block_on(poll_fn(|context| {
        let polled = given_up.borrow_mut().as_mut().map(|work| work.as_mut().poll(context).is_pending());
        assert_eq!(polled, Some(true));
        Poll::Ready(())
    }));
    drop(given_up.take());
    assert_eq!(block_on(all(together().collect())).unwrap(), alone);
}
