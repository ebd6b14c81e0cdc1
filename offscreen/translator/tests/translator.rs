//! Translators of made-up weights.

use fxtranslate::engine::Engine;
use kernels::simd::Pool;
use proptest::prelude::*;
use std::sync::LazyLock;
use translator::seeded::{SMALL, Seeded, Size, TINY, seeded};
use translator::{Error, Files, Link, Translation, Translator};

const WORDS: [(&str, &str); 12] = [
    ("Die", "The"),
    ("Stadt", "town"),
    ("hat", "has"),
    ("den", "the"),
    ("alten", "old"),
    ("Bahnhof", "station"),
    ("gekauft", "bought"),
    ("Er", "It"),
    ("kostet", "costs"),
    ("neu", "new"),
    ("ist", "is"),
    ("Euro", "euros"),
];

static FILES: LazyLock<Seeded> = LazyLock::new(|| seeded(SMALL, &WORDS));
static SMALL_ONE: LazyLock<Translator> =
    LazyLock::new(|| Translator::new(&FILES.files()).expect("sound files"));
static ALONE: Pool = Pool::new();

/// Two threads, where there are threads.
fn pair() -> &'static Pool {
    static POOL: LazyLock<Pool> = LazyLock::new(Pool::new);
    static START: LazyLock<()> = LazyLock::new(|| {
        if cfg!(target_arch = "wasm32") {
            return;
        }
        std::thread::spawn(|| POOL.serve());
        while POOL.threads() < 2 {
            std::thread::yield_now();
        }
    });
    LazyLock::force(&START);
    &POOL
}

const SENTENCES: [&str; 6] = [
    "Die Stadt hat den alten Bahnhof gekauft.",
    "Er kostet 240 Euro.",
    "neu",
    "Bahnhof Bahnhof, alten Stadt",
    "Xaver ist neu!",
    "Die Stadt ist alt (und neu): Er ist 12,50 Euro.",
];

fn texts(translations: Vec<Translation>) -> Vec<String> {
    translations.into_iter().map(|translation| translation.text).collect()
}

#[test]
fn words_are_translated_and_the_rest_is_copied() {
    let done = SMALL_ONE.translate(&SENTENCES, &ALONE);
    assert!(done.iter().all(|translation| !translation.unfinished && translation.alignment.is_none()));
    assert_eq!(
        texts(done),
        [
            "The town has the old station bought.",
            "It costs 240 euros.",
            "new",
            "station station, old town",
            "Xaver is new!",
            "The town is alt (und new): It is 12,50 euros.",
        ]
    );
}

/// What the crate itself makes of a text, by its ways for single texts and for many.
fn directly(files: &Seeded, sentences: &[&str]) -> [Vec<String>; 2] {
    let engine = Engine::from_bytes(&files.model, &files.source, &files.target).expect("sound files");
    let engine = engine.with_shortlist_bytes(&files.shortlist);
    [sentences.iter().map(|text| engine.translate(text)).collect(), engine.translate_batch(sentences)]
}

#[test]
fn one_at_a_time_many_and_many_threads_are_the_same_to_the_letter() {
    for size in [SMALL, Size { split: true, ..SMALL }] {
        let files = seeded(size, &WORDS);
        let translator = Translator::new(&files.files()).unwrap();
        let whole = texts(translator.translate(&SENTENCES, &ALONE));
        for other in [
            texts(translator.translate(&SENTENCES, pair())),
            texts(translator.align(&SENTENCES, &ALONE)),
            texts(translator.align(&SENTENCES, pair())),
            SENTENCES.iter().flat_map(|text| texts(translator.translate(&[*text], &ALONE))).collect(),
        ] {
            assert_eq!(other, whole);
        }
        assert_eq!(directly(&files, &SENTENCES), [whole.clone(), whole]);
    }
}

#[test]
fn alignments_are_places_in_the_text_that_was_given() {
    let text = "  Die Stadt\u{a0} hat  den „alten“ Bahnhof…";
    let [done] = &SMALL_ONE.align(&[text], &ALONE)[..] else { panic!("one") };
    let links = &done.alignment.as_ref().unwrap().links;
    let pairs: Vec<(&str, &str)> = links
        .iter()
        .map(|Link { source, target }| (&text[source.clone()], &done.text[target.clone()]))
        .collect();
    assert_eq!(done.text, "The town has the „alten“ station…");
    assert_eq!(pairs[..4], [("Die", "The"), ("Stadt", "town"), ("hat", "has"), ("den", "the")]);
    assert_eq!(pairs[pairs.len() - 2..], [("Bahnhof", "station"), ("…", "…")]);
    assert!(links.is_sorted_by_key(|link| link.target.start));
}

