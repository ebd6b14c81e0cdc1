//! Lines that say something about a page, and are not of its text.

use crate::article::BlockKind;
use crate::blocks::Found;
use std::collections::HashSet;
use std::sync::LazyLock;

/// What begins the name of a picture's author.
const CREDITS: [&str; 14] = [
    "photo:",
    "photograph:",
    "photo by ",
    "photo credit",
    "image credit",
    "picture:",
    "foto:",
    "fotos:",
    "bild:",
    "crédit photo",
    "photo :",
    "image:",
    "illustration:",
    "©",
];

/// Words that start a line about the page, not of it.
const LABELS: [&str; 16] = [
    "tags:",
    "tagged:",
    "filed under:",
    "posted by",
    "posted in",
    "posted on",
    "veröffentlicht am",
    "veröffentlicht von",
    "publicado en",
    "publicado por",
    "pubblicato da",
    "publié par",
    "advertisement",
    "read more:",
    "related:",
    "topics:",
];

/// What ends a line that says how long the reading takes.
const DURATIONS: [&str; 6] =
    ["min read", "minute read", "minutes read", "min. lesezeit", "min de lecture", "min de lectura"];

/// Lines that only say what comes next, or that it is paid for.
const SIGNS: [&str; 10] = [
    "advertisement",
    "anzeige",
    "pubblicità",
    "publicidad",
    "publicidade",
    "publicité",
    "read next",
    "sponsored",
    "up next",
    "werbung",
];

/// What introduces the names of authors above a text.
const BYLINES: [&str; 11] = [
    "by ",
    "von ",
    "par ",
    "por ",
    "di ",
    "text: ",
    "texte : ",
    "written by ",
    "words by ",
    "reported by ",
    "redacción ",
];

/// Words that are looked up in every short line.
type Words = LazyLock<HashSet<&'static str>>;

