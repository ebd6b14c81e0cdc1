//! Formulas in the words of their authors: TeX, or what stands for a picture.

use crate::text::{fold, short_text};
use dom_query::NodeRef;

/// Bytes of a formula at most.
const LONGEST: usize = 1_000;

/// Parts of the names of pictures that are formulas.
const NAMES: [&str; 4] = ["math", "latex", "tex", "equation"];

/// What a formula says; none for what is no formula, or is to be read as it stands.
pub(crate) fn source(node: &NodeRef<'_>) -> Option<String> {
    let formula = if node.has_name("math") {
        let written = node.descendants_it().take(LONGEST).find(is_tex);
        written
            .and_then(|tex| short_text(&tex, LONGEST))
            .or_else(|| node.attr("alttext").map(|text| text.to_string()))
    } else if node.has_name("img") {
        node.attr("alt").filter(|alt| is_formula(node, alt)).map(|alt| alt.to_string())
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
