//! Products of four rows of weights with the activations of some tokens.
#![expect(unsafe_code, reason = "threads write different columns of the result: see Output")]

use super::activations::{BLOCK, Block};
use super::formats::{Format, GROUP, Part};
use super::lanes::{Run, pair_sums, widen_high, widen_low};
use super::output::Output;
use super::unrolled::each;
use wide::{f32x4, i8x16, i16x8, i32x4};

/// Half of a part: each vector holds four weights of each row in turn.
type Half = [i8x16; 4];

/// Integers that weights can be multiplied with.
pub(super) trait Dot: Sized + Copy {
    /// Sums for the four rows, on the way.
    type Sums: Copy;
    const ZERO: Self::Sums;

    /// Adds, for each token, the products of half a part with as many activations. `F` says how
    /// large weights are.
    fn add<F: Format, const T: usize>(q: &Half, x: [&[Self; BLOCK / 2]; T], sums: &mut [Self::Sums; T]);

    /// A sum for each row.
    fn total(sums: Self::Sums) -> i32x4;
}

impl Dot for i16 {
    /// Two for each of rows 0 and 1, two for each of rows 2 and 3.
    type Sums = [i32x4; 2];
    const ZERO: Self::Sums = [i32x4::ZERO; 2];

    #[inline(always)]
    fn add<F: Format, const T: usize>(q: &Half, x: [&[Self; BLOCK / 2]; T], sums: &mut [Self::Sums; T]) {
        each!(C of 4 => {
            let (low, high) = (widen_low(q[C]), widen_high(q[C]));
            each!(I of T => {
                let x = x[I];
                let four: u64 = bytemuck::cast([x[4 * C], x[4 * C + 1], x[4 * C + 2], x[4 * C + 3]]);
                let x: i16x8 = bytemuck::cast([four; 2]);
                sums[I][0] += low.dot(x);
                sums[I][1] += high.dot(x);
            });
        });
    }

    #[inline(always)]
    fn total([low, high]: Self::Sums) -> i32x4 {
        pair_sums(low, high)
    }
}

impl Dot for i8 {
    type Sums = i32x4;
    const ZERO: Self::Sums = i32x4::ZERO;

    #[inline(always)]
    fn add<F: Format, const T: usize>(q: &Half, x: [&[Self; BLOCK / 2]; T], sums: &mut [Self::Sums; T]) {
        let mut runs = [Run::ZERO; T];
        each!(C of 4 => {
            each!(I of T => {
                let x = x[I];
                let four: u32 = bytemuck::cast([x[4 * C], x[4 * C + 1], x[4 * C + 2], x[4 * C + 3]]);
                runs[I].add(bytemuck::cast([four; 4]), q[C]);
                if (C + 1).is_multiple_of(F::RUN) {
                    sums[I] += std::mem::replace(&mut runs[I], Run::ZERO).total();
                }
            });
        });
    }

    #[inline(always)]
    fn total(sums: Self::Sums) -> i32x4 {
        sums
    }
}

/// What a part adds to the products of each token: `scale · Σ q·x + min · Σ x`, by halves where
/// they differ. A token's result is the same however many there are.
#[inline(always)]
pub(super) fn add_part<F: Format, Q: Dot, const T: usize>(
    part: &Part,
    x: [&Block<Q>; T],
    sums: &mut [f32x4; T],
) {
    let (low, high) = part.q.split_at(4);
    let (Ok(low), Ok(high)) = (low.try_into(), high.try_into()) else { unreachable!("a half is four words") };
    let mut dots = [Q::ZERO; T];
    Q::add::<F, T>(low, x.map(|x| &x.q[0]), &mut dots);
    if F::HALVED {
        scale::<Q, T>(part, 0, x.map(|x| (x.scale, x.sums[0])), &dots, sums);
        dots = [Q::ZERO; T];
        Q::add::<F, T>(high, x.map(|x| &x.q[1]), &mut dots);
        scale::<Q, T>(part, 1, x.map(|x| (x.scale, x.sums[1])), &dots, sums);
    } else {
        Q::add::<F, T>(high, x.map(|x| &x.q[1]), &mut dots);
        scale::<Q, T>(part, 0, x.map(|x| (x.scale, x.sum)), &dots, sums);
    }
}

#[inline(always)]
fn scale<Q: Dot, const T: usize>(
    part: &Part,
    half: usize,
    x: [(f32, f32); T],
    dots: &[Q::Sums; T],
    sums: &mut [f32x4; T],
) {
    each!(I of T => {
        let (scale, sum) = x[I];
        let scale = part.scale[half] * f32x4::splat(scale);
        sums[I] += f32x4::from_i32x4(Q::total(dots[I])) * scale + part.min[half] * f32x4::splat(sum);
    });
}

/// The products of a group with tokens.
pub(super) fn tiles<F: Format, Q: Dot>(parts: &[Part], group: usize, x: &[&[Block<Q>]], out: &Output<'_>) {
    let (fours, rest) = x.as_chunks::<4>();
    for (i, &x) in fours.iter().enumerate() {
        tile::<F, Q, 4>(parts, group, x, 4 * i, out);
    }
    let (twos, one) = rest.as_chunks::<2>();
    if let Some(&x) = twos.first() {
        tile::<F, Q, 2>(parts, group, x, 4 * fours.len(), out);
    }
    if let [x] = *one {
        tile::<F, Q, 1>(parts, group, [x], 4 * fours.len() + 2 * twos.len(), out);
    }
}

/// The products of a group with tokens from `first` on.
#[inline(always)]
fn tile<F: Format, Q: Dot, const T: usize>(
    parts: &[Part],
    group: usize,
    x: [&[Block<Q>]; T],
    first: usize,
    out: &Output<'_>,
) {
    let mut sums = [f32x4::ZERO; T];
    // As long as the weights are, which the compiler cannot know.
    let x = x.map(|x| &x[..parts.len()]);
    for (i, part) in parts.iter().enumerate() {
        add_part::<F, Q, T>(part, x.map(|x| &x[i]), &mut sums);
    }
    for (t, sums) in sums.into_iter().enumerate() {
        // SAFETY: each group is in one part.
        unsafe { out.put(first + t, GROUP * group, sums) };
    }
}
