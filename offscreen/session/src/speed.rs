/// Jobs whose speeds are remembered: few, because a device's speed changes with what else it does.
const REMEMBERED: usize = 5;

/// How fast a model was here in its last jobs: in tokens a second that a language model wrote, or in
/// words a second that a translator read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Speed {
    last: Vec<f32>,
}

impl Speed {
    /// Takes in a job's, if it says anything.
    pub fn note(&mut self, per_second: f32) {
        if per_second.is_finite() && per_second > 0.0 {
            self.last.push(per_second);
            let surplus = self.last.len().saturating_sub(REMEMBERED);
            self.last.drain(..surplus);
        }
    }

    /// The one in the middle, which no single job makes; none before the first.
    #[must_use]
    pub fn median(&self) -> Option<f32> {
        let mut sorted = self.last.clone();
        sorted.sort_by(f32::total_cmp);
        sorted.get(sorted.len() / 2).copied()
    }

    /// It as it is stored.
    #[must_use]
    pub fn text(&self) -> String {
        self.last.iter().map(|speed| format!("{speed}\n")).collect()
    }

    /// Reads what was stored, as far as it says anything.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Self {
        let mut speed = Self::default();
        let lines = str::from_utf8(bytes).unwrap_or_default().lines();
        lines.filter_map(|line| line.parse().ok()).for_each(|one| speed.note(one));
        speed
    }
}

#[cfg(test)]
mod tests {
    use super::Speed;
    use proptest::prelude::*;

    #[test]
    fn the_last_jobs_count_and_none_of_them_alone() {
        let mut speed = Speed::default();
        assert_eq!(speed.median(), None);
        for one in [1.0, f32::NAN, 0.0, -3.0, f32::INFINITY, 900.0, 30.0, 31.0, 32.0, 29.0] {
            speed.note(one);
        }
        assert_eq!(speed.median(), Some(31.0), "the first is forgotten, the odd one is none");
    }

    proptest! {
        #[test]
        fn it_comes_back_as_it_was(last in proptest::collection::vec(0.001_f32..1e6, 0..9)) {
            let mut speed = Speed::default();
            last.into_iter().for_each(|one| speed.note(one));
            prop_assert_eq!(Speed::parse(speed.text().as_bytes()), speed);
        }

        #[test]
        fn whatever_is_there_is_read(bytes in proptest::collection::vec(any::<u8>(), 0..60)) {
            let speed = Speed::parse(&bytes);
            prop_assert!(speed.median().is_none_or(|median| median > 0.0));
        }
    }
}
