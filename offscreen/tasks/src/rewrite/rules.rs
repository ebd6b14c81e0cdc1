//! Saying an English sentence more formally, more casually, in simpler or in fewer words, without a model.
//!
//! A sentence becomes tokens ([`text`]), of which quotations, links, names and figures stay as they are. Lines of a table
//! ([`table`], `words.txt`) say which words may stand for which ([`pattern`], with their forms: [`inflect`]); besides,
//! contractions are written out ([`expansions`]) or made ([`contractions`]), clauses made phrases ([`cuts`]), and asides and
//! occasions left out ([`asides`], [`occasions`]). What is written keeps its capitals, its signs and the right
//! article ([`articles`]). Where nothing is found, the sentence stays.

mod articles;
mod asides;
mod contractions;
mod cuts;
mod expansions;
mod inflect;
mod occasions;
mod pattern;
mod signs;
mod table;
#[cfg(test)]
mod tests;
mod text;
mod verbs;
mod words;

use asides::Loss;
use pattern::Found;
use protocol::RewriteOperation;
use table::{Entry, Part, TABLE, Way};
use text::{Token, quotations, starts, tokens, written};

/// Tokens of a sentence at most: a longer one is none, and stays.
const LONGEST: usize = 600;

/// How often the table is gone through: what one line writes another one may go on with.
const ROUNDS: usize = 6;

/// The English sentence `text`, rewritten as far as the rules know how; `text` itself where they find nothing, and for operations
/// that they do not know.
pub(super) fn apply(operation: RewriteOperation, text: &str) -> String {
    let way = match operation {
        RewriteOperation::MoreFormal => Way::Formal,
        RewriteOperation::MoreCasual => Way::Casual,
        RewriteOperation::Simplify => Way::Plain,
        RewriteOperation::Shorter | RewriteOperation::Bullets => Way::Short,
        _ => return text.to_owned(),
    };
    let mut words = tokens(text);
    if words.len() > LONGEST {
        return text.to_owned();
    }
    if way == Way::Formal {
        signs::calm(&mut words);
    }
    for _ in 0..ROUNDS {
        if way == Way::Formal {
            expansions::expand(&mut words);
        }
        if !round(&mut words, way) {
            break;
        }
    }
    if way == Way::Short {
        cuts::cut(&mut words);
        asides::drop(&mut words, Loss::NoFact);
    }
    if way == Way::Casual {
        contractions::contract(&mut words);
    }
    articles::agree(&mut words, text);
    let version = written(&words);
    if words.iter().any(Token::is_word) { version } else { text.to_owned() }
}

/// The English sentence `text` without what it says beside the point, though names and numbers go with it.
pub(super) fn without_asides(text: &str) -> String {
    let mut words = tokens(text);
    if words.len() <= LONGEST {
        asides::drop(&mut words, Loss::Facts);
        occasions::drop(&mut words);
    }
    written(&words)
}

/// Whether every quotation of `text` stands in `version`, letter by letter.
pub(super) fn keeps_quotations(text: &str, version: &str) -> bool {
    quotations(text).into_iter().all(|range| version.contains(&text[range]))
}

/// Whether a word is one that the rules change, and so no name.
pub(super) fn knows(word: &str) -> bool {
    let lower = word.to_lowercase();
    [Way::Formal, Way::Casual, Way::Short].into_iter().any(|way| TABLE.way(way).begin_with(&lower))
}

/// Goes through the sentence once. Whether anything changed.
fn round(words: &mut Vec<Token>, way: Way) -> bool {
    let entries = TABLE.way(way);
    let (mut at, mut changed) = (0, false);
    while at < words.len() {
        let found =
            entries.at(&words[at].lower).filter_map(|entry| Some((entry, entry.pattern.find(words, at)?)));
        // Of equals the first.
        let best = found.reduce(|best, other| if other.1.weight > best.1.weight { other } else { best });
        at += match best {
            Some((entry, found)) => {
                changed = true;
                replace(words, entry, &found)
            }
            None => 1,
        };
    }
    changed
}

/// Takes the second `that` away where the first one goes: `Please note that it is late and that we leave.`
fn free_stranded(words: &mut Vec<Token>, entry: &Entry, found: &Found) {
    let is = |word: &Token, lower: &[&str]| !word.kept && lower.contains(&word.lower.as_str());
    if entry.to.is_empty() && words[found.range.clone()].last().is_some_and(|last| is(last, &["that"])) {
        let end = found.range.end;
        let pairs = words[end..].windows(2);
        let second = pairs
            .enumerate()
            .find(|(_, pair)| is(&pair[0], &["and", "but", "or"]) && is(&pair[1], &["that"]));
        if let Some((at, _)) = second {
            words.remove(end + at + 1);
        }
    }
}

/// Puts what an entry says in the place of what it found. The tokens that it wrote.
fn replace(words: &mut Vec<Token>, entry: &Entry, found: &Found) -> usize {
    free_stranded(words, entry, found);
    let start = found.range.start;
    let begins = starts(words, start) && words[start].is_word();
    let upper = begins && words[start].is_capitalised();
    let polite =
        words.iter().enumerate().any(|(at, word)| !found.range.contains(&at) && word.lower == "please");
    let mut slots = found.slots.iter();
    let mut new: Vec<Token> = Vec::new();
    let mut between = words[found.between.clone()].to_vec();
    let mut end = found.range.end;
    for part in &entry.to {
        match part {
            Part::Words(text) if text == "please" && polite => {}
            Part::Words(text) => new.extend(tokens(text)),
            Part::Slot(slot) => {
                new.extend(slots.by_ref().find(|(own, _)| own == slot).map(|(_, at)| words[*at].clone()));
            }
            Part::Pronoun => {
                if let Some(word) = words.get(end).filter(|word| pattern::is_moved(word)) {
                    new.push(word.clone());
                    end += 1;
                }
            }
        }
        // What stood behind the verb stands there still.
        new.append(&mut between);
    }
    // A sign at the end of what is written is not doubled.
    let next = words.get(end);
    if new.last().is_some_and(|last| last.is_sign(&[',', ';']))
        && next.is_none_or(|next| next.is_sign(&[',', '.', ';', '!', '?', ':']))
    {
        new.pop();
    }
    for (at, token) in new.iter_mut().enumerate() {
        let sign = token.is_sign(&[',', ';', '.', '?']);
        token.before = if sign { String::new() } else { " ".to_owned() };
        if at == 0 && !sign && words[start].is_word() {
            token.before.clone_from(&words[start].before);
        }
    }
    let count = new.len();
    let leading = words[start].before.clone();
    words.splice(start..end, new);
    if count == 0
        && begins
        && let Some(next) = words.get_mut(start).filter(|next| next.is_word())
    {
        next.before.clone_from(&leading);
    }
    // Nor does a sentence begin with one.
    if count == 0 && begins && words.get(start).is_some_and(|next| next.is_sign(&[',', ';'])) {
        words.remove(start);
        if let Some(next) = words.get_mut(start) {
            next.before = leading;
        }
    }
    if upper && let Some(first) = words.get_mut(start).filter(|first| first.is_word()) {
        first.capitalise();
    }
    if entry.asks {
        let end = words.iter_mut().rev().find(|token| !token.is_sign(&[')', '"']));
        if let Some(end) = end.filter(|end| end.is_sign(&['.', '!'])) {
            *end = Token::new("", "?");
        }
    }
    count
}
