//! The order in which a page's segments are read: column after column, between what spans them.

use super::segments::Segment;

/// Of a region's width, where no gutter is looked for on either side: bullets and numbers of lists
/// stand there.
const MARGIN: f32 = 0.15;
/// In ems, the narrowest gutter.
const NARROWEST: f32 = 0.8;
/// Of a region's segments, those that may cross a gutter: titles, wide figures.
const CROSSING: f32 = 0.25;
/// Columns have so many lines at least …
const FEWEST_LINES: usize = 3;
/// … of so many letters: shorter ones are cells of a table.
const FEWEST_LETTERS: usize = 16;
/// Columns within columns, and bands of them.
const DEPTH: usize = 8;
/// In lines, what a gap is at least that parts what is above it from what is below.
const BAND: f32 = 1.6;

/// Regions in the order in which they are read, in each the segments from top to bottom.
pub(super) fn regions(segments: Vec<Segment>, is_right_to_left: bool) -> Vec<Vec<Segment>> {
    let mut regions = Vec::new();
    part(segments, is_right_to_left, DEPTH, &mut regions);
    regions
}

fn part(segments: Vec<Segment>, is_right_to_left: bool, depth: usize, regions: &mut Vec<Vec<Segment>>) {
    if segments.is_empty() {
        return;
    }
    if depth == 0 {
        return regions.push(segments);
    }
    if let Some(gutter) = gutter(&segments) {
        return columns(segments, gutter, is_right_to_left, depth - 1, regions);
    }
    match widest_gap(&segments) {
        Some(at) => {
            let mut above = segments;
            let below = above.split_off(at);
            part(above, is_right_to_left, depth - 1, regions);
            part(below, is_right_to_left, depth - 1, regions);
        }
        None => regions.push(segments),
    }
}

/// The columns on both sides of a gutter, in bands between what crosses it.
fn columns(
    segments: Vec<Segment>,
    gutter: f32,
    is_right_to_left: bool,
    depth: usize,
    regions: &mut Vec<Vec<Segment>>,
) {
    let (mut crossing, mut sides) = (Vec::new(), [Vec::new(), Vec::new()]);
    let close = |sides: &mut [Vec<Segment>; 2], regions: &mut Vec<Vec<Segment>>| {
        let [left, right] = std::mem::take(sides);
        let order = if is_right_to_left { [right, left] } else { [left, right] };
        order.into_iter().for_each(|side| part(side, is_right_to_left, depth, regions));
    };
    for segment in segments {
        if segment.left < gutter && segment.right > gutter {
            close(&mut sides, regions);
            crossing.push(segment);
            continue;
        }
        if !crossing.is_empty() {
            part(std::mem::take(&mut crossing), is_right_to_left, depth, regions);
        }
        sides[usize::from(segment.left >= gutter)].push(segment);
    }
    close(&mut sides, regions);
    part(crossing, is_right_to_left, depth, regions);
}

/// Where the gutter between two columns is, if there are any.
fn gutter(segments: &[Segment]) -> Option<f32> {
    let left = segments.iter().map(|segment| segment.left).fold(f32::INFINITY, f32::min);
    let right = segments.iter().map(|segment| segment.right).fold(f32::NEG_INFINITY, f32::max);
    let inside = left + MARGIN * (right - left)..right - MARGIN * (right - left);
    let mut ends: Vec<(f32, i32)> =
        segments.iter().flat_map(|one| [(one.left, 1), (one.right, -1)]).collect();
    ends.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
    let narrowest = NARROWEST * typical_size(segments);
    let mut covering = 0;
    let mut best: Option<(i32, f32, f32)> = None;
    for pair in ends.windows(2) {
        covering += pair[0].1;
        let (from, width) = (pair[0].0, pair[1].0 - pair[0].0);
        let middle = from + width / 2.0;
        if width < narrowest || !inside.contains(&middle) {
            continue;
        }
        if best.is_none_or(|(least, widest, _)| covering < least || covering == least && width > widest) {
            best = Some((covering, width, middle));
        }
    }
    let (covering, _, gutter) = best?;
    if covering as f32 > CROSSING * segments.len() as f32 {
        return None;
    }
    let is_column = |is_in: &dyn Fn(&&Segment) -> bool| {
        let side: Vec<_> = segments.iter().filter(is_in).collect();
        let letters: usize = side.iter().map(|segment| segment.length()).sum();
        side.len() >= FEWEST_LINES && letters >= FEWEST_LETTERS * side.len()
    };
    (is_column(&|one| one.right <= gutter) && is_column(&|one| one.left >= gutter)).then_some(gutter)
}

/// Before which segment the widest gap between lines is, if it is one that parts them.
fn widest_gap(segments: &[Segment]) -> Option<usize> {
    let gaps = segments.windows(2).enumerate().map(|(at, pair)| (at + 1, pair[1].y - pair[0].y));
    let (at, gap) = gaps.max_by(|one, other| one.1.total_cmp(&other.1))?;
    (gap > BAND * typical_size(segments) * 1.2).then_some(at)
}

fn typical_size(segments: &[Segment]) -> f32 {
    let mut sizes: Vec<f32> = segments.iter().map(|segment| segment.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or_default()
}
