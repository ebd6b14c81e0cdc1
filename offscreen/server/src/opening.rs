/// Where models that think aloud begin and end to.
const THOUGHT: (&str, &str) = ("<think>", "</think>");

/// The beginning of an answer, which is held back until it is known what of it is to be seen: a server
/// that does not go on with a begun answer may repeat that, and a model may think aloud first.
#[derive(Debug)]
pub(crate) struct Opening {
    /// What was given to the model as the beginning of its answer.
    prefix: String,
    held: String,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Beginning,
    Thinking,
    /// The beginning that was given was repeated: the answer goes on behind it.
    Repeated,
    /// Nothing is held back any more.
    Open,
}

impl Opening {
    pub(crate) fn new(prefix: &str) -> Self {
        Self { prefix: prefix.trim().to_owned(), held: String::new(), state: State::Beginning }
    }

    /// Whether the model thinks aloud, and has not come to an end of it.
    pub(crate) fn is_thinking(&self) -> bool {
        self.state == State::Thinking
    }

    /// Takes text in and gives what of it is to be seen now.
    pub(crate) fn push(&mut self, text: &str) -> String {
        if self.state == State::Open {
            return text.to_owned();
        }
        self.held.push_str(text);
        self.release()
    }

    /// Gives what was held back to the end.
    pub(crate) fn finish(&mut self) -> String {
        match std::mem::replace(&mut self.state, State::Open) {
            State::Thinking => String::new(),
            State::Beginning | State::Repeated | State::Open => {
                std::mem::take(&mut self.held).trim_start().to_owned()
            }
        }
    }

    fn release(&mut self) -> String {
        loop {
            match self.state {
                State::Open => return std::mem::take(&mut self.held),
                State::Thinking => {
                    let Some(at) = self.held.find(THOUGHT.1) else {
                        // Of what is thought, only as much is kept as its end may have begun in.
                        let kept = self.held.len().saturating_sub(THOUGHT.1.len());
                        self.held.drain(..self.held.floor_char_boundary(kept));
                        return String::new();
                    };
                    self.held.drain(..at + THOUGHT.1.len());
                    self.state = State::Beginning;
                }
                State::Beginning => {
                    let begun = self.held.trim_start();
                    let repeated = begun.strip_prefix(&self.prefix).filter(|_| !self.prefix.is_empty());
                    if let Some(rest) = begun.strip_prefix(THOUGHT.0) {
                        (self.held, self.state) = (rest.to_owned(), State::Thinking);
                    } else if let Some(rest) = repeated {
                        (self.held, self.state) = (rest.to_owned(), State::Repeated);
                    } else if THOUGHT.0.starts_with(begun) || self.prefix.starts_with(begun) {
                        return String::new();
                    } else {
                        (self.held, self.state) = (begun.to_owned(), State::Open);
                    }
                }
                State::Repeated => {
                    let rest = self.held.trim_start();
                    if rest.is_empty() {
                        return String::new();
                    }
                    (self.held, self.state) = (rest.to_owned(), State::Open);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn seen(prefix: &str, text: &str, letters: usize) -> String {
        let mut opening = Opening::new(prefix);
        let chars: Vec<char> = text.chars().collect();
        let mut seen: String =
            chars.chunks(letters).map(|piece| opening.push(&piece.iter().collect::<String>())).collect();
        seen.push_str(&opening.finish());
        seen
    }

    #[test]
    fn neither_thoughts_nor_a_repeated_beginning_are_seen() {
        for (prefix, text, expected) in [
            ("", "A bridge.", "A bridge."),
            ("", "<think>\nHm.\n</think>\n\nA bridge.", "A bridge."),
            ("", "\n<think></think><think>é</think>A bridge.", "A bridge."),
            ("", "<think>Hm.", ""),
            ("", "<thin", "<thin"),
            ("Points:\n- ", "A bridge.", "A bridge."),
            ("Points:\n- ", "Points:\n- A bridge.\n- B", "A bridge.\n- B"),
            ("Points:\n- ", "<think>a</think> Points:\n-A bridge.", "A bridge."),
            ("Points:\n- ", "Points: A", "Points: A"),
            ("Points:\n- ", "", ""),
        ] {
            for letters in 1..=text.len().max(1) {
                assert_eq!(seen(prefix, text, letters), expected, "{text:?} by {letters}");
            }
        }
    }

    proptest! {
        #[test]
        fn what_is_neither_is_all_seen(text in "[^<P\\s]\\PC{0,40}", letters in 1..9_usize) {
            prop_assert_eq!(seen("Points:\n- ", &text, letters), text);
        }

        #[test]
        fn however_it_comes_it_is_the_same(text in "(<think>|</think>|P|Po|Points:|\n|- |a|é){0,12}", letters in 1..9_usize) {
            prop_assert_eq!(seen("Points:\n- ", &text, letters), seen("Points:\n- ", &text, 1000));
        }
    }
}
