//! Threads that share the work of one operation at a time.
//!
//! An operation is cut into parts, and whoever is free takes the next: a thread that is slow or
//! kept busy by something else takes fewer, and one that does not come at all is not waited for. So
//! there is no barrier that everybody must reach, only the end of the parts that were taken.
//!
//! Whoever waits (a worker for work, the caller for the last parts) looks for it for a moment, then
//! sleeps: where there are more threads than free cores, spinning keeps the core from the one that
//! is waited for.
#![expect(
    unsafe_code,
    reason = "workers borrow what the caller of `run` owns, which the compiler cannot follow"
)]

use std::hint::spin_loop;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, AtomicPtr, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Times that a thread looks for what it waits for before it sleeps: some tenths of a millisecond,
/// which is more than the time between two operations of a forward pass. Miri, which is slow, is
/// to see threads sleep.
const SPIN_LIMIT: u32 = if cfg!(miri) { 8 } else { 20_000 };

/// What is done with each part. It doesn't unwind: [`Pool::run`] sees to that.
type Body<'a> = &'a (dyn Fn(usize) + Sync);

/// The threads of a process: the one that calls [`Pool::run`], and workers that call
/// [`Pool::serve`].
pub struct Pool {
    /// Whether an operation is shared at the moment. Another that comes meanwhile, from another
    /// thread or from a part of this one, is not shared.
    busy: AtomicBool,
    /// Parts of the operation at hand (upper half), and the next one to take: in one word, so that
    /// whoever takes a part knows that it is one of the operation that `body` belongs to.
    parts: AtomicU32,
    /// The operation's [`Body`], which lives until all parts are done.
    body: AtomicPtr<()>,
    /// Parts that are done.
    done: AtomicU32,
    /// Whether the caller of `run` sleeps until they all are.
    waiting: AtomicBool,
    /// Workers that came.
    workers: AtomicUsize,
    /// Threads that may take part.
    limit: AtomicUsize,
    /// Workers that sleep.
    asleep: AtomicUsize,
    /// Held from looking for the last time to sleeping, and before waking: nobody is missed.
    lock: Mutex<()>,
    posted: Condvar,
    finished: Condvar,
}

