//! Where completions come for a decoder that all of them share.
//!
//! Each takes a [`Seat`] and waits for its turn. When all that are seated wait and the decoder is
//! there, one of them has it: alone for a whole completion, or for one step of all of them.

use crate::error::Error;
use decoder::{Decoder, Scheduler, SequenceId, SequenceOptions, Step};
use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::ops::{Deref, DerefMut};
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

/// See above.
pub(crate) struct Desk {
    /// Nothing while somebody has it.
    decoder: Cell<Option<Box<Decoder>>>,
    /// In the order in which they came.
    seats: RefCell<Vec<Rc<Place>>>,
    /// Texts of those who left while somebody had the decoder.
    left: RefCell<Vec<SequenceId>>,
    /// Who waits.
    wakers: RefCell<Vec<Waker>>,
}

/// What is known of one that is seated.
struct Place {
    prompt: Vec<u32>,
    options: SequenceOptions,
    sequence: Cell<Option<SequenceId>>,
    /// Chosen and not taken yet.
    token: Cell<Option<u32>>,
}

/// A completion that is seated, until it is dropped.
pub(crate) struct Seat<'d> {
    desk: &'d Desk,
    place: Rc<Place>,
}

/// The decoder in somebody's hands.
pub(crate) struct Lent<'d> {
    desk: &'d Desk,
    decoder: Option<Box<Decoder>>,
}

/// What comes of waiting.
pub(crate) enum Turn<'d> {
    /// The next token.
    Token(u32),
    /// The decoder: all wait.
    Decoder(Lent<'d>),
}

impl Desk {
    pub(crate) fn new(decoder: Decoder) -> Self {
        Self {
            decoder: Cell::new(Some(Box::new(decoder))),
            seats: RefCell::default(),
            left: RefCell::default(),
            wakers: RefCell::default(),
        }
    }

    /// Has a completion take its seat.
    pub(crate) fn sit(&self, prompt: Vec<u32>, options: SequenceOptions) -> Seat<'_> {
        let (sequence, token) = (Cell::new(None), Cell::new(None));
        let place = Rc::new(Place { prompt, options, sequence, token });
        self.seats.borrow_mut().push(Rc::clone(&place));
        Seat { desk: self, place }
    }

    fn lend(&self) -> Option<Lent<'_>> {
        let decoder = self.decoder.take()?;
        Some(Lent { desk: self, decoder: Some(decoder) })
    }

    fn wake(&self) {
        self.wakers.take().into_iter().for_each(Waker::wake);
    }
}

impl<'d> Seat<'d> {
    /// The tokens that it goes on from.
    pub(crate) fn prompt(&self) -> &[u32] {
        &self.place.prompt
    }

    /// How it goes on.
    pub(crate) fn options(&self) -> &SequenceOptions {
        &self.place.options
    }

    /// Whether nobody else is there, and nothing of it was written beside others.
    pub(crate) fn is_alone(&self) -> bool {
        self.desk.seats.borrow().len() == 1 && self.place.sequence.get().is_none()
    }

    /// Waits for its next token, or for the decoder.
    pub(crate) async fn turn(&self) -> Turn<'d> {
        poll_fn(|context| self.poll_turn(context)).await
    }

    fn poll_turn(&self, context: &mut Context<'_>) -> Poll<Turn<'d>> {
        if let Some(token) = self.place.token.take() {
            return Poll::Ready(Turn::Token(token));
        }
        if self.desk.seats.borrow().iter().all(|place| place.token.get().is_none())
            && let Some(lent) = self.desk.lend()
        {
            return Poll::Ready(Turn::Decoder(lent));
        }
        let mut wakers = self.desk.wakers.borrow_mut();
        if !wakers.iter().any(|waker| waker.will_wake(context.waker())) {
            wakers.push(context.waker().clone());
        }
        Poll::Pending
    }
}

impl Drop for Seat<'_> {
    fn drop(&mut self) {
        self.desk.seats.borrow_mut().retain(|place| !Rc::ptr_eq(place, &self.place));
        self.desk.left.borrow_mut().extend(self.place.sequence.get());
        // Whoever has the decoder sees to it when it is put back.
        drop(self.desk.lend());
        self.desk.wake();
    }
}

impl Lent<'_> {
    /// Computes a step of all that are seated and have room, and hands the tokens out.
    ///
    /// # Errors
    /// As [`Decoder::join`] and [`Decoder::step`].
    pub(crate) async fn step(&mut self, scheduler: &impl Scheduler) -> Result<Step, Error> {
        let seats = self.desk.seats.borrow().clone();
        // Where texts with different adapters cannot be written side by side, those with another than
        // the others have come later, and hold up nobody until then.
        let mut full = Vec::new();
        for place in seats.iter().filter(|place| place.sequence.get().is_none()) {
            if full.contains(&&place.options.adapter) {
                continue;
            }
            match self.join(&place.prompt, &place.options)? {
                Some(id) => place.sequence.set(Some(id)),
                None => full.push(&place.options.adapter),
            }
        }
        let step = (**self).step(scheduler).await?;
        for &(id, token) in &step.chosen {
            let place = seats.iter().find(|place| place.sequence.get() == Some(id));
            if let Some(place) = place {
                place.token.set(Some(token));
            }
        }
        Ok(step)
    }
}

impl Deref for Lent<'_> {
    type Target = Decoder;

    fn deref(&self) -> &Decoder {
        match &self.decoder {
            Some(decoder) => decoder,
            None => unreachable!("put back by nothing but the end of this"),
        }
    }
}

impl DerefMut for Lent<'_> {
    fn deref_mut(&mut self) -> &mut Decoder {
        match &mut self.decoder {
            Some(decoder) => decoder,
            None => unreachable!("put back by nothing but the end of this"),
        }
    }
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let Some(mut decoder) = self.decoder.take() else { return };
        self.desk.left.take().into_iter().for_each(|id| decoder.leave(id));
        self.desk.decoder.set(Some(decoder));
        self.desk.wake();
    }
}
