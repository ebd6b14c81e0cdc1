//! Is this the same sentence with its mistakes mended, and nothing else?
//!
//! Little words and endings may change; words of content may only be spelled anew, and none may come, go or move.

use super::fault::Fault;
use super::meaning::Meaning;
use crate::verify::Alignment;
use crate::words::Word;

/// Little words that a correction does not exchange: with another one the sentence says something else.
#[rustfmt::skip]
const FIXED: &[&str] = &[
    "after", "against", "all", "always", "although", "and", "because", "before", "but", "every", "from",
    "if", "only", "or", "over", "under", "unless", "until", "while", "without",
];

/// Checks an English sentence against its correction.
pub(super) fn check(source: &[Word<'_>], answer: &[Word<'_>]) -> Result<(), Fault> {
    let (own, theirs) = (source.len(), answer.len());
    if theirs * 3 < own * 2 || theirs > own + 2 + own / 3 {
        return Err(Fault::Meaning);
    }
    if Meaning::of(source) != Meaning::of(answer) {
        return Err(Fault::Meaning);
    }
    let count = |words: &[Word<'_>], fixed: &str| words.iter().filter(|word| word.lower == fixed).count();
    if FIXED.iter().any(|fixed| (count(source, fixed) == 0) != (count(answer, fixed) == 0)) {
        return Err(Fault::Meaning);
    }
    check_content(source, answer)
}

/// Pairs off the words of content that the two do not share, in order: each must be another spelling of the other.
fn check_content(source: &[Word<'_>], answer: &[Word<'_>]) -> Result<(), Fault> {
    let alignment = Alignment::of(source, answer);
    let lost = (0..source.len()).filter(|&j| source[j].content && alignment.answer_of(j).is_none());
    let new = (0..answer.len()).filter(|&i| alignment.source_of(i).is_none());
    let new: Vec<&Word<'_>> = new.map(|i| &answer[i]).collect();
    let mut used = vec![false; new.len()];
    for word in lost.map(|j| &source[j]) {
        let doubled = source.iter().filter(|other| other.key == word.key).count() > 1;
        match (0..new.len()).find(|&i| !used[i] && is_respelled(&word.lower, &new[i].lower)) {
            Some(i) => used[i] = true,
            None if doubled => {}
            None => return Err(Fault::Meaning),
        }
    }
    // What is left must be little words, or little words of the source that were misspelled.
    let unexplained = new.iter().zip(&used).any(|(word, used)| {
        word.content && !used && !source.iter().any(|other| is_respelled(&other.lower, &word.lower))
    });
    if unexplained { Err(Fault::Meaning) } else { Ok(()) }
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
    "much many",
];
