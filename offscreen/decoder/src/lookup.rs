//! Prompt-lookup decoding: guessing what comes next by what followed the same words before.
//!
//! Summaries, rewrites and translations copy from their prompt. Where the text's last tokens have
//! occurred before, the tokens after that occurrence are a draft, which the model verifies in one
//! step instead of decoding it in several (Saxena 2023,
//! <https://github.com/apoorvumang/prompt-lookup-decoding>; the verification is Leviathan et al.
//! 2023, <https://arxiv.org/abs/2211.17192>, with a draft that is certain). The text is the same
//! with it and without.
//!
//! A wrong draft costs time, so drafts are made only where they are expected to pay:
//!
//! * every token that is decoded, in whatever way, shows whether the prediction for it was right.
//!   These observations, by the length of the match that the prediction came from, estimate how
//!   many tokens of a draft will be right, for nothing;
//! * an account of time holds what drafts may lose. It fills by a small share of each token's time
//!   and by what drafts have won, up to a limit, and a draft must be able to pay for its failure
//!   out of it. So drafts grow while they are right, become short and rare when they are wrong, and
//!   never cost more than that share and the two steps it begins with.
//!
//! Nothing is timed: the same texts make the same drafts.

/// Fewest equal tokens that make a match.
const SHORTEST: usize = 2;
/// No longer match is looked for; one that goes on to be right grows further.
const LONGEST: usize = 4;
/// From this length on, matches are taken to be equally trustworthy.
const TRUSTED: usize = 12;
/// Most tokens of a draft.
pub(crate) const MOST: usize = 15;
/// A draft must be expected to be so much faster.
const MARGIN: f32 = 0.05;
/// Share of each token's time that drafts may lose.
const ALLOWANCE: f32 = 0.03;
/// Most time on the account, in steps: when a text begins, and later.
const START: f32 = 2.0;
const LIMIT: f32 = 16.0;
/// So many observations are needed to outweigh the first guess at how good predictions are.
const PRIOR_WEIGHT: f32 = 4.0;
/// Observations are forgotten by this factor, so that the estimate follows the text.
const MEMORY: f32 = 0.98;

/// What became of the drafts of a decoder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LookupStats {
    /// Steps that verified a draft.
    pub steps: usize,
    /// Tokens drafted.
    pub drafted: usize,
    /// Of those, tokens that turned out as drafted.
    pub accepted: usize,
}

/// Predictions for one text, and what was learnt from those of all texts so far.
pub(crate) struct Lookup {
    found: Option<Match>,
    /// By the length of the match, from [`SHORTEST`] to [`TRUSTED`].
    trust: [Trust; TRUSTED - SHORTEST + 1],
    /// Time that drafts may lose, in steps of decode.
    account: f32,
    stats: LookupStats,
}

/// An earlier occurrence of the text's last tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Match {
    /// Where the text went on then.
    next: usize,
    /// Tokens before that which equal the text's last.
    length: usize,
}

/// How often predictions were right.
#[derive(Clone, Copy)]
struct Trust {
    right: f32,
    seen: f32,
}

impl Lookup {
    pub(crate) fn new() -> Self {
        let prior = |i: usize| {
            let length = (i + SHORTEST) as f32;
            Trust { right: PRIOR_WEIGHT * length / (length + 3.0), seen: PRIOR_WEIGHT }
        };
        Self { found: None, trust: std::array::from_fn(prior), account: START, stats: LookupStats::default() }
    }

    pub(crate) fn stats(&self) -> LookupStats {
        self.stats
    }

    /// Begins another text. What drafts have won in the last one is not lost in this one.
    pub(crate) fn reset(&mut self, text: &[u32]) {
        self.found = find(text);
        self.account = self.account.min(START);
    }

    /// A token was decoded: the last of `text`.
    pub(crate) fn push(&mut self, text: &[u32]) {
        self.earn(ALLOWANCE);
        let (Some(&id), Some(found)) = (text.last(), self.found) else {
            self.found = find(text);
            return;
        };
        let right = text[found.next] == id;
        let trust = &mut self.trust[bucket(found.length)];
        trust.right = trust.right * MEMORY + f32::from(u8::from(right));
        trust.seen = trust.seen * MEMORY + 1.0;
        self.found =
            if right { Some(Match { next: found.next + 1, length: found.length + 1 }) } else { find(text) };
    }

    /// Tokens that a draft should have: 0 when it would not pay. `most` are of use; `cost` is the
    /// time that verifying a draft takes by the number of tokens computed (the draft and the one
    /// before it), in steps of decode. It is `delay` until it can be verified, after `ahead` more
    /// tokens, which must turn out as predicted too.
    pub(crate) fn plan(&self, most: usize, cost: impl Fn(usize) -> f32, ahead: usize, delay: f32) -> usize {
        let Some(found) = self.found else { return 0 };
        let right = |i: usize| self.trust[bucket(found.length + i)].share();
        let reached: f32 = (0..ahead).map(right).product();
        let (mut all, mut expected) = (1.0, 1.0);
        let (mut best, mut most_won) = (0, MARGIN);
        for len in 1..=most.min(MOST) {
            all *= right(ahead + len - 1);
            expected += all;
            let cost = cost(len + 1);
            let won = (reached * (expected - cost) - delay) / cost;
            if won > most_won && cost - 1.0 + delay <= self.account {
                (best, most_won) = (len, won);
            }
        }
        best
    }

    /// The predicted next tokens of `text`, so many.
    pub(crate) fn draft(&self, text: &[u32], len: usize) -> Vec<u32> {
        let Some(found) = self.found else { return Vec::new() };
        // A text that repeats itself goes on repeating itself: the draft continues into itself.
        let period = text.len() - found.next;
        (0..len).map(|i| text[found.next + i % period]).collect()
    }

    /// Time was lost waiting to draft.
    pub(crate) fn waited(&mut self, delay: f32) {
        self.earn(-delay);
    }

    /// A draft was verified, which took `cost`.
    pub(crate) fn verified(&mut self, drafted: usize, accepted: usize, cost: f32) {
        self.stats.steps += 1;
        self.stats.drafted += drafted;
        self.stats.accepted += accepted;
        self.earn((accepted + 1) as f32 - cost);
    }

    fn earn(&mut self, steps: f32) {
        self.account = (self.account + steps).min(LIMIT);
    }
}

impl Trust {
    fn share(self) -> f32 {
        self.right / self.seen
    }
}

fn bucket(length: usize) -> usize {
    length.clamp(SHORTEST, TRUSTED) - SHORTEST
}

/// Of the earlier occurrences of the text's last tokens, the latest of the longest.
fn find(text: &[u32]) -> Option<Match> {
    let (last, before) = text.split_last()?;
    let mut found: Option<Match> = None;
    for next in (1..=before.len()).rev().filter(|&next| before[next - 1] == *last) {
        let equal = before[..next].iter().rev().zip(text.iter().rev()).take(LONGEST);
        let length = equal.take_while(|(a, b)| a == b).count();
        if length >= SHORTEST && found.is_none_or(|found| length > found.length) {
            found = Some(Match { next, length });
            if length == LONGEST {
                break;
            }
        }
    }
    found
}

#[cfg(test)]
#[path = "lookup/tests.rs"]
mod tests;
