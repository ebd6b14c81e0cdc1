//! Whether a sentence goes on behind the end of a quotation or an aside, and behind an end within one.

use super::near::{NEAR, beginning, end, ends_uncased, is_uncased};

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
    (is_uncased || is_call)
        && PAIRS.iter().filter(|(open, _)| !['"', '\'', '‘'].contains(open)).any(|(open, close)| {
            let parts = next.split_once(*close).filter(|(rest, _)| !rest.contains(*open));
            near.rfind(*open) > near.rfind(*close)
                && parts.is_some_and(|(_, behind)| {
                    let behind = behind.trim_start_matches([',', ' ', '—', '–']);
                    is_uncased || behind.starts_with(char::is_lowercase)
                })
        })
}
