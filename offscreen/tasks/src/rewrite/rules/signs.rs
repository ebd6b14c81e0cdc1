//! Signs that are loud, and faces.

use super::text::{Token, ends};
use crate::languages::List;

/// Faces of signs; the longer ones first.
const FACES: List = List(":-)|:-(|;-)|:-D|:-P|:'(|:)|:(|;)|:D|:P|:p|<3|xD");

/// Signs that stand at the word before them.
const CLOSING: [char; 7] = ['.', ',', ';', ':', '!', '?', ')'];

/// Exclamation marks become full stops; faces go.
pub(super) fn calm(tokens: &mut Vec<Token>) {
    drop_faces(tokens);
    for at in 0..tokens.len() {
        if !tokens[at].is_sign(&['!']) {
            continue;
        }
        let last = tokens[at + 1..].iter().all(|token| !token.is_word());
        let before_sentence =
            tokens.get(at + 1).is_some_and(|next| next.is_capitalised() && !next.before.is_empty());
        // `Yahoo!` in the middle of a sentence is a name.
        if last || before_sentence {
            ".".clone_into(&mut tokens[at].text);
            ".".clone_into(&mut tokens[at].lower);
        } else if tokens.get(at + 1).is_some_and(|next| !next.before.is_empty())
            && at > 0
            && !tokens[at - 1].is_capitalised()
        {
            ",".clone_into(&mut tokens[at].text);
            ",".clone_into(&mut tokens[at].lower);
        }
    }
    // One is enough, and of a question its own.
    let mut at = 1;
    while at < tokens.len() {
        let pair = (&tokens[at - 1], &tokens[at]);
        let both = pair.0.is_sign(&['.', '?']) && pair.1.is_sign(&['.', '?']) && pair.1.before.is_empty();
        let dots = pair.0.is_sign(&['.']) && pair.1.is_sign(&['.']);
        // Three full stops are another sign.
        let ellipsis = dots
            && (tokens.get(at + 1).is_some_and(|next| next.is_sign(&['.']))
                || at > 1 && tokens[at - 2].is_sign(&['.']));
        if !both || ellipsis {
            at += 1;
        } else if tokens[at].is_sign(&['?']) {
            let gone = tokens.remove(at - 1);
            tokens[at - 1].before = gone.before;
        } else {
            tokens.remove(at);
        }
    }
}

fn drop_faces(tokens: &mut Vec<Token>) {
    let mut at = 0;
    while at < tokens.len() {
        let taken = face(tokens, at);
        // Behind a word alone: `1:3)` and `f(x:D)` are something else.
        if taken > 0 && at > 0 {
            let before = tokens.drain(at..at + taken).next().map(|token| token.before).unwrap_or_default();
            if let Some(next) =
                tokens.get_mut(at).filter(|next| next.before.is_empty() && !next.is_sign(&CLOSING))
            {
                // What a picture alone stood between stays apart.
                next.before = if before.is_empty() { " ".to_owned() } else { before };
            }
            // It ended a sentence.
            let goes_on = tokens
                .get(at)
                .is_some_and(|next| next.is_word() && next.is_capitalised() && next.lower != "i");
            if goes_on && tokens[at - 1].is_word() {
                tokens.insert(at, Token::new("", "."));
            }
        } else {
            at += 1;
        }
    }
}

/// Tokens of the face that begins at `at`; 0 where none does.
fn face(tokens: &[Token], at: usize) -> usize {
    let token = &tokens[at];
    if token.kept {
        return 0;
    }
    if token.text.chars().all(|c| is_picture(c) || is_joint(c)) && token.text.contains(is_picture) {
        return 1;
    }
    if token.before.is_empty() && !tokens[at.saturating_sub(1)].is_sign(&['.', '!', '?']) {
        return 0;
    }
    let mut text = String::new();
    let mut longest = 0;
    for (count, part) in tokens[at..].iter().take(3).enumerate() {
        if count > 0 && !part.before.is_empty() {
            break;
        }
        text.push_str(&part.text);
        if FACES.has(&text) && (ends(tokens, at + count + 1) || tokens[at + count + 1].before.len() == 1) {
            longest = count + 1;
        }
    }
    longest
}

fn is_picture(c: char) -> bool {
    matches!(c, '\u{1f300}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{1f1e6}'..='\u{1f1ff}')
}

/// What joins pictures to one.
fn is_joint(c: char) -> bool {
    matches!(c, '\u{fe0f}' | '\u{200d}')
}
