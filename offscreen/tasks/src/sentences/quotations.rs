//! Whether a sentence goes on behind the end of a quotation or an aside, and behind an end within one.

use super::lexicon::Roles;
use super::near::{NEAR, beginning, end, ends_uncased, is_uncased};

/// Bytes of a quotation that is read as one, at most.
const SHORT: usize = 64;

/// What stands around quotations, titles and asides.
const PAIRS: &[(char, char)] = &[
    ('(', ')'),
    ('（', '）'),
    ('《', '》'),
    ('「', '」'),
    ('『', '』'),
    ('“', '”'),
    ('„', '“'),
    ('‘', '’'),
    ('«', '»'),
    ('"', '"'),
    ('\'', '\''),
];

/// Whether the quotation or the aside that `ended` closes is part of the sentence, where no small letter
/// shows it: `「行こう。」と彼は言った。`, `“走吧。”他说。`, `《谁？》很好看。`, `“Who?” Tom asked.`
pub(super) fn quotes_on(ended: &str, after: &str) -> bool {
    const ATTACHED: &[&str] = &["と", "っ", "を", "が", "に", "は", "へ", "の", "だっ", "です"];
    const SAYING: &[char] = &['说', '說', '道', '问', '問', '喊', '答', '叫'];
    const SAYING_WORDS: &[&str] =
        &["कहा", "पूछा", "बोला", "बोली", "قال", "سأل", "said", "asked", "cried", "shouted", "replied"];
    let near = end(ended, NEAR);
    let parts = |(open, close): &(char, char)| near.strip_suffix(*close)?.rsplit_once(*open);
    let Some((lead, inside)) = PAIRS.iter().find_map(parts) else { return false };
    if !after.starts_with(char::is_alphanumeric) {
        return false;
    }
    let is_uncased = after.starts_with(is_uncased) || ends_uncased(inside);
    match near.chars().next_back() {
        Some(')' | '）') => is_uncased && !lead.is_empty(),
        Some('》') => true,
        // One that is announced ends what announces it: `قال: «قف!» لم يتوقف أحد.`
        _ if lead.trim_end().ends_with([':', ',', '：', '，', '،']) => false,
        _ => {
            let is_call = inside.ends_with(['!', '?', '؟', '！', '？']);
            let mut next = after.split_whitespace().take(2);
            let is_said = next.any(|word| SAYING_WORDS.iter().any(|saying| word.starts_with(saying)));
            if is_uncased {
                is_call
                    || is_said
                    || ATTACHED.iter().any(|word| after.starts_with(word))
                    || after.chars().take(4).any(|c| SAYING.contains(&c))
            } else {
                is_call && is_said
            }
        }
    }
}

/// Whether an end lies within a quotation or an aside and the sentence goes on behind it: any end in
/// scripts without capitals, a question or a call in the others.
pub(super) fn is_inside(ended: &str, after: &str) -> bool {
    let (near, next) = (end(ended, NEAR), beginning(after, NEAR));
    let is_uncased = ends_uncased(near);
    let is_call = near.ends_with(['!', '?']);
    PAIRS.iter().filter(|(open, _)| !['"', '\'', '‘'].contains(open)).any(|(open, close)| {
        let parts = next.split_once(*close).filter(|(rest, _)| !rest.contains(*open));
        let opened = near.rfind(*open).filter(|opened| Some(*opened) > near.rfind(*close));
        // `“Gone fishing. Back soon.” and nothing else`
        let is_short = || {
            let length = parts.map(|(rest, _)| rest.len()).zip(opened.map(|opened| near.len() - opened));
            length.is_some_and(|(rest, inside)| rest + inside <= SHORT)
        };
        opened.is_some()
            && (is_uncased || is_call || is_short())
            && parts.is_some_and(|(_, behind)| {
                let behind = behind.trim_start_matches([',', ' ', '—', '–']);
                is_uncased || behind.starts_with(char::is_lowercase)
            })
    })
}

/// Whether an end lies within an aside in the middle of a sentence: `(vgl. Abs. 3; a. A. Kuhn, S. 12)`.
pub(super) fn is_aside(ended: &str, after: &str) -> bool {
    let near = end(ended, NEAR);
    let next = beginning(after, NEAR);
    let opened = near.rfind('(').filter(|open| Some(*open) > near.rfind(')'));
    let (lead, inside) = opened.map(|open| near.split_at(open)).unwrap_or_default();
    let first = inside.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_empty());
    // One that begins as a sentence may be several: `(This is a compromise. The group …)`
    let is_sentence = first.is_some_and(|first| Roles::of(first).has(Roles::STARTER));
    let closes = next.find(')').is_some_and(|close| !next[..close].contains('('));
    let lead = lead.trim_end();
    closes
        && !is_sentence
        && lead.ends_with(|c: char| c.is_alphanumeric() || [',', '”', '“', '"', '»', '’'].contains(&c))
}

/// Whether an aside follows that is part of a sentence under way: `Regl. (UE) 2016/679`, `Rep. (R-Tex.) voted`.
pub(super) fn is_named_aside(after: &str) -> bool {
    let Some((inside, behind)) =
        beginning(after, NEAR).strip_prefix('(').and_then(|next| next.split_once(')'))
    else {
        return false;
    };
    let behind = behind.strip_prefix(' ').unwrap_or(behind);
    !inside.contains(['(', '!', '?'])
        && !inside.trim_end().ends_with(['.', '…'])
        && behind.starts_with(|c: char| c.is_lowercase() || c.is_numeric() || c == ',')
}

/// Whether a text ends with an aside of one word that is cut short, which ends no sentence: `Capt. (ret.) Jonas`.
pub(super) fn ends_with_abbreviation_aside(ended: &str) -> bool {
    let aside = end(ended, NEAR).strip_suffix(".)").and_then(|near| near.rsplit_once('('));
    aside.is_some_and(|(lead, inside)| {
        let is_cut = inside.starts_with(char::is_lowercase) || inside.chars().nth(1).is_none();
        is_cut && !inside.contains(char::is_whitespace) && lead.trim_end().ends_with(char::is_alphanumeric)
    })
}
