//! Kinds of answers, and whether a sentence holds one.

use crate::languages::ENGLISH;
use crate::words::Word;

/// What a question wants to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Anything.
    Fact,
    /// Yes or no.
    Whether,
    Person,
    /// Who somebody is.
    Identity,
    /// What something is.
    Definition,
    /// What something is called.
    Name,
    Place,
    Time,
    /// How many there are of what has this stem.
    Count(String),
    Measure(Unit),
    Reason,
    Colour,
    /// What somebody says.
    Opinion,
}

/// Whether a text gives the dates of a life: `(4 May 1871 – 19 November 1949)`.
pub(super) fn has_life_dates(text: &str) -> bool {
    let Some((_, rest)) = text.split_once('(') else { return false };
    let Some((inside, _)) = rest.split_once(')') else { return false };
    let year = |part: &str| {
        let digits: String = part.trim().chars().rev().take_while(char::is_ascii_digit).collect();
        digits.len() == 4
    };
    inside.split_once(['–', '-', '—']).is_some_and(|(from, to)| year(from) && year(to))
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Any,
    Age,
    Length,
    Speed,
    Money,
    Mass,
    /// Of time or of space.
    Extent,
    Temperature,
    Sound,
    Share,
    Frequency,
}

/// A sentence that may answer.
pub(super) struct Sentence<'s> {
    pub(super) text: &'s str,
    pub(super) words: &'s [Word<'s>],
    /// For each word, whether the question has it or another that may stand for it.
    pub(super) asked: &'s [bool],
}

const COINS: &str = "cent|cents|dollar|dollars|euro|euros|eur|franc|francs|gbp|krona|kronor|pence|penny|pound|pounds|rupees|usd|yen|yuan";
const MASSES: &str =
    "g|gram|grams|kg|kilo|kilogram|kilograms|kilos|lb|lbs|mg|ounce|ounces|pound|pounds|ton|tonne|tonnes|tons";
const SPANS: &str = "century|centuries|day|days|decade|decades|hour|hours|minute|minutes|month|months|night|nights|second|seconds|week|weekend|weeks|year|years";
const LENGTHS: &str = "centimetre|centimetres|centimeter|centimeters|cm|feet|foot|ft|inch|inches|kilometer|kilometers|kilometre|kilometres|km|m|meter|meters|metre|metres|mile|miles|millimetres|mm|yard|yards|pages|words";
const DEGREES: &str = "degree|degrees|celsius|fahrenheit";
const SOUNDS: &str = "db|decibel|decibels";
const SHARES: &str = "half|percent|quarter|third|thirds|quarters|tenth|majority|most|all";
const FREQUENCIES: &str =
    "always|annually|daily|each|every|hourly|monthly|never|once|per|twice|weekly|yearly";
const MOMENTS: &str = "ago|am|autumn|century|dawn|dusk|midnight|morning|noon|o'clock|pm|sunset|spring|summer|today|tomorrow|tonight|weekdays|weekends|winter|yesterday";
const COLOURS: &str = "beige|black|blue|brown|colourless|crimson|gold|golden|green|grey|gray|orange|pink|purple|red|silver|turquoise|violet|white|yellow";
const SAYING: &str = "accused|announced|argue|argues|argued|believe|believes|call|called|calls|claimed|consider|criticised|denied|fear|fears|feared|hope|hopes|praised|said|say|says|think|thinks|told|wants|warned|welcomed|writes|wrote";
const GROUPS: &str = "charity|children|club|company|council|county|court|customers|everyone|family|government|group|museum|parents|people|police|region|school|state|students|team|university|volunteers|women";
const PLACES: &str = "above|across|along|among|around|at|behind|below|beneath|beside|between|from|in|inside|into|near|next|on|onto|opposite|outside|through|to|under|within";
const CAUSES: &str = "because|cause|caused|causes|due|fear|fears|owing|reason|since|so|thanks|therefore|thus|why|otherwise|prevent|prevents";

fn is_in(list: &str, word: &str) -> bool {
    list.split('|').any(|entry| entry == word)
}

impl Kind {
    /// Whether a sentence that holds nothing of the kind cannot answer.
    pub(super) fn is_strict(&self) -> bool {
        !matches!(self, Self::Fact | Self::Whether | Self::Place)
    }

    /// Whether a shorter sentence shows that it still holds the answer.
    pub(super) fn is_checkable(&self) -> bool {
        matches!(self, Self::Person | Self::Time | Self::Count(_) | Self::Measure(_) | Self::Colour)
    }

