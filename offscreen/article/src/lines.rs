//! Lines that end in `<br>`: some go on, some stand for themselves.

use crate::text::fold;

/// Stands for a `<br>` in the text of a block under way.
pub(crate) const BREAK: char = '\u{2028}';

/// A text of lines that fill a width of at least so many characters was broken by a machine.
const NARROWEST: usize = 40;

/// The paragraphs of a block, white space folded. Lines that stand for themselves end in `\n`; those
/// within a sentence are joined.
pub(crate) fn paragraphs(text: &str) -> Vec<String> {
    if !text.contains(BREAK) {
        return vec![fold(text)];
    }
    let lines: Vec<String> = text.split(BREAK).map(fold).collect();
    let wrapped = are_wrapped(&lines);
    let mut paragraphs = vec![String::new()];
    for line in lines {
        let Some(last) = paragraphs.last_mut() else { break };
        if line.is_empty() {
            if !last.is_empty() {
                paragraphs.push(String::new());
            }
            continue;
        }
        if !last.is_empty() && !last.ends_with('-') {
            last.push(if wrapped || goes_on(last, &line) { ' ' } else { '\n' });
        }
        last.push_str(&line);
    }
    paragraphs
}

/// As [`paragraphs`], for what is one line whatever it holds.
pub(crate) fn one_line(text: &str) -> String {
    fold(&text.replace(BREAK, " "))
}

fn goes_on(line: &str, next: &str) -> bool {
    line.ends_with([',', ';', '(', '“', '„', '«', '–', '—', '/', '&']) || next.starts_with(char::is_lowercase)
}

/// Whether every line ends where the next word would not have fitted.
fn are_wrapped(lines: &[String]) -> bool {
    let length = |text: &str| text.chars().count();
    let width = lines.iter().map(|line| length(line)).max().unwrap_or_default();
    let breaks = lines.windows(2).filter(|pair| pair.iter().all(|line| !line.is_empty()));
    let mut count = 0;
    let fills = breaks.inspect(|_| count += 1).all(|pair| {
        let word = pair[1].split(' ').next().unwrap_or_default();
        length(&pair[0]) + 1 + length(word) > width
    });
    fills && count >= 2 && width >= NARROWEST
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        paragraphs(&text.replace('|', "\u{2028}"))
    }

    #[test]
    fn lines_that_stand_for_themselves_stay_apart() {
        assert_eq!(read("Monday 10 to 16|Sunday closed"), ["Monday 10 to 16\nSunday closed"]);
        assert_eq!(read("One.||Quay 1| |4410 Orrin"), ["One.", "Quay 1", "4410 Orrin"]);
    }

    #[test]
    fn sentences_go_on() {
        assert_eq!(read("The lamp is lit|and no one comes"), ["The lamp is lit and no one comes"]);
        assert_eq!(read("In Orrin,|Mr Aars waits"), ["In Orrin, Mr Aars waits"]);
        let wrapped = "Seit dem Morgen liegt das Schiff vor der|Küste der Insel, weil der Sturm noch immer|Wellen \
            von sechs Metern in den Hafen treibt.";
        assert_eq!(read(wrapped), [wrapped.replace('|', " ")]);
    }
}
