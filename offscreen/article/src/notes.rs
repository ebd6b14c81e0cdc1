//! Telling the marks of notes from text that is raised, or linked, for its meaning.

use crate::text::short_text;
use dom_query::NodeRef;
use std::borrow::Cow;

/// Bytes of a mark at most, with what is around it.
const LONGEST: usize = 96;

/// Stands, unseen, in the text where a linked mark was: the brackets around it go too.
pub(crate) const GONE: &str = "\u{2063}";

/// Words that number a note inside brackets.
const PREFIXES: [&str; 8] = ["note", "nb", "n", "lower-alpha", "anm.", "anmerkung", "nota", "fn"];

/// Marks in words that encyclopaedias put into running text, between square brackets.
const WORDED: [&str; 18] = [
    "edit",
    "citation needed",
    "update",
    "clarification needed",
    "when?",
    "who?",
    "according to whom?",
    "better source needed",
    "bearbeiten",
    "beleg fehlt",
    "modifier",
    "réf. nécessaire",
    "cita requerida",
    "editar",
    "senza fonte",
    "modifica",
    "carece de fontes?",
    "sic?",
];

/// Beginnings of the names and addresses that software gives to notes.
const NOTE_NAMES: [&str; 7] = ["ref", "bib", "footnote", "endnote", "fn", "note", "cite"];

/// So many of them name references of every kind, which are words of a sentence unless they touch one.
const REFERENCE_NAMES: usize = 2;

/// Units and functions whose powers are written with raised figures, of more letters than two.
const UNITS: [&str; 13] =
    ["sec", "mol", "min", "bar", "mile", "miles", "metres", "sin", "sen", "cos", "tan", "cot", "log"];

/// Signs that mark a note.
const SIGNS: &str = "*†‡§¶#";

/// Whether this, in square brackets, marks a note.
fn is_marker(inside: &str) -> bool {
    let inside = inside.trim().to_lowercase();
    let last = inside.rsplit([' ', '\u{a0}']).next().unwrap_or(&inside);
    let prefix = inside[..inside.len() - last.len()].trim();
    last.split(['-', '–']).all(is_number) && (prefix.is_empty() || PREFIXES.contains(&prefix))
        || WORDED.contains(&&*inside)
        || inside.len() == 1 && inside.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Bytes that a marker has at most between its brackets: the longest is `clarification needed`.
const LONGEST_MARKER: usize = 32;

/// Bytes of the mark of a note in square brackets that `text` begins with: `[1]`, `[note 2]`, `[edit]`.
#[must_use]
pub fn note_mark(text: &str) -> Option<usize> {
    in_brackets(text).filter(|inside| is_marker(inside)).map(|inside| inside.len() + 2)
}

fn in_brackets(text: &str) -> Option<&str> {
    let near = &text[..text.floor_char_boundary(LONGEST_MARKER + 2)];
    Some(near.strip_prefix('[')?.split_once(']')?.0)
}

/// Drops the markers that encyclopaedias put into running text, and brackets around what is gone: `[1]`,
/// `[note 2]`, `[edit]`, `[citation needed]`. What may be an index, or a part of the sentence, stays: `argv[1]`,
/// `by [3]`.
pub(crate) fn drop_markers(text: &str) -> Cow<'_, str> {
    if !text.contains('[') {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let (before, from) = rest.split_at(open);
        kept.push_str(before);
        let is_gone = |inside: &str| inside.contains(GONE) && !inside.contains(char::is_alphanumeric);
        let mark =
            in_brackets(from).filter(|inside| is_gone(inside) || is_marker(inside) && !stays(&kept, inside));
        if mark.is_none() {
            kept.push('[');
        }
        rest = &from[mark.map_or(1, |inside| inside.len() + 2)..];
        if mark.is_some() && rest.starts_with([',', '.', ';', ')']) {
            kept.truncate(kept.trim_end().len());
        }
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// Whether what is in brackets may be an index: a number or a letter right behind what a program has; or words of a
/// sentence.
fn stays(before: &str, inside: &str) -> bool {
    let is_indexed = before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ')' | ']'))
        || before.ends_with(" .");
    is_mark(inside) && (is_indexed || is_within_sentence(before))
}

/// Whether what stands behind a space goes on with a sentence.
fn is_within_sentence(before: &str) -> bool {
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(8))..];
    let text = near.trim_end();
    text.len() < near.len() && text.ends_with(|c: char| !matches!(c, '.' | '!' | '?' | '。'))
}

/// Whether a `sup` behind this text is the mark of a note: in brackets, a link to the note, or a
/// number where nothing can be raised to a power.
pub(crate) fn is_raised_marker(node: &NodeRef<'_>, before: &str) -> bool {
    let Some(text) = short_text(node, LONGEST) else { return false };
    let text = text.trim();
    let mark = text.trim_matches(|c: char| matches!(c, '[' | ']' | '(' | ')') || c.is_whitespace());
    // The comma between two marks, the page behind one.
    if matches!(text, "," | ";" | "·") || text.starts_with(':') {
        return true;
    }
    let is_named = is_named(node, 0);
    if !is_mark(mark) {
        // What is linked in brackets is a note in any language.
        let is_bracketed = text.starts_with('[') && text.ends_with(']');
        let linked = || node.descendants_it().any(|inner| inner.has_attr("href"));
        return is_bracketed && (is_named || linked()) || is_marker(mark) && mark.len() < text.len();
    }
    let linked = node.ancestors_it(Some(2)).chain(node.descendants_it()).any(|near| links_within(&near));
    mark.len() < text.len() || linked || is_named || !may_be_raised(before, mark)
}