#[test]
fn nothing_of_a_long_sentence_is_lost() {
    let text = ["Die Stadt hat den alten Bahnhof gekauft, Er kostet 240 Euro; "; 20].concat();
    let expected = ["The town has the old station bought, It costs 240 euros;"; 20].join(" ");
    for done in [SMALL_ONE.translate(&[&text], pair()), SMALL_ONE.align(&[&text], pair())] {
        assert_eq!(done[0].text, expected);
        assert!(!done[0].unfinished);
        let Some(alignment) = &done[0].alignment else { continue };
        let last = alignment.links.last().unwrap();
        assert_eq!((&text[last.source.clone()], &done[0].text[last.target.clone()]), (";", ";"));
    }
    assert_eq!(texts(SMALL_ONE.translate(&["", " \n ", "neu"], &ALONE)), ["", "", "new"]);
}

#[test]
fn a_model_that_comes_to_no_end_is_told_of() {
    // The third tensor from the end is what is added to each word's score; the first is the one of the end.
    let mut files = FILES.clone();
    let number =
        |at: usize| usize::try_from(u64::from_le_bytes(files.model[at..at + 8].try_into().unwrap())).unwrap();
    let lengths: Vec<usize> = (0..number(8)).map(|tensor| number(16 + 32 * tensor + 24)).collect();
    let start = files.model.len() - lengths[lengths.len() - 3..].iter().sum::<usize>();
    files.model[start..start + 4].copy_from_slice(&(-1e6_f32).to_le_bytes());
    let translator = Translator::new(&files.files()).unwrap();
    for done in [translator.translate(&["Die Stadt"], &ALONE), translator.align(&["Die Stadt"], &ALONE)] {
        assert!(done[0].unfinished);
    }
}

#[test]
fn without_a_shortlist_it_says_the_same() {
    let translator = Translator::new(&Files { shortlist: None, ..FILES.files() }).unwrap();
    let whole = texts(SMALL_ONE.translate(&SENTENCES, &ALONE));
    assert_eq!(texts(translator.translate(&SENTENCES, &ALONE)), whole);
}

#[test]
fn the_published_layout_has_its_size() {
    let files = seeded(TINY, &WORDS);
    // Published ones have between 17,140,754 and 17,141,051 bytes; their description is longer.
    assert!((17_130_000..17_142_000).contains(&files.model.len()), "{}", files.model.len());
    let translator = Translator::new(&files.files()).unwrap();
    assert_eq!(
        texts(translator.translate(&SENTENCES[..2], &ALONE)),
        ["The town has the old station bought.", "It costs 240 euros.",]
    );
}

#[test]
fn files_of_another_kind_are_told() {
    let files = FILES.files();
    let mistaken = |files: Files<'_>| Translator::new(&files).err();
    assert_eq!(mistaken(Files { model: b"GGUF", ..files }), Some(Error::Truncated("model file")));
    assert_eq!(mistaken(Files { model: &[0; 99], ..files }), Some(Error::Magic("model file")));
    assert_eq!(mistaken(Files { source: b"", ..files }), Some(Error::Magic("vocabulary")));
    assert_eq!(mistaken(Files { shortlist: Some(&[0; 99]), ..files }), Some(Error::Magic("shortlist")));
    let half = &files.model[..files.model.len() / 2];
    assert_eq!(mistaken(Files { model: half, ..files }), Some(Error::Truncated("model file")));
    let larger = seeded(Size { words: 512, ..SMALL }, &WORDS);
    assert!(matches!(mistaken(Files { source: &larger.source, ..files }), Some(Error::Mismatch(_))));
    assert!(matches!(
        mistaken(Files { shortlist: Some(&larger.shortlist), ..files }),
        Some(Error::Mismatch(_))
    ));
}

/// Bytes changed, and the file cut.
#[derive(Clone, Debug)]
struct Damage {
    bytes: Vec<(prop::sample::Index, u8)>,
    words: Vec<(prop::sample::Index, u64)>,
    end: prop::sample::Index,
    whole: bool,
}

