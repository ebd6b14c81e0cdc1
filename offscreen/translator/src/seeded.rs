//! Models of made-up weights, in the layout and the sizes of published ones, that translate word by
//! word: for tests and benchmarks, which cannot have the real ones.
//!
//! A word is two codes: what it means in the source and what in the translation. The decoder's one
//! query is its position, by which it finds the word of the source that stands there; the word whose
//! second code is that word's first comes out. Letters, figures and signs come out as they are; so a
//! word without an entry is spelled out. Everything else in the model adds nothing. All words are as
//! long, in their numbers, and these add up to nothing: else some would be found where they don't
//! stand.

use crate::shortlist_file::MAGIC;
use std::collections::HashMap;

/// How large a model is.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Numbers that a word is in the model: a multiple of 64.
    pub width: usize,
    /// … and between the two steps of a layer.
    pub inner: usize,
    /// Heads of each attention.
    pub heads: usize,
    /// Layers that read.
    pub encoder_layers: usize,
    /// Layers that write.
    pub decoder_layers: usize,
    /// Words of the vocabulary: a multiple of 8.
    pub words: usize,
    /// Entries of the shortlist for each word.
    pub candidates: usize,
    /// Whether source and translation have a vocabulary each.
    pub split: bool,
}

/// As small as it can be.
pub const SMALL: Size = Size {
    width: 128,
    inner: 128,
    heads: 2,
    encoder_layers: 2,
    decoder_layers: 2,
    words: 256,
    candidates: 4,
    split: false,
};

/// As most published models are, the `tiny` ones.
pub const TINY: Size = Size {
    width: 256,
    inner: 1536,
    heads: 8,
    encoder_layers: 6,
    decoder_layers: 2,
    words: 32_000,
    candidates: 50,
    split: false,
};

/// The files of a model.
#[derive(Clone, Debug)]
pub struct Seeded {
    /// See [`crate::Files::model`].
    pub model: Vec<u8>,
    /// See [`crate::Files::source`].
    pub source: Vec<u8>,
    /// See [`crate::Files::target`].
    pub target: Vec<u8>,
    /// See [`crate::Files::shortlist`].
    pub shortlist: Vec<u8>,
}

impl Seeded {
    /// As a translator takes them.
    #[must_use]
    pub fn files(&self) -> crate::Files<'_> {
        crate::Files {
            model: &self.model,
            source: &self.source,
            target: &self.target,
            shortlist: Some(&self.shortlist),
        }
    }
}

/// Letters and signs that are words of their own.
const LETTERS: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789äöüßÄÖÜéèñ.,;:!?-–'’\"“”„()/%&@_+=*#<>[]{}|`…▁";

/// What a piece's first code and its second are the numbers of.
#[derive(Clone, Copy, Default)]
struct Meaning {
    first: Option<usize>,
    second: Option<usize>,
}

/// A model that knows `entries`: words (or phrases without spaces) and their translations. Those that
/// the vocabulary has more room for are made up: `b0` becomes `c0`, and so on.
///
/// # Panics
/// When the vocabulary has no room for the entries.
#[must_use]
pub fn seeded(size: Size, entries: &[(&str, &str)]) -> Seeded {
    let mut pieces: Vec<(String, Meaning)> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut codes = 0;
    let mut itself = |pieces: &mut Vec<(String, Meaning)>, text: String| {
        known.insert(text.clone(), pieces.len());
        pieces.push((text, Meaning { first: Some(codes), second: Some(codes) }));
        codes += 1;
    };
    itself(&mut pieces, "</s>".to_owned());
    itself(&mut pieces, "<unk>".to_owned());
    LETTERS.chars().for_each(|letter| itself(&mut pieces, letter.to_string()));
    let made_up: Vec<(String, String)> =
        (0..size.words / 2).map(|at| (format!("b{at}"), format!("c{at}"))).collect();
    let given = entries.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned()));
    for (number, (from, to)) in given.chain(made_up).enumerate() {
        let new = [&from, &to].map(|word| !known.contains_key(&format!("▁{word}")));
        let room = new.iter().filter(|new| **new).count();
        if pieces.len() + room > size.words {
            assert!(number >= entries.len(), "room for the entries");
            break;
        }
        let mut id = |word: &str| {
            *known.entry(format!("▁{word}")).or_insert_with_key(|text| {
                pieces.push((text.clone(), Meaning::default()));
                pieces.len() - 1
            })
        };
        let (from, to) = (id(&from), id(&to));
        let code = pieces[to].1.second.unwrap_or(codes);
        codes = codes.max(code + 1);
        pieces[from].1.first = Some(code);
        pieces[to].1.second = Some(code);
    }
    while pieces.len() < size.words {
        pieces.push((format!("▁\u{e000}{}", pieces.len()), Meaning::default()));
    }
    let vocabulary = vocabulary(&pieces);
    let mut target = vocabulary.clone();
    if size.split {
        // Another field, which nobody reads: the file is another one.
        target.extend([0x22, 0x01, b'x']);
    }
    Seeded { model: model(size, &pieces), source: vocabulary, target, shortlist: shortlist(size, &pieces) }
}

