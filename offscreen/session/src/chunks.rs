use std::cell::Cell;

/// A chunk of a prompt cannot be interrupted: one that took longer than so many milliseconds makes
/// the next one smaller. A cancel must take effect within 200.
const LONGEST_MS: f64 = 140.0;

/// Tokens of the first chunk, when nothing is known of the device's speed.
const FIRST: usize = 8;

/// Chooses how many tokens of a prompt are read before there is a pause, from the time that the
/// chunks before took.
#[derive(Debug, Default)]
pub struct PrefillChunks {
    /// Tokens of the chunk that is being read, and when that began.
    reading: Cell<Option<(usize, f64)>>,
    /// Tokens of the chunk that was read last, and how long that took.
    took: Cell<Option<(usize, f64)>>,
}

impl PrefillChunks {
    /// The size of the chunk that is read from `now` on (milliseconds), of `most` tokens at most.
    /// `wanted` is the size that suits the device, as far as was learnt; 0 at first.
    pub fn begin(&self, wanted: &mut usize, most: usize, now: f64) -> usize {
        if *wanted == 0 {
            *wanted = FIRST;
        }
        if let Some((tokens, ms)) = self.took.take() {
            let next = resized(tokens, ms);
            // The last chunk of a prompt may be short: that it was quick says nothing.
            if tokens == *wanted || next < tokens {
                *wanted = next;
            }
        }
        let tokens = most.min(*wanted);
        self.reading.set(Some((tokens, now)));
        tokens
    }

    /// Whatever was being read is read.
    pub fn end(&self, now: f64) {
        if let Some((tokens, begun)) = self.reading.take() {
            self.took.set(Some((tokens, now - begun)));
        }
    }
}

/// The size of the chunk after one of `tokens` tokens that took `ms`. A small chunk costs more per
/// token than a large one: sizes change by powers of two, not in proportion.
fn resized(tokens: usize, ms: f64) -> usize {
    if ms > LONGEST_MS {
        (tokens / 2).max(1)
    } else if ms * 10.0 < LONGEST_MS {
        tokens * 8
    } else if ms * 2.0 < LONGEST_MS {
        tokens * 2
    } else {
        tokens
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The chunks of a prompt on a device that takes so long for a token.
    fn sizes(prompt: usize, ms_per_token: f64) -> Vec<usize> {
        let (chunks, mut wanted, mut now, mut read) = (PrefillChunks::default(), 0, 0.0, 0);
        let mut sizes = Vec::new();
        while read < prompt {
            let tokens = chunks.begin(&mut wanted, (prompt - read).min(512), now);
            now += tokens as f64 * ms_per_token;
            chunks.end(now);
            sizes.push(tokens);
            read += tokens;
        }
        sizes
    }

    #[test]
    fn a_quick_device_reads_large_chunks_soon() {
        assert_eq!(sizes(1000, 0.01), [8, 64, 512, 416]);
    }

    #[test]
    fn a_slow_device_can_be_stopped_soon() {
        let sizes = sizes(64, 30.0);
        assert_eq!(sizes[..3], [8, 4, 4]);
        assert!(sizes[1..].iter().all(|&tokens| tokens as f64 * 30.0 <= LONGEST_MS));
    }

    #[test]
    fn a_short_last_chunk_teaches_nothing() {
        let (chunks, mut wanted) = (PrefillChunks::default(), 64);
        chunks.begin(&mut wanted, 3, 0.0);
        chunks.end(1.0);
        assert_eq!(chunks.begin(&mut wanted, 512, 1.0), 64);
    }
}
