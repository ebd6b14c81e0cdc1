//! Lines as they stand to lines as they are read: Hebrew and Arabic are read to the left, the numbers
//! in them to the right.

/// Whether a letter is read to the left.
pub(super) fn is_right_to_left(char: char) -> bool {
    matches!(char, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
        && !is_digit(char)
}

fn is_digit(char: char) -> bool {
    char.is_ascii_digit() || matches!(char, '\u{660}'..='\u{669}' | '\u{6F0}'..='\u{6F9}')
}

fn is_left_to_right(char: char) -> bool {
    is_digit(char) || char.is_alphabetic() && !is_right_to_left(char)
}

/// A line that is written down from left to right, in the order in which it is read.
pub(super) fn logical(visual: &str) -> String {
    let count = |is: fn(char) -> bool| visual.chars().filter(|&c| is(c)).count();
    let to_the_left = count(is_right_to_left);
    if to_the_left == 0 {
        return visual.to_owned();
    }
    if to_the_left >= count(|c| is_left_to_right(c) && !is_digit(c)) {
        let mut turned: Vec<char> = visual.chars().rev().collect();
        // A bracket is known by what it looks like or by what it means: files differ.
        let first = turned.iter().find(|&&c| mirrored(c) != c);
        if first.is_some_and(|bracket| ")]}»>".contains(*bracket)) {
            turned.iter_mut().for_each(|c| *c = mirrored(*c));
        }
        turn_runs(&turned, is_left_to_right, is_right_to_left)
    } else {
        let chars: Vec<char> = visual.chars().collect();
        turn_runs(&chars, is_right_to_left, is_left_to_right)
    }
}

/// Turns round each run from a letter that `begins` one to the last one before a letter that `ends`
/// it.
fn turn_runs(chars: &[char], begins: fn(char) -> bool, ends: fn(char) -> bool) -> String {
    let mut text = String::new();
    let mut at = 0;
    while at < chars.len() {
        if !begins(chars[at]) {
            text.push(chars[at]);
            at += 1;
            continue;
        }
        let until = chars[at..].iter().position(|&c| ends(c)).map_or(chars.len(), |length| at + length);
        let last = chars[at..until].iter().rposition(|&c| begins(c)).unwrap_or(0);
        text.extend(chars[at..=at + last].iter().rev());
        at += last + 1;
    }
    text
}

fn mirrored(char: char) -> char {
    match char {
        '(' => ')',
        ')' => '(',
        '[' => ']',
        ']' => '[',
        '{' => '}',
        '}' => '{',
        '«' => '»',
        '»' => '«',
        '<' => '>',
        '>' => '<',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::logical;

    #[test]
    fn lines_are_read_in_their_direction() {
        assert_eq!(logical("plain text (2 words)"), "plain text (2 words)");
        assert_eq!(logical("םולש"), "שלום");
        assert_eq!(logical(".2024 תנשב (SSL) םולש"), "שלום (SSL) בשנת 2024.");
        assert_eq!(logical(".2024 תנשב )SSL( םולש"), "שלום (SSL) בשנת 2024.");
        assert_eq!(logical("the word םולש תנש means"), "the word שנת שלום means");
        assert_eq!(logical(""), "");
    }
}
