//! Words a second of a model of the published size, on one thread and, where there are threads, on two:
//! `cargo bench -p translator`; with `--target wasm32-wasip1`, the vector instructions of WebAssembly.

use kernels::simd::Pool;
use std::time::Instant;
use translator::Translator;
use translator::seeded::{TINY, seeded};

/// Sentences, and words in each: as long as those of articles.
const SENTENCES: usize = 16;
const WORDS: usize = 18;

fn main() {
    static POOL: Pool = Pool::new();
    let files = seeded(TINY, &[]);
    let translator = Translator::new(&files.files()).expect("a sound model");
    let word = |at: usize| format!("b{}", at * 7 % 9_000);
    let sentence = |at: usize| {
        let words: Vec<String> = (0..WORDS).map(|word_at| word(at * WORDS + word_at)).collect();
        words.join(" ") + "."
    };
    let sentences: Vec<String> = (0..SENTENCES).map(sentence).collect();
    let sentences: Vec<&str> = sentences.iter().map(String::as_str).collect();
    for threads in 1..=if cfg!(target_arch = "wasm32") { 1 } else { 2 } {
        if threads > POOL.threads() {
            std::thread::spawn(|| POOL.serve());
            while POOL.threads() < threads {
                std::thread::yield_now();
            }
        }
        for (name, aligned) in [("plain", false), ("aligned", true)] {
            let start = Instant::now();
            let done = match aligned {
                false => translator.translate(&sentences, &POOL),
                true => translator.align(&sentences, &POOL),
            };
            let seconds = start.elapsed().as_secs_f64();
            let words: usize = done.iter().map(|done| done.text.split(' ').count()).sum();
            assert_eq!(words, SENTENCES * WORDS, "every word was translated");
            println!("{name}, {threads} threads: {:.0} words/s", words as f64 / seconds);
        }
    }
}
