//! Where a phrase begins: words and marks.

/// Whether a word in lower case begins a phrase.
pub(super) fn is_link(lower: &str) -> bool {
    LINKS.contains(&lower)
}

/// Whether what stands between two words parts phrases.
pub(super) fn parts(between: &str) -> bool {
    between.contains(BREAKS) || between.contains(" - ")
}

/// Marks that part phrases.
const BREAKS: [char; 9] = [',', ';', ':', '(', ')', '—', '–', '“', '”'];

#[rustfmt::skip]
const LINKS: &[&str] = &[
    "about", "across", "after", "against", "along", "behind", "below", "beyond", "despite", "except",
    "including", "near", "upon", "via", "although", "among", "and", "around", "as", "at", "because",
    "before", "between", "but", "by", "during", "for", "from", "how", "if", "in", "into", "of", "on", "or",
    "over", "since", "so", "such", "than", "that", "though", "through", "to", "towards", "under", "until",
    "when", "where", "whether", "which", "while", "who", "whom", "whose", "with", "within", "without",
];
