//! What an answer leaves out must be whole phrases, and never the subject.

use super::alignment::Alignment;
use super::links::{is_link, parts};
use super::numbers::is_number;
use super::operators::counts;
use crate::languages::ENGLISH;
use crate::rejection::Rejection;
use crate::words::Word;

/// The answer must begin with the source's subject: nothing but an introductory phrase and a
/// modifier may be missing before it.
pub(super) fn check_subject(
    source: &str,
    source_words: &[Word<'_>],
    answer_words: &[Word<'_>],
    alignment: &Alignment,
) -> Result<(), Rejection> {
    let pairs = alignment.content_pairs(source_words);
    let Some(&(first, subject)) = pairs.first() else { return Err(Rejection::Subject) };
    if answer_words[..first].iter().any(|word| word.content) {
        return Err(Rejection::Subject);
    }
    // `From there on the daily run starts` must not become `From daily run starts`.
    let introduced = answer_words.first().is_some_and(|word| INTRODUCTIONS.contains(&word.lower.as_str()));
    let openings = |words: &[Word<'_>]| words.iter().map(|word| word.lower.clone()).collect::<Vec<_>>();
    if introduced && openings(&answer_words[..first]) != openings(&source_words[..subject]) {
        return Err(Rejection::Subject);
    }
    let main = main_clause(source, source_words);
    // An introductory clause may be kept, but the statement itself must be there too.
    let stated = source_words[main..].iter().filter(|word| word.content).count();
    if pairs.iter().filter(|&&(_, j)| j >= main).count() < stated.min(2) {
        return Err(Rejection::Subject);
    }
    // `In Norway, most boats are electric` says nothing of other countries.
    let is_date = |word: &Word<'_>| ENGLISH.days.contains(&word.text) || ENGLISH.months.contains(&word.text);
    let frame =
        subject >= main && source_words.first().is_some_and(|word| FRAMES.contains(&word.lower.as_str()));
    if frame && source_words[..main].iter().skip(1).any(|word| word.capitalised() && !is_date(word)) {
        return Err(Rejection::Subject);
    }
    let from = if subject >= main { main } else { 0 };
    let skipped = source_words[from..subject].iter().filter(|word| word.content).count();
    let clean = !parts(&source[source_words[from].start..source_words[subject].start]);
    // `The new version of the browser` may become `The version of the browser`.
    if skipped == 0
        || (skipped == 1 && clean && !source_words[from..subject].iter().any(|word| is_link(&word.lower)))
    {
        Ok(())
    } else {
        Err(Rejection::Subject)
    }
}

/// Index of the first word after an introductory clause or phrase; 0 when there is none.
fn main_clause(source: &str, words: &[Word<'_>]) -> usize {
    let Some(first) = words.first() else { return 0 };
    let participle = (first.lower.ends_with("ing") || first.lower.ends_with("ed"))
        && !LIMITING.contains(&first.lower.as_str())
        && !(first.content && words.get(1).is_none_or(|word| word.content));
    let listed = [INTRODUCTIONS, OPENINGS].iter().any(|list| list.contains(&first.lower.as_str()));
    if !participle && !listed {
        return 0;
    }
    let comma = |i: &usize| source[words[i - 1].end()..words[*i].start].contains(',');
    let goes_on = |lower: &str| RELATIVES.contains(&lower) || INTRODUCTIONS.contains(&lower);
    let main = (1..words.len()).find(|i| comma(i) && !goes_on(&words[*i].lower)).unwrap_or(0);
    // `Swimming in the lake, a popular pastime, is banned`: this was the subject.
    let next = (main + 1..words.len()).find(comma).filter(|_| !listed);
    if next.is_some_and(|i| AUXILIARIES.contains(&words[i].lower.as_str())) { 0 } else { main }
}

/// Where content words were left out between two that were kept, the cut must lie at the joints of
/// the sentence.
pub(super) fn check_gaps(
    source: &str,
    source_words: &[Word<'_>],
    answer_words: &[Word<'_>],
    alignment: &Alignment,
) -> Result<(), Rejection> {
    let pairs = alignment.content_pairs(source_words);
    // `Sync it with your account, or create a new one`: half of a choice is none.
    let rest = pairs.last().map_or(0, |&(_, j)| j + 1);
    let choice = (rest..source_words.len())
        .take_while(|&j| !source_words[j].content)
        .find(|&j| source_words[j].lower == "or");
    if let Some(or) = choice {
        return Err(Rejection::Torn(source_words[or].text.to_owned()));
    }
    for pair in pairs.windows(2) {
        let ((left, from), (right, to)) = (pair[0], pair[1]);
        let dropped: Vec<usize> = (from + 1..to).filter(|&j| source_words[j].content).collect();
        let replaced = answer_words[left + 1..right].iter().filter(|word| word.content).count();
        // One adjective or one word for another is no cut.
        let (Some(&first), Some(&last)) = (dropped.first(), dropped.last()) else { continue };
        // One of two is not the other, and what `Heisenberg, Born and Jordan` did was not done by one of them.
        let word = |i: usize| source_words[i].lower.as_str();
        let is_name = |i: usize| source_words[i].capitalised();
        let alternative = [from + 1, to - 1].map(word).contains(&"or")
            && !lower(&answer_words[left + 1..right]).any(|word| word == "or");
        let listed = is_name(from)
            && is_name(first)
            && source_words[from + 1..first].iter().all(|word| JOINING.contains(&word.lower.as_str()))
            && (first..=last).any(|i| is_name(i) && JOINING.contains(&word(i - 1)));
        if replaced == 0 && (alternative || listed) {
            return Err(Rejection::Torn(source_words[first].text.to_owned()));
        }
        let short = dropped.len() <= 1.max(replaced);
        // `preferred a cut of a quarter point` is not `preferred a quarter point`, nor the `number of
        // complaints about buses` the `number of buses`, nor is it the mayor who lied where `it was heard
        // that a close aide to the mayor lied`.
        let between = &source_words[last + 1..to];
        let links: Vec<&str> = lower(&answer_words[left + 1..right]).filter(|word| is_link(word)).collect();
        let leads = lower(&source_words[from + 1..first]).any(|word| links.contains(&word));
        let open = !parts(&source[source_words[last].end()..source_words[to].start]);
        let headless = replaced == 0
            && between
                .iter()
                .any(|word| is_link(&word.lower) && (short || !JOINING.contains(&word.lower.as_str())))
            && if short {
                links.is_empty() || leads
            } else {
                leads && open && !lower(between).any(|word| links.contains(&word))
            };
        if headless && !PARTS.contains(&source_words[last].lower.as_str()) {
            return Err(Rejection::Torn(source_words[last].text.to_owned()));
        }
        if short {
            continue;
        }
        // `A law that allows doctors [to help patients] to die`: it is not they who die.
        let infinitive =
            |i: usize| word(i) == "to" && source_words.get(i + 1).is_some_and(|next| next.content);
        let chained = (from + 1..last).any(infinitive) && (last + 1..to).any(infinitive);
        // `…, promoting free software, with few exceptions`: the exceptions go with what was left
        // out.
        let bound = between.first().is_some_and(|word| BOUND.contains(&word.lower.as_str()))
            && source[source_words[last].end()..between[0].start].contains(',');
        // `The shop [on Tiller Street] has closed`: a verb that was kept begins what goes on.
        let goes_on = |i: &usize| AUXILIARIES.contains(&source_words[*i].lower.as_str());
        let verbs: Vec<usize> = (last + 1..to).filter(goes_on).collect();
        // … `The light [on the front of the pump] flashes`: so does one that ends as one of a single thing does.
        let single =
            |i: usize| source_words[i].lower.ends_with('s') && !source_words[i].lower.ends_with("ss");
        let agrees = to == last + 1 && single(to) && !single(from) && !source_words[to].capitalised();
        let before_verb = (!verbs.is_empty() || agrees)
            && verbs.iter().all(|&i| alignment.answer_of(i).is_some())
            && !is_scope(source, source_words, from)
            && !source_words[from + 1..=last].windows(2).any(|pair| has_subject(&pair[0], &pair[1]));
        if bound
            || chained
            || !joint(source, source_words, from, first)
            || !(before_verb || joint(source, source_words, last, to))
        {
            return Err(Rejection::Torn(source_words[first].text.to_owned()));
        }
    }
    Ok(())
}

/// `that her brother …`, `while farmers …` begin a statement with a subject of its own.
fn has_subject(word: &Word<'_>, next: &Word<'_>) -> bool {
    let lower = word.lower.as_str();
    ["how", "if", "when", "where", "whether", "while", "because", "although", "though"].contains(&lower)
        || ["after", "as", "before", "since", "that", "until"].contains(&lower)
            && (next.capitalised() || DETERMINERS.contains(&next.lower.as_str()))
}

/// True where not all of what word `at` names may be meant, so what tells which must stay: `Most houses
/// [built before 1950] are damp`, `Dogs [trained by the army] are allowed`.
fn is_scope(source: &str, words: &[Word<'_>], at: usize) -> bool {
    let breaks = |i: &usize| parts(&source[words[*i - 1].end()..words[*i].start]);
    let start = (1..=at).rev().find(breaks).unwrap_or(0);
    let one =
        words[start..at].iter().any(|word| is_number(word) || DETERMINERS.contains(&word.lower.as_str()))
            || at > 0 && words[at].capitalised();
    !one || (start..=at).any(|i| counts(&words[i], words.get(i + 1)))
}

/// Where two phrases met in the source, they must not run into each other: `lithium and cobalt` is
/// not `lithium cobalt`.
pub(super) fn check_joints(
    source: &str,
    source_words: &[Word<'_>],
    answer: &str,
    answer_words: &[Word<'_>],
    alignment: &Alignment,
) -> Result<(), Rejection> {
    for pair in alignment.content_pairs(source_words).windows(2) {
        let ((left, from), (right, to)) = (pair[0], pair[1]);
        let neighbours = right == left + 1 && !(from + 1..to).any(|j| source_words[j].content);
        let touching =
            neighbours && answer[answer_words[left].end()..answer_words[right].start].trim().is_empty();
        if touching && joint(source, source_words, from, to) {
            return Err(Rejection::Torn(source_words[to].text.to_owned()));
        }
    }
    Ok(())
}

/// A noun that names what another only describes must stay: `announced a rate cut` is not `announced
/// a rate`.
pub(super) fn check_heads(
    source: &str,
    source_words: &[Word<'_>],
    answer_words: &[Word<'_>],
    alignment: &Alignment,
) -> Result<(), Rejection> {
    // The content word that follows word `at` in the same phrase.
    let follower = |at: usize| {
        let next = source_words.get(at + 1)?;
        let apart = source[source_words[at].end()..next.start].trim();
        (next.content && apart.is_empty()).then_some(at + 1)
    };
    for (i, j) in alignment.content_pairs(source_words) {
        let Some(next) = follower(j) else { continue };
        let described = j > 0 && DETERMINERS.contains(&source_words[j - 1].lower.as_str());
        let dropped = alignment.answer_of(next).is_none();
        let replaced =
            answer_words.get(i + 1).is_some_and(|word| word.content && alignment.source_of(i + 1).is_none());
        let is_last = follower(next).is_none() && !source_words[next].lower.ends_with("ly");
        // `A study [presented on Friday]`.
        let participle = source_words[next].lower.ends_with("ed")
            && source_words.get(next + 1).is_some_and(|word| is_link(&word.lower));
        if described && dropped && !replaced && is_last && !participle {
            return Err(Rejection::Torn(source_words[next].text.to_owned()));
        }
    }
    Ok(())
}

/// True when a phrase ends or begins between the words `a` and `b`, which have no content word
/// between them.
fn joint(source: &str, words: &[Word<'_>], a: usize, b: usize) -> bool {
    parts(&source[words[a].end()..words[b].start]) || words[a + 1..b].iter().any(|word| is_link(&word.lower))
}

/// The client of a lawyer `whose client had been acquitted` is not the lawyer `who had been acquitted`.
pub(super) fn check_possessor(source: &[Word<'_>], answer: &[Word<'_>]) -> Result<(), Rejection> {
    let count = |words: &[Word<'_>], list: &[&str]| lower(words).filter(|word| list.contains(word)).count();
    let less = count(answer, &["whose"]) < count(source, &["whose"]);
    let more = count(answer, WHO) > count(source, WHO);
    if less && more { Err(Rejection::Torn("whose".to_owned())) } else { Ok(()) }
}

fn lower<'a>(words: &'a [Word<'_>]) -> impl Iterator<Item = &'a str> {
    words.iter().map(|word| word.lower.as_str())
}

/// Links between what is said alike of one thing.
const JOINING: &[&str] = &["and", "but", "or"];

/// Words that begin where or for whom something holds.
const FRAMES: &[&str] = &["among", "at", "for", "in", "under", "with", "within"];

/// Words for the one before them.
const WHO: &[&str] = &["who", "whom", "which", "that"];

/// After a comma, words that begin a phrase about the one before it.
const BOUND: &[&str] = &["by", "except", "for", "with", "without"];

/// Words before an `of` that only measure or sort what follows.
const PARTS: &[&str] = &[
    "city", "group", "kind", "lot", "number", "range", "series", "sort", "system", "town", "type", "variety",
];

/// Words that begin a noun's phrase.
const DETERMINERS: &[&str] =
    &["a", "an", "her", "his", "its", "my", "our", "that", "the", "their", "this", "your"];

/// Words that begin an introductory clause or phrase.
#[rustfmt::skip]
pub(crate) const INTRODUCTIONS: &[&str] = &[
    "after", "although", "among", "amid", "around", "as", "at", "because", "before", "by", "despite",
    "during", "even", "following", "for", "from", "given", "if", "in", "instead", "like", "on", "once",
    "over", "rather", "since", "though", "through", "throughout", "to", "under", "unlike", "until", "when",
    "whereas", "while", "with", "within", "without",
];

/// Words that begin such a phrase and cannot stand before any other, as participles do.
#[rustfmt::skip]
const OPENINGS: &[&str] = &[
    "better", "born", "built", "citing", "contrary", "driven", "ever", "held", "hidden", "just", "known", "quite",
    "seen", "still", "taken", "thanks", "thought", "written",
];

/// Participles that limit what follows.
const LIMITING: &[&str] = &["compared", "excluding", "failing", "judging", "measured", "pending"];

/// Verbs that stand before another, in the forms that a sentence has.
#[rustfmt::skip]
pub(crate) const AUXILIARIES: &[&str] = &[
    "are", "can", "cannot", "could", "did", "do", "does", "had", "has", "have", "is", "may", "might", "must", "shall",
    "should", "was", "were", "will", "would",
];

/// A comma before one of these goes on with the introduction.
const RELATIVES: &[&str] = &["which", "who", "whose", "where", "and", "or", "such", "including"];