/// Whether a link behind this text is nothing but the mark of a note, or of a heading's address.
pub(crate) fn is_linked_marker(node: &NodeRef<'_>, before: &str) -> bool {
    let Some(text) = short_text(node, LONGEST) else { return false };
    let text = text.trim();
    if let Some(inside) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        let is_read = || is_mark(inside) && is_within_sentence(before) && !is_named(node, REFERENCE_NAMES);
        return is_marker(inside) && !is_read();
    }
    if !links_within(node) {
        return false;
    }
    if matches!(text, "#" | "¶" | "§" | "🔗" | "↩" | "↩︎" | "^" | "↑") {
        return true;
    }
    let inside = text.trim_matches(['(', ')']);
    let only_raised = || {
        let mut children =
            node.children_it(false).filter(|child| !child.is_text() || !child.text().trim().is_empty());
        children.next().is_some_and(|child| child.has_name("sup")) && children.next().is_none()
    };
    let skipped = if before.ends_with(|c: char| c.is_ascii_alphanumeric()) { 0 } else { REFERENCE_NAMES };
    is_mark(inside) && (is_named(node, skipped) || only_raised())
}

/// A number, a letter or a sign, or several.
pub(crate) fn is_mark(text: &str) -> bool {
    let mut marks =
        text.split([',', ';', ' ', '–', '-', '\u{a0}']).filter(|mark| !mark.is_empty()).peekable();
    marks.peek().is_some()
        && marks.all(|mark| {
            is_number(mark)
                || mark.len() == 1 && mark.bytes().all(|byte| byte.is_ascii_lowercase())
                || mark.chars().count() <= 3 && mark.chars().all(|c| SIGNS.contains(c))
        })
        && !text.starts_with(['-', '–', '−'])
}

fn is_number(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// A link within a page, or into another page's notes.
fn links_within(node: &NodeRef<'_>) -> bool {
    node.attr("href").is_some_and(|href| href.contains('#'))
}

/// Whether a word of a node's names, or the address it links to, begins with one of `NOTE_NAMES` behind the first
/// `skipped`.
fn is_named(node: &NodeRef<'_>, skipped: usize) -> bool {
    let address = node.attr("href").unwrap_or_default();
    let address = address.rsplit('#').next().unwrap_or_default();
    let (class, rel) = (node.attr("class").unwrap_or_default(), node.attr("rel").unwrap_or_default());
    let words = class.split(|c: char| !c.is_alphanumeric()).chain([address, &*rel]);
    words.take(16).any(|word| {
        let word = word.get(..word.len().min(LONGEST)).unwrap_or_default().to_lowercase();
        NOTE_NAMES.iter().skip(skipped).any(|name| word.starts_with(name))
    })
}

/// Whether what stands here can be raised to a power, or numbered: a figure, a unit, a variable.
fn may_be_raised(before: &str, mark: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    match before.chars().next_back() {
        // A year is not squared; 1024 is none that many pages tell of.
        Some(last) if last.is_ascii_digit() => {
            !(word.len() == 4 && digits == 4 && ("1100".."2100").contains(&word)) && is_letterless(mark)
                || !is_letterless(mark) && !SIGNS.contains(mark)
        }
        Some(')') => {
            before.trim_end_matches(')').ends_with(|c: char| c.is_ascii_digit()) || {
                let inside = before.rsplit('(').next().unwrap_or_default();
                !inside.chars().any(char::is_whitespace) || inside.contains(['+', '−', '-', '/'])
            }
        }
        Some(last) if last.is_alphabetic() => {
            word.chars().count() <= 2
                || UNITS.contains(&word)
                // `XX` and `M`: ordinals and titles are raised letters.
                || !is_letterless(mark) && !SIGNS.contains(mark) && !last.is_lowercase()
        }
        // `D.ª`, `n.º`
        Some('.') => {
            !is_letterless(mark) && !SIGNS.contains(mark) && word.is_empty() && {
                let word =
                    before.trim_end_matches('.').rsplit(char::is_whitespace).next().unwrap_or_default();
                word.chars().count() <= 2
            }
        }
        Some(last) => !matches!(last, ',' | ';' | ':' | '!' | '?' | '”' | '"' | '’' | '»' | '…' | '。'),
        None => true,
    }
}

fn is_letterless(mark: &str) -> bool {
    !mark.chars().any(char::is_alphabetic) && !mark.chars().any(|c| SIGNS.contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_go_and_other_brackets_stay() {
        assert_eq!(drop_markers("Sea level[note 2] rose[citation needed].[1]"), "Sea level rose.");
        assert_eq!(
            drop_markers("He said [sic] of [10, 20] in [1999]"),
            "He said [sic] of [10, 20] in [1999]"
        );
        assert_eq!(drop_markers("open [ only"), "open [ only");
        let program = "Take argv[1], rows()[0], .[0] and a[i][j], as [2] says.";
        assert_eq!(drop_markers(program), program);
        assert_eq!(drop_markers("Es sank.[1] [2]塔[1]は [\u{2063}, \u{2063}]"), "Es sank. 塔は ");
    }
}
