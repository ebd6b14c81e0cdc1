//! Telling the marks of notes from text that is raised, or linked, for its meaning.

use crate::text::short_text;
use dom_query::NodeRef;
use std::borrow::Cow;

/// Bytes of a mark at most, with what is around it.
const LONGEST: usize = 64;

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

/// Parts of the names and addresses that software gives to notes.
const NOTE_NAMES: [&str; 7] = ["footnote", "endnote", "fn", "note", "cite", "ref", "bib"];

/// Units whose powers are written with raised figures, of more letters than two.
const UNITS: [&str; 7] = ["sec", "mol", "min", "bar", "mile", "miles", "metres"];

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
    let near = &text[..text.floor_char_boundary(LONGEST_MARKER + 2)];
    let (inside, _) = near.strip_prefix('[')?.split_once(']')?;
    is_marker(inside).then_some(inside.len() + 2)
}

/// Drops the markers that encyclopaedias put into running text: `[1]`, `[note 2]`, `[edit]`,
/// `[citation needed]`.
pub(crate) fn drop_markers(text: &str) -> Cow<'_, str> {
    if !text.contains('[') {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('[') {
        let (before, from) = rest.split_at(open);
        kept.push_str(before);
        let mark = note_mark(from);
        if mark.is_none() {
            kept.push('[');
        }
        rest = &from[mark.unwrap_or(1)..];
    }
    kept.push_str(rest);
    Cow::Owned(kept)
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
    if !is_mark(mark) {
        return is_marker(mark) && mark.len() < text.len();
    }
    let linked = node.ancestors_it(Some(2)).chain(node.descendants_it()).any(|near| links_within(&near));
    mark.len() < text.len() || linked || is_named(node) || !may_be_raised(before, mark)
}

/// Whether a link is nothing but the mark of a note, or of a heading's address.
pub(crate) fn is_linked_marker(node: &NodeRef<'_>) -> bool {
    if !links_within(node) {
        return false;
    }
    let Some(text) = short_text(node, LONGEST) else { return false };
    let text = text.trim();
    if matches!(text, "#" | "¶" | "§" | "🔗" | "↩" | "↩︎" | "^" | "↑") {
        return true;
    }
    if let Some(inside) = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')) {
        return is_marker(inside);
    }
    let inside = text.trim_matches(['(', ')']);
    let only_raised = || {
        let mut children =
            node.children_it(false).filter(|child| !child.is_text() || !child.text().trim().is_empty());
        children.next().is_some_and(|child| child.has_name("sup")) && children.next().is_none()
    };
    is_mark(inside) && (is_named(node) || only_raised())
}

/// A number, a letter or a sign, or several.
fn is_mark(text: &str) -> bool {
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

/// Whether a node's names, or the address it links to, are those of a note.
fn is_named(node: &NodeRef<'_>) -> bool {
    let address = node.attr("href").unwrap_or_default();
    let address = address.rsplit('#').next().unwrap_or_default();
    let (class, rel) = (node.attr("class").unwrap_or_default(), node.attr("rel").unwrap_or_default());
    let words = class.split(|c: char| !c.is_alphanumeric()).chain([address, &*rel]);
    words.take(16).any(|word| {
        let word = word.get(..word.len().min(LONGEST)).unwrap_or_default().to_lowercase();
        NOTE_NAMES.iter().any(|name| word.starts_with(name))
    })
}

/// Whether what stands here can be raised to a power, or numbered: a figure, a unit, a variable.
fn may_be_raised(before: &str, mark: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    match before.chars().next_back() {
        // A year is not squared.
        Some(last) if last.is_ascii_digit() => {
            !(word.len() == 4 && digits == 4 && word.starts_with(['1', '2'])) && is_letterless(mark)
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
        assert_eq!(drop_markers("Sea level[1][note 2] rose[citation needed]."), "Sea level rose.");
        assert_eq!(
            drop_markers("He said [sic] of [10, 20] in [1999]"),
            "He said [sic] of [10, 20] in [1999]"
        );
        assert_eq!(drop_markers("open [ only"), "open [ only");
    }
}
