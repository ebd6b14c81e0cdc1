//! How long single tests take.

/// Tests in the report.
const SHOWN: usize = 10;

/// Every test that ran, with its seconds.
#[derive(Default)]
pub(super) struct Durations(Vec<(String, f64)>);

impl Durations {
    pub(super) fn add(&mut self, test: String, seconds: f64) {
        self.0.push((test, seconds));
    }

    /// Prints the slowest.
    pub(super) fn report(&mut self) {
        let Self(tests) = self;
        if tests.is_empty() {
            return;
        }
        tests.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        println!("slowest of {} tests:", tests.len());
        for (test, seconds) in tests.iter().take(SHOWN) {
            println!("{seconds:>8.1} s  {test}");
        }
    }
}
