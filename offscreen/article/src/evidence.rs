//! What a page's structured data say its article is: evidence for where on the page it stands, never text to be read.

use crate::blocks::Found;
use crate::error::Error;
use crate::pace::Pace;
use std::collections::HashSet;
use std::ops::{ControlFlow, Range};

/// Bytes of structured data that are looked through.
pub(crate) const LONGEST: usize = 64 << 10;

/// Letters of a text that is compared at least.
const SHORTEST: usize = 120;

/// Letters in a row that two texts share when one has been taken from the other.
const WINDOW: usize = 16;

/// Share of a declared text that the page must show: of one that is sold it shows the beginning.
const SHOWN: f32 = 0.6;

/// So much nearer to the declared text a candidate must be than another that is preferred to it.
const NEARER: f32 = 0.1;

/// The text of an article as its page declares it.
pub(crate) struct Evidence {
    windows: HashSet<u64>,
    letters: usize,
}

impl Evidence {
    /// Of the longest `articleBody` in structured data (JSON-LD).
    pub(crate) fn of(json: &str) -> Option<Self> {
        let body = bodies(json).max_by_key(String::len)?;
        let mut windows = HashSet::new();
        let letters = each_window(&body, |_, window| {
            windows.insert(window);
        });
        (letters >= SHORTEST).then_some(Self { windows, letters })
    }

    /// Whether most of a text is in the declared one.
    pub(crate) fn has(&self, text: &str) -> bool {
        let (mut shared, mut all) = (0, 0);
        each_window(text, |at, window| {
            // Those between say nothing new.
            if at % WINDOW == 0 {
                all += 1;
                shared += usize::from(self.windows.contains(&window));
            }
        });
        all > 0 && shared * 2 >= all
    }

    /// Of texts that the page shows, `others` and the stretch from where the declared one begins to where it ends, the one
    /// that is the declared one; none where the page shows another. Of those that are as near the first is preferred.
    pub(crate) async fn choose<'f>(
        &self,
        page: &'f [Found],
        others: [&'f [Found]; 2],
        pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
    ) -> Result<Option<&'f [Found]>, Error> {
        let shown = self.overlap(page, pace).await?;
        if (shown.shared as f32 / self.letters as f32) < SHOWN {
            return Ok(None);
        }
        let mut best: Option<(f32, &[Found])> = None;
        for found in others.into_iter().chain([&page[shown.stretch]]) {
            let Overlap { shared, all, .. } = self.overlap(found, pace).await?;
            let near = 2.0 * shared as f32 / (all + self.letters) as f32;
            if best.is_none_or(|(nearest, _)| near > nearest + NEARER) {
                best = Some((near, found));
            }
        }
        Ok(best.map(|(_, found)| found))
    }

    async fn overlap(
        &self,
        blocks: &[Found],
        pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
    ) -> Result<Overlap, Error> {
        let mut overlap = Overlap::default();
        for (at, block) in blocks.iter().enumerate() {
            pace.work(1 + block.text.len()).await?;
            let letters = letters(&block.text).count();
            overlap.all += letters;
            if self.has(&block.text) {
                overlap.shared += letters;
                let start = if overlap.stretch.is_empty() { at } else { overlap.stretch.start };
                overlap.stretch = start..at + 1;
            }
        }
        Ok(overlap)
    }
}

/// What some blocks have of the declared text.
#[derive(Default)]
struct Overlap {
    /// Letters of those that are in it, and of all.
    shared: usize,
    all: usize,
    /// From the first that is in it to the last.
    stretch: Range<usize>,
}

fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase)
}

