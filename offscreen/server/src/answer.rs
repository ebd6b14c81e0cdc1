use crate::opening::Opening;
use crate::{Error, Events};
use serde::Deserialize;

/// Why an answer ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The model ended it.
    Stop,
    /// It reached the most that it might have.
    Length,
}

/// What came of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text that goes on from what came before.
    Text(String),
    /// What it took.
    Usage(Usage),
}

/// Tokens, as the server counts them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Usage {
    /// Of the prompt.
    pub prompt: u32,
    /// Of those, such as were in its cache.
    pub cached: u32,
    /// Of the answer.
    pub output: u32,
}

/// An answer as it comes.
#[derive(Debug)]
pub struct Answer {
    events: Events,
    opening: Opening,
    end: Option<End>,
    has_thought: bool,
    has_text: bool,
    /// The server has said that nothing more comes.
    is_over: bool,
}

/// An event of an answer. Servers leave out what they have nothing to say of, or write null.
#[derive(Deserialize)]
struct Chunk {
    #[serde(default)]
    choices: Option<Vec<Choice>>,
    #[serde(default)]
    usage: Option<Counts>,
    #[serde(default)]
    error: Option<Told>,
    /// Where the chunk itself is the error.
    #[serde(default)]
    message: Option<String>,
}

#[derive(Deserialize)]
struct Choice {
    #[serde(default)]
    delta: Option<Delta>,
    #[serde(default)]
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Delta {
    #[serde(default)]
    content: Option<String>,
    /// What a model thinks, where the server tells it from the answer: by one name or the other.
    #[serde(default)]
    reasoning_content: Option<String>,
    #[serde(default)]
    reasoning: Option<String>,
}

#[derive(Deserialize)]
struct Counts {
    #[serde(default)]
    prompt_tokens: Option<u32>,
    #[serde(default)]
    completion_tokens: Option<u32>,
    #[serde(default)]
    prompt_tokens_details: Option<Cached>,
}

#[derive(Deserialize)]
struct Cached {
    #[serde(default)]
    cached_tokens: Option<u32>,
}

/// An error in words, or with words in it.
#[derive(Deserialize)]
#[serde(untagged)]
pub(crate) enum Told {
    Words(String),
    With {
        #[serde(default)]
        message: Option<String>,
    },
}

impl Told {
    pub(crate) fn words(self) -> String {
        match self {
            Self::Words(words) => words,
            Self::With { message } => message.unwrap_or_default(),
        }
    }
}

impl Answer {
    /// Nothing has come yet of an answer that begins with `prefix` for the model.
    #[must_use]
    pub fn new(prefix: &str) -> Self {
        Self {
            events: Events::default(),
            opening: Opening::new(prefix),
            end: None,
            has_thought: false,
            has_text: false,
            is_over: false,
        }
    }

    /// Takes bytes in and gives what they mean.
    ///
    /// # Errors
    /// [`Error::Failed`] when the server says that it failed, [`Error::NotUnderstood`] and
    /// [`Error::TooMuch`].
    pub fn push(&mut self, bytes: &[u8]) -> Result<Vec<Piece>, Error> {
        let mut pieces = Vec::new();
        for data in self.events.push(bytes)? {
            self.event(&data, &mut pieces)?;
        }
        Ok(pieces)
    }

    /// Whether the server has said that nothing more comes.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// The answer has come to its end: gives the last of it, and why it ended.
    ///
    /// # Errors
    /// As [`Self::push`], [`Error::CutOff`] when that was no end, [`Error::OnlyThought`].
    pub fn finish(mut self) -> Result<(Vec<Piece>, End), Error> {
        let mut pieces = Vec::new();
        if let Some(data) = self.events.finish() {
            self.event(&data, &mut pieces)?;
        }
        let has_thought = self.has_thought || self.opening.is_thinking();
        let rest = self.opening.finish();
        self.text(rest, &mut pieces);
        let end = match self.end {
            Some(end) => end,
            None if self.is_over => End::Stop,
            None => return Err(Error::CutOff),
        };
        if end == End::Length && has_thought && !self.has_text {
            return Err(Error::OnlyThought);
        }
        Ok((pieces, end))
    }

