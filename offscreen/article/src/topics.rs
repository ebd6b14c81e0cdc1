//! What the words around a text are about: boxes that ask for consent or sell subscriptions speak alike in all languages.

/// What a box is about, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Topics(u8);

impl Topics {
    const COOKIES: Self = Self(1);
    const PRIVACY: Self = Self(2);
    const CONSENT: Self = Self(4);
    const PARTNERS: Self = Self(8);
    /// To accept or to refuse.
    pub(crate) const CHOICE: Self = Self(16);
    pub(crate) const SUBSCRIPTION: Self = Self(32);
    /// To answer what somebody wrote, or how long ago they did.
    pub(crate) const REPLY: Self = Self(64);
    /// Of controls: there are some.
    pub(crate) const OPERATED: Self = Self(128);

    pub(crate) fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    pub(crate) fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether a text asks for consent: more of it says so where its controls offer a choice.
    pub(crate) fn is_consent(self, controls: Self) -> bool {
        let topics = Self(self.0 & (Self::COOKIES.0 | Self::PRIVACY.0 | Self::CONSENT.0 | Self::PARTNERS.0));
        topics.0.count_ones() >= if controls.has(Self::CHOICE) { 2 } else { 3 }
    }

    /// Of a text.
    pub(crate) fn of(text: &str) -> Self {
        let (mut topics, mut small) = (Self::default(), String::new());
        for part in text.as_bytes().split(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric()) {
            if part.is_ascii() {
                topics.add(Self::of_word(part, &mut small));
                continue;
            }
            let part = std::str::from_utf8(part).unwrap_or_default();
            for word in part.split(|c: char| !c.is_alphanumeric()) {
                topics.add(Self::of_word(word.as_bytes(), &mut small));
            }
        }
        topics
    }

    /// Of a word; `small` is room for its letters.
    fn of_word(word: &[u8], small: &mut String) -> Self {
        // Most words begin no stem: that is seen from their first three letters.
        if word.len() > LONGEST || word.is_ascii() && !BEGINNINGS.may_begin(word) {
            return Self::default();
        }
        small.clear();
        small.extend(std::str::from_utf8(word).unwrap_or_default().chars().flat_map(char::to_lowercase));
        if !BEGINNINGS.may_begin(small.as_bytes()) {
            return Self::default();
        }
        let at = STEMS.partition_point(|(stem, _)| *stem <= &**small);
        let stem = at.checked_sub(1).map(|at| STEMS[at]);
        let begins = |stem: &str| *small == stem || stem.len() > SHORT && small.starts_with(stem);
        stem.filter(|(stem, _)| begins(stem)).map(|(_, topic)| topic).unwrap_or_default()
    }
}

/// Bytes of a word that is looked up, at most; at least it has three.
const LONGEST: usize = 40;

/// Stems of so few bytes are whole words.
const SHORT: usize = 4;

/// The first letters of stems, as bits by a number made of the first bytes.
struct Beginnings([u64; 16]);

const BEGINNINGS: Beginnings = Beginnings::new();

impl Beginnings {
    const fn new() -> Self {
        let mut bits = [0; 16];
        let mut at = 0;
        while at < STEMS.len() {
            let stem = STEMS[at].0.as_bytes();
            let number = Self::number(stem[0], stem[1], stem[2]);
            bits[number / 64] |= 1 << (number % 64);
            at += 1;
        }
        Self(bits)
    }

    /// Whether a word may begin with a stem, in small letters or capitals.
    fn may_begin(&self, word: &[u8]) -> bool {
        let [first, second, third, ..] = *word else { return false };
        let number = Self::number(first, second, third);
        self.0[number / 64] >> (number % 64) & 1 == 1
    }

    /// Below 1024; the same for small letters and capitals.
    const fn number(first: u8, second: u8, third: u8) -> usize {
        let [first, second, third] = [first & 31, second & 31, third & 31];
        (first as usize * 32 + second as usize * 5 + third as usize * 11) & 1023
    }
}

/// Beginnings of words, in order; none begins another.
const STEMS: [(&str, Topics); 72] = [
    ("abbon", Topics::SUBSCRIPTION),
    ("ablehn", Topics::CHOICE),
    ("abo", Topics::SUBSCRIPTION),
    ("abonn", Topics::SUBSCRIPTION),
    ("abos", Topics::SUBSCRIPTION),
    ("accept", Topics::CHOICE),
    ("accett", Topics::CHOICE),
    ("aceitar", Topics::CHOICE),
    ("aceptar", Topics::CHOICE),
    ("ago", Topics::REPLY),
    ("agree", Topics::CHOICE),
    ("akzept", Topics::CHOICE),
    ("allow", Topics::CHOICE),
    ("anbieter", Topics::PARTNERS),
    ("antwort", Topics::REPLY),
    ("assinar", Topics::SUBSCRIPTION),
    ("assinatura", Topics::SUBSCRIPTION),
    ("assine", Topics::SUBSCRIPTION),
    ("auswahl", Topics::CHOICE),
    ("autoriser", Topics::CHOICE),
    ("choice", Topics::CHOICE),
    ("choix", Topics::CHOICE),
    ("confidentialité", Topics::PRIVACY),
    ("consenso", Topics::CONSENT),
    ("consent", Topics::CONSENT),
    ("cookie", Topics::COOKIES),
    ("datenschutz", Topics::PRIVACY),
    ("decline", Topics::CHOICE),
    ("einstellung", Topics::CHOICE),
    ("einverstanden", Topics::CHOICE),
    ("einwillig", Topics::CONSENT),
    ("fornitor", Topics::PARTNERS),
    ("inscrev", Topics::SUBSCRIPTION),
    ("inscri", Topics::SUBSCRIPTION),
    ("iscriv", Topics::SUBSCRIPTION),
    ("kündbar", Topics::SUBSCRIPTION),
    ("manage", Topics::CHOICE),
    ("member", Topics::SUBSCRIPTION),
    ("membre", Topics::SUBSCRIPTION),
    ("miembro", Topics::SUBSCRIPTION),
    ("mitglied", Topics::SUBSCRIPTION),
    ("newsletter", Topics::SUBSCRIPTION),
    ("parceiro", Topics::PARTNERS),
    ("partenaire", Topics::PARTNERS),
    ("partner", Topics::PARTNERS),
    ("privacidad", Topics::PRIVACY),
    ("privacy", Topics::PRIVACY),
    ("privatsphäre", Topics::PRIVACY),
    ("proveedor", Topics::PARTNERS),
    ("rechazar", Topics::CHOICE),
    ("recus", Topics::CHOICE),
    ("refus", Topics::CHOICE),
    ("regist", Topics::SUBSCRIPTION),
    ("reject", Topics::CHOICE),
    ("rejeitar", Topics::CHOICE),
    ("replies", Topics::REPLY),
    ("reply", Topics::REPLY),
    ("responder", Topics::REPLY),
    ("rifiut", Topics::CHOICE),
    ("rispondi", Topics::REPLY),
    ("répondre", Topics::REPLY),
    ("signup", Topics::SUBSCRIPTION),
    ("socios", Topics::PARTNERS),
    ("subscri", Topics::SUBSCRIPTION),
    ("suscri", Topics::SUBSCRIPTION),
    ("suscríb", Topics::SUBSCRIPTION),
    ("vendor", Topics::PARTNERS),
    ("zustimm", Topics::CHOICE),
    ("отказ", Topics::CHOICE),
    ("подпис", Topics::SUBSCRIPTION),
    ("принять", Topics::CHOICE),
    ("согла", Topics::CONSENT),
];