/// Calls `then` with the number and the hash of every [`WINDOW`] letters in a row. Returns how many letters there are.
fn each_window(text: &str, mut then: impl FnMut(usize, u64)) -> usize {
    const BASE: u64 = 0x9e37_79b9_7f4a_7c15;
    let leaving = (0..WINDOW).fold(1_u64, |power, _| power.wrapping_mul(BASE));
    let (mut ring, mut hash, mut count) = ([0_u64; WINDOW], 0_u64, 0);
    for letter in letters(text) {
        let oldest = std::mem::replace(&mut ring[count % WINDOW], u64::from(letter));
        hash = hash
            .wrapping_mul(BASE)
            .wrapping_add(u64::from(letter))
            .wrapping_sub(oldest.wrapping_mul(leaving));
        count += 1;
        if count >= WINDOW {
            then(count - WINDOW, hash);
        }
    }
    count
}

/// The values of all members `articleBody`.
fn bodies(json: &str) -> impl Iterator<Item = String> {
    json.split("\"articleBody\"").skip(1).filter_map(|rest| {
        let value = rest.trim_start().strip_prefix(':')?.trim_start().strip_prefix('"')?;
        Some(string(value))
    })
}

/// A JSON string up to its closing quotation mark.
fn string(json: &str) -> String {
    let mut text = String::new();
    let mut chars = json.chars();
    while let Some(c) = chars.next().filter(|c| *c != '"') {
        text.push(match c {
            '\\' => match chars.next() {
                Some('u') => unit(&mut chars),
                Some('n' | 'r' | 't' | 'b' | 'f') => ' ',
                escaped => escaped.unwrap_or(' '),
            },
            c => c,
        });
    }
    text
}

/// A character by its number; of those that take two numbers none is a letter that matters.
fn unit(digits: &mut std::str::Chars<'_>) -> char {
    let number =
        digits.by_ref().take(4).fold(0, |number, digit| number * 16 + digit.to_digit(16).unwrap_or(0));
    char::from_u32(number).unwrap_or(' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::BlockKind;
    use crate::extract::at_once;

    const BODY: &str = "The quay of Orrin was closed on Monday after a crane had tipped over in the wind. Nobody was hurt. \
        The harbour master expects that ships can moor there again by the end of the week.";

    fn evidence() -> Evidence {
        Evidence::of(&format!(r#"[{{"@type": "NewsArticle", "articleBody" : "{BODY}"}}]"#)).unwrap()
    }

    fn page(texts: &[&str]) -> Vec<Found> {
        let kind = BlockKind::Paragraph;
        texts.iter().map(|text| Found { kind, text: (*text).to_owned(), linked: 0, caption: false }).collect()
    }

    #[test]
    fn strings_are_read_as_json_writes_them() {
        let escaped = r#"{"articleBody":"Sie sagte: \"Gr\u00fc\u00dfe\"\n\\o\/","articleBody":7}"#;
        assert_eq!(bodies(escaped).collect::<Vec<_>>(), ["Sie sagte: \"Grüße\" \\o/"]);
        assert_eq!(bodies(r#"{"articleBody":"cut \u00"#).collect::<Vec<_>>(), ["cut \0"]);
    }

    fn choose(shown: &[Found]) -> Option<&[Found]> {
        let pace = Pace::new(async || ControlFlow::Continue(()));
        at_once(evidence().choose(shown, [shown, &[]], &pace)).unwrap()
    }

    #[test]
    fn the_nearest_text_of_the_page_is_chosen() {
        let (first, second) = BODY.split_at(BODY.find("Nobody").unwrap());
        let shown = page(&[
            "A menu of the day",
            first,
            second,
            "A reader answers that the crane was too old for such a wind.",
        ]);
        let chosen = choose(&shown).unwrap();
        assert_eq!(chosen.iter().map(|block| block.text.as_str()).collect::<Vec<_>>(), [first, second]);
    }

    #[test]
    fn what_the_page_does_not_show_chooses_nothing() {
        let shown = page(&["Quite another text stands on this page, and none of what was declared."]);
        assert!(choose(&shown).is_none());
        assert!(Evidence::of(r#"{"articleBody":"Too short."}"#).is_none());
        assert!(Evidence::of("{}").is_none());
    }
}
