//! What is said in a video, where the page shows its transcript: a list of times, each with the words that are said then.
//!
//! No site's names are known here. Times that grow, in elements of one kind, are a transcript if between the first and the
//! last as much is said as people say in that time: chapters have too few letters for it, timetables and the clock of a
//! ticker other numbers.

use crate::article::{Block, BlockKind, Place, PlaceStart};
use crate::elements::{is_block, kind_of};
use crate::error::Error;
use crate::pace::Pace;
use crate::text::{UNREAD, fold, text_in};
use dom_query::{NodeId, NodeRef};
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

mod stamp;

use stamp::leading_stamp;

/// Times of a transcript at least.
const FEWEST: usize = 6;

/// Letters and digits of a transcript at least.
const SHORTEST: usize = 150;

/// Letters and digits that are said in a second at least, with pauses, and at most.
const SLOWEST: usize = 1;
const FASTEST: usize = 35;

/// Bytes of a chapter's title at most.
const LONGEST_TITLE: usize = 120;

/// Bytes from which on a paragraph ends with its sentence.
const PARAGRAPH: usize = 500;

/// Bytes from which on words without punctuation, as a machine hears them, are taken for one sentence.
const UNPUNCTUATED: usize = 110;

/// Bytes for which there is one end of a sentence at least, where sentences have ends at all.
const SENTENCE: usize = 400;

/// Bytes of a sound's name at most: "[Applause]".
const LONGEST_SOUND: usize = 40;

/// A transcript as the text of an article.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Transcript {
    pub(crate) blocks: Vec<Block>,
    pub(crate) places: Vec<PlaceStart>,
    /// Bytes of its text.
    pub(crate) length: usize,
}

/// What is said from a time on.
#[derive(Debug)]
struct Segment {
    seconds: u32,
    /// The title of the chapter that begins with it.
    chapter: Option<String>,
    text: String,
}

/// Finds the page's transcript: of several the one with the most times.
///
/// # Errors
/// [`Error::Stopped`] when `pause` breaks.
pub(crate) async fn transcript(
    root: &NodeRef<'_>,
    pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
) -> Result<Option<Transcript>, Error> {
    let Some(times) = longest_run(root, pace).await? else { return Ok(None) };
    let Some(list) = common_ancestor(&times) else { return Ok(None) };
    let segments = segments(&list, &times, pace).await?;
    Ok(is_speech(&segments).then(|| read(&segments)))
}

/// A text that begins with a time.
#[derive(Clone, Copy)]
struct Time<'a> {
    node: NodeRef<'a>,
    seconds: u32,
}

/// The most times in a row that stand in elements of one kind, none before the one before it.
async fn longest_run<'a>(
    root: &NodeRef<'a>,
    pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
) -> Result<Option<Vec<Time<'a>>>, Error> {
    let mut open: HashMap<(usize, String), Vec<Time<'a>>> = HashMap::new();
    let mut best: Vec<Time<'a>> = Vec::new();
    let mut keep = |run: Vec<Time<'a>>| {
        if run.len() > best.len() {
            best = run;
        }
    };
    let mut stack = vec![(*root, 0)];
    while let Some((node, depth)) = stack.pop() {
        pace.work(1).await?;
        if let Some(text) = text_in(&node) {
            if let Some((seconds, _)) = leading_stamp(&text)
                && let Some(parent) = node.parent()
            {
                let class = parent.attr("class").unwrap_or_default();
                let name = parent.node_name().unwrap_or_default();
                pace.work(class.len()).await?;
                let run = open.entry((depth, format!("{name} {class}"))).or_default();
                if run.last().is_some_and(|last| last.seconds > seconds) {
                    keep(std::mem::take(run));
                }
                run.push(Time { node, seconds });
            }
            continue;
        }
        if !UNREAD.iter().any(|name| node.has_name(name)) {
            stack.extend(node.children_it(true).map(|child| (child, depth + 1)));
        }
    }
    // In the order of the page, so that of equally long ones the first is taken, whatever the map's order is.
    let mut runs: Vec<_> = open.into_values().collect();
    runs.sort_by_key(|run| run.first().map(|time| time.node.id));
    runs.into_iter().for_each(keep);
    Ok((best.len() >= FEWEST).then_some(best))
}

/// The innermost element that holds the first and the last of them.
fn common_ancestor<'a>(times: &[Time<'a>]) -> Option<NodeRef<'a>> {
    let (first, last) = (times.first()?, times.last()?);
    let above: HashSet<NodeId> = first.node.ancestors_it(None).map(|node| node.id).collect();
    last.node.ancestors_it(None).find(|node| above.contains(&node.id))
}

/// A node of the list that is still to be visited.
struct Visit<'a> {
    node: NodeRef<'a>,
    /// Which of the list's children it is in, from 1.
    item: usize,
    is_heading: bool,
}

/// A text within the list.
struct Piece {
    item: usize,
    is_heading: bool,
    /// Of one that begins with a time of the transcript.
    seconds: Option<u32>,
    text: String,
}

