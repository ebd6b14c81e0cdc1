use serde::Serialize;

/// A conversation to be answered.
#[derive(Clone, Debug)]
pub struct Ask<'a> {
    /// The model's name, as the server lists it.
    pub model: &'a str,
    /// The conversation. Where its last turn is the assistant's, many servers go on with that.
    pub turns: Vec<Turn<'a>>,
    /// At most so many tokens.
    pub max_tokens: usize,
    /// 0: always the most probable token.
    pub temperature: f32,
    /// Only the most probable tokens that add up to this; 1 for all.
    pub top_p: f32,
    /// The same seed makes the same choices, on servers that keep to it.
    pub seed: u32,
}

/// What somebody says in it.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Turn<'a> {
    /// `system`, `user` or `assistant`.
    pub role: &'static str,
    /// The words.
    pub content: &'a str,
}

/// As it is sent.
#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    messages: &'a [Turn<'a>],
    max_tokens: usize,
    temperature: f32,
    #[serde(skip_serializing_if = "Option::is_none")]
    top_p: Option<f32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<u32>,
    stream: bool,
    stream_options: StreamOptions,
    chat_template_kwargs: TemplateOptions,
}

#[derive(Serialize)]
struct StreamOptions {
    include_usage: bool,
}

#[derive(Serialize)]
struct TemplateOptions {
    enable_thinking: bool,
}

impl Ask<'_> {
    /// The body of the request. The answer is to come piece by piece, with its tokens counted at the
    /// end; models that can think aloud are asked not to, in the way that llama.cpp and vLLM know and
    /// others pass over.
    #[must_use]
    pub fn to_json(&self) -> String {
        let is_random = self.temperature > 0.0;
        let body = Body {
            model: self.model,
            messages: &self.turns,
            max_tokens: self.max_tokens,
            temperature: self.temperature,
            top_p: (is_random && self.top_p < 1.0).then_some(self.top_p),
            seed: is_random.then_some(self.seed),
            stream: true,
            stream_options: StreamOptions { include_usage: true },
            chat_template_kwargs: TemplateOptions { enable_thinking: false },
        };
        // Texts and numbers can always be written.
        serde_json::to_string(&body).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_written_as_servers_read_it() {
        let turns = vec![Turn { role: "user", content: "Say \"a\"\nand b." }];
        let mut ask = Ask { model: "qwen3:8b", turns, max_tokens: 64, temperature: 0.0, top_p: 0.9, seed: 7 };
        let read = |ask: &Ask<'_>| serde_json::from_str::<serde_json::Value>(&ask.to_json()).unwrap();
        let greedy = read(&ask);
        assert_eq!(greedy["messages"][0]["content"], "Say \"a\"\nand b.");
        assert_eq!((&greedy["model"], &greedy["max_tokens"]), (&"qwen3:8b".into(), &64.into()));
        assert!(greedy["stream"] == true && greedy.get("seed").is_none() && greedy.get("top_p").is_none());
        ask.temperature = 0.5;
        assert_eq!(read(&ask)["seed"], 7);
    }
}
