//! What a template may look like, before the interpreter sees it: its compiler works out constants
//! and calls itself for what is nested.

use super::meter::refused;
use minijinja::Error;
use minijinja::machinery::{Token, tokenize};
use minijinja::syntax::SyntaxConfig;

/// Most tokens between two braces. Long ones of published templates have some hundred.
const LONGEST_TAG: usize = 2000;

/// Most other branches: each is nested in the one before.
const MOST_BRANCHES: usize = 200;

/// The template without the marks around what a model is trained on: `{% generation %}`, which no
/// interpreter knows by itself, holds what stands in it.
pub(super) fn without_marks(source: &str) -> String {
    let mut tags = source.split("{%");
    let mut without = tags.next().unwrap_or_default().to_owned();
    for tag in tags {
        without.push_str("{%");
        let word = tag.trim_start_matches(['-', '+']).trim_start();
        match unmarked(word) {
            Some((instead, rest)) => without.extend([&tag[..tag.len() - word.len()], instead, rest]),
            None => without.push_str(tag),
        }
    }
    without
}

/// What stands for a mark, and what comes after it, if a tag is one.
fn unmarked(word: &str) -> Option<(&'static str, &str)> {
    let marks = [("generation", "if true"), ("endgeneration", "endif")];
    marks.into_iter().find_map(|(mark, instead)| {
        let rest = word.strip_prefix(mark)?;
        let is_whole = rest.trim_start().trim_start_matches(['-', '+']).starts_with("%}");
        is_whole.then_some((instead, rest))
    })
}

/// # Errors
/// For what would take the compiler too much memory or stack; syntax errors are its own affair.
pub(super) fn check(source: &str, syntax: &SyntaxConfig) -> Result<(), Error> {
    let (mut tag, mut branches) = (0, 0);
    // Whether the token before was a text or a list, or may end one; or a product after one.
    let (mut after_text, mut after_product) = (false, false);
    for token in tokenize(source, false, syntax.clone()) {
        let Ok((token, _)) = token else { return Ok(()) };
        tag = if matches!(token, Token::TemplateData(_)) { 0 } else { tag + 1 };
        branches += usize::from(matches!(token, Token::Ident("elif")));
        if tag > LONGEST_TAG {
            return Err(refused("one of its expressions is too long"));
        }
        if branches > MOST_BRANCHES {
            return Err(refused("it has too many branches"));
        }
        let is_text = matches!(token, Token::Str(_) | Token::String(_));
        let is_product = matches!(token, Token::Mul);
        let begins = is_text || matches!(token, Token::ParenOpen | Token::BracketOpen);
        // 'x' * 99999999, again and again: made when the template is read.
        if is_product && after_text || after_product && begins {
            return Err(refused("it repeats a text"));
        }
        after_text = is_text || matches!(token, Token::ParenClose | Token::BracketClose);
        after_product = is_product;
    }
    Ok(())
}