/// A message of SentencePiece's.
fn vocabulary(pieces: &[(String, Meaning)]) -> Vec<u8> {
    let mut file = Vec::new();
    for (at, (text, _)) in pieces.iter().enumerate() {
        let kind = match at {
            0 => 3,
            1 => 2,
            _ => 1,
        };
        // Whole words before letters.
        let score = if text.chars().count() > 1 { -8.0_f32 } else { -10.0 };
        let mut message = vec![0x0a];
        message.extend(varint(text.len()));
        message.extend(text.as_bytes());
        message.push(0x15);
        message.extend(score.to_le_bytes());
        message.extend([0x18, kind]);
        file.push(0x0a);
        file.extend(varint(message.len()));
        file.extend(message);
    }
    file
}

fn varint(mut value: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let low = u8::try_from(value & 0x7f).unwrap_or_default();
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}

fn shortlist(size: Size, pieces: &[(String, Meaning)]) -> Vec<u8> {
    const FREQUENT: u64 = 8;
    let second: HashMap<usize, usize> =
        pieces.iter().enumerate().filter_map(|(at, (_, meaning))| Some((meaning.second?, at))).collect();
    let mut random = Random(7);
    let (mut offsets, mut entries) = (vec![0_u64], Vec::new());
    for (_, meaning) in pieces {
        let own = meaning.first.and_then(|code| second.get(&code)).copied();
        let others = (1..size.candidates).map(|_| random.below(pieces.len()));
        entries.extend(own.into_iter().chain(others));
        offsets.push(entries.len() as u64);
    }
    let header = [MAGIC, 0, FREQUENT, size.candidates as u64, offsets.len() as u64, entries.len() as u64];
    let mut file: Vec<u8> = header.into_iter().chain(offsets).flat_map(u64::to_le_bytes).collect();
    file.extend(entries.into_iter().flat_map(|id| u32::try_from(id).unwrap_or_default().to_le_bytes()));
    file
}

/// How large the codes are beside what tells the position, which is 1.
const CODE: f32 = 2.5;

/// How sharply the position is looked for.
const SHARP: f32 = 24.0;

/// The largest number that comes out of a normalisation, nearly.
const LARGEST: f32 = 3.0;

fn model(size: Size, pieces: &[(String, Meaning)]) -> Vec<u8> {
    let Size { width, inner, .. } = size;
    let places = Places::of(width);
    let mut file = Writer::default();
    let tables = if size.split { ["encoder_Wemb", "decoder_Wemb"].as_slice() } else { &["Wemb"] };
    let table = table(size, &places, pieces);
    for name in tables {
        file.bytes(name, &[pieces.len(), width], &table, 127.0 * (width as f32).sqrt() / CODE);
    }
    let (square, position) = ([width, width], |at: usize| places.is_position(at));
    for layer in 1..=size.encoder_layers {
        let name = format!("encoder_l{layer}_self");
        for part in ["q", "k", "v", "o"] {
            file.weights(&format!("{name}_W{part}"), square, &[]);
            file.zeros(&format!("{name}_b{part}"), width);
        }
        file.norm(width, &format!("{name}_Wo"), &|_| true);
        file.feed_forward([width, inner], &format!("encoder_l{layer}_ffn"), &|_| true);
    }
    for layer in 1..=size.decoder_layers {
        let last = layer == size.decoder_layers;
        let cell = format!("decoder_l{layer}_rnn");
        file.weights(&format!("{cell}_W"), square, &[]);
        file.weights(&format!("{cell}_Wf"), square, &[]);
        file.zeros(&format!("{cell}_bf"), width);
        file.norm(width, &format!("{cell}_ffn"), &position);
        let name = format!("decoder_l{layer}_context");
        let find = places.find(size.heads);
        let read: Vec<_> = places.first.iter().zip(&places.second).map(|(a, b)| (*a, *b, 1.0)).collect();
        let keep: Vec<_> = places.second.iter().map(|at| (*at, *at, 1.0)).collect();
        for (part, entries) in [("q", &find), ("k", &find), ("v", &read), ("o", &keep)] {
            let entries: &[_] = if last { entries } else { &[] };
            file.weights(&format!("{name}_W{part}"), square, entries);
            file.zeros(&format!("{name}_b{part}"), width);
        }
        let second = |at: usize| places.second.contains(&at);
        let kept: &dyn Fn(usize) -> bool = if last { &second } else { &position };
        file.norm(width, &format!("{name}_Wo"), kept);
        file.feed_forward([width, inner], &format!("decoder_l{layer}_ffn"), kept);
    }
    file.zeros("decoder_ff_logit_out_b", pieces.len());
    if size.split {
        file.bytes("decoder_Wemb_QuantMultA", &[1, 1], &[127], LARGEST);
    } else {
        file.floats("none_QuantMultA", &[1, 1], &[127.0 / LARGEST]);
    }
    let settings = format!(
        "dim-emb: {width}\ntransformer-heads: {}\nenc-depth: {}\ndec-depth: {}\ntransformer-dim-ffn: {inner}\n",
        size.heads, size.encoder_layers, size.decoder_layers
    );
    file.text("special:model.yml", &settings);
    file.finish()
}

