//! What the number of a step's tokens decides.

use kernels::gpu::RowLayout;

/// How many tokens a program is for.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Tokens {
    /// One: products with what surrounds them in one launch.
    One,
    /// Up to [`EXACT`]: the same, with attention's results put together before they are multiplied.
    Few,
    /// Any number: products by themselves.
    Many,
}

impl Tokens {
    /// What suits a step of so many tokens.
    pub(super) fn of(tokens: usize) -> Self {
        match tokens {
            0 | 1 => Self::One,
            2..=EXACT => Self::Few,
            _ => Self::Many,
        }
    }

    /// How activations lie: as the products of one token and of few read them, or not.
    pub(super) fn layout(self) -> RowLayout {
        match self {
            Self::One | Self::Few => RowLayout::Interleaved,
            Self::Many => RowLayout::Plain,
        }
    }
}

/// Steps of up to so many tokens are computed as those of one, in the same order and without
/// rounding to integers: drafts that are verified must come out as if decoded one by one.
pub(super) const EXACT: usize = 16;

// Every draft is verified by such a step.
const _: () = assert!(crate::lookup::MOST < EXACT);
