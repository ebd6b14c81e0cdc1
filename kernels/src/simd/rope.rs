use super::Pool;
use super::rows::part;
use crate::ops::RopeStyle;
use wide::f32x4;

/// The sines and cosines of one step's positions: worked out once, used by every layer.
#[derive(Clone, Debug)]
pub struct Rotations {
    frequencies: Vec<f32>,
    positions: Vec<usize>,
    /// `[token][frequency]`.
    cosines: Vec<f32>,
    sines: Vec<f32>,
}

impl Rotations {
    /// For heads of `2 · frequencies.len()` values, see
    /// [`rope_frequencies`](crate::ops::rope_frequencies).
    #[must_use]
    pub fn new(frequencies: &[f32]) -> Self {
        Self {
            frequencies: frequencies.to_vec(),
            positions: Vec::new(),
            cosines: Vec::new(),
            sines: Vec::new(),
        }
    }

    /// Provides for the tokens of a step at these positions.
    fn provide(&mut self, positions: &[usize]) {
        if self.positions == positions {
            return;
        }
        self.positions.clear();
        self.positions.extend(positions);
        self.cosines.clear();
        self.sines.clear();
        for &pos in positions {
            for frequency in &self.frequencies {
                let (sin, cos) = (pos as f32 * frequency).sin_cos();
                self.cosines.push(cos);
                self.sines.push(sin);
            }
        }
    }
}

/// As [`reference::rope`](crate::reference::rope) with the frequencies of `rotations`, which belong
/// to the caller; each row stands at a position of its own.
pub fn rope(
    pool: &Pool,
    x: &mut [f32],
    width: usize,
    rotations: &mut Rotations,
    style: RopeStyle,
    positions: &[usize],
) {
    debug_assert_eq!(positions.len(), x.len() / width);
    rotations.provide(positions);
    let Rotations { frequencies, cosines, sines, .. } = &*rotations;
    let half = frequencies.len();
    let len = part(width);
    pool.chunks(x, len, |index, rows| {
        let first = index * len / width;
        for (t, row) in (first..).zip(rows.chunks_exact_mut(width)) {
            let (cosines, sines) = (&cosines[t * half..][..half], &sines[t * half..][..half]);
            for head in row.chunks_exact_mut(2 * half) {
                match style {
                    RopeStyle::Halves => halves(head, cosines, sines),
                    RopeStyle::Interleaved => interleaved(head, cosines, sines),
                }
            }
        }
    });
}

/// Rotates pairs whose ends are half a head apart.
fn halves(head: &mut [f32], cosines: &[f32], sines: &[f32]) {
    let (x, y) = head.split_at_mut(cosines.len());
    let ((x, x_tail), (y, y_tail)) = (x.as_chunks_mut(), y.as_chunks_mut());
    let ((cosines, cos_tail), (sines, sin_tail)) = (cosines.as_chunks(), sines.as_chunks());
    for ((x, y), (cos, sin)) in x.iter_mut().zip(y).zip(cosines.iter().zip(sines)) {
        let (a, b) = rotate([f32x4::new(*x), f32x4::new(*y)], f32x4::new(*cos), f32x4::new(*sin));
        (*x, *y) = (a.to_array(), b.to_array());
    }
    for ((x, y), (&cos, &sin)) in x_tail.iter_mut().zip(y_tail).zip(cos_tail.iter().zip(sin_tail)) {
        (*x, *y) = (*x * cos - *y * sin, *x * sin + *y * cos);
    }
}

/// Rotates pairs of neighbours.
fn interleaved(head: &mut [f32], cosines: &[f32], sines: &[f32]) {
    let (head, tail) = head.as_chunks_mut::<8>();
    let ((cosines, cos_tail), (sines, sin_tail)) = (cosines.as_chunks(), sines.as_chunks());
    for (values, (cos, sin)) in head.iter_mut().zip(cosines.iter().zip(sines)) {
        let [first, second]: [f32x4; 2] = bytemuck::cast(*values);
        let (low, high) = (first.unpack_lo(second), first.unpack_hi(second));
        let pairs = [low.unpack_lo(high), low.unpack_hi(high)];
        let (x, y) = rotate(pairs, f32x4::new(*cos), f32x4::new(*sin));
        *values = bytemuck::cast([x.unpack_lo(y), x.unpack_hi(y)]);
    }
    for ([x, y], (&cos, &sin)) in tail.as_chunks_mut().0.iter_mut().zip(cos_tail.iter().zip(sin_tail)) {
        (*x, *y) = (*x * cos - *y * sin, *x * sin + *y * cos);
    }
}

#[inline(always)]
fn rotate([x, y]: [f32x4; 2], cos: f32x4, sin: f32x4) -> (f32x4, f32x4) {
    (x * cos - y * sin, x * sin + y * cos)
}
