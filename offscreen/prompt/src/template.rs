use crate::Error;
use gguf::Gguf;
use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, Value, context};
use std::io;

/// Longest accepted template, in bytes; the longest of well-known models has 20 thousand.
const MAX_LENGTH: usize = 1 << 18;

/// Longest accepted conversation as a template writes it, in bytes: ten times the longest contexts
/// there are.
const MAX_RENDERED: usize = 8 << 20;

/// Instructions a template may run: about a thousand times what an honest one needs for a short
/// conversation.
const FUEL: u64 = 1_000_000;

/// Who speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Whoever sets the model's task.
    System,
    /// Whoever asks.
    User,
    /// The model.
    Assistant,
}

/// One turn of a conversation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// What is said.
    pub content: String,
}

impl Message {
    /// A turn of the user.
    #[must_use]
    pub fn user(content: impl Into<String>) -> Self {
        Self { role: Role::User, content: content.into() }
    }

    /// As templates see it.
    fn value(&self) -> Value {
        let role = match self.role {
            Role::System => "system",
            Role::User => "user",
            Role::Assistant => "assistant",
        };
        Value::from_pairs([("role", role), ("content", &self.content)])
    }
}

/// How a model wants a conversation written: the Jinja template of its file.
pub struct ChatTemplate {
    environment: Environment<'static>,
    bos: String,
    eos: String,
}

/// The one template of the environment.
const NAME: &str = "chat";

impl ChatTemplate {
    /// The template of a model file.
    ///
    /// # Errors
    /// [`Error::NoTemplate`] when the file has none, [`Error::TemplateLength`] or
    /// [`Error::Template`] for a bad one.
    pub fn from_gguf(gguf: &Gguf) -> Result<Self, Error> {
        let source = match gguf.str("tokenizer.chat_template") {
            Err(gguf::Error::Missing { .. }) => return Err(Error::NoTemplate),
            source => source?,
        };
        let token = |key: &str| {
            let id = gguf.u32(key).ok()? as usize;
            gguf.strings("tokenizer.ggml.tokens").ok()?.get(id).map(str::to_owned)
        };
        let bos = token("tokenizer.ggml.bos_token_id").unwrap_or_default();
        let eos = token("tokenizer.ggml.eos_token_id").unwrap_or_default();
        Self::new(source, bos, eos)
    }

    fn new(source: &str, bos: String, eos: String) -> Result<Self, Error> {
        if source.len() > MAX_LENGTH {
            return Err(Error::TemplateLength(source.len()));
        }
        let mut environment = Environment::new();
        environment.set_fuel(Some(FUEL));
        environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
        environment.set_unknown_method_callback(minijinja_contrib::pycompat::unknown_method_callback);
        environment.add_function("raise_exception", |message: String| -> Result<(), minijinja::Error> {
            Err(minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, message))
        });
        environment.add_template_owned(NAME, source.to_owned())?;
        Ok(Self { environment, bos, eos })
    }

    /// Writes a conversation as one text, ready for the model's answer when
    /// `add_generation_prompt`.
    ///
    /// # Errors
    /// [`Error::Template`] when the template refuses the conversation or runs too long,
    /// [`Error::RenderedLength`] when it writes too much.
    pub fn render(&self, messages: &[Message], add_generation_prompt: bool) -> Result<String, Error> {
        let template = self.environment.get_template(NAME)?;
        let (bos_token, eos_token) = (&self.bos, &self.eos);
        let messages: Value = messages.iter().map(Message::value).collect();
        // Models that can think aloud would spend their tokens on it.
        let enable_thinking = false;
        let context = context! { messages, add_generation_prompt, bos_token, eos_token, enable_thinking };
        let mut rendered = Bounded::default();
        match template.render_captured_to(context, &mut rendered) {
            _ if rendered.is_full => Err(Error::RenderedLength(MAX_RENDERED)),
            result => {
                result.map(|_| String::from_utf8_lossy(&rendered.bytes).into_owned()).map_err(Error::from)
            }
        }
    }
}

/// Takes so many bytes and no more.
#[derive(Default)]
struct Bounded {
    bytes: Vec<u8>,
    is_full: bool,
}

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.is_full = self.bytes.len() + bytes.len() > MAX_RENDERED;
        if self.is_full {
            return Err(io::ErrorKind::StorageFull.into());
        }
        self.bytes.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn render(source: &str) -> Result<String, Error> {
        ChatTemplate::new(source, "<s>".into(), "</s>".into())?.render(&[Message::user(" hi ")], true)
    }

    #[test]
    fn templates_run_with_what_models_use() {
        let source = "{{ bos_token }}{% for m in messages %}\n  {% if m['role'] == 'user' %}\n[{{ m.content.strip() }}]{{ eos_token }}{% endif %}\n{% endfor %}\n{% if add_generation_prompt %}>{% endif %}";
        assert_eq!(render(source).unwrap(), "<s>[hi]</s>>");
    }

    #[test]
    fn bad_templates_fail_with_a_reason() {
        assert!(matches!(render("{% for %}"), Err(Error::Template(_))));
        let raised = render("{{ raise_exception('no system role') }}").unwrap_err().to_string();
        assert!(raised.contains("no system role"), "{raised}");
        let endless = "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}";
        assert!(matches!(render(endless), Err(Error::Template(_))));
        let verbose = "{% for i in range(200) %}{{ 'x' * 99999 }}{% endfor %}";
        assert!(matches!(render(verbose), Err(Error::RenderedLength(_))));
        assert!(matches!(render(&"x".repeat(MAX_LENGTH + 1)), Err(Error::TemplateLength(_))));
    }
}
