//! Taking over single differences of a model's version.
//!
//! Small models do what they are asked to, but also leave out words and say things anew. So a
//! version need not be taken as a whole: it is compared with the sentence word by word, and of the
//! differences only those are taken over that are fair to it. What the sentence says is out of the
//! model's reach.

use super::spelling::is_related;
use crate::align::align;
use crate::words::{Analyzer, Word};
use std::ops::Range;

/// Says of words of the sentence and words in their place whether the one may stand for the other.
/// Either may be empty.
pub(super) type Fair<'a> = dyn Fn(&[Word<'_>], &[Word<'_>]) -> bool + 'a;

/// The English sentence `source` with the differences of `answer` that are fair; `source` itself
/// when none is, or when the share of its words that `answer` has is less than `alike`: such an
/// answer speaks of something else.
pub(super) fn take_over(source: &str, answer: &str, alike: f32, is_fair: &Fair<'_>) -> String {
    let english = Analyzer::english();
    let (own, theirs) = (english.words(source), english.words(answer));
    if (pairs(&own, &theirs).len() as f32) < alike * own.len() as f32 {
        return source.to_owned();
    }
    let mut taken = String::new();
    let mut at = 0;
    for edit in edits(&own, &theirs, is_fair) {
        let (old, new) = (&own[edit.own.clone()], &theirs[edit.theirs.clone()]);
        let (start, end) = place(&own, &edit);
        let text = match (new.first(), new.last()) {
            (Some(first), Some(last)) => &answer[first.start..last.end()],
            _ => "",
        };
        // Marks between words are not the model's to set.
        let bare = |text: &str| text.chars().all(|c| c.is_alphanumeric() || " '’-".contains(c));
        // What is left out takes the space after it along.
        let end = if new.is_empty() { own.get(edit.own.end).map_or(end, |next| next.start) } else { end };
        if !is_fair(old, new) || !bare(text) || !bare(&source[start..end]) {
            continue;
        }
        // The mark of a possessor in the plural is in the new word.
        let mark = source[end..].chars().next().filter(|c| ['\'', '’'].contains(c) && text.ends_with('s'));
        let possesses = mark.is_some_and(|mark| text.contains(mark));
        let end = if possesses { end + mark.map_or(0, char::len_utf8) } else { end };
        taken.push_str(&source[at..start]);
        taken.push_str(text);
        if old.is_empty() {
            taken.push(' ');
        }
        at = end;
    }
    taken + &source[at..]
}

/// Words of the one that stand in the place of words of the other. Not both are empty.
#[derive(Clone)]
struct Edit {
    own: Range<usize>,
    theirs: Range<usize>,
}

/// Where an edit's words begin and end in the text; words that are added go before the next one.
fn place(own: &[Word<'_>], edit: &Edit) -> (usize, usize) {
    let start = own.get(edit.own.start).map_or_else(|| own.last().map_or(0, Word::end), |word| word.start);
    (start, if edit.own.is_empty() { start } else { own[edit.own.end - 1].end() })
}

/// Where the two differ, in order.
fn edits(own: &[Word<'_>], theirs: &[Word<'_>], is_fair: &Fair<'_>) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut from = (0, 0);
    let mut related = Vec::new();
    let end = (own.len(), theirs.len());
    for (i, j) in pairs(own, theirs).into_iter().chain([end]) {
        if (i, j) != end && own[i].text != theirs[j].text {
            related.push((i, j));
            continue;
        }
        let edit = Edit { own: from.0..i, theirs: from.1..j };
        // Of a stretch that lost words besides, the words that are there still are looked at one by
        // one.
        let one_by_one = edit.theirs.len() == related.len() && edit.own.len() > related.len();
        if one_by_one && !is_fair(&own[edit.own.clone()], &theirs[edit.theirs.clone()]) {
            edits.extend(related.drain(..).map(|(i, j)| Edit { own: i..i + 1, theirs: j..j + 1 }));
        } else if i < own.len() || !edit.own.is_empty() {
            edits.push(edit);
        }
        related.clear();
        from = (i + 1, j + 1);
    }
    edits.retain(|edit| !edit.own.is_empty() || !edit.theirs.is_empty());
    edits
}

/// The words of both that belong together, in order: as many as can be, equal ones rather than
/// those that are only related.
fn pairs(own: &[Word<'_>], theirs: &[Word<'_>]) -> Vec<(usize, usize)> {
    align(own.len(), theirs.len(), |i, j| match () {
        () if own[i].text == theirs[j].text => 5,
        () if is_related(&own[i], &theirs[j]) => 2,
        () => 0,
    })
}
