//! What can be left out of an English sentence without a model: asides, side clauses, connectives.
//!
//! A tiny model shortens a short sentence well and a long one hardly at all, so it is handed the
//! trimmed one. Each cut is made only where the sentence stays true by the rules of
//! [`super::verify`].

use super::verify::{AUXILIARIES, INTRODUCTIONS, stays_true};
use crate::languages::{ENGLISH, ENGLISH_CUES};

/// A rule proposes a shorter sentence or nothing.
type Rule = fn(&str) -> Option<String>;

const RULES: &[Rule] = &[connective, brackets, dashes, day, relative_clause, tail, introduction];

/// Sentences up to this many words are left alone, but for connectives and brackets.
const SHORT: usize = 14;

/// What stands before a clause at the end is a sentence by itself with more words than this.
const SHORTEST_HEAD: usize = 8;

/// An English `sentence` without what can safely go; unchanged when nothing can.
pub fn trim(sentence: &str) -> String {
    let mut text = sentence.trim().to_owned();
    for (i, rule) in RULES.iter().enumerate() {
        // A sentence rarely has more than a few of one kind; the bound only guards against a rule
        // that never ends.
        for _ in 0..4 {
            if i > 1 && text.split_whitespace().count() <= SHORT {
                return text;
            }
            match rule(&text) {
                Some(shorter) if shorter.len() < text.len() && stays_true(sentence, &shorter) => {
                    text = shorter
                }
                _ => break,
            }
        }
    }
    text
}

/// `However, it rained.` → `It rained.`
fn connective(text: &str) -> Option<String> {
    let rest = ENGLISH_CUES.connectives.strip_from(text)?;
    Some(capitalise(rest.trim_start()))
}

/// `It rained (twice) [3].` → `It rained.`
fn brackets(text: &str) -> Option<String> {
    for (open, close) in [('(', ')'), ('[', ']')] {
        // Not `fetch()` and `f(x)`.
        let Some(start) = text.find(&format!(" {open}")).map(|space| space + 1) else { continue };
        let end = start + text[start..].find(close)? + 1;
        if text[start + 1..end - 1].contains(open) {
            return None;
        }
        let (before, after) = (text[..start].trim_end(), &text[end..]);
        let gap = if after.starts_with([',', '.', ';', ':', '?', '!', ' ']) || before.is_empty() {
            ""
        } else {
            " "
        };
        return Some(format!("{before}{gap}{after}"));
    }
    None
}

/// `He said on Monday night that …` → `He said that …`
fn day(text: &str) -> Option<String> {
    let (start, day) = ENGLISH.days.iter().find_map(|day| Some((text.find(&format!(" on {day}"))?, day)))?;
    let mut end = start + " on ".len() + day.len();
    if let Some(part) =
        [" morning", " afternoon", " evening", " night"].iter().find(|part| text[end..].starts_with(**part))
    {
        end += part.len();
    }
    let start = [" early", " late"]
        .iter()
        .find(|part| text[..start].ends_with(**part))
        .map_or(start, |part| start - part.len());
    // `On Monday and Tuesday`, `on Monday, 3 May`: more of the date follows.
    let ends = text[end..].starts_with([' ', '.'])
        && ![" and ", " or ", " to "].iter().any(|more| text[end..].starts_with(more));
    ends.then(|| format!("{}{}", &text[..start], &text[end..]))
}

/// `The bridge, which is old, was closed.` → `The bridge was closed.`
fn relative_clause(text: &str) -> Option<String> {
    let starts = ["which ", "who ", "whose ", "where "];
    without_clause(text, &starts)
}

/// `The wall – an old one – fell.` → `The wall fell.`
fn dashes(text: &str) -> Option<String> {
    for dash in [" – ", " — "] {
        let parts: Vec<&str> = text.split(dash).collect();
        if let [before, _, after] = parts[..] {
            return Some(format!("{before} {after}"));
        }
    }
    None
}

/// `The town grew quickly, attracting workers from afar.` → `The town grew quickly.`
fn tail(text: &str) -> Option<String> {
    let parts: Vec<&str> = text.split(", ").collect();
    let adds = |part: &str| {
        let first = part.split(' ').next().unwrap_or_default();
        let participle = first.len() > 5 && first.ends_with("ing") && first.chars().all(char::is_lowercase);
        (participle || part.starts_with("such as ")) && part.split(' ').count() > 2
    };
    let at = (1..parts.len()).find(|&i| adds(parts[i]))?;
    let head = parts[..at].join(", ");
    // What follows may only be more items of a list.
    let items =
        parts[at + 1..].iter().all(|part| part.split(' ').count() <= 5 && !part.split(' ').any(is_verb));
    (items && head.split(' ').count() >= 8).then(|| format!("{head}{}", text.chars().last().unwrap_or('.')))
}

