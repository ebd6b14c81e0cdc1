//! German.

use super::language::{Abbreviations, Language};
use waken_snowball::algorithms::german_stemmer;

#[rustfmt::skip]
pub(crate) static GERMAN: Language = Language {
    tag: "de",
    name: "German",
    stemmer: german_stemmer::stem,
    capitalised_nouns: true,
    abbreviations: Abbreviations {
        before_ordinals: &[
            "Am", "Beim", "Das", "Dem", "Den", "Der", "Des", "Die", "Im", "Vom", "Zum", "Zur", "ab",
            "am", "beim", "bis", "das", "dem", "den", "der", "des", "die", "im", "seit", "und",
            "vom", "zum", "zur",
        ],
        ..Abbreviations::NONE
    },
    function_words: &[
        "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines",
        "und", "oder", "aber", "von", "vom", "zu", "zum", "zur", "im", "in", "am", "an", "auf",
        "aus", "bei", "mit", "nach", "für", "über", "unter", "vor", "seit", "bis", "durch", "ist",
        "sind", "war", "waren", "wird", "werden", "wurde", "wurden", "hat", "haben", "hatte",
        "hatten", "kann", "können", "soll", "sollen", "muss", "nicht", "kein", "keine", "es", "er",
        "sie", "wir", "ihr", "ich", "sich", "sein", "seine", "ihre", "dass", "daß", "als", "wie",
        "wenn", "weil", "auch", "noch", "nur", "mehr", "dort", "hier", "dieser", "diese", "dieses",
        "was", "wer", "warum", "um", "so", "man", "sehr", "schon", "nun", "beim", "ins", "ihren",
        "seinen",
    ],
    stop_words: &[],
    denials: &[
        "nicht", "kein", "keine", "keinen", "keinem", "keiner", "keines", "nie", "niemals",
        "niemand", "niemanden", "nichts",
    ],
    hedges: &["ohne", "nur", "außer", "bis", "kaum", "weder", "unmöglich", "verboten"],
    doubts: &[
        "soll", "sollen", "sollte", "sollten", "könnte", "könnten", "dürfte", "dürften", "würde", "würden", "angeblich",
        "laut", "zufolge", "offenbar", "vielleicht", "wohl", "vermutlich", "mutmaßlich", "mutmaßliche",
        "mutmaßlichen", "möglicherweise", "wahrscheinlich", "voraussichtlich", "sagt", "sagte", "sagten", "erklärte",
        "behauptet", "behauptete", "fast", "rund", "etwa", "mindestens", "höchstens", "wenn", "falls", "aber",
    ],
    cues: None,
    numbers: &[
        ("zwei", 2), ("drei", 3), ("vier", 4), ("fünf", 5), ("sechs", 6), ("sieben", 7),
        ("acht", 8), ("neun", 9), ("zehn", 10), ("elf", 11), ("zwölf", 12), ("dreizehn", 13),
        ("vierzehn", 14), ("fünfzehn", 15), ("sechzehn", 16), ("siebzehn", 17), ("achtzehn", 18),
        ("neunzehn", 19), ("zwanzig", 20), ("dreißig", 30), ("vierzig", 40), ("fünfzig", 50),
        ("sechzig", 60), ("siebzig", 70), ("achtzig", 80), ("neunzig", 90), ("hundert", 100),
        ("tausend", 1000), ("zweimal", 2), ("dreimal", 3), ("viermal", 4),
    ],
    quantities: &[],
    tens_joint: None,
    digit_groups: &['.'],
    decimal_point: ',',
    days: ["Montag*", "Dienstag*", "Mittwoch*", "Donnerstag*", "Freitag*", "Samstag*", "Sonntag*"],
    months: [
        "Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September",
        "Oktober", "November", "Dezember",
    ],
    months_as_words: &[],
    months_as_first_words: &[],
    examples: [
        "Die Stadt hat die alte Schule an eine örtliche Firma verkauft.",
        "Die Straße zum Flughafen wird wegen Bauarbeiten drei Wochen lang gesperrt.",
        "„Mit so vielen Besuchern haben wir nicht gerechnet“, sagte die Leiterin Anna Weber am Montag.",
        "Neue Arbeitsplätze im Hafen",
        "Die neue Strecke kostete 4,5 Millionen Euro und wurde 2021 eröffnet.",
        "Er konnte nicht erklären, warum der Brief nie angekommen war.",
        "Mehr als 3.000 Menschen haben die Petition gegen den Plan unterschrieben.",
        "Wenn der Laden im Frühling wieder öffnet, will der Besitzer nur noch Brot aus der Region verkaufen.",
        "Wie viel Geld braucht die Stadt für das neue Theater?",
        "Die Polizei sucht einen Mann, der am Freitagabend auf einem roten Fahrrad die Bank verließ.",
    ],
};
