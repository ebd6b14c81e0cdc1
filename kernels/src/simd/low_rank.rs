//! Low-rank updates of products.
#![expect(unsafe_code, reason = "threads write different columns of the result: see Output")]

use super::output::Output;
use super::{Pool, lanes};
use crate::LowRank;
use half::f16;
use wide::f32x4;

/// Rows that are multiplied at once.
const GROUP: usize = 4;

/// A [`LowRank`] in the order in which products read it. It takes as much memory, but for up to
/// three rows more of each matrix and part.
#[derive(Debug)]
pub struct PackedLowRank {
    a: Halves,
    b: Halves,
    cols: usize,
    inner: usize,
    rows: usize,
    scale: f32,
}

/// 16-bit floats in groups of four rows: `[group][column][row of the group]`.
#[derive(Debug)]
struct Halves {
    cols: usize,
    groups: Vec<Group>,
    data: Vec<u8>,
}

/// Rows that stand one below the other and read the same.
#[derive(Clone, Copy, Debug)]
struct Group {
    /// The first row.
    row: usize,
    /// At most [`GROUP`].
    rows: usize,
    /// Where in a row of the input that begins which they are multiplied with.
    x: usize,
}

impl PackedLowRank {
    /// Packs an update.
    #[must_use]
    pub fn new(update: &LowRank) -> Self {
        let &LowRank { rank, cols, ref parts, scale, ref a, ref b } = update;
        let (inner, rows) = (update.inner(), update.rows());
        let a = Halves::new(a, cols, groups(&[inner], 0));
        Self { a, b: Halves::new(b, rank, groups(parts, rank)), cols, inner, rows, scale }
    }

    /// Bytes of memory.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.a.data.len() + self.b.data.len()
    }
}

/// As [`reference::low_rank`](crate::reference::low_rank()). Each token's results are the same
/// however many there are.
pub fn low_rank(pool: &Pool, update: &PackedLowRank, x: &[f32], out: &mut [f32]) {
    let &PackedLowRank { ref a, ref b, cols, inner, rows, scale } = update;
    let mut products = vec![0.0; x.len() / cols * inner];
    a.add_products(pool, x, cols, 1.0, &mut products, inner);
    b.add_products(pool, &products, inner, scale, out, rows);
}

/// The groups of parts one above the other, each of which reads on where the one before it ends,
/// `step` values further.
fn groups(parts: &[usize], step: usize) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut first = 0;
    for (part, &rows) in parts.iter().enumerate() {
        let group = |at: usize| Group { row: first + at, rows: GROUP.min(rows - at), x: part * step };
        groups.extend((0..rows).step_by(GROUP).map(group));
        first += rows;
    }
    groups
}

impl Halves {
    fn new(values: &[f16], cols: usize, groups: Vec<Group>) -> Self {
        let mut data = Vec::with_capacity(groups.len() * GROUP * cols * size_of::<f16>());
        for group in &groups {
            for col in 0..cols {
                for row in 0..GROUP {
                    let is_there = row < group.rows;
                    let value = if is_there { values[(group.row + row) * cols + col] } else { f16::ZERO };
                    data.extend(value.to_le_bytes());
                }
            }
        }
        Self { cols, groups, data }
    }

    /// Adds `scale` times the products with each row of `x`, of so many values, to the rows of
    /// `out`.
    fn add_products(
        &self,
        pool: &Pool,
        x: &[f32],
        x_width: usize,
        scale: f32,
        out: &mut [f32],
        width: usize,
    ) {
        let (tokens, groups) = (x.len() / x_width, self.groups.len());
        let out = Output::new(out, width);
        let share = pool.share(groups, MULTIPLICATION * GROUP * self.cols * tokens);
        pool.run(groups.div_ceil(share), |part| {
            let mut expanded = vec![f32x4::ZERO; self.cols];
            for group in part * share..groups.min((part + 1) * share) {
                self.expand(group, &mut expanded);
                let Group { row, rows, x: start } = self.groups[group];
                let x = |token: usize| &x[token * x_width + start..][..self.cols];
                let put = |token: usize, sums: f32x4| {
                    // SAFETY: each group, and with it each column, is in one part.
                    unsafe { out.add(token, row, rows, sums * f32x4::splat(scale)) };
                };
                let fours = tokens / TILE * TILE;
                for token in (0..fours).step_by(TILE) {
                    let sums = products::<TILE>(&expanded, std::array::from_fn(|t| x(token + t)));
                    (token..).zip(sums).for_each(|(token, sums)| put(token, sums));
                }
                for token in fours..tokens {
                    let [sums] = products(&expanded, [x(token)]);
                    put(token, sums);
                }
            }
        });
    }

    /// Expands a group: the four values of each column.
    fn expand(&self, group: usize, out: &mut [f32x4]) {
        /// Bytes of a column of a group.
        const COLUMN: usize = GROUP * size_of::<f16>();
        let (columns, _) = self.data.as_chunks::<COLUMN>();
        for (out, column) in out.iter_mut().zip(&columns[group * self.cols..]) {
            *out = lanes::halves(column, 0);
        }
    }
}

/// What a multiplication takes here, expanding included, in those of integers.
const MULTIPLICATION: usize = 4;

/// Tokens that are multiplied at once, where there are as many.
const TILE: usize = 4;

/// A sum for each of four rows and each token, in two parts.
#[inline(always)]
fn products<const T: usize>(rows: &[f32x4], x: [&[f32]; T]) -> [f32x4; T] {
    // As long as the rows are, which the compiler cannot know.
    let x = x.map(|x| x[..rows.len()].as_chunks::<2>());
    let (pairs, tail) = rows.as_chunks::<2>();
    let mut sums = [[f32x4::ZERO; 2]; T];
    for (i, [even, odd]) in pairs.iter().enumerate() {
        for t in 0..T {
            let [a, b] = x[t].0[i];
            sums[t][0] += *even * f32x4::splat(a);
            sums[t][1] += *odd * f32x4::splat(b);
        }
    }
    if let [last] = tail {
        for t in 0..T {
            sums[t][0] += *last * f32x4::splat(x[t].1[0]);
        }
    }
    sums.map(|[even, odd]| even + odd)
}
