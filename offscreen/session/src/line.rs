//! Texts of files and pages, made fit to stand in a line of ours.

/// Characters that are there to be seen: what moves or hides the others is left out, line feeds and
/// runs of spaces become one space. At most `longest` characters, the last of them an ellipsis where
/// more were cut.
pub(crate) fn line(text: &str, longest: usize) -> String {
    let visible = text.chars().filter(|c| c.is_whitespace() || !is_invisible(*c));
    let mut line = String::new();
    let mut length = 0;
    for c in visible {
        let c = if c.is_whitespace() { ' ' } else { c };
        if c == ' ' && (line.is_empty() || line.ends_with(' ')) {
            continue;
        }
        if length == longest {
            line.pop();
            line.push('…');
            break;
        }
        line.push(c);
        length += 1;
    }
    line.truncate(line.trim_end().len());
    line
}

/// A name: as [`line`], the first of those that anything can be read of.
pub(crate) fn name<'a>(names: impl IntoIterator<Item = &'a str>) -> Option<String> {
    const LONGEST: usize = 80;
    names.into_iter().map(|name| line(name, LONGEST)).find(|name| name.chars().any(char::is_alphanumeric))
}

/// Controls; marks that turn the direction of writing, or are nothing but an instruction to the
/// renderer (Unicode 16, sections 23.2, 23.3 and 23.9). Joiners stay: they are part of words.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(
            c,
            '\u{ad}'
                | '\u{61c}'
                | '\u{115f}'
                | '\u{1160}'
                | '\u{180e}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{3164}'
                | '\u{feff}'
                | '\u{ffa0}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e0fff}'
        )
}

#[cfg(test)]
mod tests {
    use super::{line, name};

    #[test]
    fn a_line_holds_nothing_that_changes_others() {
        assert_eq!(line("a\n\tb\u{202e}c\u{2066}\u{0}d\u{200b} ", 9), "a bcd");
        assert_eq!(line("मोडल\u{200d}: 型\u{2028}é", 20), "मोडल\u{200d}: 型 é");
        assert_eq!(line("abcdef", 4), "abc…");
        assert_eq!(line(&"x".repeat(1 << 20), 4), "xxx…");
    }

    #[test]
    fn a_name_can_be_read() {
        assert_eq!(name(["\u{3164}\n", "…", "own.gguf"]).as_deref(), Some("own.gguf"));
        assert_eq!(name(["\u{202e}\u{2800}"]), None);
        assert!(name([&*"n".repeat(500)]).is_some_and(|name| name.chars().count() == 80));
    }
}