/// Which of a word's numbers say what.
struct Places {
    /// Those that tell positions: sines, then cosines, of the frequencies from the highest to one
    /// that is hardly one.
    sines: Vec<usize>,
    cosines: Vec<usize>,
    /// One that is 0: what is there after a normalisation was taken from all the others, too.
    zero: usize,
    /// Those that hold the code of a word in the source, and in the translation: what the position
    /// adds there is almost the same everywhere.
    first: Vec<usize>,
    second: Vec<usize>,
}

impl Places {
    fn of(width: usize) -> Self {
        let (half, quarter) = (width / 2, width / 4);
        let slow = (quarter..half - 2).chain(half + quarter..width - 2);
        let (first, second) = slow.partition(|at| at % 2 == 0);
        let (sines, cosines) = ((0..quarter).collect(), (half..half + quarter).collect());
        Self { sines, cosines, zero: half - 1, first, second }
    }

    fn is_position(&self, at: usize) -> bool {
        at == self.zero || self.sines.contains(&at) || self.cosines.contains(&at)
    }

    /// Gives each head the highest frequencies.
    fn find(&self, heads: usize) -> Vec<(usize, usize, f32)> {
        let width = 4 * self.sines.len();
        let pairs = width / heads / 2;
        let head = |head: usize| {
            let places = self.sines.iter().take(pairs).chain(self.cosines.iter().take(pairs));
            let to = |at| head * width / heads + at;
            places
                .enumerate()
                .flat_map(|(at, from)| [(*from, to(at), SHARP), (self.zero, to(at), -SHARP)])
                .collect::<Vec<_>>()
        };
        (0..heads).flat_map(head).collect()
    }
}

/// How often a code is drawn that is unlike all others.
const TRIES: usize = 100;

/// The table of the words' codes.
fn table(size: Size, places: &Places, pieces: &[(String, Meaning)]) -> Vec<i8> {
    let mut table = vec![0_i8; pieces.len() * size.width];
    let length = places.first.len();
    let mut random = Random(1);
    let mut codes: Vec<Vec<i8>> = Vec::new();
    let mut new = |codes: &mut Vec<Vec<i8>>| {
        let mut code: Vec<i8> = (0..length).map(|at| if at % 2 == 0 { 127 } else { -127 }).collect();
        for _ in 0..TRIES {
            // Sines and cosines each by themselves: what the position adds to the latter is 1.
            for half in code.chunks_mut(length / 2) {
                (1..half.len()).rev().for_each(|at| half.swap(at, random.below(at + 1)));
            }
            // In a small model two could be alike by chance.
            let differs = |other: &Vec<i8>| other.iter().zip(&code).filter(|(a, b)| a != b).count() >= 4;
            if length >= 60 || codes.iter().all(differs) {
                break;
            }
        }
        codes.push(code);
    };
    let known = pieces.iter().flat_map(|(_, meaning)| [meaning.first, meaning.second]).flatten().max();
    (0..=known.unwrap_or_default()).for_each(|_| new(&mut codes));
    for ((_, meaning), row) in pieces.iter().zip(table.chunks_mut(size.width)) {
        for (places, code) in [(&places.first, meaning.first), (&places.second, meaning.second)] {
            let code = code.unwrap_or_else(|| {
                new(&mut codes);
                codes.len() - 1
            });
            places.iter().zip(&codes[code]).for_each(|(at, value)| row[*at] = *value);
        }
    }
    table
}

