//! Threads that share the work of one operation at a time.
//!
//! An operation is cut into parts, and whoever is free takes the next: a thread that is slow or kept busy by something else
//! takes fewer, and one that does not come at all is not waited for. So there is no barrier that everybody must reach, only
//! the end of the parts that were taken. Helpers without work look for it for a moment, then sleep.
#![expect(
    unsafe_code,
    reason = "helpers borrow what the caller of `run` owns, which the compiler cannot follow"
)]

use std::hint::spin_loop;
use std::sync::atomic::{AtomicPtr, AtomicU32, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Times that a helper looks for work before it sleeps: some tenths of a millisecond, which is more than the time between two
/// operations of a forward pass.
const LOOKS: u32 = 20_000;

/// What is done with each part.
type Work<'a> = &'a (dyn Fn(usize) + Sync);

/// The threads of a process: the one that calls [`Pool::run`], and helpers that call [`Pool::serve`].
pub struct Pool {
    /// Parts of the operation at hand, and the next one to take: in one word, so that whoever takes a part knows that it is
    /// one of the operation that [`Self::work`] belongs to.
    parts: AtomicU32,
    /// The operation's [`Work`], which lives until all parts are done.
    work: AtomicPtr<()>,
    /// Parts that are done.
    done: AtomicU32,
    /// Helpers that came.
    helpers: AtomicUsize,
    /// Threads that may take part.
    threads: AtomicUsize,
    /// Helpers that sleep.
    asleep: AtomicUsize,
    bed: Mutex<()>,
    woken: Condvar,
}

impl Pool {
    /// No helpers yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            parts: AtomicU32::new(0),
            work: AtomicPtr::new(std::ptr::null_mut()),
            done: AtomicU32::new(0),
            helpers: AtomicUsize::new(0),
            threads: AtomicUsize::new(usize::MAX),
            asleep: AtomicUsize::new(0),
            bed: Mutex::new(()),
            woken: Condvar::new(),
        }
    }

    /// Threads that share the work: those that are there, as many as [`Self::limit`] allows.
    #[must_use]
    pub fn threads(&self) -> usize {
        self.threads.load(Ordering::Relaxed).min(self.helpers() + 1)
    }

    /// Helpers that have come.
    #[must_use]
    pub fn helpers(&self) -> usize {
        self.helpers.load(Ordering::Relaxed)
    }

    /// Lets so many threads share the work from now on, at least one; the other helpers sleep.
    pub fn limit(&self, threads: usize) {
        self.threads.store(threads.max(1), Ordering::SeqCst);
        self.wake();
    }

    /// Makes a helper of the calling thread, for ever.
    pub fn serve(&self) -> ! {
        let number = self.helpers.fetch_add(1, Ordering::Relaxed) + 1;
        let mut looks = 0;
        loop {
            if number < self.threads.load(Ordering::SeqCst) && self.help() {
                looks = 0;
            } else if looks < LOOKS {
                looks += 1;
                spin_loop();
            } else {
                looks = 0;
                self.sleep(number);
            }
        }
    }

    /// Does `work` for each part `0..parts`, shared among the threads, and returns when all are done. One operation at a time:
    /// the parts themselves don't call this.
    ///
    /// # Panics
    /// When there are more than 65,535 parts.
    pub fn run(&self, parts: usize, work: impl Fn(usize) + Sync) {
        if parts <= 1 || self.threads() == 1 {
            return (0..parts).for_each(work);
        }
        let count = u32::from(u16::try_from(parts).expect("at most 65,535 parts"));
        let mut work: Work<'_> = &work;
        self.work.store((&raw mut work).cast(), Ordering::Relaxed);
        self.done.store(0, Ordering::Relaxed);
        self.parts.store(count << 16, Ordering::SeqCst);
        if self.asleep.load(Ordering::SeqCst) > 0 {
            self.wake();
        }
        while self.help() {}
        let mut looks = 0_u32;
        while self.done.load(Ordering::Acquire) < count {
            looks += 1;
            if looks > LOOKS {
                std::thread::yield_now();
            }
            spin_loop();
        }
    }

    /// Runs `work` on each piece of `len` elements of `data`, with its index; the last piece may be shorter.
    pub fn chunks<T: Send>(&self, data: &mut [T], len: usize, work: impl Fn(usize, &mut [T]) + Sync) {
        let (total, data) = (data.len(), Data(data.as_mut_ptr()));
        self.run(total.div_ceil(len), |index| {
            let (start, data) = (index * len, &data);
            // SAFETY: pieces lie within `data` and don't overlap, each is handed out once, and `data` is borrowed until `run`
            // returns.
            work(index, unsafe { std::slice::from_raw_parts_mut(data.0.add(start), len.min(total - start)) });
        });
    }

    /// How many of `count` equal tasks, each of so many multiplications, should make a part: few enough for threads of different
    /// speed to end together, enough to be worth waking one.
    pub(super) fn share(&self, count: usize, multiplications: usize) -> usize {
        const LEAST: usize = 1 << 16;
        const SHARES: usize = 4;
        count.div_ceil(SHARES * self.threads()).max(LEAST.div_ceil(multiplications.max(1)))
    }

    /// Takes a part and does it; false when none is left.
    fn help(&self) -> bool {
        let mut parts = self.parts.load(Ordering::SeqCst);
        loop {
            let (count, next) = (parts >> 16, parts & 0xffff);
            if next >= count {
                return false;
            }
            match self.parts.compare_exchange_weak(parts, parts + 1, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => {
                    let work: *const Work<'_> = self.work.load(Ordering::Relaxed).cast();
                    // SAFETY: the part that was taken belongs to the operation that `work` was stored for, and is not done:
                    // `run` waits for it, and `work` lives there.
                    let work = unsafe { *work };
                    work(next as usize);
                    self.done.fetch_add(1, Ordering::Release);
                    return true;
                }
                Err(now) => parts = now,
            }
        }
    }

    fn sleep(&self, number: usize) {
        let mut bed = self.bed();
        self.asleep.fetch_add(1, Ordering::SeqCst);
        // Whoever posts work looks at `asleep` after it, and this looks for work after `asleep`: one of them sees the other.
        while !self.is_wanted(number) {
            bed = self.woken.wait(bed).unwrap_or_else(PoisonError::into_inner);
        }
        self.asleep.fetch_sub(1, Ordering::SeqCst);
    }

    fn is_wanted(&self, number: usize) -> bool {
        let parts = self.parts.load(Ordering::SeqCst);
        number < self.threads.load(Ordering::SeqCst) && parts & 0xffff < parts >> 16
    }

    fn wake(&self) {
        drop(self.bed());
        self.woken.notify_all();
    }

    fn bed(&self) -> MutexGuard<'_, ()> {
        self.bed.lock().unwrap_or_else(PoisonError::into_inner)
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