/// Takes a list apart: what stands behind a time, up to the next, is said then. What has no time of its own among
/// items that have both is the title of a chapter.
async fn segments(
    list: &NodeRef<'_>,
    times: &[Time<'_>],
    pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
) -> Result<Vec<Segment>, Error> {
    let pieces = pieces(list, times, pace).await?;
    let timed: HashSet<usize> =
        pieces.iter().filter(|piece| piece.seconds.is_some()).map(|piece| piece.item).collect();
    let said: HashSet<usize> =
        pieces.iter().filter(|piece| has_letters(&piece.text)).map(|piece| piece.item).collect();
    let are_whole = timed.intersection(&said).count() * 2 > timed.len();
    let mut segments: Vec<Segment> = Vec::new();
    let mut chapter = String::new();
    for Piece { item, is_heading, seconds, text } in pieces {
        pace.work(text.len()).await?;
        if let Some(seconds) = seconds {
            let title = fold(&std::mem::take(&mut chapter));
            let chapter = Some(title).filter(|title| has_letters(title) && title.len() <= LONGEST_TITLE);
            segments.push(Segment { seconds, chapter, text });
        } else if is_heading || are_whole && !timed.contains(&item) {
            chapter.push_str(&text);
        } else if let Some(last) = segments.last_mut() {
            last.text.push_str(&text);
        }
    }
    for segment in &mut segments {
        pace.work(segment.text.len()).await?;
        segment.text = spoken(&fold(&segment.text));
    }
    segments.retain(|segment| segment.chapter.is_some() || has_letters(&segment.text));
    Ok(segments)
}

async fn pieces(
    list: &NodeRef<'_>,
    times: &[Time<'_>],
    pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
) -> Result<Vec<Piece>, Error> {
    let seconds: HashMap<NodeId, u32> = times.iter().map(|time| (time.node.id, time.seconds)).collect();
    let mut pieces: Vec<Piece> = Vec::new();
    let mut items = 0;
    let mut stack = vec![Visit { node: *list, item: 0, is_heading: false }];
    while let Some(Visit { node, item, is_heading }) = stack.pop() {
        pace.work(1).await?;
        let item = if node.parent().is_some_and(|parent| parent.id == list.id) {
            items += 1;
            items
        } else {
            item
        };
        if let Some(text) = text_in(&node) {
            pace.work(text.len()).await?;
            let seconds = seconds.get(&node.id).copied();
            let text = match leading_stamp(&text) {
                Some((_, rest)) if seconds.is_some() || rest.trim().is_empty() => rest,
                _ => &*text,
            };
            pieces.push(Piece { item, is_heading, seconds, text: text.to_owned() });
            continue;
        }
        if UNREAD.iter().any(|name| node.has_name(name)) {
            continue;
        }
        let name = node.qual_name_ref().map(|name| name.local.clone());
        let kind = name.as_ref().and_then(kind_of);
        let is_heading = is_heading || matches!(kind, Some(BlockKind::Heading(_)));
        if name.is_some_and(|name| is_block(&name)) {
            // What stands on lines of its own does not run into what stands before it.
            pieces.push(Piece { item, is_heading, seconds: None, text: " ".to_owned() });
        }
        stack.extend(node.children_it(true).map(|node| Visit { node, item, is_heading }));
    }
    Ok(pieces)
}

/// Whether so much is said between the first time and the last as people say.
fn is_speech(segments: &[Segment]) -> bool {
    let (Some(first), Some(last)) = (segments.first(), segments.last()) else { return false };
    let letters = |segment: &Segment| segment.text.chars().filter(|c| c.is_alphanumeric()).count();
    let all: usize = segments.iter().map(letters).sum();
    // What is said last has no end.
    let between = all - letters(last);
    let seconds = usize::try_from(last.seconds - first.seconds).unwrap_or(usize::MAX);
    all >= SHORTEST
        && seconds.checked_mul(SLOWEST).is_some_and(|least| between >= least)
        && seconds.checked_mul(FASTEST).is_some_and(|most| between <= most)
}

/// What is said of a segment: not who begins to speak (`>>`), not what else is heard (`[Applause]`).
fn spoken(text: &str) -> String {
    let text = text.trim_start_matches(['>', '-', '–', '—', ' ']);
    // What stands between round brackets may be said: it is a sound where nothing else is.
    let is_sound = text.starts_with('(') && text.find(')') == Some(text.len() - 1);
    if is_sound && text.len() <= LONGEST_SOUND {
        return String::new();
    }
    let mut said = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, sound)) = rest.split_once('[') {
        said.push_str(before);
        let near = &sound[..sound.floor_char_boundary(LONGEST_SOUND)];
        rest = near.find(']').map_or(sound, |end| &sound[end + 1..]);
    }
    said.push_str(rest);
    fold(&said.replace('♪', " "))
}

fn has_letters(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

/// Joins segments to paragraphs of whole sentences. Where there are no ends of sentences, a few segments are one.
fn read(segments: &[Segment]) -> Transcript {
    let length: usize = segments.iter().map(|segment| segment.text.len()).sum();
    let ends: usize = segments.iter().map(|segment| segment.text.matches(ENDS).count()).sum();
    let has_sentences = ends * SENTENCE >= length;
    let mut transcript = Transcript { length, ..Transcript::default() };
    let mut open = false;
    for Segment { seconds, chapter, text } in segments {
        if let Some(chapter) = chapter {
            transcript.blocks.push(Block { kind: BlockKind::Heading(2), text: chapter.clone() });
            open = false;
        }
        if !has_letters(text) {
            continue;
        }
        if !open {
            transcript.blocks.push(Block { kind: BlockKind::Paragraph, text: String::new() });
        }
        let block = transcript.blocks.len() - 1;
        let said = &mut transcript.blocks[block].text;
        if !(said.is_empty() || said.ends_with(is_unspaced) && text.starts_with(is_unspaced)) {
            said.push(' ');
        }
        transcript.places.push(PlaceStart { block, offset: said.len(), place: Place::Time(*seconds) });
        said.push_str(text);
        let is_whole = said.trim_end_matches(['"', '”', '’', '»', ')']).ends_with(ENDS);
        open = if has_sentences { said.len() < PARAGRAPH || !is_whole } else { said.len() < UNPUNCTUATED };
    }
    transcript
}

/// Ends of sentences.
const ENDS: [char; 9] = ['.', '!', '?', '…', '。', '！', '？', '؟', '।'];

/// Letters of scripts that put no spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

#[cfg(test)]
mod tests;
