//! Which words of two texts belong together.

/// Words of a source times words of an answer that are compared: sentences of 200 words.
const MOST_PAIRS: usize = 200 * 200;

/// Whether texts of so many words are too long to be compared word by word.
pub(crate) fn too_long(source: usize, answer: usize) -> bool {
    source.saturating_mul(answer) > MOST_PAIRS
}

/// Pairs of a source's words with an answer's, in the order of both: the heaviest common
/// subsequence. `weight` of a pair is 0 where the words do not belong together.
///
/// Quadratic, and so for single sentences: there are no pairs in texts that are [`too_long`].
pub(crate) fn align(
    source: usize,
    answer: usize,
    weight: impl Fn(usize, usize) -> u32,
) -> Vec<(usize, usize)> {
    if too_long(source, answer) {
        return Vec::new();
    }
    // best[i][j]: the weight of the best pairs of source[i..] with answer[j..].
    let mut best = vec![vec![0_u32; answer + 1]; source + 1];
    for i in (0..source).rev() {
        for j in (0..answer).rev() {
            let own = weight(i, j);
            let paired = if own > 0 { own + best[i + 1][j + 1] } else { 0 };
            best[i][j] = paired.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < source && j < answer {
        let own = weight(i, j);
        if own > 0 && best[i][j] == own + best[i + 1][j + 1] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i][j] == best[i + 1][j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heaviest_pairs_in_order_are_found() {
        let pairs = |source: &str, answer: &str| {
            let (source, answer) = (source.as_bytes(), answer.as_bytes());
            let weight = |i: usize, j: usize| match (source[i], answer[j]) {
                (a, b) if a != b => 0,
                (b'A'..=b'Z', _) => 10,
                _ => 1,
            };
            align(source.len(), answer.len(), weight)
        };
        assert_eq!(pairs("abc", "abc"), [(0, 0), (1, 1), (2, 2)]);
        assert_eq!(pairs("abXc", "Xab"), [(2, 0)], "one heavy pair outweighs two light ones");
        assert_eq!(pairs("aab", "ab"), [(0, 0), (2, 1)], "of equals the source's first");
        assert_eq!(pairs("", "a"), []);
        assert_eq!(pairs(&"a".repeat(1_000_000), &"a".repeat(41)), [], "no table is that large");
    }
}
