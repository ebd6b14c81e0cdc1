//! Which parts of a translation say what which parts of its source say.

use std::ops::Range;

/// Shares of attention below this tell nothing.
const LEAST: f32 = 0.2;

/// What a piece of the translation came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Bytes of the source.
    pub source: Range<usize>,
    /// Bytes of the translation.
    pub target: Range<usize>,
}

/// Links between a text and its translation, in the order of the translation. A piece has no link
/// where it came from no word, and several where it came from several.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alignment {
    /// The links.
    pub links: Vec<Link>,
}

impl Alignment {
    /// Of what a model looked at for each piece that it wrote: a share for each piece of the source.
    pub(crate) fn of(shares: &[Vec<f32>], sources: &[Range<usize>], targets: &[Range<usize>]) -> Self {
        let mut links = Vec::new();
        for (row, target) in shares.iter().zip(targets).filter(|(_, target)| !target.is_empty()) {
            let best = row.iter().zip(sources).max_by(|(a, _), (b, _)| a.total_cmp(b));
            let Some((_, source)) = best.filter(|(share, source)| **share >= LEAST && !source.is_empty())
            else {
                continue;
            };
            links.push(Link { source: source.clone(), target: target.clone() });
        }
        Self { links }
    }

    /// From the source of `self` to the translation of `next`, whose source is the translation of
    /// `self`.
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        let mut links = Vec::new();
        for Link { source: between, target } in &next.links {
            let met = self.links.iter().filter(|link| overlaps(&link.target, between));
            links.extend(met.map(|link| Link { source: link.source.clone(), target: target.clone() }));
        }
        links.dedup();
        Self { links }
    }

    /// With all places in both texts moved.
    pub(crate) fn moved(self, source: usize, target: usize) -> impl Iterator<Item = Link> {
        let by = |range: Range<usize>, bytes| range.start + bytes..range.end + bytes;
        self.links
            .into_iter()
            .map(move |link| Link { source: by(link.source, source), target: by(link.target, target) })
    }
}

/// Whether two ranges share anything.
fn overlaps(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn link(source: Range<usize>, target: Range<usize>) -> Link {
        Link { source, target }
    }

    #[test]
    fn each_piece_is_linked_to_what_was_looked_at_most() {
        let (sources, targets) = ([0..3, 4..7, 7..7], [0..2, 2..5, 5..5]);
        let shares = [vec![0.1, 0.8, 0.1], vec![0.1, 0.1, 0.8], vec![0.0, 0.0, 1.0]];
        assert_eq!(Alignment::of(&shares, &sources, &targets).links, [link(4..7, 0..2)]);
        assert_eq!(Alignment::of(&[vec![0.1; 9]], &sources, &targets).links, []);
    }

    #[test]
    fn alignments_are_followed_one_after_the_other() {
        let first = Alignment { links: vec![link(0..3, 4..9), link(4..8, 0..3)] };
        let second = Alignment { links: vec![link(0..4, 0..5), link(6..9, 6..7), link(3..4, 8..9)] };
        assert_eq!(first.then(&second).links, [link(4..8, 0..5), link(0..3, 6..7)]);
    }
}