    /// How sure it is that the sentence holds an answer of this kind, from 0 to 1.
    pub(super) fn evidence(&self, sentence: &Sentence<'_>) -> f32 {
        match self {
            Self::Fact | Self::Whether => 0.5,
            Self::Person => sentence.person(),
            Self::Identity => sentence.identity(),
            Self::Definition => sentence.definition(),
            Self::Name => sentence.naming(),
            Self::Place => sentence.place(),
            Self::Time => sentence.time(),
            Self::Count(key) => sentence.count(key),
            Self::Measure(unit) => sentence.measure(*unit),
            Self::Reason => sentence.reason(),
            Self::Colour => sentence.any(COLOURS),
            Self::Opinion => {
                let quoted = sentence.text.contains(['"', '“', '”']);
                if quoted { 1.0 } else { sentence.any(SAYING) }
            }
        }
    }
}

impl Sentence<'_> {
    /// Whether what the question does not have already is in the list.
    fn any(&self, list: &str) -> f32 {
        let found = self.fresh().any(|i| is_in(list, &self.words[i].lower));
        f32::from(u8::from(found))
    }

    /// Words that the question does not have.
    fn fresh(&self) -> impl Iterator<Item = usize> {
        (0..self.words.len()).filter(|&i| !self.asked[i])
    }

    fn is_number(&self, i: usize) -> bool {
        let lower = self.words[i].lower.as_str();
        self.words[i].numeric()
            || ENGLISH.number(lower).is_some()
            || ENGLISH.quantities.iter().any(|(word, _)| *word == lower)
    }

    fn is_calendar(&self, i: usize) -> bool {
        let text = self.words[i].text;
        ENGLISH.months.contains(&text) || ENGLISH.days.contains(&text.trim_end_matches('s'))
    }

    /// Whether a name begins or goes on here: a capital that the beginning of a sentence does not explain.
    fn is_name(&self, i: usize) -> bool {
        let word = &self.words[i];
        let opens = i == 0 || self.text[..word.start].trim_end().ends_with(['.', '"', '“', ':', '?', '!']);
        word.capitalised()
            && word.content
            && !self.is_calendar(i)
            && (!opens || self.words.get(i + 1).is_some_and(|next| next.capitalised() && next.content))
    }

    fn names(&self) -> bool {
        self.fresh().any(|i| self.is_name(i))
    }

    /// `to be named Marit`, `one daughter, Ruth`.
    fn naming(&self) -> f32 {
        let said = self.words.iter().any(|word| {
            ["called", "name", "named", "names", "titled", "dubbed"].contains(&word.lower.as_str())
        });
        let apposed = |i: usize| i > 0 && self.asked[i - 1] && self.is_name(i);
        match () {
            () if !self.names() => 0.0,
            () if said || self.fresh().any(apposed) => 1.0,
            () => 0.3,
        }
    }

    fn person(&self) -> f32 {
        let agent = |i: usize| {
            let lower = self.words[i].lower.trim_end_matches('s');
            let ends = ["er", "or", "ist", "ian", "eer", "man", "woman", "ant"]
                .iter()
                .any(|end| lower.ends_with(end));
            self.words[i].content && (lower.len() > 5 && ends || is_in(GROUPS, &self.words[i].lower))
        };
        match () {
            () if self.names() => 1.0,
            () if self.fresh().any(agent) => 0.6,
            () => 0.0,
        }
    }

    /// `Maud Tillery, called out …`, `the butcher Dina Moss`.
    fn identity(&self) -> f32 {
        let Some(last) = (0..self.words.len()).rfind(|&i| self.asked[i]) else { return 0.0 };
        let rest = self.text[self.words[last].end()..].trim_start();
        let is =
            ["is ", "was ", "(", ", a", ", the", ", who", ", an"].iter().any(|form| rest.starts_with(form));
        if is { 1.0 } else { 0.5 }
    }

    /// It begins with what is asked about, and says what that is.
    fn definition(&self) -> f32 {
        let Some(first) = self.asked.iter().position(|asked| *asked) else { return 0.0 };
        let verb = self
            .words
            .iter()
            .position(|word| ["is", "are", "was", "were", "means"].contains(&word.lower.as_str()));
        match verb {
            Some(verb)
                if first < verb
                    && self.words[..verb]
                        .iter()
                        .zip(self.asked)
                        .filter(|(word, asked)| word.content && !**asked)
                        .count()
                        <= 3 =>
            {
                1.0
            }
            _ => 0.2,
        }
    }

    fn place(&self) -> f32 {
        let after = |i: usize| {
            let mut next =
                (i + 1..self.words.len().min(i + 5)).filter(|&j| self.words[j].content && !self.asked[j]);
            next.next().map(|j| if self.is_name(j) { 1.0 } else { 0.6 })
        };
        let found = (0..self.words.len()).filter(|&i| is_in(PLACES, &self.words[i].lower)).filter_map(after);
        found.fold(0.0, f32::max)
    }

    fn is_year(&self, i: usize) -> bool {
        let text = self.words[i].text;
        text.len() == 4 && text.parse::<u16>().is_ok_and(|year| (1000..2200).contains(&year))
    }

    fn time(&self) -> f32 {
        let exact = self
            .fresh()
            .any(|i| self.is_year(i) || self.is_calendar(i) || is_in(MOMENTS, &self.words[i].lower));
        if exact { 1.0 } else { 0.8 * self.near_number(SPANS) }
    }

    /// Whether a number stands before one of the list, or what has both in one does: `10 g`, `10g`.
    fn near_number(&self, list: &str) -> f32 {
        let joined = |word: &str| {
            let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
            unit.len() < word.len() && is_in(list, unit)
        };
        let near = |i: usize| {
            let end = self.words.len().min(i + 4);
            self.is_number(i) && (i + 1..end).any(|j| is_in(list, &self.words[j].lower))
                || joined(&self.words[i].lower)
        };
        f32::from(u8::from(self.fresh().any(near)))
    }

    fn count(&self, key: &str) -> f32 {
        let counted = |i: usize| self.words[i].key == key || self.asked[i];
        let is_share = |i: usize| {
            ["half", "quarter", "third", "thirds", "second", "first"].contains(&self.words[i].lower.as_str())
        };
        let numbers = self.fresh().filter(|&i| {
            self.is_number(i) && !is_share(i)
                || ["one", "no", "single"].contains(&self.words[i].lower.as_str())
        });
        let mut best = 0.0_f32;
        for i in numbers {
            let end = self.words.len().min(i + 5);
            let is_bare = self.words.get(i + 1).is_none_or(|next| !next.content) && !self.is_year(i);
            best = best.max(match (i + 1..end).find(|&j| counted(j)) {
                Some(j) if self.words[j].key == key => 1.0,
                Some(_) => 0.8,
                // `counted 63 along the river`: of what, the sentence before says.
                None if self.is_number(i) && is_bare => 0.6,
                None if self.is_number(i) && !self.is_year(i) => 0.4,
                None => 0.0,
            });
        }
        best
    }

    fn measure(&self, unit: Unit) -> f32 {
        let number = self.fresh().any(|i| self.is_number(i));
        let money = || self.text.contains(['$', '£', '€', '¥']) && number;
        match unit {
            Unit::Any => f32::from(u8::from(number)),
            Unit::Age => self.near_number("year|years|aged|old").max(self.any("aged|born")),
            Unit::Length => self.near_number(LENGTHS),
            Unit::Speed => {
                self.near_number("hour|kilometres|km|knots|miles|mph|second|kmh").max(self.any("mph|knots"))
            }
            Unit::Money if money() => 1.0,
            Unit::Money => self.near_number(COINS).max(0.8 * self.any("free")),
            Unit::Mass => self.near_number(MASSES),
            Unit::Extent => {
                let until = self.any("until|since|forever|overnight");
                self.near_number(SPANS).max(0.8 * self.near_number(LENGTHS)).max(0.4 * until)
            }
            Unit::Temperature => self.near_number(DEGREES).max(f32::from(u8::from(self.text.contains('°')))),
            Unit::Sound => self.near_number(SOUNDS),
            Unit::Share => self.any(SHARES).max(f32::from(u8::from(self.text.contains('%')))),
            Unit::Frequency => self.any(FREQUENCIES),
        }
    }

    fn reason(&self) -> f32 {
        let purpose = || self.words.windows(2).any(|pair| pair[0].lower == "to" && pair[1].content);
        match () {
            () if self.any(CAUSES) > 0.0 => 1.0,
            () if self.words.iter().any(|word| word.lower == "having") => 0.5,
            () if purpose() => 0.4,
            () => 0.0,
        }
    }
}