    fn event(&mut self, data: &str, pieces: &mut Vec<Piece>) -> Result<(), Error> {
        let data = data.trim();
        // Behind its end nothing is part of the answer.
        if data.is_empty() || self.is_over {
            return Ok(());
        }
        if data == "[DONE]" {
            self.is_over = true;
            return Ok(());
        }
        let chunk: Chunk =
            serde_json::from_str(data).map_err(|_| Error::NotUnderstood { what: "a piece of its answer" })?;
        if let Some(told) = chunk.error {
            return Err(Error::Failed { words: clean(&told.words()) });
        }
        if let (Some(message), None, None) = (&chunk.message, &chunk.choices, &chunk.usage) {
            return Err(Error::Failed { words: clean(message) });
        }
        // One answer was asked for.
        if let Some(choice) = chunk.choices.into_iter().flatten().next() {
            let delta =
                choice.delta.unwrap_or(Delta { content: None, reasoning_content: None, reasoning: None });
            let thought = [delta.reasoning_content, delta.reasoning].into_iter().flatten();
            self.has_thought |= thought.map(|text| text.len()).sum::<usize>() > 0;
            let seen = self.opening.push(&delta.content.unwrap_or_default());
            self.has_thought |= self.opening.is_thinking();
            self.text(seen, pieces);
            if let Some(reason) = choice.finish_reason {
                self.end = Some(if reason == "length" { End::Length } else { End::Stop });
            }
        }
        if let Some(counts) = chunk.usage {
            let prompt = counts.prompt_tokens.unwrap_or_default();
            let cached = counts.prompt_tokens_details.and_then(|details| details.cached_tokens);
            pieces.push(Piece::Usage(Usage {
                prompt,
                cached: cached.unwrap_or_default().min(prompt),
                output: counts.completion_tokens.unwrap_or_default(),
            }));
        }
        Ok(())
    }