fn damage() -> impl Strategy<Value = Damage> {
    let index = || any::<prop::sample::Index>();
    let odd = prop::sample::select(vec![
        0,
        1,
        2,
        255,
        256,
        1 << 31,
        (1 << 32) - 1,
        1 << 32,
        u64::MAX,
        u64::MAX / 4,
    ]);
    (
        prop::collection::vec((index(), any::<u8>()), 0..3),
        prop::collection::vec((index(), odd), 0..2),
        index(),
        prop::bool::weighted(0.9),
    )
        .prop_map(|(bytes, words, end, whole)| Damage { bytes, words, end, whole })
}

impl Damage {
    /// Most of it where the file describes itself: in the first `head` bytes.
    fn done_to(&self, file: &[u8], head: usize) -> Vec<u8> {
        let mut file = file.to_vec();
        let head = head.min(file.len());
        for (at, byte) in &self.bytes {
            file[at.index(head)] = *byte;
        }
        for (at, word) in &self.words {
            let at = at.index(head / 8) * 8;
            file[at..at + 8].copy_from_slice(&word.to_le_bytes());
        }
        if !self.whole {
            file.truncate(self.end.index(file.len()));
        }
        file
    }
}

/// A file with rules for the normalisation: a trie of one rule (`a` becomes `b`).
fn with_rules(vocabulary: &[u8]) -> Vec<u8> {
    let mut units = [0_u32; 512];
    units[0] = 256 << 10;
    units[256 ^ usize::from(b'a')] = u32::from(b'a') | 1 << 8 | (1 << 10);
    units[256 ^ usize::from(b'a') ^ 1] = 1 << 31;
    let mut rules: Vec<u8> = 2048_u32.to_le_bytes().to_vec();
    rules.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    rules.extend(b"b\0");
    #[expect(clippy::cast_possible_truncation, reason = "14 bits")]
    let varint = |value: usize| [(value & 0x7f) as u8 | 0x80, (value >> 7) as u8];
    let mut spec = vec![0x12];
    spec.extend(varint(rules.len()));
    spec.extend(rules);
    let mut file = vec![0x1a];
    file.extend(varint(spec.len()));
    file.extend(spec);
    file.extend(vocabulary);
    file
}

#[test]
fn texts_are_normalised_by_the_rules_of_the_vocabulary() {
    let vocabulary = with_rules(&FILES.source);
    let translator =
        Translator::new(&Files { source: &vocabulary, target: &vocabulary, ..FILES.files() }).unwrap();
    assert_eq!(texts(translator.translate(&["baa neu"], &ALONE)), ["bbb new"]);
    let wild: Vec<u8> = {
        // The one leaf speaks of a text behind all others.
        let mut file = vocabulary.clone();
        let leaf = file.windows(4).position(|bytes| bytes == (1_u32 << 31).to_le_bytes()).unwrap();
        file[leaf] = 99;
        file
    };
    assert_eq!(
        Translator::new(&Files { source: &wild, ..FILES.files() }).err(),
        Some(Error::Truncated("vocabulary"))
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn no_damage_ends_the_program(
        model in prop::option::of(damage()),
        source_damage in prop::option::weighted(0.3, damage()),
        shortlist in prop::option::weighted(0.3, damage()),
        head in prop::sample::select(vec![64, 1024, 6000, usize::MAX]),
        split in any::<bool>(),
        rules in any::<bool>(),
        text in "(Die|Stadt|baa|é|\\PC| |[0-9.,]){0,12}",
    ) {
        static SPLIT: LazyLock<Seeded> = LazyLock::new(|| seeded(Size { split: true, ..SMALL }, &WORDS));
        let files = if split { &*SPLIT } else { &*FILES };
        let damaged = |file: &[u8], damage: &Option<Damage>| {
            damage.as_ref().map_or_else(|| file.to_vec(), |damage| damage.done_to(file, head))
        };
        let source = if rules { with_rules(&files.source) } else { files.source.clone() };
        let (model, source) = (damaged(&files.model, &model), damaged(&source, &source_damage));
        let shortlist = damaged(&files.shortlist, &shortlist);
        // A vocabulary each, or one for both.
        let target = if split { &files.target } else { &source };
        let whole = Files { model: &model, source: &source, target, shortlist: Some(&shortlist) };
        if let Ok(translator) = Translator::new(&whole) {
            let _ = (translator.translate(&[&text, "neu"], &ALONE), translator.align(&[&text], &ALONE));
        }
    }
}
