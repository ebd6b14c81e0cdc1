/// Share of the time that more threads must save to be worth their power.
const WORTH: f64 = 0.1;

/// A search for the best number of threads: tries one, then twice as many as long as that helps. So
/// it finds the processor's fast cores: a second thread of the same core, or a slow core that the
/// fast ones wait for, gains little.
#[derive(Clone, Debug)]
pub struct ThreadSearch {
    most: usize,
    best: usize,
    best_time: f64,
    next: Option<usize>,
}

impl ThreadSearch {
    /// Among `1..=most` threads.
    #[must_use]
    pub fn new(most: usize) -> Self {
        Self { most, best: 1, best_time: f64::INFINITY, next: Some(1) }
    }

    /// The number to try next; none when the best is found.
    #[must_use]
    pub fn next(&self) -> Option<usize> {
        self.next
    }

    /// Takes the time that something took with the number that was to be tried.
    pub fn note(&mut self, time: f64) {
        let Some(tried) = self.next.take() else { return };
        if time <= self.best_time * (1.0 - WORTH) || tried == 1 {
            (self.best, self.best_time) = (tried, time);
            self.next = Some((2 * tried).min(self.most)).filter(|&next| next > tried);
        }
    }

    /// The best number of those tried.
    #[must_use]
    pub fn best(&self) -> usize {
        self.best
    }
}

#[cfg(test)]
mod tests {
    use super::ThreadSearch;

    /// What is tried and found where so many threads take so long.
    fn search(most: usize, time: impl Fn(usize) -> f64) -> (Vec<usize>, usize) {
        let mut search = ThreadSearch::new(most);
        let mut tried = Vec::new();
        while let Some(threads) = search.next() {
            tried.push(threads);
            search.note(time(threads));
        }
        (tried, search.best())
    }

    #[test]
    fn all_threads_are_used_where_each_helps() {
        assert_eq!(search(8, |threads| 80.0 / threads as f64), (vec![1, 2, 4, 8], 8));
        assert_eq!(search(6, |threads| 80.0 / threads as f64), (vec![1, 2, 4, 6], 6));
        assert_eq!(search(1, |_| 80.0), (vec![1], 1));
    }

    #[test]
    fn the_search_ends_where_a_doubling_gains_little() {
        let four_cores = |threads: usize| 80.0 / threads.min(4) as f64 - 0.1 * threads as f64;
        assert_eq!(search(8, four_cores), (vec![1, 2, 4, 8], 4));
        let one_core = |threads: usize| if threads == 1 { 80.0 } else { 76.0 };
        assert_eq!(search(8, one_core), (vec![1, 2], 1));
    }

    #[test]
    fn threads_that_are_in_each_others_way_are_not_used() {
        assert_eq!(search(8, |threads| 80.0 * threads as f64), (vec![1, 2], 1));
    }

    #[test]
    fn a_clock_that_stands_still_leaves_one_thread() {
        assert_eq!(search(8, |_| f64::NAN).1, 1);
    }
}
