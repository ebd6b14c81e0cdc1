//! Mending a sentence by what a model made of it.
//!
//! Small models mend mistakes, but also leave out words and say things anew. So the model's version is not taken as it is: it
//! is compared with the sentence word by word, and of the differences only those are taken over that mend
//! spelling, endings and little words. What the sentence says is out of its reach.

use super::meaning::Meaning;
use crate::words::{Language, Word};
use std::ops::Range;

/// A difference of more words than this is no mended mistake.
const LONGEST: usize = 4;

/// Little words that are not exchanged, added or left out: with another one the sentence says something else.
#[rustfmt::skip]
const FIXED: &[&str] = &[
    "after", "against", "all", "although", "always", "and", "because", "before", "but", "can", "could", "every", "from",
    "how", "if", "may", "maybe", "might", "must", "only", "or", "over", "perhaps", "shall", "should", "some", "under", "unless", "until", "what",
    "when", "where", "while", "who", "why", "will", "without", "would",
];

/// The English sentence `source` with the mistakes mended that `answer` mends; `source` itself when it mends none.
pub(super) fn mend(source: &str, answer: &str) -> String {
    let english = Language::english();
    let (own, theirs) = (english.words(source), english.words(answer));
    let mut mended = String::new();
    let mut at = 0;
    for edit in edits(&own, &theirs) {
        let (old, new) = (&own[edit.own.clone()], &theirs[edit.theirs.clone()]);
        let (start, end) = place(&own, &edit);
        let text = match (new.first(), new.last()) {
            (Some(first), Some(last)) => &answer[first.start..last.end()],
            _ => "",
        };
        // Marks between words are not the model's to set.
        let bare = |text: &str| text.chars().all(|c| c.is_alphanumeric() || " '’-".contains(c));
        // What is left out takes the space after it along.
        let end = if new.is_empty() { own.get(edit.own.end).map_or(end, |next| next.start) } else { end };
        if !is_mending(old, new) || !bare(text) || !bare(&source[start..end]) {
            continue;
        }
        mended.push_str(&source[at..start]);
        mended.push_str(text);
        if old.is_empty() {
            mended.push(' ');
        }
        at = end;
    }
    mended.push_str(&source[at..]);
    let stops = answer.ends_with('.') && source.ends_with(|c: char| c.is_alphanumeric());
    // A sentence that was mended may get its full stop too; what was right without one is a heading.
    if stops && mended != source { mended + "." } else { mended }
}

/// Words of the one that stand in the place of words of the other. Not both are empty.
#[derive(Clone)]
struct Edit {
    own: Range<usize>,
    theirs: Range<usize>,
}

