//! Little words that turn a meaning round. Each governs the content word after it, and must govern
//! it still.

use super::alignment::Alignment;
use super::links::is_link;
use super::numbers::is_number;
use crate::words::Word;
use std::ops::Range;

/// So many content words after an operator are taken to be governed by it: `may soon be sold` is
/// about selling.
const REACH: usize = 2;

/// Words in a stretch of its own that do no more than tell who says the rest.
const ASIDE: usize = 8;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Negation,
    Possible,
    Future,
    Obliged,
    Likely,
    Condition,
    /// Joins a reason, a purpose or an objection to a statement, which says something else without
    /// it.
    Argument,
    /// Says who says it, or that it is only said.
    Attribution,
    Part,
    Every,
    Only,
    Former,
    About,
    AtLeast,
    AtMost,
    By,
    From,
    Against,
    Until,
    Before,
    After,
}

/// An operator's place and what it governs.
struct Operator {
    class: Class,
    at: usize,
    /// Indices of the governed content words, nearest first.
    governs: Vec<usize>,
}

/// Checks that no operator was added, lost or moved. Tells the operator otherwise.
pub(super) fn check(
    text: &str,
    source: &[Word<'_>],
    answer: &[Word<'_>],
    alignment: &Alignment,
) -> Result<(), String> {
    let mut dropped = vec![false; source.len()];
    let mut at = 0;
    while at < source.len() {
        let stretch = stretch(text, source, at);
        at = stretch.end;
        let kept = stretch.clone().any(|i| source[i].content && alignment.answer_of(i).is_some());
        dropped[stretch].fill(!kept);
    }
    let dropped = |i: usize| dropped[i];
    let (mut ours, theirs) = (operators(source, dropped), operators(answer, |_| false));
    ours.retain(|operator| !(dropped(operator.at) && is_side(text, source, operator, alignment)));
    let count = |of: &[Operator], class| of.iter().filter(|operator| operator.class == class).count();
    if count(&ours, Class::Negation) != count(&theirs, Class::Negation) {
        return Err("not".to_owned());
    }
    if count(&ours, Class::Condition) != count(&theirs, Class::Condition) {
        return Err("if".to_owned());
    }
    if count(&ours, Class::Argument) != count(&theirs, Class::Argument) {
        return Err("but".to_owned());
    }
    // Who says it may say it elsewhere in the sentence, but not be left out; not at all where a few
    // words of their own say it: `, his rivals claim,`.
    let said = |operator: &&Operator| operator.class == Class::Attribution;
    let silent = !theirs.iter().any(|operator| said(&operator));
    let short =
        |at| alignment.answer_of(at).is_none() && dropped(at) && stretch(text, source, at).len() <= ASIDE;
    if let Some(lost) = ours.iter().filter(said).find(|operator| silent || short(operator.at)) {
        return Err(source[lost.at].lower.clone());
    }
    let governing = |operator: &&Operator| operator.class != Class::Attribution;
    // Lost: the word is still there, its operator is not.
    for operator in ours.iter().filter(governing) {
        let Some(&governed) = operator.governs.first() else { continue };
        let Some(i) = alignment.answer_of(governed) else {
            // `nearly three hours` is not `nearly hours`, nor is `since 2015` a `since`.
            if is_number(&source[governed]) && alignment.answer_of(operator.at).is_some() {
                return Err(source[operator.at].lower.clone());
            }
            continue;
        };
        if !theirs.iter().any(|other| other.class == operator.class && other.governs.contains(&i)) {
            return Err(source[operator.at].lower.clone());
        }
    }
    // Added or moved: what it governs in the answer it did not govern in the source.
    for operator in theirs.iter().filter(governing) {
        let governed = operator.governs.iter().find_map(|&i| alignment.source_of(i));
        let known = ours.iter().any(|other| {
            other.class == operator.class && governed.is_none_or(|governed| other.governs.contains(&governed))
        });
        if !known {
            return Err(answer[operator.at].lower.clone());
        }
    }
    Ok(())
}

/// The words between the breaks around word `at`.
fn stretch(text: &str, words: &[Word<'_>], at: usize) -> Range<usize> {
    let breaks = |i: usize| text[words[i - 1].end()..words[i].start].contains([',', ';', '—', '–', '(', ')']);
    let start = (1..=at).rev().find(|&i| breaks(i)).unwrap_or(0);
    start..(at + 1..words.len()).find(|&i| breaks(i)).unwrap_or(words.len())
}

/// True for an operator of a side clause (`Although nothing changed, …`, `…, which is not new, …`) or
/// of an aside (`, a boy with no family,`, `because no one came`): where nothing of it was kept, what
/// it says is said no more, and what remains is as true without it. Who says the rest is not in one
/// (`As his rivals claim, …`), nor is what limits the rest: `, but not on Sundays,`, `, under no
/// circumstances,`.
fn is_side(text: &str, words: &[Word<'_>], operator: &Operator, alignment: &Alignment) -> bool {
    use Class::{Argument, Attribution, Condition, Negation, Only, Until};
    let Range { start, end } = stretch(text, words, operator.at);
    let lower = |i: usize| words.get(i).map_or("", |word| word.lower.as_str());
    let side = SIDE_CLAUSES.contains(&lower(start));
    let limits = |i: usize| {
        let class = class_of(&words[i], words.get(i + 1));
        JOINING_LIMITS.contains(&lower(i))
            || lower(i + 1) != "even"
                && class.is_some_and(|class| [Argument, Condition, Negation, Only, Until].contains(&class))
    };
    let because = lower(start) == "because";
    let reach = if is_link(&words[start].lower) { 3 } else { 1 };
    let aside = || because || !(start..end).take(reach).any(limits);
    match operator.class {
        // `, as long as it is dry`
        Condition if operator.at == start => false,
        Attribution => ["when", "where"].contains(&lower(start)) || side && lower(start) != "as",
        _ if side => true,
        _ if alignment.answer_of(operator.at).is_some() => false,
        Argument => lower(operator.at) == "because" && aside(),
        Negation => start > 0 && words[start..end].iter().filter(|word| word.content).count() > 1 && aside(),
        _ => false,
    }
}

/// Words that join a limit or a contrast to a statement, beside operators.
const JOINING_LIMITS: &[&str] = &["according", "and", "instead", "or", "rather", "so", "that", "yet"];

const SIDE_CLAUSES: &[&str] =
    &["although", "as", "despite", "even", "since", "though", "which", "while", "who", "whose"];

/// After `so`, words that begin a purpose or a consequence.
const PURPOSES: &[&str] =
    &["he", "i", "it", "people", "she", "that", "the", "there", "they", "this", "users", "we", "you"];

/// The operators of `words`; what was `dropped` between breaks comes between none and what it governs:
/// `was nearly, as the court heard, forced to close`.
fn operators(words: &[Word<'_>], dropped: impl Fn(usize) -> bool) -> Vec<Operator> {
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let next = words.get(at + 1);
        let Some(class) = class_of(word, next) else { continue };
        let governed = |i: &usize| words[*i].content && (dropped(at) || !dropped(*i));
        let governs = (at + 1..words.len()).filter(governed).take(REACH).collect();
        found.push(Operator { class, at, governs });
    }
    found
}

/// True for words that say of how many something is said.
pub(super) fn counts(word: &Word<'_>, next: Option<&Word<'_>>) -> bool {
    use Class::{Every, Negation, Only, Part};
    is_number(word) && next.is_some_and(|next| ["in", "of", "out", "percent"].contains(&next.lower.as_str()))
        || ["number", "share", "thirds"].contains(&word.lower.as_str())
        || class_of(word, next).is_some_and(|class| [Every, Negation, Only, Part].contains(&class))
}

fn class_of(word: &Word<'_>, next: Option<&Word<'_>>) -> Option<Class> {
    let before_number = next.is_some_and(is_number);
    let before = |lower: &str| next.is_some_and(|next| next.lower == lower);
    Some(match word.lower.as_str() {
        "not" | "no" | "never" | "none" | "neither" | "nor" | "without" | "cannot" | "nobody" | "nothing"
        | "nowhere" | "unable" | "hardly" | "barely" | "scarcely" | "rarely" | "seldom" | "unlikely"
        | "fail" | "fails" | "failed" | "refuse" | "refuses" | "refused" | "deny" | "denied" | "denies"
        | "denying" | "lack" | "lacks" | "lacked" | "impossible" => Class::Negation,
        lower if lower.ends_with("n't") => Class::Negation,
        // The month.
        "may" if word.content => return None,
        "may" | "might" | "could" | "would" | "possibly" | "perhaps" | "potentially" | "maybe" | "can" => {
            Class::Possible
        }
        "will" | "shall" | "won't" | "i'll" | "you'll" | "they'll" | "we'll" => Class::Future,
        "should" | "must" | "ought" => Class::Obliged,
        "likely" | "probably" | "reportedly" | "allegedly" | "apparently" | "supposedly" | "seems"
        | "appears" | "seem" | "appear" | "suspected" | "alleged" | "expected" | "planned" | "proposed"
        | "tried" | "tries" | "attempted" | "rumoured" | "rumored" | "supposed" | "purported"
        | "purportedly" | "presumed" | "presumably" | "arguably" | "believed" | "thought" => Class::Likely,
        "plan" | "plans" | "aim" | "aims" | "aimed" | "hope" | "hopes" | "hoped" | "intend" | "intends"
        | "intended" | "want" | "wants" | "wanted" | "threatened" | "offered" | "agreed" | "promised"
            if before("to") =>
        {
            Class::Likely
        }
        "according" | "said" | "say" | "says" | "saying" | "told" | "argue" | "argues" | "argued"
        | "claim" | "claims" | "claimed" | "believe" | "believes" | "allege" | "alleges" | "warn"
        | "warns" | "warned" | "suggest" | "suggests" | "suggested" | "estimate" | "estimates"
        | "estimated" | "reported" | "announced" | "explained" | "revealed" | "concluded" | "heard" => {
            Class::Attribution
        }
        "found" | "finds" | "showed" | "shows" if next.is_none() || before("that") => Class::Attribution,
        "because" | "but" | "whereas" => Class::Argument,
        "rather" if before("than") => Class::Argument,
        "instead" if before("of") => Class::Argument,
        "so" if next.is_some_and(|next| PURPOSES.contains(&next.lower.as_str())) => Class::Argument,
        "if" | "unless" | "whether" | "except" | "assuming" | "barring" | "depending" | "supposing" => {
            Class::Condition
        }
        // `A service provided to all`.
        "provided" if before("that") || next.is_some_and(|next| !is_link(&next.lower)) => Class::Condition,
        "in" if before("case") => Class::Condition,
        "as" if before("long") => Class::Condition,
        "most" | "some" | "many" | "few" | "several" | "half" | "partly" | "mostly" | "often"
        | "sometimes" | "usually" | "majority" => Class::Part,
        "all" | "every" | "always" | "ever" | "each" => Class::Every,
        "only" | "solely" | "merely" => Class::Only,
        "former" | "formerly" | "ex" | "acting" | "deputy" | "fake" | "false" => Class::Former,
        "about" | "around" | "roughly" | "approximately" | "some-" if before_number => Class::About,
        // `nearly drowned` is not `drowned`.
        "nearly" | "almost" => Class::About,
        "more" if before("than") => Class::AtLeast,
        "at" if before("least") => Class::AtLeast,
        "over" | "above" | "exceeding" if before_number => Class::AtLeast,
        "less" | "fewer" if before("than") => Class::AtMost,
        "at" if before("most") => Class::AtMost,
        "under" | "below" if before_number => Class::AtMost,
        "up" if before("to") => Class::AtMost,
        "by" => Class::By,
        "from" => Class::From,
        "against" => Class::Against,
        "until" | "till" => Class::Until,
        "before" => Class::Before,
        "after" | "since" => Class::After,
        _ => return None,
    })
}
