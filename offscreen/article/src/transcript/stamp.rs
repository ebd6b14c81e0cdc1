//! Times as players show them.

/// The seconds that a text's first word is as a time (`0:04`, `75:30`, `1:02:03`, `[00:12]`, `00:00:12.340`), and what
/// stands behind it.
pub(super) fn leading_stamp(text: &str) -> Option<(u32, &str)> {
    let text = text.trim_start();
    let inside = text.strip_prefix(['[', '(']);
    let mut rest = inside.unwrap_or(text);
    let mut parts = Vec::new();
    loop {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let most = if parts.is_empty() { 3 } else { 2 };
        let is_part = if parts.is_empty() { (1..=most).contains(&digits) } else { digits == most };
        if !is_part {
            return None;
        }
        parts.push(rest[..digits].parse::<u32>().ok()?);
        rest = &rest[digits..];
        match rest.strip_prefix(':') {
            Some(after) if parts.len() < 3 => rest = after,
            Some(_) => return None,
            None => break,
        }
    }
    let seconds = match parts[..] {
        [minutes, seconds] if seconds < 60 => minutes * 60 + seconds,
        [hours, minutes, seconds] if minutes < 60 && seconds < 60 => hours * 3600 + minutes * 60 + seconds,
        _ => return None,
    };
    if let Some(after) = rest.strip_prefix(['.', ',']) {
        let fraction = after.bytes().take_while(u8::is_ascii_digit).count();
        if fraction == 3 {
            rest = &after[fraction..];
        }
    }
    if inside.is_some() {
        rest = rest.strip_prefix([']', ')'])?;
    }
    // Part of a longer word, it is none.
    let is_apart = !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '/' | '%'));
    is_apart.then(|| (seconds, rest.trim_start_matches([':', ' ', '\u{a0}', '-', '–', '—'])))
}

#[cfg(test)]
mod tests {
    use super::leading_stamp;
    use proptest::prelude::*;

    #[test]
    fn a_time_is_a_time_and_nothing_else_is() {
        for (text, seconds) in [
            ("0:00", Some(0)),
            (" 0:04 ", Some(4)),
            ("12:34", Some(754)),
            ("75:30", Some(4530)),
            ("1:02:03", Some(3723)),
            ("[00:12] Well", Some(12)),
            ("(00:12) Well", Some(12)),
            ("00:00:12.340", Some(12)),
            ("0:04. Well", Some(4)),
            ("0:60", None),
            ("1:60:00", None),
            ("0:4", None),
            ("0:045", None),
            ("1234:00", None),
            ("1:02:03:04", None),
            ("[0:04", None),
            ("10:45am", None),
            ("0:04/5:00", None),
            ("4", None),
            (":04", None),
            ("", None),
        ] {
            assert_eq!(leading_stamp(text).map(|(seconds, _)| seconds), seconds, "{text:?}");
        }
        assert_eq!(leading_stamp("[00:12] - Well").unwrap().1, "Well");
    }

    proptest! {
        #[test]
        fn what_a_player_shows_is_read(seconds in 0_u32..1_000 * 3600, text in "\\PC{0,20}") {
            let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
            let shown = format!("{hours}:{minutes:02}:{:02} — {text}", seconds % 60);
            let (read, rest) = leading_stamp(&shown).unwrap();
            prop_assert_eq!(read, seconds);
            prop_assert!(text.ends_with(rest));
        }

        #[test]
        fn any_text_is_looked_at(text in "\\PC{0,40}") {
            if let Some((seconds, rest)) = leading_stamp(&text) {
                prop_assert!(seconds < 1_000 * 3600 && text.ends_with(rest));
            }
        }
    }
}
