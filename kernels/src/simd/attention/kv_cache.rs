use super::tile::{INNER, LIMIT, OUTER, Tile, inverse, quantize};
use crate::simd::rows::{largest, load};
use std::sync::Arc;
use wide::{f32x4, i16x8};

/// Positions that are stored, and gone over, together.
pub(super) const SPAN: usize = 128;

/// Keys and values of one layer as 16-bit integers, with a scale for each head's row; grows with
/// the text. Copies share what they have in common until one of them writes there.
#[derive(Clone, Debug)]
pub struct KvCache {
    kv_heads: usize,
    head_dim: usize,
    len: usize,
    /// `[span][kv_head]`.
    spans: Vec<Arc<Span>>,
}

/// One head's keys and values at [`SPAN`] positions, laid out for `keys · q` and `weights ·
/// values`.
#[derive(Clone, Debug)]
pub(super) struct Span {
    /// `[position / 8][dim / 32]`: rows are positions.
    pub(super) keys: Box<[Tile]>,
    /// `[position / 32][dim / 8]`: rows are dimensions.
    pub(super) values: Box<[Tile]>,
    pub(super) key_scales: [f32; SPAN],
    pub(super) value_scales: [f32; SPAN],
}

impl KvCache {
    /// An empty one, for so many heads of so many values.
    #[must_use]
    pub fn new(kv_heads: usize, head_dim: usize) -> Self {
        Self { kv_heads, head_dim, len: 0, spans: Vec::new() }
    }

    /// Positions it holds.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether it holds none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Bytes it takes, those for positions to come and those shared with copies included.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let each =
            |span: &Arc<Span>| size_of::<Span>() + size_of_val(&*span.keys) + size_of_val(&*span.values);
        self.spans.iter().map(each).sum()
    }

    /// Stores rows `[kv_head][head_dim]` of consecutive positions from `pos` on. What lay there and
    /// after is forgotten.
    ///
    /// # Panics
    /// When positions before `pos` are missing.
    pub fn store(&mut self, pos: usize, keys: &[f32], values: &[f32]) {
        assert!(pos <= self.len, "positions {}..{pos} were left out", self.len);
        let rows = keys.chunks_exact(self.head_dim).zip(values.chunks_exact(self.head_dim));
        let rows_before = pos * self.kv_heads;
        self.len = pos + keys.len() / (self.kv_heads * self.head_dim);
        let spans = self.len.div_ceil(SPAN) * self.kv_heads;
        if self.spans.len() < spans {
            let width = self.width();
            self.spans.resize_with(spans, || Arc::new(Span::new(width)));
        }
        for (row, (key, value)) in (rows_before..).zip(rows) {
            let (pos, head) = (row / self.kv_heads, row % self.kv_heads);
            let span = &mut self.spans[pos / SPAN * self.kv_heads + head];
            Arc::make_mut(span).store(pos % SPAN, key, value);
        }
    }

    /// The first `len` positions, for a text that begins as this one: no memory is taken until
    /// either goes on.
    #[must_use]
    pub fn fork(&self, len: usize) -> Self {
        let len = self.len.min(len);
        let spans = self.spans[..len.div_ceil(SPAN) * self.kv_heads].to_vec();
        Self { len, spans, ..*self }
    }

    /// Forgets all positions but the first `len`, and gives back the memory that they took.
    pub fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
        self.spans.truncate(self.len.div_ceil(SPAN) * self.kv_heads);
    }

    /// Values per head as stored: whole strips, filled up with zeros.
    pub(super) fn width(&self) -> usize {
        self.head_dim.next_multiple_of(INNER)
    }

    pub(super) fn span(&self, span: usize, kv_head: usize) -> &Span {
        &self.spans[span * self.kv_heads + kv_head]
    }
}

impl Span {
    fn new(width: usize) -> Self {
        let tiles = || vec![[[i16x8::ZERO; 2]; INNER / 2]; SPAN / OUTER * (width / INNER)].into();
        Self { keys: tiles(), values: tiles(), key_scales: [0.0; SPAN], value_scales: [0.0; SPAN] }
    }

    fn store(&mut self, at: usize, key: &[f32], value: &[f32]) {
        let strips = self.keys.len() / (SPAN / OUTER);
        self.key_scales[at] = scale(key);
        let tiles = &mut self.keys[at / OUTER * strips..][..strips];
        for (tile, key) in tiles.iter_mut().zip(key.chunks(INNER)) {
            let strip = quantize(&filled(key), inverse(self.key_scales[at]));
            let pairs: &mut [[i32; OUTER]; INNER / 2] = bytemuck::cast_mut(tile);
            for (pairs, pair) in pairs.iter_mut().zip(strip) {
                pairs[at % OUTER] = pair;
            }
        }
        self.value_scales[at] = scale(value);
        let octets = strips * (INNER / OUTER);
        let tiles = &mut self.values[at / INNER * octets..][..octets];
        for (tiles, value) in tiles.chunks_exact_mut(INNER / OUTER).zip(value.chunks(INNER)) {
            let strip = quantize(&filled(value), inverse(self.value_scales[at]));
            let octets: [[i16; OUTER]; INNER / OUTER] = bytemuck::cast(strip);
            for (tile, octet) in tiles.iter_mut().zip(octets) {
                let pairs: &mut [[[i16; 2]; OUTER]; INNER / 2] = bytemuck::cast_mut(tile);
                for (pair, value) in pairs[at % INNER / 2].iter_mut().zip(octet) {
                    pair[at % 2] = value;
                }
            }
        }
    }
}

/// The scale with which a row becomes integers of a [`Tile`].
fn scale(row: &[f32]) -> f32 {
    let max = row.chunks(4).fold(f32x4::ZERO, |max, values| max.fast_max(load(values).abs()));
    let scale = largest(max) / f32::from(LIMIT);
    if scale < f32::MIN_POSITIVE { 0.0 } else { scale }
}

/// Up to 32 values, filled up with zeros.
pub(super) fn filled(values: &[f32]) -> [f32; INNER] {
    values.try_into().unwrap_or_else(|_| {
        let mut filled = [0.0; INNER];
        filled[..values.len()].copy_from_slice(values);
        filled
    })
}
