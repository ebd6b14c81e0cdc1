use crate::{Error, Work};
use protocol::JobId;
use std::collections::VecDeque;

/// Jobs that may wait in all.
pub const MOST_WAITING: usize = 8;

/// Jobs of one tab that may wait.
pub const MOST_OF_A_TAB: usize = 3;

/// The work that waits: bounded, because each job holds a page's text, and fair, so that a tab with
/// many jobs keeps nobody waiting for more than one of them.
#[derive(Debug, Default)]
pub(crate) struct Queue {
    jobs: Vec<(Option<u32>, Work)>,
    /// What is done ahead of a job; only the last announcement counts.
    announced: Option<Work>,
    /// The tabs whose jobs were taken last, the latest at the end.
    served: VecDeque<Option<u32>>,
}

impl Queue {
    /// Has a job wait for its turn; where none is being worked on, the first of them does not count:
    /// it does not wait for long. A job is what an announcement was for.
    ///
    /// # Errors
    /// [`Error::QueueFull`].
    pub(crate) fn push(&mut self, tab: Option<u32>, job: Work, is_idle: bool) -> Result<(), Error> {
        let first = usize::from(is_idle);
        let of_tab = self.jobs.iter().filter(|(other, _)| tab.is_some() && *other == tab).count();
        if of_tab >= MOST_OF_A_TAB + first {
            return Err(Error::QueueFull { waiting: of_tab, of_tab: true });
        }
        if self.jobs.len() >= MOST_WAITING + first {
            return Err(Error::QueueFull { waiting: self.jobs.len(), of_tab: false });
        }
        self.announced = None;
        self.jobs.push((tab, job));
        Ok(())
    }

    pub(crate) fn announce(&mut self, work: Work) {
        self.announced = Some(work);
    }

    /// The oldest job of the tab whose turn came last the longest ago, or what was announced.
    pub(crate) fn pop(&mut self) -> Option<Work> {
        let turn = |(tab, _): &(Option<u32>, Work)| self.served.iter().position(|served| served == tab);
        // The first of equals: `None`, never served, is the least.
        let Some(at) = (0..self.jobs.len()).min_by_key(|&at| self.jobs.get(at).and_then(turn)) else {
            return self.announced.take();
        };
        let (tab, work) = self.jobs.remove(at);
        self.served.retain(|served| *served != tab);
        self.served.push_back(tab);
        // No more tabs than these can wait at the same time.
        if self.served.len() > MOST_WAITING {
            self.served.pop_front();
        }
        Some(work)
    }

    pub(crate) fn remove(&mut self, job: &JobId) {
        self.jobs.retain(|(_, work)| !matches!(work, Work::Job { job: waiting, .. } if waiting == job));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.jobs.is_empty() && self.announced.is_none()
    }
}