fn words(list: &'static str) -> HashSet<&'static str> {
    list.split_ascii_whitespace().collect()
}

/// Words that offer to pass a page on …
static SHARING: Words = LazyLock::new(|| {
    words("share tweet post send teilen compartir compartilhar condividi partager поделиться")
});

/// … and to whom.
static NETWORKS: Words = LazyLock::new(|| {
    words(
        "bluesky e-mail email facebook linkedin mail mastodon pinterest pocket print reddit telegram threads \
    twitter vk whatsapp x xing",
    )
});

/// Words that lead to the page before or behind …
static STEPS: Words = LazyLock::new(|| {
    words(
        "previous prev next older newer current zurück weiter vorherige vorheriger vorheriges nächste nächster \
    nächstes ältere neuere précédent précédente suivant suivante anterior siguiente precedente successiva successivo próxima \
    próximo seguinte назад далее 前へ 次へ 上一页 下一页 上一篇 下一篇",
    )
});

/// … and what they lead to.
static STEPPED: Words = LazyLock::new(|| {
    words(
        "page pages post posts article articles entry entries story chapter section message thread date index \
    topic lesson seite beitrag beiträge artikel kapitel thema billet chapitre página entrada entradas artículo capítulo pagina \
    articolo capitolo artigo",
    )
});

/// What stands between them.
static JOINTS: Words = LazyLock::new(|| words("and by de di in of sur von"));

/// A line that is all label has fewer bytes.
const LABEL: usize = 80;

pub(crate) fn is_label(block: &Found) -> bool {
    if block.kind == BlockKind::Code || block.text.len() >= 200 {
        return false;
    }
    let is_sign = || {
        let text = block.text.to_lowercase();
        SIGNS.contains(&&*text) || DURATIONS.iter().any(|end| text.ends_with(end))
    };
    // A word may begin a sentence.
    let may_begin = |label: &str| label.ends_with(char::is_alphabetic) && is_sentence(&block.text);
    block.text.len() < LABEL && is_sign()
        || CREDITS.iter().chain(&LABELS).any(|label| begins(&block.text, label) && !may_begin(label))
}

/// A caption without the name of the picture's author at its end: `The quay at noon. Photo: Jane Doe`.
pub(crate) fn without_credit(text: &str) -> &str {
    let ends = text.match_indices(['.', '!', '?']).map(|(at, _)| text.split_at(at + 1));
    let is_credit = |rest: &str| {
        let rest = rest.trim_start_matches([' ', '\n', '(', '[', '|', '/', '–', '—']);
        CREDITS.iter().any(|credit| begins(rest, credit))
    };
    ends.into_iter().find(|(_, rest)| is_credit(rest)).map_or(text, |(caption, _)| caption)
}

/// The words of a short line in small letters; none of a sentence, or of a text that a page may be about.
fn words_of_label(block: &Found) -> Vec<String> {
    let is_label = block.text.len() < LABEL
        && !matches!(block.kind, BlockKind::Heading(_) | BlockKind::Code)
        && !block.text.ends_with(['.', '!', '?', '。']);
    if !is_label {
        return Vec::new();
    }
    let words = block.text.split(|c: char| !c.is_alphanumeric() && c != '-');
    words.filter(|word| word.contains(char::is_alphanumeric)).map(str::to_lowercase).collect()
}

/// `Share on X`: little but who it is for.
pub(crate) fn is_sharing(block: &Found) -> bool {
    let words = words_of_label(block);
    let count = |known: &Words| words.iter().filter(|word| known.contains(word.as_str())).count();
    let (sharing, networks) = (count(&SHARING), count(&NETWORKS));
    sharing > 0 && networks > 0 && (sharing + networks) * 2 >= words.len()
}

/// `« Previous | Next »`, `[Next in Thread]`, `Page 2 of 5`; and a link, `Next post: The quay at night`.
pub(crate) fn is_pager(block: &Found) -> bool {
    let words = words_of_label(block);
    let (Some(first), second) = (words.first(), words.get(1)) else { return false };
    let is_number = |word: &String| word.bytes().all(|byte| byte.is_ascii_digit());
    let is_step = |word: &String| STEPS.contains(word.as_str());
    let is_stepped = |word: &String| STEPPED.contains(word.as_str());
    let is_known = |word: &String| {
        is_step(word) || is_stepped(word) || is_number(word) || JOINTS.contains(word.as_str())
    };
    let counts = is_stepped(first) && words.iter().filter(|word| is_number(word)).count() == 2;
    let is_marked =
        block.linked > 0 || words.len() > 1 || block.text.contains(['[', '«', '»', '←', '→', '‹', '›']);
    if words.iter().all(is_known) && (counts || is_marked && words.iter().any(is_step)) {
        return true;
    }
    let names = block.text.contains(": ")
        && (second.is_some_and(is_stepped) || block.text.to_lowercase().starts_with(&format!("{first}:")));
    is_step(first) && names && block.linked * 4 >= block.text.len() * 3
}

/// Whether a text begins with these small letters, or their capitals: in Latin letters, accented ones too, one bit is another.
fn begins(text: &str, letters: &str) -> bool {
    text.len() >= letters.len()
        && text.bytes().zip(letters.bytes()).all(|(one, other)| one | 32 == other | 32)
}

/// `By Jane Doe`: a short line that is no sentence, most of it names.
pub(crate) fn is_byline(block: &Found) -> bool {
    let named = BYLINES.iter().find(|byline| begins(&block.text, byline));
    let name = named.and_then(|byline| block.text.get(byline.len()..)).unwrap_or_default();
    let words = || name.split_whitespace();
    let small = words().filter(|word| word.starts_with(char::is_lowercase)).count();
    block.kind == BlockKind::Paragraph
        && block.text.len() < 100
        && !is_sentence(&block.text)
        && name.starts_with(char::is_uppercase)
        && small * 2 < words().count()
}

/// `Home › Harbour`: where the page is in its site. All steps but the last lead there.
pub(crate) fn is_trail(block: &Found) -> bool {
    if block.linked == 0
        || block.text.len() >= 200
        || is_sentence(&block.text)
        || block.text.contains(['«', '„'])
    {
        return false;
    }
    let mut steps: Vec<_> = block.text.split(['›', '»', '→']).collect();
    steps.pop();
    // Some say first that you are here.
    let above = steps.iter().filter_map(|step| step.rsplit(':').next()).map(|step| step.trim().len());
    !steps.is_empty() && above.sum::<usize>() <= block.linked && block.text.contains([' ', '\u{a0}'])
}

pub(crate) fn is_sentence(text: &str) -> bool {
    let end = text.trim_end_matches(['"', '\'', '”', '’', '»', ')']);
    end.ends_with(['.', '!', '?', '…', '。', '！', '？']) && text.split_whitespace().nth(3).is_some()
        || end.ends_with(['。', '！', '？'])
}
