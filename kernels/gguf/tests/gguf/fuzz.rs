//! Headers damaged at random, for some seconds: no panic, no overflow, no lie believed.
//!
//! `GGUF_FUZZ_SECONDS` sets how long (default 5); `GGUF_FUZZ_SEED` replays a run that failed. The
//! same check runs under libFuzzer in `fuzz/`.

use gguf::Gguf;
use proptest::prelude::Rng;
use proptest::test_runner::{RngAlgorithm, TestRng};
use std::time::{Duration, Instant};

/// Numbers that break parsers.
const EDGES: [u64; 10] =
    [0, 1, 12, 0x7f, 0xff, 1 << 16, i32::MAX as u64, u32::MAX as u64, i64::MAX as u64, u64::MAX];

fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().expect("a number"))
}

fn below(rng: &mut TestRng, n: usize) -> usize {
    usize::try_from(rng.next_u64() % n as u64).expect("below a usize")
}

fn damage(rng: &mut TestRng, file: &mut Vec<u8>) {
    for _ in 0..=below(rng, 4) {
        let at = below(rng, file.len());
        match below(rng, 5) {
            0 => file[at] ^= 1 << below(rng, 8),
            1 => file[at] = rng.next_u64().to_le_bytes()[0],
            2 => {
                let edge = EDGES[below(rng, EDGES.len())].to_le_bytes();
                let len = edge.len().min(file.len() - at);
                file[at..at + len].copy_from_slice(&edge[..len]);
            }
            3 => file.truncate(at.max(1)),
            _ => {
                let end = (at + below(rng, 32)).min(file.len());
                let piece = file[at..end].to_vec();
                let to = below(rng, file.len());
                file.splice(to..to, piece);
            }
        }
    }
}

/// What every accepted header promises.
fn check(gguf: &Gguf, file_len: u64) {
    let mut places: Vec<_> = gguf.tensors.iter().map(|t| (t.offset, t.offset + t.len)).collect();
    places.sort_unstable();
    assert!(places.iter().all(|&(start, end)| start >= gguf.data_offset && end <= file_len));
    assert!(places.windows(2).all(|pair| pair[0].1 <= pair[1].0));
    for tensor in &gguf.tensors {
        assert_eq!(gguf.tensor(&tensor.name), Some(tensor));
        assert_eq!(tensor.ty.bytes(&tensor.shape), Some(tensor.len));
        assert!((tensor.offset - gguf.data_offset).is_multiple_of(gguf.alignment.into()));
    }
}

#[test]
fn damaged_headers_are_refused_or_true() {
    let seed = setting("GGUF_FUZZ_SEED", std::process::id().into());
    let time = Duration::from_secs(setting("GGUF_FUZZ_SECONDS", 5));
    println!("GGUF_FUZZ_SEED={seed}");
    let mut key = [0; 16];
    key[..8].copy_from_slice(&seed.to_le_bytes());
    let mut rng = TestRng::from_seed(RngAlgorithm::XorShift, &key);
    let original = crate::common::sample().to_bytes(|_, _| {});
    let header_len = crate::common::sample().header().len();
    let (start, mut accepted, mut refused) = (Instant::now(), 0, 0);
    while start.elapsed() < time {
        let mut header = original[..header_len].to_vec();
        damage(&mut rng, &mut header);
        let file_len = if below(&mut rng, 2) == 0 { header.len() as u64 } else { original.len() as u64 };
        match Gguf::parse(&header, file_len) {
            Ok(gguf) => {
                check(&gguf, file_len);
                accepted += 1;
            }
            Err(_) => refused += 1,
        }
    }
    println!("{accepted} accepted, {refused} refused");
    assert!(accepted > 0 && refused > 0);
}
