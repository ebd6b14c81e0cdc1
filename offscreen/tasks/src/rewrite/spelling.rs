//! Words that are one word in another form or spelling.

use crate::words::Word;

/// Letters of a word that is looked at letter by letter: longer ones are none.
const LONGEST: usize = 40;

/// Two forms or spellings of one word.
pub(super) fn is_related(a: &Word<'_>, b: &Word<'_>) -> bool {
    a.key == b.key || is_respelled(&a.lower, &b.lower)
}

/// `recieve` and `receive`, `took` and `taken`.
fn is_respelled(a: &str, b: &str) -> bool {
    let has = |forms: &str, word: &str| forms.split(' ').any(|form| form == word);
    let irregular = IRREGULAR.iter().any(|forms| has(forms, a) && has(forms, b));
    let (a_length, b_length) = (a.chars().count(), b.chars().count());
    let (long, short) = (a_length.max(b_length), a_length.min(b_length));
    let most = long.div_ceil(4);
    let near = || long - short <= most && distance(a, b) <= most;
    a == b || irregular || (4..=LONGEST).contains(&long) && near()
}

/// Whether a word is an irregular verb's form for the past: `found`, not `think`.
pub(super) fn is_past(word: &str) -> bool {
    IRREGULAR.iter().any(|forms| forms.split(' ').skip(1).any(|form| form == word) && forms.ends_with("ed"))
}

/// Whether one word is the other as it is spelt on the other side of an ocean: both are right.
pub(super) fn is_variant(a: &str, b: &str) -> bool {
    let pair = |(one, other): &(&str, &str)| (*one, *other) == (a, b) || (*other, *one) == (a, b);
    a != b && (american(a) == american(b) || VARIANTS.iter().any(pair))
}

/// A word in American spelling, by the endings that differ wherever they stand: `controled` and `exercize` are right nowhere.
fn american(word: &str) -> String {
    let endings = [
        ("isation", "ization"),
        ("isations", "izations"),
        ("ise", "ize"),
        ("ised", "ized"),
        ("ises", "izes"),
        ("ising", "izing"),
        ("yse", "yze"),
        ("ysed", "yzed"),
        ("ysing", "yzing"),
        ("our", "or"),
        ("ours", "ors"),
        ("oured", "ored"),
        ("ouring", "oring"),
        ("ourite", "orite"),
        ("ourites", "orites"),
        ("ourable", "orable"),
        ("ourhood", "orhood"),
        ("tre", "ter"),
        ("tres", "ters"),
        ("ogue", "og"),
        ("ogues", "ogs"),
        ("wards", "ward"),
    ];
    let doubled = [("lled", "led"), ("lling", "ling"), ("ller", "ler"), ("llers", "lers")];
    let respelled = |(british, other): &(&str, &str), may: fn(&str) -> bool| {
        word.strip_suffix(british)
            .filter(|stem| stem.len() > 2 && may(stem))
            .map(|stem| stem.to_owned() + other)
    };
    let is_free = |stem: &str| !ALWAYS_ISE.contains(&stem);
    let is_unstressed = |stem: &str| UNSTRESSED.contains(&stem);
    let found = endings.iter().find_map(|ending| respelled(ending, is_free));
    found
        .or_else(|| doubled.iter().find_map(|ending| respelled(ending, is_unstressed)))
        .unwrap_or_else(|| word.to_owned())
}

/// What stands before an *-ise* that is no *-ize* anywhere.
#[rustfmt::skip]
const ALWAYS_ISE: &[&str] = &[
    "adv", "advert", "compr", "comprom", "desp", "dev", "disgu", "enterpr", "exc", "exerc", "improv", "prem", "prom", "rev", "superv",
    "surpr", "telev",
];

/// Verbs whose last *l* is doubled on one side of the ocean only, without it.
#[rustfmt::skip]
const UNSTRESSED: &[&str] = &[
    "cance", "channe", "counse", "dia", "equa", "fue", "jewe", "labe", "leve", "marve", "mode", "pane", "quarre", "signa", "tota", "trave",
    "tunne",
];

/// What the endings don't say.
#[rustfmt::skip]
const VARIANTS: &[(&str, &str)] = &[
    ("got", "gotten"), ("learnt", "learned"), ("leant", "leaned"), ("burnt", "burned"), ("dreamt", "dreamed"), ("spelt", "spelled"),
    ("smelt", "smelled"), ("spilt", "spilled"), ("spoilt", "spoiled"), ("leapt", "leaped"), ("knelt", "kneeled"), ("lit", "lighted"),
    ("grey", "gray"), ("programme", "program"), ("programmes", "programs"), ("practise", "practice"), ("licence", "license"),
    ("defence", "defense"), ("offence", "offense"), ("pretence", "pretense"), ("cheque", "check"), ("tyre", "tire"), ("tyres", "tires"), ("storey", "story"), ("kerb", "curb"), ("mum", "mom"), ("maths", "math"), ("whilst", "while"),
    ("amongst", "among"), ("proven", "proved"), ("plough", "plow"), ("draught", "draft"), ("aluminium", "aluminum"), ("jewellery", "jewelry"),
    ("ageing", "aging"), ("judgement", "judgment"), ("enquiry", "inquiry"), ("catalogue", "catalog"), ("pyjamas", "pajamas"), ("moustache", "mustache"),
];

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
    "much many", "am is are", "was were", "has have", "do does", "don't doesn't dont doesnt", "a an the", "this these", "that those",
    "then than", "to too", "your you're", "their there they're", "its it's it",
];
