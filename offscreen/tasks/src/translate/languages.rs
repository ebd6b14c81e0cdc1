//! The languages that were measured: their names, the little words by which they are told apart, their words for numbers.

use catalog::primary_subtag;

/// A language to translate from or into.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Language {
    /// Primary subtag of BCP 47.
    pub(super) tag: &'static str,
    /// Its English name.
    pub(super) name: &'static str,
    /// Frequent words without content, in lower case.
    stop_words: &'static [&'static str],
    /// Words that deny, in lower case.
    denials: &'static [&'static str],
    /// Words that may stand for one that denies (`only` for `ne … que`), in lower case.
    hedges: &'static [&'static str],
    /// Words for numbers, with their values.
    numbers: &'static [(&'static str, u32)],
}

impl Language {
    /// The language of a BCP 47 tag, where it is one of these.
    pub(super) fn of(tag: &str) -> Option<&'static Self> {
        let primary = primary_subtag(tag);
        LANGUAGES.iter().find(|language| language.tag == primary)
    }

    /// Whether a word in lower case is one of its function words.
    pub(super) fn is_function(&self, lower: &str) -> bool {
        self.stop_words.contains(&lower)
    }

    /// Whether a text, as words in lower case, says of something that it is not so.
    pub(super) fn denies(&self, words: &[String]) -> bool {
        words.iter().any(|word| self.denials.contains(&word.as_str()))
    }

    /// Whether a text, as words in lower case, can be the translation of one that [`Self::denies`].
    pub(super) fn may_deny(&self, words: &[String]) -> bool {
        self.denies(words) || words.iter().any(|word| self.hedges.contains(&word.as_str()))
    }

    /// The value of a number word in lower case.
    pub(super) fn number(&self, lower: &str) -> Option<u32> {
        self.numbers.iter().find(|(word, _)| *word == lower).map(|(_, value)| *value)
    }
}