impl Pool {
    /// No workers yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            busy: AtomicBool::new(false),
            parts: AtomicU32::new(0),
            body: AtomicPtr::new(std::ptr::null_mut()),
            done: AtomicU32::new(0),
            waiting: AtomicBool::new(false),
            workers: AtomicUsize::new(0),
            limit: AtomicUsize::new(usize::MAX),
            asleep: AtomicUsize::new(0),
            lock: Mutex::new(()),
            posted: Condvar::new(),
            finished: Condvar::new(),
        }
    }

    /// Threads that share the work: the caller of [`Self::run`] and the workers, as many as
    /// [`Self::limit`] allows.
    #[must_use]
    pub fn threads(&self) -> usize {
        self.limit.load(Ordering::Relaxed).min(self.workers() + 1)
    }

    /// Threads that have called [`Self::serve`], whether or not the limit lets them work.
    #[must_use]
    pub fn workers(&self) -> usize {
        self.workers.load(Ordering::Relaxed)
    }

    /// Lets so many threads share the work from now on, at least one; the other workers sleep.
    pub fn limit(&self, threads: usize) {
        self.limit.store(threads.max(1), Ordering::SeqCst);
        self.wake(&self.posted);
    }

    /// Makes a worker of the calling thread, for ever.
    pub fn serve(&self) -> ! {
        let number = self.workers.fetch_add(1, Ordering::Relaxed) + 1;
        let mut spins = 0;
        loop {
            if number < self.limit.load(Ordering::SeqCst) && self.do_part() {
                spins = 0;
            } else if spins < SPIN_LIMIT {
                spins += 1;
                spin_loop();
            } else {
                spins = 0;
                self.sleep(number);
            }
        }
    }

    /// Does `work` for each part `0..parts`, shared among the threads, and returns when all are
    /// done. While one operation is shared, others (those that parts of it start, too) are done by
    /// the thread that brings them.
    ///
    /// # Panics
    /// When there are more than 65,535 parts. When `work` does for some of them: after the others
    /// are done, with the first panic.
    pub fn run(&self, parts: usize, work: impl Fn(usize) + Sync) {
        let count = u32::from(u16::try_from(parts).expect("at most 65,535 parts"));
        if count <= 1 || self.threads() == 1 || self.busy.swap(true, Ordering::Acquire) {
            return (0..parts).for_each(work);
        }
        // Unwinding would free what others still work on, or end a worker that is waited for. They
        // are kept, not dropped on the way: that may panic too.
        let panics = Mutex::new(Vec::new());
        let caught = |part| {
            if let Err(panic) = catch_unwind(AssertUnwindSafe(|| work(part))) {
                panics.lock().unwrap_or_else(PoisonError::into_inner).push(panic);
            }
        };
        let mut body: Body<'_> = &caught;
        self.body.store((&raw mut body).cast(), Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
        self.parts.store(count << 16, Ordering::SeqCst);
        if self.asleep.load(Ordering::SeqCst) > 0 {
            self.wake(&self.posted);
        }
        while self.do_part() {}
        self.wait(count);
        self.busy.store(false, Ordering::Release);
        let panics = panics.into_inner().unwrap_or_else(PoisonError::into_inner);
        if let Some(first) = panics.into_iter().next() {
            resume_unwind(first);
        }
    }

    /// Runs `work` on each piece of `len` elements of `data`, with its index; the last piece may be
    /// shorter.
    pub fn chunks<T: Send>(&self, data: &mut [T], len: usize, work: impl Fn(usize, &mut [T]) + Sync) {
        let (total, data) = (data.len(), Data(data.as_mut_ptr()));
        self.run(total.div_ceil(len), |index| {
            let (start, data) = (index * len, &data);
            let len = len.min(total - start);
            // SAFETY: pieces lie within `data` and don't overlap, each is handed out once, and
            // `data` is borrowed until `run` returns.
            work(index, unsafe { std::slice::from_raw_parts_mut(data.0.add(start), len) });
        });
    }

    /// How many of `count` equal tasks, each of so many multiplications, should make a part: few
    /// enough for threads of different speed to end together, enough to be worth waking one.
    pub(super) fn share(&self, count: usize, multiplications: usize) -> usize {
        const LEAST: usize = 1 << 16;
        const SHARES: usize = 4;
        count.div_ceil(SHARES * self.threads()).max(LEAST.div_ceil(multiplications.max(1)))
    }

    /// Takes a part and does it; false when none is left.
    fn do_part(&self) -> bool {
        let mut parts = self.parts.load(Ordering::SeqCst);
        loop {
            let (count, next) = (parts >> 16, parts & 0xffff);
            if next >= count {
                return false;
            }
            match self.parts.compare_exchange_weak(parts, parts + 1, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => {
                    let body: *const Body<'_> = self.body.load(Ordering::Relaxed).cast();
                    // SAFETY: the part that was taken belongs to the operation that `body` was
                    // stored for, and is not done: `run` waits for it, and `body` lives there.
                    let body = unsafe { *body };
                    body(next as usize);
                    // The caller looks at `done` after `waiting`, and this at `waiting` after
                    // `done`: one of them sees the other.
                    if self.done.fetch_add(1, Ordering::SeqCst) + 1 == count
                        && self.waiting.load(Ordering::SeqCst)
                    {
                        self.wake(&self.finished);
                    }
                    return true;
                }
                Err(now) => parts = now,
            }
        }
    }

    /// Waits until so many parts are done.
    fn wait(&self, count: u32) {
        for _ in 0..SPIN_LIMIT {
            if self.done.load(Ordering::Acquire) == count {
                return;
            }
            spin_loop();
        }
        let mut lock = self.lock();
        self.waiting.store(true, Ordering::SeqCst);
        while self.done.load(Ordering::SeqCst) < count {
            lock = self.finished.wait(lock).unwrap_or_else(PoisonError::into_inner);
        }
        self.waiting.store(false, Ordering::Relaxed);
    }

    /// Has a worker sleep until there are parts for it.
    fn sleep(&self, number: usize) {
        let mut lock = self.lock();
        self.asleep.fetch_add(1, Ordering::SeqCst);
        // Whoever posts work looks at `asleep` after it, and this looks for work after `asleep`:
        // one of them sees the other.
        while !self.is_wanted(number) {
            lock = self.posted.wait(lock).unwrap_or_else(PoisonError::into_inner);
        }
        self.asleep.fetch_sub(1, Ordering::SeqCst);
    }

    fn is_wanted(&self, number: usize) -> bool {
        let parts = self.parts.load(Ordering::SeqCst);
        number < self.limit.load(Ordering::SeqCst) && parts & 0xffff < parts >> 16
    }

    fn wake(&self, sleepers: &Condvar) {
        drop(self.lock());
        sleepers.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, ()> {
        self.lock.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Pool {
    fn default() -> Self {
        Self::new()
    }
}

/// Where pieces are cut from.
struct Data<T>(*mut T);

// SAFETY: each thread gets pieces of its own, of what may be sent to it.
unsafe impl<T: Send> Sync for Data<T> {}