/// Numbers that look random.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % limit as u64).unwrap_or_default()
    }
}

/// Writes a model file.
#[derive(Default)]
struct Writer {
    tensors: Vec<(String, u64, Vec<usize>, Vec<u8>)>,
}

/// Data begins, and ends, at a multiple of so many bytes.
const ALIGNMENT: usize = 256;

impl Writer {
    fn push(&mut self, name: &str, ty: u64, shape: &[usize], mut data: Vec<u8>) {
        data.resize(data.len().next_multiple_of(ALIGNMENT), 0);
        self.tensors.push((format!("{name}\0"), ty, shape.to_vec(), data));
    }

    fn floats(&mut self, name: &str, shape: &[usize], values: &[f32]) {
        self.push(name, 0x404, shape, values.iter().flat_map(|value| value.to_le_bytes()).collect());
    }

    fn bytes(&mut self, name: &str, shape: &[usize], values: &[i8], factor: f32) {
        let values = values.iter().map(|value| value.cast_unsigned());
        self.push(name, 0x4101, shape, values.chain(factor.to_le_bytes()).collect());
    }

    /// Weights that are 0 but for some: from which number to which, and how much of it.
    fn weights(&mut self, name: &str, shape: [usize; 2], entries: &[(usize, usize, f32)]) {
        let factor = 127.0 / entries.iter().fold(1.0_f32, |most, (_, _, value)| most.max(value.abs()));
        let mut data = vec![0_i8; shape[0] * shape[1]];
        for &(from, to, value) in entries {
            #[expect(clippy::cast_possible_truncation, reason = "at most 127")]
            let value = (value * factor).round() as i8;
            data[to * shape[0] + from] = value;
        }
        self.bytes(name, &shape, &data, factor);
        self.floats(&format!("{name}_QuantMultA"), &[1, 1], &[127.0 / LARGEST]);
    }

    fn zeros(&mut self, name: &str, length: usize) {
        self.floats(name, &[1, length], &vec![0.0; length]);
    }

    /// A normalisation that lets some numbers through.
    fn norm(&mut self, width: usize, name: &str, kept: &dyn Fn(usize) -> bool) {
        let scale: Vec<f32> = (0..width).map(|at| if kept(at) { 1.0 } else { 0.0 }).collect();
        self.floats(&format!("{name}_ln_scale"), &[1, width], &scale);
        self.zeros(&format!("{name}_ln_bias"), width);
    }

    /// A feed-forward step that adds nothing.
    fn feed_forward(&mut self, [width, inner]: [usize; 2], name: &str, kept: &dyn Fn(usize) -> bool) {
        self.weights(&format!("{name}_W1"), [width, inner], &[]);
        self.zeros(&format!("{name}_b1"), inner);
        self.weights(&format!("{name}_W2"), [inner, width], &[]);
        self.zeros(&format!("{name}_b2"), width);
        self.norm(width, &format!("{name}_ffn"), kept);
    }

    fn text(&mut self, name: &str, text: &str) {
        self.push(name, 0x101, &[text.len()], text.as_bytes().to_vec());
    }

    fn finish(self) -> Vec<u8> {
        let mut file = Vec::new();
        let word = |file: &mut Vec<u8>, value: usize| file.extend((value as u64).to_le_bytes());
        word(&mut file, 1);
        word(&mut file, self.tensors.len());
        for (name, ty, shape, data) in &self.tensors {
            word(&mut file, name.len());
            file.extend(ty.to_le_bytes());
            word(&mut file, shape.len());
            word(&mut file, data.len());
        }
        self.tensors.iter().for_each(|(name, ..)| file.extend(name.as_bytes()));
        for size in self.tensors.iter().flat_map(|(_, _, shape, _)| shape) {
            file.extend(i32::try_from(*size).unwrap_or(i32::MAX).to_le_bytes());
        }
        let padding = (file.len() + 8).next_multiple_of(ALIGNMENT) - file.len() - 8;
        word(&mut file, padding);
        file.resize(file.len() + padding, 0);
        self.tensors.iter().for_each(|(.., data)| file.extend(data));
        file
    }
}
