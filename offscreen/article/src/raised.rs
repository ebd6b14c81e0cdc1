//! Raised and lowered text without its markup: exponents stay exponents.

use crate::text::short_text;
use dom_query::NodeRef;

/// Bytes of an exponent at most.
const LONGEST: usize = 24;

/// What a `sup` or `sub`, or the upper part of a fraction, behind this text says in plain text, where that is another text than its
/// own: 10⁶ is not 106, nor 2½ 21/2.
pub(crate) fn in_plain_text(name: &str, node: &NodeRef<'_>, before: &str) -> Option<String> {
    let behind_digit = before.ends_with(|c: char| c.is_ascii_digit());
    if name == "span" && !behind_digit {
        return None;
    }
    let text = short_text(node, LONGEST)?;
    let text = text.trim();
    if name == "sub" {
        // `CO2` and `x1` are read as they are; `log2 8` too. A number with an index is no number.
        return behind_digit.then(|| text.chars().map(lowered).collect()).flatten();
    }
    if is_numerator(node, text) {
        return behind_digit.then(|| format!(" {text}"));
    }
    if name == "span" {
        return None;
    }
    if behind_digit && is_price(node, text, before) {
        return Some(format!(".{text}"));
    }
    if text.is_empty() || !text.chars().any(char::is_alphanumeric) {
        let is_star = matches!(text, "*" | "†" | "+" | "−" | "-");
        return (is_star && !before.is_empty()).then(|| raise(text));
    }
    let letters = text.chars().all(char::is_alphabetic);
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    // `1st`, `XXe` and `Mme` are read as they are; `x` to the power of `k` is not `xk`.
    let variable = word.chars().count() == 1 && word.chars().all(|c| c.is_ascii_alphabetic());
    let product = word.len() == 2 && format!("{word}{text}").bytes().all(|byte| byte.is_ascii_uppercase());
    let power = (variable || product) && text.chars().count() == 1 && !matches!(text, "e" | "o" | "a" | "r");
    if letters && !power { None } else { Some(raise(text)) }
}

/// Whether a raised number is the upper part of a fraction whose lower part follows.
fn is_numerator(node: &NodeRef<'_>, text: &str) -> bool {
    let number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let slashes: &[char] = if node.has_name("sup") { &['/', '⁄', '∕'] } else { &['⁄'] };
    number
        && node.next_sibling().is_some_and(|next| {
            let slash = next.is_text() || next.has_name("span");
            slash && short_text(&next, 4 * LONGEST).is_some_and(|text| text.trim_start().starts_with(slashes))
        })
}

/// `$29⁹⁹`: the cents of a price.
fn is_price(node: &NodeRef<'_>, text: &str, before: &str) -> bool {
    let sign = |c: char| matches!(c, '$' | '€' | '£');
    let behind = node.next_sibling().and_then(|next| short_text(&next, 4 * LONGEST)).unwrap_or_default();
    let is_cents = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    let whole = before.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    is_cents && (whole.ends_with(sign) || behind.trim_start().starts_with(sign))
}

pub(crate) fn raise(text: &str) -> String {
    shifted(text, raised, '^')
}

pub(crate) fn lower(text: &str) -> String {
    shifted(text, lowered, '_')
}

/// In Unicode's own raised or lowered characters where all of it has them, else behind a sign that says so.
fn shifted(text: &str, shift: fn(char) -> Option<char>, sign: char) -> String {
    let shifted: Option<String> = text.chars().map(shift).collect();
    shifted.unwrap_or_else(|| {
        if text.chars().count() == 1 { format!("{sign}{text}") } else { format!("{sign}({text})") }
    })
}

fn raised(c: char) -> Option<char> {
    Some(match c {
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '0' | '4'..='9' => char::from_u32(u32::from('⁰') + c.to_digit(10)?)?,
        '+' => '⁺',
        '-' | '−' | '–' => '⁻',
        '=' => '⁼',
        '(' => '⁽',
        ')' => '⁾',
        'n' => 'ⁿ',
        'i' => 'ⁱ',
        _ => return None,
    })
}

fn lowered(c: char) -> Option<char> {
    Some(match c {
        '0'..='9' => char::from_u32(u32::from('₀') + c.to_digit(10)?)?,
        '+' => '₊',
        '-' | '−' => '₋',
        _ => return None,
    })
}
