//! What a reader should be told is gone from a translation: names and addresses.

use unicode_segmentation::UnicodeSegmentation;

/// Letters that two spellings of a name share at least: `Lissabon` and `Lisbon`.
const SHARED: usize = 3;

/// Addresses and names of several words in `source` of which `answer` has no word.
///
/// Lone capitals tell nothing (German nouns have them), nor do names that are other words elsewhere
/// (`Estados Unidos`): what is listed is worth a look, no more.
pub(super) fn lost(source: &str, answer: &str) -> Vec<String> {
    let addresses =
        source.split_whitespace().map(|word| word.trim_matches(['.', ',', '(', ')', '"', '”', '“']));
    let addresses = addresses.filter(|word| ["://", "@", "www."].iter().any(|part| word.contains(part)));
    let mut lost: Vec<String> =
        addresses.filter(|address| !answer.contains(*address)).map(str::to_owned).collect();
    let known: Vec<String> = answer.unicode_words().map(str::to_lowercase).collect();
    let begins = |word: &str| word.to_lowercase().chars().take(SHARED).collect::<String>();
    for name in names(source) {
        if !name.unicode_words().any(|word| known.iter().any(|other| other.starts_with(&begins(word)))) {
            lost.push(name.to_owned());
        }
    }
    lost
}

/// Capitalised words next to each other, without the one that begins the text.
fn names(text: &str) -> Vec<&str> {
    let mut names = Vec::new();
    let mut run: Option<(usize, usize, usize)> = None;
    let words = text.unicode_word_indices().skip(1);
    for (start, word) in words.chain([(text.len(), "")]) {
        let capital = word.chars().next().is_some_and(char::is_uppercase) && word.chars().count() > 1;
        run = match run {
            Some((from, end, count)) if capital && text.get(end..start) == Some(" ") => {
                Some((from, start + word.len(), count + 1))
            }
            last => {
                names.extend(last.filter(|&(_, _, count)| count > 1).map(|(from, end, _)| &text[from..end]));
                capital.then_some((start, start + word.len(), 1))
            }
        };
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_addresses_are_missed() {
        let source = "Heute kam Jonas Wild aus Bad Aibling und schrieb an rat@brunnau.example.";
        assert_eq!(
            lost(source, "Today Jonas Wild came from Bad Aibling and wrote to rat@brunnau.example."),
            [""; 0]
        );
        assert_eq!(
            lost(source, "Today a man came and wrote."),
            ["rat@brunnau.example", "Jonas Wild", "Bad Aibling"]
        );
        assert_eq!(lost("Das Rathaus brennt.", "It burns."), [""; 0]);
    }
}