/// All of them. English is first.
#[rustfmt::skip]
pub(super) const LANGUAGES: [Language; 6] = [
    Language {
        tag: "en",
        name: "English",
        stop_words: &[
            "the", "a", "an", "and", "or", "but", "of", "to", "in", "on", "at", "by", "for", "with", "from", "is", "are",
            "was", "were", "be", "been", "has", "have", "had", "will", "would", "can", "could", "not", "no", "it", "its",
            "he", "she", "they", "we", "you", "his", "her", "their", "our", "this", "that", "these", "those", "which",
            "who", "what", "when", "where", "why", "how", "as", "than", "there", "here", "also", "more", "most", "all",
            "some", "any", "after", "before", "about", "because", "if", "into", "only", "than", "then", "over", "under",
            "my", "your", "each", "every", "many", "do", "does", "did", "said", "says", "i", "so", "up", "out",
        ],
        denials: &[
            "not", "no", "never", "nobody", "none", "nothing", "cannot", "neither", "nor",
        ],
        hedges: &[
            "without", "unable", "only", "except", "until", "unless", "failed", "fails", "fail", "refused", "refuses",
            "lacks", "lack", "hardly", "stopped", "impossible", "forbidden", "banned",
        ],
        numbers: &[
            ("two", 2), ("three", 3), ("four", 4), ("five", 5), ("six", 6), ("seven", 7), ("eight", 8), ("nine", 9),
            ("ten", 10), ("eleven", 11), ("twelve", 12), ("thirteen", 13), ("fourteen", 14), ("fifteen", 15),
            ("sixteen", 16), ("seventeen", 17), ("eighteen", 18), ("nineteen", 19), ("twenty", 20), ("thirty", 30),
            ("forty", 40), ("fifty", 50), ("sixty", 60), ("seventy", 70), ("eighty", 80), ("ninety", 90),
            ("hundred", 100), ("thousand", 1000), ("twice", 2),
        ],
    },
    Language {
        tag: "de",
        name: "German",
        stop_words: &[
            "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines", "und", "oder",
            "aber", "von", "vom", "zu", "zum", "zur", "im", "in", "am", "an", "auf", "aus", "bei", "mit", "nach", "für",
            "über", "unter", "vor", "seit", "bis", "durch", "ist", "sind", "war", "waren", "wird", "werden", "wurde",
            "wurden", "hat", "haben", "hatte", "hatten", "kann", "können", "soll", "sollen", "muss", "nicht", "kein",
            "keine", "es", "er", "sie", "wir", "ihr", "ich", "sich", "sein", "seine", "ihre", "dass", "daß", "als",
            "wie", "wenn", "weil", "auch", "noch", "nur", "mehr", "dort", "hier", "dieser", "diese", "dieses", "was",
            "wer", "warum", "um", "so", "man", "sehr", "schon", "nun", "beim", "ins", "ihren", "seinen",
        ],
        denials: &[
            "nicht", "kein", "keine", "keinen", "keinem", "keiner", "keines", "nie", "niemals", "niemand",
            "niemanden", "nichts",
        ],
        hedges: &[
            "ohne", "nur", "außer", "bis", "kaum", "weder", "unmöglich", "verboten",
        ],
        numbers: &[
            ("zwei", 2), ("drei", 3), ("vier", 4), ("fünf", 5), ("sechs", 6), ("sieben", 7), ("acht", 8), ("neun", 9),
            ("zehn", 10), ("elf", 11), ("zwölf", 12), ("dreizehn", 13), ("vierzehn", 14), ("fünfzehn", 15),
            ("sechzehn", 16), ("siebzehn", 17), ("achtzehn", 18), ("neunzehn", 19), ("zwanzig", 20), ("dreißig", 30),
            ("vierzig", 40), ("fünfzig", 50), ("sechzig", 60), ("siebzig", 70), ("achtzig", 80), ("neunzig", 90),
            ("hundert", 100), ("tausend", 1000), ("zweimal", 2), ("dreimal", 3), ("viermal", 4),
        ],
    },
    Language {
        tag: "fr",
        name: "French",
        stop_words: &[
            "le", "la", "les", "l", "un", "une", "des", "du", "de", "d", "et", "ou", "mais", "à", "au", "aux", "en",
            "dans", "sur", "sous", "par", "pour", "avec", "sans", "est", "sont", "était", "étaient", "été", "être", "a",
            "ont", "avait", "sera", "seront", "peut", "doit", "ne", "n", "pas", "plus", "il", "elle", "ils", "elles",
            "on", "nous", "vous", "je", "j", "se", "s", "ce", "c", "cette", "ces", "cet", "son", "sa", "ses", "leur",
            "leurs", "notre", "votre", "qui", "que", "qu", "quand", "où", "pourquoi", "comment", "comme", "aussi",
            "très", "depuis", "après", "avant", "entre", "chez", "lorsque", "si", "y", "mon", "ma", "mes", "tout",
        ],
        denials: &[
            "pas", "jamais", "aucun", "aucune", "rien", "ne", "n",
        ],
        hedges: &[
            "sans", "sauf", "ni", "seulement", "personne", "non", "impossible", "interdit",
        ],
        numbers: &[
            ("deux", 2), ("trois", 3), ("quatre", 4), ("cinq", 5), ("six", 6), ("sept", 7), ("huit", 8), ("neuf", 9),
            ("dix", 10), ("onze", 11), ("douze", 12), ("treize", 13), ("quatorze", 14), ("quinze", 15), ("seize", 16),
            ("dix-sept", 17), ("dix-huit", 18), ("dix-neuf", 19), ("vingt", 20), ("trente", 30), ("quarante", 40),
            ("cinquante", 50), ("soixante", 60), ("soixante-dix", 70), ("quatre-vingts", 80),
            ("quatre-vingt-dix", 90), ("cent", 100), ("mille", 1000),
        ],
    },
    Language {
        tag: "es",
        name: "Spanish",
        stop_words: &[
            "el", "la", "los", "las", "un", "una", "unos", "unas", "de", "del", "y", "e", "o", "pero", "a", "al", "en",
            "con", "por", "para", "sin", "sobre", "es", "son", "era", "fue", "fueron", "ser", "está", "están", "ha",
            "han", "había", "será", "puede", "debe", "no", "se", "lo", "le", "les", "su", "sus", "él", "ella", "ellos",
            "nosotros", "yo", "este", "esta", "estos", "estas", "ese", "esa", "que", "qué", "quien", "cuando", "donde",
            "porque", "cómo", "como", "también", "más", "muy", "ya", "desde", "hasta", "entre", "después", "antes",
            "si", "allí", "aquí", "mi", "todo", "todos", "ni", "cerca", "nos",
        ],
        denials: &[
            "no", "nunca", "jamás", "nadie", "ningún", "ninguna", "ninguno", "tampoco",
        ],
        hedges: &[
            "sin", "salvo", "excepto", "nada", "ni", "solo", "sólo", "hasta", "imposible", "prohibido",
        ],
        numbers: &[
            ("dos", 2), ("tres", 3), ("cuatro", 4), ("cinco", 5), ("seis", 6), ("siete", 7), ("ocho", 8), ("nueve", 9),
            ("diez", 10), ("once", 11), ("doce", 12), ("trece", 13), ("catorce", 14), ("quince", 15),
            ("dieciséis", 16), ("diecisiete", 17), ("dieciocho", 18), ("diecinueve", 19), ("veinte", 20),
            ("treinta", 30), ("cuarenta", 40), ("cincuenta", 50), ("sesenta", 60), ("setenta", 70), ("ochenta", 80),
            ("noventa", 90), ("cien", 100), ("mil", 1000),
        ],
    },
    Language {
        tag: "it",
        name: "Italian",
        stop_words: &[
            "il", "lo", "la", "i", "gli", "le", "l", "un", "uno", "una", "di", "del", "della", "dello", "dei", "degli",
            "delle", "dell", "e", "ed", "o", "ma", "a", "al", "alla", "alle", "ai", "agli", "all", "da", "dal", "dalla",
            "dall", "in", "nel", "nella", "nei", "nelle", "nell", "su", "sul", "sulla", "sulle", "con", "per", "tra",
            "fra", "è", "sono", "era", "erano", "stato", "stata", "stati", "ha", "hanno", "aveva", "sarà", "può",
            "deve", "non", "si", "ci", "lui", "lei", "noi", "io", "suo", "sua", "suoi", "loro", "questo", "questa",
            "questi", "che", "chi", "quando", "dove", "perché", "come", "anche", "più", "molto", "già", "dopo", "prima",
            "se", "lì", "qui", "mia", "tutti", "nostra", "solo",
        ],
        denials: &[
            "non", "nessuno", "nessuna", "nessun", "neanche", "nemmeno",
        ],
        hedges: &[
            "senza", "tranne", "solo", "mai", "niente", "nulla", "né", "no", "finché", "impossibile", "vietato",
        ],
        numbers: &[
            ("due", 2), ("tre", 3), ("quattro", 4), ("cinque", 5), ("sei", 6), ("sette", 7), ("otto", 8), ("nove", 9),
            ("dieci", 10), ("undici", 11), ("dodici", 12), ("tredici", 13), ("quattordici", 14), ("quindici", 15),
            ("sedici", 16), ("diciassette", 17), ("diciotto", 18), ("diciannove", 19), ("venti", 20), ("trenta", 30),
            ("quaranta", 40), ("cinquanta", 50), ("sessanta", 60), ("settanta", 70), ("ottanta", 80),
            ("novanta", 90), ("cento", 100), ("mille", 1000),
        ],
    },
    Language {
        tag: "pt",
        name: "Portuguese",
        stop_words: &[
            "o", "a", "os", "as", "um", "uma", "uns", "umas", "de", "do", "da", "dos", "das", "e", "ou", "mas", "em",
            "no", "na", "nos", "nas", "num", "numa", "ao", "à", "aos", "às", "por", "pelo", "pela", "para", "com",
            "sem", "sobre", "é", "são", "era", "foi", "foram", "ser", "está", "estão", "tem", "têm", "tinha", "será",
            "pode", "deve", "não", "se", "ele", "ela", "eles", "nós", "eu", "seu", "sua", "seus", "suas", "este",
            "esta", "isso", "que", "quem", "quando", "onde", "porque", "como", "também", "mais", "muito", "já", "desde",
            "até", "entre", "depois", "antes", "lá", "aqui", "minha", "nossa", "todos", "ficou", "há",
        ],
        denials: &[
            "não", "nunca", "jamais", "ninguém", "nenhum", "nenhuma",
        ],
        hedges: &[
            "sem", "exceto", "só", "apenas", "nada", "nem", "até", "impossível", "proibido",
        ],
        numbers: &[
            ("dois", 2), ("duas", 2), ("três", 3), ("quatro", 4), ("cinco", 5), ("seis", 6), ("sete", 7), ("oito", 8),
            ("nove", 9), ("dez", 10), ("onze", 11), ("doze", 12), ("treze", 13), ("catorze", 14), ("quinze", 15),
            ("dezasseis", 16), ("dezesseis", 16), ("dezassete", 17), ("dezessete", 17), ("dezoito", 18),
            ("dezanove", 19), ("dezenove", 19), ("vinte", 20), ("trinta", 30), ("quarenta", 40), ("cinquenta", 50),
            ("sessenta", 60), ("setenta", 70), ("oitenta", 80), ("noventa", 90), ("cem", 100), ("mil", 1000),
        ],
    },
];
