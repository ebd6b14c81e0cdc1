//! chrF: how near a translation comes to a reference, by the characters they share (Popović 2015,
//! <https://aclanthology.org/W15-3049>), with n-grams of 1 to 6 characters, recall weighing twice
//! as much as precision. White space does not count. Over several sentences the n-grams are added
//! up first, as sacreBLEU does by default.

use std::collections::HashMap;

/// Longest n-grams.
const ORDER: usize = 6;

/// Recall weighs `BETA` times as much as precision.
const BETA: f64 = 2.0;

/// N-grams counted over pairs of a translation and its reference.
#[derive(Clone, Debug, Default)]
pub struct Chrf {
    orders: [Counts; ORDER],
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    translation: usize,
    reference: usize,
    both: usize,
}

impl Chrf {
    /// Of one pair, from 0 to 100.
    #[must_use]
    pub fn of(translation: &str, reference: &str) -> f64 {
        let mut chrf = Self::default();
        chrf.add(translation, reference);
        chrf.score()
    }

    /// Counts a pair.
    pub fn add(&mut self, translation: &str, reference: &str) {
        let chars = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<Vec<_>>();
        let (translation, reference) = (chars(translation), chars(reference));
        for (n, counts) in (1..).zip(&mut self.orders) {
            let (left, right) = (n_grams(&translation, n), n_grams(&reference, n));
            counts.translation += left.values().sum::<usize>();
            counts.reference += right.values().sum::<usize>();
            counts.both += left
                .iter()
                .map(|(gram, &count)| count.min(right.get(gram).copied().unwrap_or(0)))
                .sum::<usize>();
        }
    }

    /// What was counted, from 0 to 100: F of the mean precision and the mean recall of the orders
    /// that both sides have.
    #[must_use]
    pub fn score(&self) -> f64 {
        let known: Vec<_> = self.orders.iter().filter(|c| c.translation > 0 && c.reference > 0).collect();
        let mean = |share: fn(&Counts) -> f64| known.iter().map(|counts| share(counts)).sum::<f64>();
        let precision = mean(|counts| counts.both as f64 / counts.translation as f64);
        let recall = mean(|counts| counts.both as f64 / counts.reference as f64);
        let weighed = BETA * BETA * precision + recall;
        if weighed == 0.0 {
            return 0.0;
        }
        100.0 * (1.0 + BETA * BETA) * precision * recall / weighed / known.len() as f64
    }
}

fn n_grams(chars: &[char], n: usize) -> HashMap<&[char], usize> {
    let mut grams = HashMap::new();
    chars.windows(n).for_each(|gram| *grams.entry(gram).or_default() += 1);
    grams
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The values are those of sacreBLEU 2.6.0, `CHRF().corpus_score`.
    #[test]
    fn agrees_with_the_reference_implementation() {
        let pairs = [
            (
                "The council has decided to convert the old station.",
                "The council decided to turn the old station into a park.",
                58.926,
            ),
            ("Der Zug kommt später.", "The train comes later.", 15.650),
            ("A cat", "A cat", 100.0),
            ("on", "The ferry to the island", 6.410),
            ("xyz", "abc", 0.0),
        ];
        let mut all = Chrf::default();
        for (translation, reference, expected) in pairs {
            let score = Chrf::of(translation, reference);
            assert!((score - expected).abs() < 0.005, "{translation}: {score}");
            all.add(translation, reference);
        }
        assert!((all.score() - 39.223).abs() < 0.005, "{}", all.score());
    }
}
