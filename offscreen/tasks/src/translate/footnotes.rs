//! Marks of notes in a sentence (`gegründet[2] und`): the model does not see them, and they stand
//! again where they stood, letter by letter.

use super::styled::Styled;
use crate::languages::Language;
use article::note_mark;
use std::ops::Range;

/// Marks that were taken out of a sentence, each with where it stood in what is left.
pub(super) struct Footnotes {
    marks: Vec<(usize, Styled)>,
}

/// A sentence without its marks of notes.
pub(super) fn apart(sentence: &Styled) -> (Styled, Footnotes) {
    let (mut bare, mut marks, mut end) = (Styled::default(), Vec::new(), 0);
    for range in ranges(sentence) {
        bare.copy(sentence, &(end..range.start));
        let mut mark = Styled::default();
        mark.copy(sentence, &range);
        marks.push((bare.text.len(), mark));
        end = range.end;
    }
    bare.copy(sentence, &(end..sentence.text.len()));
    (bare, Footnotes { marks })
}

/// Where the marks are, with the space before one in figures.
fn ranges(sentence: &Styled) -> Vec<Range<usize>> {
    let text = sentence.text.as_str();
    let verbatim = sentence.verbatim();
    let is_code = |at: usize| verbatim.iter().any(|range| range.start < at && at < range.end);
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('[') {
        let Some(length) = note_mark(&text[at..]) else { continue };
        let spaced = text[..at].ends_with(' ');
        let is_figure = text[at + 1..at + length - 1].bytes().all(|byte| byte.is_ascii_digit());
        if at == 0 || is_code(at) || spaced && !is_figure {
            continue;
        }
        found.push(at - usize::from(spaced)..at + length);
    }
    found
}

impl Footnotes {
    /// The translation of `source`, a sentence without marks, into `language`, with them.
    pub(super) fn put_back(&self, source: &str, translation: &Styled, language: &Language) -> Styled {
        let (mut whole, mut end) = (Styled::default(), 0);
        for (at, mark) in &self.marks {
            let place = place(&source[..*at], &source[*at..], &translation.text, language).max(end);
            whole.copy(translation, &(end..place));
            whole.copy(mark, &(0..mark.text.len()));
            end = place;
        }
        whole.copy(translation, &(end..translation.text.len()));
        whole
    }
}

/// Where in a translation a mark stands that stood between `before` and `after`: as far into the
/// text, behind a word that says something, or behind the punctuation where it did before.
fn place(before: &str, after: &str, translation: &str, language: &Language) -> usize {
    let is_word = |c: char| c.is_alphanumeric();
    let behind_word = before.ends_with(is_word);
    if !after.contains(is_word) {
        let body = translation.trim_end_matches(|c: char| !is_word(c));
        return if behind_word { body.len() } else { translation.trim_end().len() };
    }
    let share = before.len() as f32 / (before.len() + after.len()).max(1) as f32;
    let wanted = share * translation.len() as f32;
    let ends = |behind: &dyn Fn(&str) -> bool| {
        let all = translation.char_indices().map(|(at, _)| at).chain([translation.len()]);
        let fits = all.filter(|at| behind(&translation[..*at]) && !translation[*at..].starts_with(is_word));
        fits.min_by(|a, b| (*a as f32 - wanted).abs().total_cmp(&(*b as f32 - wanted).abs()))
    };
    let ends_with_content = |head: &str| {
        let word = head.rsplit(|c: char| !is_word(c)).next().unwrap_or_default();
        !word.is_empty() && !language.is_function(&word.to_lowercase())
    };
    let punctuated =
        if behind_word { None } else { ends(&|head| head.ends_with([',', ';', ':', '.', ')', '”', '»'])) };
    punctuated.or_else(|| ends(&ends_with_content)).unwrap_or(translation.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::languages::ENGLISH;

    #[test]
    fn marks_stand_whole_where_they_stood() {
        for (source, bare, translation, whole) in [
            ("Es ist alt.[1]", "Es ist alt.", "It is old.", "It is old.[1]"),
            ("Es ist alt[1].", "Es ist alt.", "It is old.", "It is old[1]."),
            (
                "Sie wurde 1240 gegründet[2] und hat heute 12.000 Einwohner.[3][4]",
                "Sie wurde 1240 gegründet und hat heute 12.000 Einwohner.",
                "It was founded in 1240 and has 12,000 inhabitants today.",
                "It was founded in 1240[2] and has 12,000 inhabitants today.[3][4]",
            ),
            (
                "Der Turm ist hoch,[a] aber er ist schief.",
                "Der Turm ist hoch, aber er ist schief.",
                "The tower is high, but it leans.",
                "The tower is high,[a] but it leans.",
            ),
            ("Er [der Rat] ging.", "Er [der Rat] ging.", "He [the council] left.", "He [the council] left."),
        ] {
            let (found, notes) = apart(&Styled::plain(source));
            assert_eq!(found.text, bare);
            assert_eq!(notes.put_back(bare, &Styled::plain(translation), &ENGLISH).text, whole);
        }
    }
}
