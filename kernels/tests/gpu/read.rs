use crate::harness;
use kernels::gpu::{Ids, Rows, Step, read, read_bandwidth};
use std::sync::LazyLock;
use std::time::Instant;

/// Values that the kernel reads in one turn, and its threads.
const TURN: usize = 1 << 22;
const THREADS: usize = 1 << 18;

#[test]
fn read_matches_reference() {
    let (gpu, mut random) = (harness::device(), harness::Random::new(1));
    let values = random.values(2 * TURN);
    let rows = Rows::new(&gpu, "values", 2, TURN).unwrap();
    rows.write(&gpu, 0, &values);
    let out = Ids::new(&gpu, THREADS).unwrap();
    harness::run(&gpu, &read(&gpu, &rows, &out).unwrap(), &Step::new(&gpu), 0, 1);
    let words: Vec<u32> = values.iter().map(|value| value.to_bits()).collect();
    let mut expected = vec![0; THREADS];
    for (quad, words) in words.chunks_exact(4).enumerate() {
        expected[quad % THREADS] ^= words.iter().fold(0, |mixed, word| mixed ^ word);
    }
    assert_eq!(harness::read::<u32>(&gpu, out.buffer()), expected);
}

#[test]
fn values_that_are_no_whole_turns_are_refused() {
    let gpu = harness::device();
    let (rows, out) = (Rows::new(&gpu, "values", 1, 1024).unwrap(), Ids::new(&gpu, THREADS).unwrap());
    assert!(read(&gpu, &rows, &out).is_err());
}

#[test]
fn bandwidth_is_one_of_this_world() {
    static START: LazyLock<Instant> = LazyLock::new(Instant::now);
    let clock = || START.elapsed().as_secs_f64() * 1000.0;
    let rate = pollster::block_on(read_bandwidth(&harness::device(), clock)).unwrap();
    assert!((0.1..100_000.0).contains(&rate), "{rate} GB/s");
}
