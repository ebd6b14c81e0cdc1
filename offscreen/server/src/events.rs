use crate::Error;

/// Bytes that an event may have. One holds a few letters of the answer, or at its end what it took.
const MOST_OF_EVENT: usize = 256 << 10;

/// Bytes that an answer may have: ten thousand events with all that servers put around a token.
const MOST_OF_ANSWER: usize = 16 << 20;

/// Cuts the bytes of an answer into its events (the WHATWG's "server-sent events"), of which only the
/// data counts here.
#[derive(Debug, Default)]
pub struct Events {
    /// The line that has begun.
    line: Vec<u8>,
    /// The data of the event that has begun; none before its first line.
    data: Option<String>,
    /// Whether the last line ended with a carriage return: a line feed behind it is part of that.
    after_return: bool,
    bytes: usize,
}

impl Events {
    /// Takes bytes in and gives the data of each event that they complete.
    ///
    /// # Errors
    /// [`Error::TooMuch`] when an event or the answer has no end.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Vec<String>, Error> {
        self.bytes = self.bytes.saturating_add(bytes.len());
        if self.bytes > MOST_OF_ANSWER {
            return Err(Error::TooMuch { what: "the answer does not end" });
        }
        let mut complete = Vec::new();
        for &byte in bytes {
            let after_return = std::mem::replace(&mut self.after_return, byte == b'\r');
            match byte {
                b'\n' if after_return => {}
                b'\n' | b'\r' => complete.extend(self.end_line()),
                _ => {
                    self.line.push(byte);
                    if self.line.len() + self.data.as_ref().map_or(0, String::len) > MOST_OF_EVENT {
                        return Err(Error::TooMuch { what: "a line does not end" });
                    }
                }
            }
        }
        Ok(complete)
    }

    /// The data of the event that had begun when the answer ended: some servers leave out the empty
    /// line behind the last.
    pub fn finish(&mut self) -> Option<String> {
        let complete = self.end_line();
        complete.or_else(|| self.data.take())
    }

    fn end_line(&mut self) -> Option<String> {
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            return self.data.take();
        }
        let line = String::from_utf8_lossy(&line);
        // Some tell an error of theirs in a field of that name.
        let value = line.strip_prefix("data:").or_else(|| line.strip_prefix("error:"))?;
        let value = value.strip_prefix(' ').unwrap_or(value);
        match &mut self.data {
            Some(data) => {
                data.push('\n');
                data.push_str(value);
            }
            data => *data = Some(value.to_owned()),
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(bytes: &[u8], pieces: usize) -> Vec<String> {
        let mut events = Events::default();
        let mut found = Vec::new();
        for piece in bytes.chunks(pieces) {
            found.extend(events.push(piece).unwrap());
        }
        found.extend(events.finish());
        found
    }

    #[test]
    fn events_end_with_an_empty_line_however_lines_end() {
        for text in [
            "data: a\n\ndata:b\ndata: c\n\n: a remark\nevent: x\nid: 1\n\ndata: é\n\n",
            "data: a\r\n\r\ndata:b\r\ndata: c\r\n\r\n: a remark\r\nid: 1\r\n\r\ndata: é\r\n\r\n",
            "data: a\r\rdata:b\rdata: c\r\r: a remark\r\rdata: é\r\r",
            "data: a\n\ndata:b\ndata: c\n\ndata: é",
        ] {
            for pieces in 1..text.len() {
                assert_eq!(all(text.as_bytes(), pieces), ["a", "b\nc", "é"], "{text:?} by {pieces}");
            }
        }
    }

    #[test]
    fn what_has_no_end_is_given_up() {
        let mut events = Events::default();
        let line = vec![b'a'; 64 << 10];
        let pushed: Result<Vec<_>, _> = (0..5).map(|_| events.push(&line)).collect();
        assert_eq!(pushed, Err(Error::TooMuch { what: "a line does not end" }));
        let mut events = Events::default();
        let remarks = b": still here\n".repeat(5000);
        let pushed: Result<Vec<_>, _> = (0..300).map(|_| events.push(&remarks)).collect();
        assert_eq!(pushed, Err(Error::TooMuch { what: "the answer does not end" }));
        let mut events = Events::default();
        let lines = b"data: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n".repeat(10_000);
        assert!(events.push(&lines).is_err(), "many lines of one event are one line");
    }

    proptest! {
        #[test]
        fn however_bytes_come_they_are_the_same_events(bytes: Vec<u8>, pieces in 1..20_usize) {
            prop_assert_eq!(all(&bytes, pieces), all(&bytes, bytes.len().max(1)));
        }
    }
}
