//! What a page shows: its letters, each with its place. Pictures are noticed, never decoded.
#![allow(clippy::cast_possible_truncation, reason = "places on a page need no more digits than f32 has")]

use hayro_interpret::font::{Glyph as Drawn, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, interpret_page,
};
use std::collections::HashSet;

/// Letters of a page that are read; a page of a newspaper has 30,000.
const MOST_GLYPHS: usize = 200_000;

/// Points; smaller letters are not there to be read.
const SMALLEST: f32 = 1.5;

/// A font's own units in an em.
const UNITS_PER_EM: f64 = 1000.0;

/// A letter where it stands. Its writing runs to the right and lines follow each other downwards,
/// whichever way the page is turned; everything is in points.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    /// What it stands for: often one character, of a ligature several, none where the file does not
    /// tell.
    pub(super) text: Option<String>,
    pub(super) left: f32,
    pub(super) right: f32,
    /// Where its baseline is.
    pub(super) y: f32,
    /// Height of an em.
    pub(super) size: f32,
    pub(super) is_bold: bool,
}

/// Letters that are written in the same direction.
#[derive(Default)]
pub(super) struct Layer {
    /// In the order in which the page draws them.
    pub(super) glyphs: Vec<Glyph>,
    /// From the top of the page to its bottom, as the layer counts.
    pub(super) top: f32,
    pub(super) bottom: f32,
}

/// What was found on a page.
pub(super) struct Shown {
    /// The direction with most letters comes first.
    pub(super) layers: Vec<Layer>,
    /// Whether there are pictures on it.
    pub(super) has_pictures: bool,
    /// Whether it held more letters than are read.
    pub(super) is_cut: bool,
}

/// Reads what a page shows.
pub(super) fn shown<'a>(
    page: &Page<'a>,
    cache: &InterpreterCache<'a>,
    settings: &InterpreterSettings,
) -> Shown {
    let (width, height) = page.render_dimensions();
    let bounds = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
    let transform = Affine::new(page.initial_transform(true).as_coeffs());
    let mut context = Context::new(transform, bounds, cache, page.xref(), settings.clone());
    let mut eye = Eye { bounds, ..Eye::default() };
    interpret_page(page, &mut context, &mut eye);
    eye.finish()
}

/// Where a line of writing runs to.
#[derive(Clone, Copy)]
enum Direction {
    Right,
    Down,
    Left,
    Up,
}

impl Direction {
    /// The nearest to that of a vector.
    fn of(along: Vec2) -> Self {
        match (along.x.abs() >= along.y.abs(), along.x >= 0.0, along.y >= 0.0) {
            (true, true, _) => Self::Right,
            (true, false, _) => Self::Left,
            (false, _, true) => Self::Down,
            (false, _, false) => Self::Up,
        }
    }

    /// A point of the page turned so that the writing runs to the right.
    fn turn(self, point: Point) -> (f64, f64) {
        match self {
            Self::Right => (point.x, point.y),
            Self::Down => (point.y, -point.x),
            Self::Left => (-point.x, -point.y),
            Self::Up => (-point.y, point.x),
        }
    }
}

/// Looks at what is drawn.
#[derive(Default)]
struct Eye {
    bounds: Rect,
    /// By [`Direction`].
    visible: [Vec<Glyph>; 4],
    /// The text that recognition of characters lays under a scanned page.
    invisible: [Vec<Glyph>; 4],
    /// What was drawn where, in whole points: a bold letter may be one that is drawn twice.
    drawn: HashSet<(u32, i32, i32)>,
    count: usize,
    has_pictures: bool,
}

impl Eye {
    fn finish(self) -> Shown {
        let is_empty = |layers: &[Vec<Glyph>; 4]| layers.iter().all(Vec::is_empty);
        let found = if is_empty(&self.visible) { self.invisible } else { self.visible };
        let (width, height) = (self.bounds.width() as f32, self.bounds.height() as f32);
        let edges = [(0.0, height), (-width, 0.0), (-height, 0.0), (0.0, width)];
        let layers = found.into_iter().zip(edges);
        let layers = layers.map(|(glyphs, (top, bottom))| Layer { glyphs, top, bottom });
        let mut layers: Vec<_> = layers.filter(|layer| !layer.glyphs.is_empty()).collect();
        layers.sort_by_key(|layer| std::cmp::Reverse(layer.glyphs.len()));
        Shown { layers, has_pictures: self.has_pictures, is_cut: self.count >= MOST_GLYPHS }
    }

    fn see(&mut self, glyph: &Drawn<'_>, transform: Affine, is_visible: bool) {
        if self.count >= MOST_GLYPHS {
            return;
        }
        let (advance, is_bold) = match glyph {
            Drawn::Outline(outline) => (outline.advance_width(), is_bold(outline)),
            Drawn::Type3(glyph) => (glyph.advance_width(), false),
        };
        let advance = f64::from(advance.unwrap_or(0.0)).clamp(0.0, 4.0 * UNITS_PER_EM);
        let (start, end) = (transform * Point::ORIGIN, transform * Point::new(advance, 0.0));
        let along = transform * Point::new(UNITS_PER_EM, 0.0) - start;
        let up = transform * Point::new(0.0, UNITS_PER_EM) - start;
        let size = up.hypot() as f32;
        if !(start.is_finite() && end.is_finite() && size.is_finite()) || size < SMALLEST {
            return;
        }
        if !self.bounds.contains(start.midpoint(end)) {
            return;
        }
        let code = glyph.char_code();
        if !self.drawn.insert((code, whole(start.x), whole(start.y))) {
            return;
        }
        let direction = Direction::of(along);
        let turn = |point: Point| direction.turn(point);
        let ((left, y), (right, _)) = (turn(start), turn(end));
        let text = glyph.as_unicode().map(|text| match text {
            BfString::Char(char) => char.to_string(),
            BfString::String(text) => text,
        });
        let glyph = Glyph { text, left: left as f32, right: right as f32, y: y as f32, size, is_bold };
        let layers = if is_visible { &mut self.visible } else { &mut self.invisible };
        layers[direction as usize].push(glyph);
        self.count += 1;
    }
}

/// Whole points; saturates.
fn whole(length: f64) -> i32 {
    length.round() as i32
}

fn is_bold(glyph: &hayro_interpret::font::OutlineGlyph) -> bool {
    let Some(font) = glyph.font_data() else { return false };
    let is_named =
        |name: &String| ["Bold", "Black", "Heavy", "Semibold"].iter().any(|word| name.contains(word));
    font.weight.is_some_and(|weight| weight >= 600) || font.postscript_name.as_ref().is_some_and(is_named)
}

impl<'a> Device<'a> for Eye {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, mode: &DrawMode) {
        let is_visible = !matches!(mode, DrawMode::Invisible);
        for glyph in run.glyphs() {
            self.see(glyph, props.transform * glyph.transform(), is_visible);
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.has_pictures = true;
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {}
    fn pop_clip(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
