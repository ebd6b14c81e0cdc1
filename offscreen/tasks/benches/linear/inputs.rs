//! What is read: ordinary and hostile.

/// Inputs by name: what they repeat, and how.
pub(crate) const INPUTS: [(&str, &str); 21] = [
    ("prose", "<p>The old bridge over the Tamar was opened in 1961. It carries 40,000 cars every day.</p>\n"),
    ("brackets", "["),
    ("notes", "[1"),
    ("less-than", "<"),
    ("a word", "x"),
    ("short sentences", "Go on. "),
    ("elements", "<i>a</i>"),
    ("blocks", "<p>a"),
    ("lines", "<p>a"),
    ("nested", "<span>a"),
    ("nested notes", "<sup>1"),
    ("a table", "<td>a"),
    ("tables", "<table><tr><td>a"),
    ("attributes", " a=b c d"),
    ("entities", "&amp;&lt;&#x41;&nosuch;"),
    ("combining marks", "a\u{301}\u{302}\u{303}"),
    ("right to left", "\u{202e}نص "),
    ("closing marks", ")"),
    ("spaced marks", ". ) "),
    ("acronyms", "A.あ."),
    ("numbers", "1,2 "),
];

/// An input of about so many bytes.
pub(crate) fn input(name: &str, part: &str, size: usize) -> String {
    let start = match name {
        "attributes" => "<p",
        "a table" => "<table><tr>",
        "closing marks" => "Go on. ",
        _ => "",
    };
    let end = if name == "attributes" { ">The bridge is closed." } else { " The bridge is closed." };
    // Names of attributes are all different, and so are lines: one that stands twice is read once.
    let is_numbered = ["attributes", "lines"].contains(&name);
    let numbered = |at: usize| if is_numbered { at.to_string() } else { String::new() };
    let mut text = start.to_owned();
    for at in 0.. {
        if text.len() >= size {
            break;
        }
        text.push_str(part);
        text.push_str(&numbered(at));
    }
    text + end
}
