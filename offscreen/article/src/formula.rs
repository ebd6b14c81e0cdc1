//! Formulas in the words of their authors: TeX, or what stands for a picture. Without those, MathML in a line.

use crate::raised::{lower, raise};
use crate::text::{fold, short_text, text_in};
use dom_query::NodeRef;

/// Bytes of a formula at most.
const LONGEST: usize = 1_000;

/// Levels of a formula's elements at most.
const DEEPEST: usize = 32;

/// Parts of the names of pictures that are formulas.
const NAMES: [&str; 5] = ["math", "latex", "tex", "equation", "formula"];

/// What a formula says; none for what is no formula, or is to be read as it stands.
pub(crate) fn source(node: &NodeRef<'_>) -> Option<String> {
    let formula = if node.has_name("math") {
        let written = node.descendants_it().take(LONGEST).find(is_tex);
        written
            .and_then(|tex| short_text(&tex, LONGEST))
            .or_else(|| node.attr("alttext").map(|text| text.to_string()))
            .filter(|source| !is_told(source))
            .or_else(|| line(node, DEEPEST))
    } else if node.has_name("img") {
        node.attr("alt").filter(|alt| is_formula(node, alt) && !is_told(alt)).map(|alt| alt.to_string())
    } else {
        None
    };
    let formula = formula.filter(|formula| formula.len() <= LONGEST && !formula.trim().is_empty())?;
    // Bare of what only sets its size.
    let formula = fold(&formula);
    let inside =
        formula.strip_prefix('{').and_then(|inside| inside.strip_suffix('}')).unwrap_or(&formula).trim();
    let styles = ["\\displaystyle", "\\textstyle", "\\scriptstyle"];
    let bare = styles.iter().find_map(|style| inside.strip_prefix(style));
    Some(bare.map_or(formula.as_str(), str::trim).to_owned())
}

/// MathML in one line: its figures, run together, would be others. None for what is long, or has more levels than `depth`.
fn line(node: &NodeRef<'_>, depth: usize) -> Option<String> {
    if let Some(text) = text_in(node) {
        return Some(text.to_string());
    }
    let Some(name) = node.qual_name_ref() else { return Some(String::new()) };
    let name = &*name.local;
    if name.starts_with("annotation") || name == "mphantom" {
        return Some(String::new());
    }
    let depth = depth.checked_sub(1)?;
    let has_places =
        matches!(name, "msup" | "msub" | "msubsup" | "munder" | "munderover" | "mfrac" | "mroot");
    let (mut parts, mut length) = (Vec::new(), 0);
    for child in node.children_it(false).filter(|child| !has_places || child.is_element()) {
        let part = line(&child, depth)?;
        length += part.len();
        if length > LONGEST {
            return None;
        }
        let is_mixed = child.has_name("mfrac")
            && parts.last().is_some_and(|last: &String| last.ends_with(|c: char| c.is_ascii_digit()));
        parts.push(if is_mixed { format!(" {part}") } else { part });
    }
    Some(match (name, &*parts) {
        ("msup", [base, up]) if says(up) => grouped(base) + &raise(up),
        ("msub" | "munder", [base, low]) if says(low) => grouped(base) + &lower(low),
        ("msubsup" | "munderover", [base, low, up]) if says(low) && says(up) => {
            grouped(base) + &lower(low) + &raise(up)
        }
        ("mfrac", [over, under]) => grouped(over) + "/" + &grouped(under),
        ("mroot", [inside, index]) => raise(index) + "√" + &grouped(inside),
        ("msqrt", _) => format!("√{}", grouped(&parts.concat())),
        ("mtd", _) => parts.concat() + " ",
        _ => parts.concat(),
    })
}

/// Primes, degrees and braces stand beside what they belong to.
fn says(script: &str) -> bool {
    script.contains(|c: char| c.is_alphanumeric() || matches!(c, '+' | '-' | '−' | '*'))
}

/// In brackets where it is of several parts.
fn grouped(text: &str) -> String {
    let inside = text.strip_prefix('(').and_then(|text| text.strip_suffix(')')).unwrap_or_default();
    let is_one = |text: &str| text.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | ','));
    let is_bracketed = !inside.is_empty() && !inside.contains(['(', ')']);
    if is_one(text) || is_bracketed || !text.contains(char::is_alphanumeric) {
        text.to_owned()
    } else {
        format!("({text})")
    }
}

/// Whether a source that nobody sees has three words one after the other: that is no formula.
fn is_told(source: &str) -> bool {
    let mut words = 0;
    source.split(|c: char| c.is_whitespace() || matches!(c, ',' | '_' | '~')).any(|word| {
        words = if word.len() > 1 && word.chars().all(char::is_alphabetic) { words + 1 } else { 0 };
        words == 3
    })
}

fn is_tex(node: &NodeRef<'_>) -> bool {
    node.has_name("annotation")
        && node.attr("encoding").is_some_and(|encoding| encoding.to_ascii_lowercase().contains("tex"))
}

fn is_formula(image: &NodeRef<'_>, alt: &str) -> bool {
    let class = image.attr("class").unwrap_or_default().to_ascii_lowercase();
    let named = class.split(|c: char| !c.is_alphanumeric()).any(|word| NAMES.contains(&word));
    named
        || alt.starts_with(['\\', '$'])
        || alt.starts_with("{\\")
        || alt.contains("\\frac")
        || alt.contains("^{")
}
