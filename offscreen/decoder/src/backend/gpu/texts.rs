//! Which entries of the KV cache texts have that are written side by side.
//!
//! A cache has one entry for each position that there is room for. A text that is alone has each
//! position's own, and so has one beside others, as far as these are free: what lies there is kept
//! for the next text, which may be alone. The others lie anywhere.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

/// Numbers that are free.
type Free = Rc<RefCell<BTreeSet<usize>>>;

/// A number that is nobody else's until this is dropped.
struct Lease {
    number: usize,
    free: Free,
}

impl Lease {
    /// This number, if it is free.
    fn of(free: &Free, number: usize) -> Option<Self> {
        free.borrow_mut().remove(&number).then(|| Self { number, free: Rc::clone(free) })
    }

    /// Any number, the highest that is free.
    fn any(free: &Free) -> Option<Self> {
        let number = free.borrow_mut().pop_last()?;
        Some(Self { number, free: Rc::clone(free) })
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        self.free.borrow_mut().insert(self.number);
    }
}

/// The entries of the positions of a text, which texts that begin alike share.
type Entries = Vec<Rc<Lease>>;

/// Entries and texts that there are.
pub(super) struct Texts {
    free: Free,
    numbers: Free,
    /// Entries at their own positions that are kept for texts that begin like the last: what a text
    /// that is alone begins with.
    kept: Entries,
}

impl Texts {
    /// Room for so many entries, those of the first `kept` positions in use, and so many texts.
    pub(super) fn new(entries: usize, kept: usize, texts: usize) -> Self {
        let free: Free = Rc::new(RefCell::new((0..entries).collect()));
        let kept = (0..kept).filter_map(|at| Lease::of(&free, at)).map(Rc::new).collect();
        Self { free, numbers: Rc::new(RefCell::new((0..texts).collect())), kept }
    }

    /// Positions that are kept.
    pub(super) fn kept(&self) -> usize {
        self.kept.len()
    }

    /// Adds entries to the `before` that there were.
    pub(super) fn grow(&self, before: usize, entries: usize) {
        self.free.borrow_mut().extend(before..entries);
    }

    /// A text that begins with what is kept, up to so many positions; none where there are as many
    /// texts as there can be.
    pub(super) fn fork(&self, positions: usize) -> Option<Text> {
        let entries = self.kept[..positions.min(self.kept.len())].to_vec();
        Some(Text { number: Lease::any(&self.numbers)?, entries, written: 0, is_begun: false })
    }

    /// Keeps what a text has at its own positions, up to so many, if that is more than is kept.
    /// Gives how many positions that are.
    pub(super) fn adopt(&mut self, mut text: Text, most: usize) -> Option<usize> {
        let is_own = |(at, entry): &(usize, &Rc<Lease>)| entry.number == *at;
        let own = text.entries.iter().take(most).enumerate().take_while(is_own).count();
        (own > self.kept.len()).then(|| {
            text.entries.truncate(own);
            self.kept = std::mem::take(&mut text.entries);
            own
        })
    }

    /// Entries that are free.
    pub(super) fn free(&self) -> usize {
        self.free.borrow().len()
    }

    /// Gives a text entries up to position `end`, in place of any after `pos`; false where there are
    /// not so many.
    pub(super) fn extend(&self, text: &mut Text, pos: usize, end: usize) -> bool {
        text.entries.truncate(pos);
        text.written = text.written.min(pos);
        for at in text.entries.len()..end {
            let Some(entry) = Lease::of(&self.free, at).or_else(|| Lease::any(&self.free)) else {
                return false;
            };
            text.entries.push(Rc::new(entry));
        }
        true
    }
}

/// One of several texts.
pub(crate) struct Text {
    number: Lease,
    entries: Entries,
    /// Entries that the GPU knows of.
    written: usize,
    /// Whether the sampler knows of it.
    is_begun: bool,
}

impl Text {
    /// Another text that begins as this one.
    pub(crate) fn fork(&self, positions: usize) -> Option<Self> {
        let entries = self.entries[..positions.min(self.entries.len())].to_vec();
        Some(Self { number: Lease::any(&self.number.free)?, entries, written: 0, is_begun: false })
    }

    /// Its number among those there can be.
    pub(super) fn number(&self) -> usize {
        self.number.number
    }

    /// Where this position's keys and values are.
    pub(super) fn entry(&self, position: usize) -> usize {
        self.entries[position].number
    }

    /// The positions whose entries the GPU does not know of yet, and now will.
    pub(super) fn unwritten(&mut self) -> std::ops::Range<usize> {
        std::mem::replace(&mut self.written, self.entries.len())..self.entries.len()
    }

    /// Has the sampler forget what it knows of it.
    pub(crate) fn begin_again(&mut self) {
        self.is_begun = false;
    }

    /// Whether the sampler is still to know of it, and now will.
    pub(super) fn begins(&mut self) -> bool {
        !std::mem::replace(&mut self.is_begun, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_share_entries_keep_their_own_and_give_them_back() {
        let mut texts = Texts::new(10, 2, 3);
        let mut a = texts.fork(2).unwrap();
        assert!(texts.extend(&mut a, 2, 4));
        assert_eq!(a.entries.iter().map(|entry| entry.number).collect::<Vec<_>>(), [0, 1, 2, 3]);
        let mut b = a.fork(3).unwrap();
        assert!(texts.extend(&mut b, 3, 5));
        assert_eq!(b.entries.iter().map(|entry| entry.number).collect::<Vec<_>>(), [0, 1, 2, 9, 4]);
        assert_eq!((b.unwritten(), b.unwritten()), (0..5, 5..5));
        assert!(!texts.extend(&mut b, 5, 11), "there are no more");
        assert!(texts.extend(&mut b, 5, 6), "what there was is given back");
        let c = texts.fork(2).unwrap();
        assert!(texts.fork(2).is_none(), "three texts");
        drop(c);
        assert_eq!(texts.adopt(b, 6), Some(3), "up to the entry that is not at its place");
        assert_eq!(texts.adopt(a, 3), None, "no more than that");
        assert_eq!(texts.free.borrow().len(), 10 - 3);
        assert_eq!(texts.numbers.borrow().len(), 3);
    }
}