/// Where an edit's words begin and end in the text; words that are added go before the next one.
fn place(own: &[Word<'_>], edit: &Edit) -> (usize, usize) {
    let start = own.get(edit.own.start).map_or_else(|| own.last().map_or(0, Word::end), |word| word.start);
    (start, if edit.own.is_empty() { start } else { own[edit.own.end - 1].end() })
}

/// Where the two differ, in order.
fn edits(own: &[Word<'_>], theirs: &[Word<'_>]) -> Vec<Edit> {
    let mut edits = Vec::new();
    let mut from = (0, 0);
    let mut related = Vec::new();
    let end = (own.len(), theirs.len());
    for (i, j) in pairs(own, theirs).into_iter().chain([end]) {
        if (i, j) != end && own[i].text != theirs[j].text {
            related.push((i, j));
            continue;
        }
        let edit = Edit { own: from.0..i, theirs: from.1..j };
        // Of a stretch that lost words besides, the words that are there still are looked at one by one.
        let one_by_one = edit.theirs.len() == related.len() && edit.own.len() > related.len();
        if one_by_one && !is_mending(&own[edit.own.clone()], &theirs[edit.theirs.clone()]) {
            edits.extend(related.drain(..).map(|(i, j)| Edit { own: i..i + 1, theirs: j..j + 1 }));
        } else if i < own.len() || !edit.own.is_empty() {
            edits.push(edit);
        }
        related.clear();
        from = (i + 1, j + 1);
    }
    edits.retain(|edit| !edit.own.is_empty() || !edit.theirs.is_empty());
    edits
}

/// The words of both that belong together, in order: as many as can be, equal ones rather than those that are only related.
fn pairs(own: &[Word<'_>], theirs: &[Word<'_>]) -> Vec<(usize, usize)> {
    let (rows, columns) = (own.len(), theirs.len());
    let likeness = |i: usize, j: usize| match () {
        () if own[i].text == theirs[j].text => 5,
        () if is_related(&own[i], &theirs[j]) => 2,
        () => 0_usize,
    };
    let mut best = vec![vec![0; columns + 1]; rows + 1];
    for i in (0..rows).rev() {
        for j in (0..columns).rev() {
            let like = likeness(i, j);
            let taken = if like > 0 { like + best[i + 1][j + 1] } else { 0 };
            best[i][j] = taken.max(best[i + 1][j]).max(best[i][j + 1]);
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut pairs = Vec::new();
    while i < rows && j < columns {
        let like = likeness(i, j);
        if like > 0 && best[i][j] == like + best[i + 1][j + 1] {
            pairs.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[i][j] == best[i + 1][j] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

/// True when `new` is `old` with mistakes mended: the same words of content in another spelling or form, and other little
/// words that say the same.
fn is_mending(old: &[Word<'_>], new: &[Word<'_>]) -> bool {
    let count = |words: &[Word<'_>], list: &[&str]| {
        words.iter().filter(|word| list.contains(&word.lower.as_str())).count()
    };
    if old.len().max(new.len()) > LONGEST
        || FIXED.iter().any(|fixed| count(old, &[fixed]) != count(new, &[fixed]))
        || count(new, AUXILIARIES) < count(old, AUXILIARIES)
        || !Meaning::of(old).agrees(&Meaning::of(new))
        || old.iter().chain(new).any(Word::numeric)
    {
        return false;
    }
    // Words of content pair off in order; little words may come and go between them.
    let mut rest = new.iter();
    let mut reformed = false;
    for word in old.iter().filter(|word| word.content) {
        let Some(other) = rest.find(|other| is_related(word, other)) else { return false };
        reformed |= other.lower != word.lower;
    }
    let known = |word: &Word<'_>| !word.content || old.iter().any(|other| is_related(other, word));
    // `opens` is as good as `is open`: such an edit mends nothing.
    let turned = reformed && old.len() < new.len() && count(new, AUXILIARIES) > count(old, AUXILIARIES);
    new.iter().all(known) && !turned
}

#[rustfmt::skip]
const AUXILIARIES: &[&str] = &[
    "am", "are", "be", "been", "being", "had", "has", "have", "having", "is", "they're", "was", "were", "you're",
];

/// Two forms or spellings of one word.
fn is_related(a: &Word<'_>, b: &Word<'_>) -> bool {
    a.key == b.key || is_respelled(&a.lower, &b.lower)
}

/// `recieve` and `receive`, `took` and `taken`.
fn is_respelled(a: &str, b: &str) -> bool {
    let has = |forms: &str, word: &str| forms.split(' ').any(|form| form == word);
    let irregular = IRREGULAR.iter().any(|forms| has(forms, a) && has(forms, b));
    let longer = a.chars().count().max(b.chars().count());
    a == b || irregular || longer > 3 && distance(a, b) <= longer.div_ceil(4)
}

/// Letters to change, add, leave out or swap with their neighbour (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let other = usize::from(a[i - 1] != b[j - 1]);
            let mut best = (rows[i - 1][j] + 1).min(row[j - 1] + 1).min(rows[i - 1][j - 1] + other);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

/// Forms of one word that do not look alike.
#[rustfmt::skip]
const IRREGULAR: &[&str] = &[
    "go goes went gone going goed", "see saw seen seed", "take took taken taked", "eat ate eaten eated", "buy bought buyed",
    "bring brought brang bringed", "think thought thinked", "teach taught teached", "catch caught catched",
    "write wrote written writed", "speak spoke spoken speaked", "break broke broken breaked", "choose chose chosen choosed",
    "drive drove driven drived", "fly flew flown flied", "know knew known knowed", "grow grew grown growed",
    "throw threw thrown throwed", "run ran runned", "begin began begun beginned", "drink drank drunk drinked",
    "sing sang sung singed", "swim swam swum swimmed", "sit sat sitted", "stand stood standed",
    "understand understood understanded", "tell told telled", "sell sold selled", "find found finded", "leave left leaved",
    "feel felt feeled", "keep kept keeped", "sleep slept sleeped", "meet met meeted", "pay paid payed",
    "lose lost losed loose", "send sent sended", "spend spent spended", "build built builded", "hear heard heared",
    "hold held holded", "win won winned", "fall fell fallen falled", "wear wore worn weared", "forget forgot forgotten forgetted",
    "give gave given gived", "make made maked", "come came comed", "become became becomed", "say said sayed",
    "child children childrens childs", "man men mans", "woman women womans", "person people persons peoples",
    "foot feet foots", "tooth teeth tooths", "mouse mice mouses", "good better best well gooder", "bad worse worst badder",
    "much many", "am is are", "was were", "has have", "do does", "don't doesn't", "a an the", "this these", "that those",
    "then than", "to too", "your you're", "their there they're", "its it's it",
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn mistakes_are_mended_and_nothing_else() {
        for (source, answer, expected) in [
            ("She go home.", "She goes home.", "She goes home."),
            (
                "The results of the survey shows that most people prefers trains.",
                "The results show that most people prefer trains.",
                "The results of the survey show that most people prefer trains.",
            ),
            (
                "the meeting with mr. Lopez were moved to 3 pm on tuesday",
                "The meeting was moved to 4 pm on Tuesday.",
                "The meeting with mr. Lopez was moved to 3 pm on Tuesday.",
            ),
            ("They going to the the park.", "They are going to the park.", "They are going to the park."),
            (
                "We definately recieve informations.",
                "We receive information.",
                "We definately receive information.",
            ),
            ("He took it, I beleive.", "He has taken it, I believe.", "He took it, I believe."),
            ("The library opens at nine.", "The library is open at nine.", "The library opens at nine."),
            ("She will not come in May.", "She will come in June.", "She will not come in May."),
            ("He sold her car.", "She sold his house.", "He sold her car."),
            ("Ann moved from Rome to Oslo", "Ann moved to Rome from Oslo.", "Ann moved from Rome to Oslo"),
            ("Latest news", "Latest news.", "Latest news"),
            ("", "Something else.", ""),
        ] {
            assert_eq!(mend(source, answer), expected, "{answer}");
        }
    }

    proptest! {
        #[test]
        fn numbers_and_marks_stay(
            source in "([A-Za-z]{1,7}|[0-9]{1,3}|[,;“”] |é)( ([A-Za-z]{1,7}|[0-9]{1,3}|not|will)[,.;]?){0,9}",
            answer in "([A-Za-z]{1,7}|[0-9]{1,3})( ([A-Za-z]{1,7}|[0-9]{1,3}|not|will)[,.;]?){0,9}",
        ) {
            let kept = |text: &str| text.chars().filter(|c| c.is_numeric() || ",;“”".contains(*c)).collect::<String>();
            prop_assert_eq!(kept(&source), kept(&mend(&source, &answer)));
        }

        #[test]
        fn never_panics(source in "\\PC{0,60}", answer in "\\PC{0,60}") {
            prop_assert!(mend(&source, &answer).len() <= source.len() + answer.len() + 1 + source.len());
            prop_assert_eq!(mend(&source, &source), source);
        }
    }
}
