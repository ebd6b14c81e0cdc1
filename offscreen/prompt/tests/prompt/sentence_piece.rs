//! SentencePiece with byte fallback.

use crate::small::{CONTROL, FIRST, TEXT, Token, USER_DEFINED, sentence_piece};
use gguf::Value;
use prompt::{Special, Tokenizer};
use proptest::prelude::*;

const NO_SPACE: [(&str, Value); 1] = [("tokenizer.ggml.add_space_prefix", Value::Bool(false))];

fn tokenizer(extra: &[Token<'_>]) -> Tokenizer {
    sentence_piece(extra, &NO_SPACE).expect("a valid vocabulary")
}

#[test]
fn the_best_score_merges_first() {
    let tokenizer = tokenizer(&[
        ("a", -9.0, TEXT),
        ("b", -9.0, TEXT),
        ("c", -9.0, TEXT),
        ("ab", -2.0, TEXT),
        ("bc", -1.0, TEXT),
        ("▁", -9.0, TEXT),
        ("▁a", -3.0, TEXT),
    ]);
    assert_eq!(tokenizer.encode("abc", Special::AsText), [FIRST, FIRST + 4], "a bc, not ab c");
    assert_eq!(tokenizer.encode("ab a", Special::AsText), [FIRST + 3, FIRST + 6]);
    assert_eq!(tokenizer.decode(&[FIRST + 3, FIRST + 6]), "ab a");
}

#[test]
fn equal_scores_merge_from_the_left() {
    let tokenizer = tokenizer(&[("a", 0.0, TEXT), ("aa", 1.0, TEXT)]);
    assert_eq!(tokenizer.encode("aaaaa", Special::AsText), [FIRST + 1, FIRST + 1, FIRST]);
}

#[test]
fn a_text_begins_with_a_space_unless_the_file_says_otherwise() {
    let tokens = [("▁", -1.0, TEXT), ("a", -1.0, TEXT), ("▁a", -1.0, TEXT)];
    let prefixed = sentence_piece(&tokens, &[]).unwrap();
    assert_eq!(prefixed.encode("a", Special::AsText), [FIRST + 2]);
    assert!(prefixed.encode("", Special::AsText).is_empty());
    assert_eq!(tokenizer(&tokens).encode("a", Special::AsText), [FIRST + 1]);
    assert!(prefixed.adds_bos(), "SentencePiece models begin with it by default");
}

#[test]
fn what_is_not_in_the_vocabulary_becomes_bytes() {
    let tokenizer = tokenizer(&[("a", -1.0, TEXT)]);
    let ids = tokenizer.encode("aé", Special::AsText);
    assert_eq!(ids, [FIRST, 3 + 0xc3, 3 + 0xa9]);
    assert_eq!(tokenizer.decode(&ids), "aé");
    assert_eq!(tokenizer.decode(&ids[..2]), "a\u{fffd}");
}

#[test]
fn written_out_bytes_and_control_tokens_are_text() {
    let tokenizer = tokenizer(&[("<", -1.0, TEXT), ("s", -1.0, TEXT), (">", -1.0, TEXT), ("<s", 0.0, TEXT)]);
    assert_eq!(tokenizer.encode("<s>", Special::AsText), [FIRST + 3, FIRST + 2]);
    assert_eq!(tokenizer.encode("<s>", Special::Recognise), [1]);
    assert!(!tokenizer.encode("<0x41>", Special::AsText).contains(&(3 + 0x41)));
    assert!(tokenizer.is_end(2) && !tokenizer.is_end(1));
}

#[test]
fn user_defined_tokens_are_whole_wherever_they_are() {
    let tokenizer =
        tokenizer(&[("<b>", 0.0, USER_DEFINED), ("<|x|>", 0.0, USER_DEFINED), ("<c>", 0.0, CONTROL)]);
    assert_eq!(tokenizer.encode("<b><b>", Special::AsText), [FIRST, FIRST]);
    assert_eq!(tokenizer.decode(&[FIRST]), "<b>");
    assert!(
        !tokenizer.encode("<|x|>", Special::AsText).contains(&(FIRST + 1)),
        "a control token under another name"
    );
    assert_eq!(tokenizer.encode("<|x|><c>", Special::Recognise), [FIRST + 1, FIRST + 2]);
}

/// Every word of up to three letters that the pattern picks, with a score of its own.
fn words(pattern: u64) -> Vec<(String, f32)> {
    let letters = ["a", "b", "c", "▁"];
    let pairs = letters.iter().flat_map(|x| letters.iter().map(move |y| format!("{x}{y}")));
    let triples = pairs.clone().flat_map(|x| letters.iter().map(move |y| format!("{x}{y}")));
    let longer = pairs.chain(triples).enumerate().filter(|(i, _)| pattern >> (i % 64) & 1 == 1);
    let score = |i: u64| (i.wrapping_mul(pattern | 1) % 1009) as f32;
    let all = letters.iter().map(|&x| x.to_owned()).chain(longer.map(|(_, word)| word));
    all.zip(0..).map(|(word, i)| (word, score(i))).collect()
}

/// The rule as it is written down: again and again, join the first of the best neighbours.
fn naive(words: &[(String, f32)], text: &str) -> Vec<u32> {
    let find = |part: &str| words.iter().position(|(word, _)| word == part);
    let mut parts: Vec<String> = text.replace(' ', "▁").chars().map(String::from).collect();
    loop {
        let joins =
            parts.windows(2).enumerate().filter_map(|(at, pair)| Some((words[find(&pair.concat())?].1, at)));
        let best = joins.reduce(|best, join| if join.0 > best.0 { join } else { best });
        let Some((_, at)) = best else { break };
        let right = parts.remove(at + 1);
        parts[at].push_str(&right);
    }
    parts
        .iter()
        .filter_map(|part| find(part))
        .filter_map(|at| Some(FIRST + u32::try_from(at).ok()?))
        .collect()
}

proptest! {
    #[test]
    fn merging_follows_the_rule(pattern in any::<u64>(), text in "[abc ]{0,40}") {
        let words = words(pattern);
        let tokens: Vec<Token<'_>> = words.iter().map(|(word, score)| (word.as_str(), *score, TEXT)).collect();
        let ids = tokenizer(&tokens).encode(&text, Special::AsText);
        prop_assert_eq!(&ids, &naive(&words, &text));
    }

    #[test]
    fn any_text_survives_the_round_trip(text in any::<String>()) {
        let tokenizer = tokenizer(&[("▁", 0.0, TEXT), ("e", 0.0, TEXT), ("▁e", 1.0, TEXT)]);
        let ids = tokenizer.encode(&text, Special::AsText);
        prop_assert_eq!(tokenizer.decode(&ids), text.replace('▁', " "));
    }
}