    fn text(&mut self, text: String, pieces: &mut Vec<Piece>) {
        if !text.is_empty() {
            self.has_text |= !text.trim().is_empty();
            pieces.push(Piece::Text(text));
        }
    }
}

/// What a server says, short enough to be quoted.
pub(crate) fn clean(words: &str) -> String {
    const LONGEST: usize = 160;
    let words = words.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let mut line = words.collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = line.char_indices().nth(LONGEST) {
        line.truncate(at);
        line.push('…');
    }
    line.trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All of an answer that comes so many bytes at a time.
    fn read(prefix: &str, bytes: &[u8], pieces: usize) -> Result<(String, Usage, End), Error> {
        let mut answer = Answer::new(prefix);
        let mut found = Vec::new();
        for piece in bytes.chunks(pieces.max(1)) {
            found.extend(answer.push(piece)?);
        }
        let (rest, end) = answer.finish()?;
        found.extend(rest);
        let mut usage = Usage::default();
        let mut text = String::new();
        for piece in found {
            match piece {
                Piece::Text(more) => text.push_str(&more),
                Piece::Usage(counted) => usage = counted,
            }
        }
        Ok((text, usage, end))
    }

    fn whole(text: &str) -> Result<(String, Usage, End), Error> {
        read("", text.as_bytes(), 4096)
    }

    /// As llama.cpp's server wrote it.
    const LLAMA: &str = concat!(
        r#"data: {"choices":[{"finish_reason":null,"index":0,"delta":{"role":"assistant","content":null}}],"created":1,"id":"a","model":"m","object":"chat.completion.chunk"}"#,
        "\n\n",
        r#"data: {"choices":[{"finish_reason":null,"index":0,"delta":{"content":"A "}}],"created":1}"#,
        "\n\n",
        r#"data: {"choices":[{"finish_reason":null,"index":0,"delta":{"content":"brüdge"}}],"created":1}"#,
        "\n\n",
        r#"data: {"choices":[{"finish_reason":"length","index":0,"delta":{}}],"created":1}"#,
        "\n\n",
        r#"data: {"choices":[],"usage":{"completion_tokens":12,"prompt_tokens":40,"total_tokens":52,"prompt_tokens_details":{"cached_tokens":7}},"timings":{"cache_n":0}}"#,
        "\n\ndata: [DONE]\n\n"
    );

    #[test]
    fn an_answer_comes_in_pieces_of_any_length() {
        let usage = Usage { prompt: 40, cached: 7, output: 12 };
        for pieces in [1, 2, 3, 7, 64, 4096] {
            assert_eq!(
                read("", LLAMA.as_bytes(), pieces),
                Ok(("A brüdge".to_owned(), usage, End::Length)),
                "by {pieces}"
            );
        }
    }

    #[test]
    fn an_answer_that_was_cut_off_is_none() {
        let cut = &LLAMA[..LLAMA.find("\"length\"").unwrap()];
        let cut = &cut[..cut.rfind("data").unwrap()];
        assert_eq!(whole(cut), Err(Error::CutOff));
        assert_eq!(whole(""), Err(Error::CutOff));
        assert_eq!(whole(": still here\n\n"), Err(Error::CutOff));
        assert!(whole("data: {\"choices\":[{\"finish_reason\":\"stop\"}]}").is_ok());
        assert!(whole("data: [DONE]").is_ok());
    }

    #[test]
    fn what_follows_the_end_is_no_part_of_it() {
        let text = "data: [DONE]\n\ndata: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\ndata: {\n\n";
        assert_eq!(whole(text), Ok((String::new(), Usage::default(), End::Stop)));
    }

    #[test]
    fn errors_are_told_in_several_ways() {
        let told = |words: &str| Err(Error::Failed { words: words.to_owned() });
        for (text, words) in [
            ("data: {\"error\":{\"message\":\"out of\\nmemory.\",\"code\":500}}\n\n", "out of memory"),
            ("data: {\"error\":\"model runner has stopped\"}\n\n", "model runner has stopped"),
            ("error: {\"code\":500,\"message\":\"slot\"}\n\n", "slot"),
            ("data: {\"error\":{}}\n\n", ""),
        ] {
            assert_eq!(whole(text), told(words), "{text}");
        }
    }

    #[test]
    fn what_is_not_of_the_interface_is_refused() {
        let refused = Err(Error::NotUnderstood { what: "a piece of its answer" });
        for data in
            ["hello", "{", "[1]", "{\"choices\":7}", "{\"choices\":[{\"delta\":{\"content\":7}}]}", "null"]
        {
            assert_eq!(whole(&format!("data: {data}\n\n")), refused, "{data}");
        }
        let deep = "[".repeat(100_000);
        assert_eq!(whole(&format!("data: {deep}\n\n")), refused);
    }

    #[test]
    fn a_model_that_only_thought_is_told_apart() {
        let long = "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"Hm\"}}]}\n\n\
                    data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"length\"}]}\n\n";
        assert_eq!(whole(long), Err(Error::OnlyThought));
        let aloud =
            "data: {\"choices\":[{\"delta\":{\"content\":\"<think>Hm\"},\"finish_reason\":\"length\"}]}\n\n";
        assert_eq!(whole(aloud), Err(Error::OnlyThought));
        let short = "data: {\"choices\":[{\"delta\":{\"reasoning\":\"Hm\",\"content\":\"A\"},\"finish_reason\":\"stop\"}]}\n\n";
        assert_eq!(whole(short).map(|(text, ..)| text), Ok("A".to_owned()));
    }

    proptest! {
        #[test]
        fn any_bytes_are_text_or_an_error(bytes: Vec<u8>, pieces in 1..50_usize) {
            let _ = read("a", &bytes, pieces);
        }

        #[test]
        fn any_text_passes_as_it_is(text in "[^<\\s]\\PC{0,60}", pieces in 1..50_usize) {
            let chunk = serde_json::json!({"choices": [{"delta": {"content": text}, "finish_reason": "stop"}]});
            let bytes = format!("data: {chunk}\n\ndata: [DONE]\n\n");
            prop_assert_eq!(read("", bytes.as_bytes(), pieces), Ok((text, Usage::default(), End::Stop)));
        }
    }
}
