//! The language of what a job works on: as its text tells, or else as it is declared.

mod detect;
mod foreign;

pub(crate) use detect::detect;

use crate::languages;
use article::Article;
use catalog::primary_subtag;
use detect::SAMPLE;
use protocol::Input;

/// The language of an input (BCP 47). A page's text is not known before it has been read: of one
/// counts what it declares.
#[must_use]
pub fn language_of(input: &Input) -> Option<String> {
    match input {
        Input::Page { page } => page.lang.clone(),
        Input::Document { document } => {
            let texts = document.blocks.iter().map(|block| block.text.as_str());
            language(&sample(texts), document.lang.as_deref())
        }
        Input::Selection { selection } => language(&selection.text, selection.lang.as_deref()),
        Input::Blocks { blocks } => {
            let spans = blocks.blocks.iter().map(|block| block.spans.iter().map(|span| span.text.as_str()));
            language(&sample(spans.map(|texts| texts.collect::<String>())), blocks.lang.as_deref())
        }
    }
}

/// The language of an article (BCP 47).
pub(crate) fn language_of_article(article: &Article) -> Option<String> {
    language(&sample(article.blocks.iter().map(|block| block.text.as_str())), article.lang.as_deref())
}

/// The language of a text (BCP 47): what its words say where that is clear, else what is declared.
pub(crate) fn language(text: &str, declared: Option<&str>) -> Option<String> {
    let declared = declared.filter(|tag| !["", "und"].contains(&primary_subtag(tag).as_str()));
    match detect(text) {
        Some(found) if declared.is_none_or(|tag| !may_be(&primary_subtag(tag), found)) => {
            Some(found.to_owned())
        }
        _ => declared.map(str::to_owned),
    }
}

/// Languages with the one of their relatives that their texts are taken for: their own signs are not
/// known.
const TAKEN_FOR: &[(&str, &[&str])] = &[
    ("ru", &["be", "bg", "kk", "ky", "mk", "mn", "sr", "tg", "uk"]),
    ("cs", &["sk"]),
    ("hr", &["bs", "sl", "sr"]),
    ("nb", &["da", "nn", "no"]),
    ("da", &["nb", "nn", "no"]),
    ("fi", &["et"]),
    ("id", &["ms"]),
    ("tr", &["az", "tk"]),
    ("hi", &["mr", "ne"]),
    ("ar", &["fa", "ps", "ur"]),
    ("he", &["yi"]),
];

/// Whether a text that says it is in one language (a primary subtag) may be, when it was taken for
/// another.
pub(crate) fn may_be(declared: &str, found: &str) -> bool {
    let relatives = TAKEN_FOR.iter().find(|(tag, _)| *tag == found).map(|(_, relatives)| *relatives);
    declared == found || relatives.is_some_and(|relatives| relatives.contains(&declared))
}

/// The English name of a language, or else its tag: pages may declare anything.
pub(crate) fn name(tag: &str) -> String {
    let shown = |tag: &str| tag.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').take(20).collect();
    languages::find(tag).map_or_else(|| shown(tag), |language| language.name.to_owned())
}

/// The beginning of a text in blocks, as much as is looked at.
fn sample(blocks: impl Iterator<Item = impl AsRef<str>>) -> String {
    let mut sample = String::new();
    for block in blocks {
        if sample.len() >= SAMPLE {
            break;
        }
        let block = block.as_ref();
        sample.push_str(&block[..block.floor_char_boundary(SAMPLE)]);
        sample.push('\n');
    }
    sample
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::{Block, PageBlocks, Selection, Span};

    const GERMAN: &str = "Die Reederei will im Sommer ein Schiff einsetzen, und das ist nicht alles.";

    #[test]
    fn what_is_declared_counts_where_the_text_does_not_tell() {
        for (text, declared, expected) in [
            (GERMAN, Some("en"), Some("de")),
            (GERMAN, Some("de-CH"), Some("de-CH")),
            (GERMAN, None, Some("de")),
            ("Градът реши да превърне старата гара в парк.", Some("bg"), Some("bg")),
            ("Градът реши да превърне старата гара в парк.", Some("en"), Some("ru")),
            ("Mesto sa rozhodlo, že starú stanicu premení na park, a to už na jar.", Some("sk"), Some("sk")),
            ("Orrin 2030", Some("fr"), Some("fr")),
            ("Orrin 2030", Some("und"), None),
        ] {
            assert_eq!(language(text, declared).as_deref(), expected, "{text} {declared:?}");
        }
    }

    #[test]
    fn selections_and_blocks_are_looked_at() {
        let lang = Some("en".to_owned());
        let selection = Selection { text: GERMAN.to_owned(), lang: lang.clone(), ..Selection::default() };
        assert_eq!(language_of(&Input::Selection { selection }).as_deref(), Some("de"));
        let span = Span { text: GERMAN.to_owned(), ..Span::default() };
        let blocks = PageBlocks { blocks: vec![Block { spans: vec![span] }], lang, ..PageBlocks::default() };
        assert_eq!(language_of(&Input::Blocks { blocks }).as_deref(), Some("de"));
    }
}