fn without_clause(text: &str, starts: &[&str]) -> Option<String> {
    let parts: Vec<&str> = text.split(", ").collect();
    let at = (1..parts.len()).find(|&i| starts.iter().any(|start| parts[i].starts_with(start)))?;
    let head = parts[..at].join(", ");
    if head.split_whitespace().count() < 2 {
        return None;
    }
    let Some(next) = parts.get(at + 1) else {
        // `I write about the bill, which was due in May`: what is said at the end of a short sentence is its point.
        let whole = head.split_whitespace().count() > SHORTEST_HEAD;
        return whole.then(|| text.chars().last().map(|end| format!("{head}{end}"))).flatten();
    };
    // The clause may hold commas of its own; the sentence goes on where a verb follows one.
    let resumes = |part: &str| {
        part.split(' ').next().is_some_and(|word| is_verb(word) || word.len() > 4 && word.ends_with("ed"))
    };
    // `which could be made into water, oxygen and fuel`: the last item of a list.
    let item = |part: &str| part.split(' ').take(3).any(|word| ["and", "or", "but"].contains(&word));
    let end = if parts.len() == at + 2 && !item(next) {
        at + 1
    } else {
        (at + 1..parts.len()).find(|&i| resumes(parts[i]))?
    };
    if at > 1 {
        return None;
    }
    let comma =
        if INTRODUCTIONS.contains(&head.split(' ').next()?.to_lowercase().as_str()) { "," } else { "" };
    Some(format!("{head}{comma} {}", parts[end..].join(", ")))
}

/// `Although it rained, they left.` → `They left.`
fn introduction(text: &str) -> Option<String> {
    let first = text.split(' ').next()?.to_lowercase();
    let (introduction, rest) = text.split_once(", ")?;
    let source = ["post", "statement", "interview", "email", "letter", "tweet", "speech"];
    let said = first == "in" && introduction.split(' ').any(|word| source.contains(&word));
    let conceded = ["although", "though", "while", "despite"].contains(&first.as_str())
        || text.starts_with("Even though ");
    let next = rest.split(' ').next()?;
    // Not the second item of a list inside the introduction.
    let whole = CLAUSE_STARTS.contains(&next) || next.starts_with(char::is_uppercase);
    let orphan = rest.split(' ').take(8).any(|word| ENGLISH_CUES.pronouns.has(&word.to_lowercase()));
    ((said || conceded) && whole && !orphan && rest.split_whitespace().count() >= 6).then(|| capitalise(rest))
}

fn capitalise(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Verbs that often go on with a sentence, beside [`AUXILIARIES`].
const VERBS: &[&str] = &[
    "became", "began", "found", "gave", "got", "left", "lost", "made", "said", "says", "told", "took", "won",
];

fn is_verb(word: &str) -> bool {
    AUXILIARIES.contains(&word) || VERBS.contains(&word)
}

#[rustfmt::skip]
const CLAUSE_STARTS: &[&str] = &[
    "a", "all", "an", "both", "each", "every", "he", "it", "its", "many", "most", "no", "our", "several",
    "she", "some", "that", "the", "their", "there", "these", "they", "this", "those", "we", "you",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_go_goes() {
        for (text, expected) in [
            ("However, it rained.", "It rained."),
            ("Rain (in spring) fell on the old town [3].", "Rain fell on the old town."),
            (
                "The Amazon rainforest, which covers much of Brazil and extends into Colombia, Peru and other countries, lost \
                 about 11,088 square kilometres of forest cover in 2020, according to the Brazilian space agency.",
                "The Amazon rainforest lost about 11,088 square kilometres of forest cover in 2020, according to the Brazilian \
                 space agency.",
            ),
            (
                "Although it may look as if nothing has changed, the team has rewritten the whole engine in a new language.",
                "The team has rewritten the whole engine in a new language.",
            ),
            (
                "Making backups is one of the duties of any administrator, but it is a complex subject, involving powerful tools \
                 which are often difficult to master.",
                "Making backups is one of the duties of any administrator, but it is a complex subject.",
            ),
            (
                "The town wall – among the oldest in all the country – was built by the Romans for their soldiers.",
                "The town wall was built by the Romans for their soldiers.",
            ),
            (
                "Researchers at the University of Cambridge said on Monday night that the new treatment did not reduce the risk.",
                "Researchers at the University of Cambridge said that the new treatment did not reduce the risk.",
            ),
        ] {
            assert_eq!(trim(text), expected);
        }
    }

    #[test]
    fn what_would_change_the_meaning_stays() {
        for text in [
            "Although the first trains were slow, unreliable and uncomfortable, they quickly became popular with all travellers.",
            "People who sleep fewer than six hours a night may be at greater risk of developing dementia later in their lives.",
            "They sell apples, pears, which are sweet, and plums, which are not, to the people of the town every Saturday.",
            "The drug works in adults, but not in children, and should only be given by a doctor in a hospital.",
            "The people of the town spend their days fishing in the bay, working on the farms, and are often tired at night.",
            "The flu season was shorter and milder than any in the past ten years, according to the health ministry.",
            "I am writing about the invoice number four, which was due for payment on the first day of the month.",
            "It rained.",
            "",
        ] {
            assert_eq!(trim(text), text);
        }
    }
}
