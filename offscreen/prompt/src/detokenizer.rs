use crate::Tokenizer;

/// Token ids to text, one at a time. A character whose bytes are spread over tokens appears when it
/// is whole.
pub struct Detokenizer<'a> {
    tokenizer: &'a Tokenizer,
    /// Bytes that are the beginning of a character: at most three.
    held: Vec<u8>,
}

impl<'a> Detokenizer<'a> {
    /// At the beginning of a text.
    #[must_use]
    pub fn new(tokenizer: &'a Tokenizer) -> Self {
        Self { tokenizer, held: Vec::new() }
    }

    /// The characters that this token completes. Bytes that cannot be part of a character become
    /// U+FFFD.
    pub fn push(&mut self, id: u32) -> String {
        self.held.extend(self.tokenizer.bytes(id));
        let mut text = String::new();
        let mut start = 0;
        loop {
            match std::str::from_utf8(&self.held[start..]) {
                Ok(rest) => {
                    text.push_str(rest);
                    start = self.held.len();
                }
                Err(error) => {
                    let valid = &self.held[start..start + error.valid_up_to()];
                    text.push_str(&String::from_utf8_lossy(valid));
                    start += valid.len();
                    if let Some(bad) = error.error_len() {
                        text.push(char::REPLACEMENT_CHARACTER);
                        start += bad;
                        continue;
                    }
                }
            }
            self.held.drain(..start);
            return text;
        }
    }

    /// What is left at the end of the text: U+FFFD for half a character.
    #[must_use]
    pub fn finish(self) -> String {
        String::from_utf8_lossy(&self.held).into_owned()
    }
}

impl Tokenizer {
    /// The text of `ids`; control tokens have none.
    #[must_use]
    pub fn decode(&self, ids: &[u32]) -> String {
        let mut detokenizer = Detokenizer::new(self);
        let mut text: String = ids.iter().map(|&id| detokenizer.push(id)).collect();
        text.push_str(&detokenizer.finish());
        text
    }
}
