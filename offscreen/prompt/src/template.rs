mod meter;
mod syntax;

use crate::Error;
use gguf::Gguf;
use meter::{BUDGET, Meter};
use minijinja::machinery::{CompiledTemplate, Instruction, TemplateConfig, eval, make_string_output};
use minijinja::syntax::SyntaxConfig;
use minijinja::{AutoEscape, Environment, Value, context};
use std::sync::Arc;

/// Longest accepted template, in bytes; the longest of well-known models has 20 thousand.
const MAX_LENGTH: usize = 1 << 18;

/// Instructions a template may run: about a hundred times what an honest one needs for a short
/// conversation. Fewer where the template has long texts of its own, which are written by one.
const FUEL: usize = 200_000;

/// Loops and calls in each other; a call counts for several. No honest template has ten.
const MAX_CALLS: usize = 120;

/// The day that templates are told which cannot do without one. Always the same: what a model says of
/// a page is not to depend on when it is asked, nor the start of every prompt to be computed anew
/// each day.
const DAY: &str = "01 January 2026";

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
    source: String,
    syntax: SyntaxConfig,
    environment: Environment<'static>,
    meter: Meter,
    bos: String,
    eos: String,
}

/// What errors call the template.
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
        let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?;
        let source = syntax::without_marks(source);
        syntax::check(&source, &syntax)?;
        let mut environment = Environment::empty();
        let meter = Meter::default();
        meter.furnish(&mut environment);
        environment.set_recursion_limit(MAX_CALLS);
        environment.add_function("raise_exception", |message: String| -> Result<(), minijinja::Error> {
            Err(minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, message))
        });
        if !source.contains("strftime_now is defined") {
            environment.add_function("strftime_now", |_: &str| DAY);
        }
        let mut template = Self { source, syntax, environment, meter, bos, eos };
        let longest = longest_text(&template.compile()?);
        let fuel = FUEL.min(BUDGET / longest.max(1));
        template.environment.set_fuel(Some(fuel as u64));
        Ok(template)
    }

    /// The template as instructions that are paid for.
    fn compile(&self) -> Result<CompiledTemplate<'_>, minijinja::Error> {
        let (syntax_config, default_auto_escape) =
            (self.syntax.clone(), Arc::new(|_: &str| AutoEscape::None));
        let config = TemplateConfig { syntax_config, default_auto_escape };
        let mut compiled = CompiledTemplate::new(NAME, &self.source, &config)?;
        meter::meter(&mut compiled.instructions)?;
        compiled.blocks.values_mut().try_for_each(meter::meter)?;
        Ok(compiled)
    }

    /// Writes a conversation as one text, ready for the model's answer when
    /// `add_generation_prompt`.
    ///
    /// # Errors
    /// [`Error::Template`] when the template refuses the conversation, runs too long or makes too
    /// much text.
    pub fn render(&self, messages: &[Message], add_generation_prompt: bool) -> Result<String, Error> {
        let (bos_token, eos_token) = (&self.bos, &self.eos);
        let messages: Value = messages.iter().map(Message::value).collect();
        // Models that can think aloud would spend their tokens on it.
        let enable_thinking = false;
        let context = context! { messages, add_generation_prompt, bos_token, eos_token, enable_thinking };
        let template = self.compile()?;
        self.meter.reset();
        let mut rendered = String::new();
        let mut output = make_string_output(&mut rendered);
        let CompiledTemplate { instructions, blocks, .. } = &template;
        eval(&self.environment, instructions, context, blocks, &mut output, AutoEscape::None)?;
        Ok(rendered)
    }
}

/// Bytes of the longest text that an instruction writes.
fn longest_text(template: &CompiledTemplate<'_>) -> usize {
    let all = std::iter::once(&template.instructions).chain(template.blocks.values());
    let each = all.flat_map(|some| (0..).map_while(|at| some.get(at)));
    let texts = each.map(|instruction| match instruction {
        Instruction::EmitRaw(text) => text.len(),
        _ => 0,
    });
    texts.max().unwrap_or(0)
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
    fn everything_that_is_metered_still_works() {
        for (source, text) in [
            (
                "{% set ns = namespace(a='x', b=1) %}{% set ns.a = ns.a ~ 'y' + 'z' %}{{ ns.a }}{{ ns.b + 1 }}",
                "xyz2",
            ),
            (
                "{{ messages|selectattr('role', 'equalto', 'user')|map(attribute='content')|join(',') }}",
                " hi ",
            ),
            (
                "{{ nothing|default('a', true) }}{{ nothing is defined }}{{ messages is sequence }}",
                "aFalseTrue",
            ),
            ("{{ messages[0]['content'][1:]|trim }}{{ messages[-1].role in ['user', 'tool'] }}", "hiTrue"),
            (
                "{{ ' a,b '.strip().split(',')[1] }}{{ '-'.join(['a', 'b']) }}{{ 'abc'.replace('b', 'xx') }}",
                "ba-baxxc",
            ),
            (
                "{% macro f(a, b='c') %}{{ a }}{{ b }}{% endmacro %}{{ f('a', b='d') }}{{ 'a' == 'a' and 2 > 1 }}",
                "adTrue",
            ),
            (
                "{% for k, v in {'a': 1, 'b': [2]}.items() %}{{ k }}{{ v }}{% endfor %}{{ dict(a=3).a }}",
                "a1b[2]3",
            ),
            (
                "{% for i in range(3) if i % 2 == 0 %}{{ loop.index }}{{ i }};{% endfor %}{{ [1] + [2] }}",
                "10;22;[1, 2]",
            ),
        ] {
            assert_eq!(render(source).unwrap_or_else(|error| panic!("{source}: {error}")), text, "{source}");
        }
    }

    /// As Qwen3's: messages are looked through backwards, and an empty thought is put in the model's
    /// mouth where it shall not think.
    #[test]
    fn models_that_could_think_answer_at_once() {
        let source = "{%- set ns = namespace(last=messages|length - 1) %}\
            {%- for m in messages[::-1] %}{%- set at = (messages|length - 1) - loop.index0 %}\
            {%- if m.role == 'user' and m.content is string and not(m.content.startswith('<r>') and m.content.endswith('</r>')) %}\
            {%- set ns.last = at %}{%- endif %}{%- endfor %}\
            {%- for m in messages %}{{- '<|im_start|>' + m.role + '\n' + m.content + '<|im_end|>\n' }}{%- endfor %}\
            {%- if add_generation_prompt %}{{- '<|im_start|>assistant\n' }}\
            {%- if enable_thinking is defined and enable_thinking is false %}{{- '<think>\n\n</think>\n\n' }}{%- endif %}{%- endif %}";
        let expected = "<|im_start|>user\n hi <|im_end|>\n<|im_start|>assistant\n<think>\n\n</think>\n\n";
        assert_eq!(render(source).unwrap(), expected);
    }

    /// As SmolLM3's: the answers of the model are marked for training, the day is told, and what was
    /// never set is looked into.
    #[test]
    fn marks_for_training_and_the_day_are_no_obstacle() {
        let source = "{%- if enable_thinking is not defined -%}{%- set enable_thinking = true -%}{%- endif -%}\n\
            {%- set mode = '/think' if enable_thinking else '/no_think' -%}\n\
            {%- if '/system_override' in system_message -%}no{%- else -%}\n\
            {{- 'Today Date: ' ~ strftime_now('%d %B %Y') ~ ', ' + mode + '\n' -}}\n{%- endif -%}\n\
            {%- for m in messages -%}\n  {%- if m.role == 'assistant' -%}\n  {% generation %}{{ m.content.lstrip('\n') }}{%- endgeneration -%}\n\
            {%- else -%}{{ '[' + m.content.strip() + ']' }}{%- endif -%}\n{%- endfor -%}\n\
            {%- if xml_tools or python_tools -%}tools{%- endif -%}";
        assert_eq!(render(source).unwrap(), "Today Date: 01 January 2026, /no_think\n[hi]");
        let can_do_without = "{{ strftime_now() if strftime_now is defined else '26 Jul 2024' }}";
        assert_eq!(render(can_do_without).unwrap(), "26 Jul 2024");
    }

    #[test]
    fn what_grows_by_itself_is_stopped() {
        for source in [
            "{% set ns = namespace(s='xxxx') %}{% for i in range(31) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
            "{% set ns = namespace(s=[1]) %}{% for i in range(40) %}{% set ns.s = [ns.s, ns.s] %}{% endfor %}",
            "{% set ns = namespace(s=[1]) %}{% for i in range(40) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
            "{% set ns = namespace(s='xx') %}{% for i in range(40) %}{% set x %}{{ ns.s }}{{ ns.s }}{% endset %}\
                {% set ns.s = x %}{% endfor %}",
            "{% set ns = namespace() %}{% set ns.a = ns %}{{ ns }}",
            "{{ 'a'|indent(18446744073709551615) }}",
            "{{ 'x' * 99999999 }}",
            "{{ 'x'|replace('x', 'xxxxxxxxxx')|replace('x', 'xxxxxxxxxx')|replace('x', 'xxxxxxxxxx')\
                |replace('x', 'xxxxxxxxxx')|replace('x', 'xxxxxxxxxx')|replace('x', 'xxxxxxxxxx')\
                |replace('x', 'xxxxxxxxxx')|replace('x', 'xxxxxxxxxx')|replace('x', 'xxxxxxxxxx') }}",
            "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        ] {
            assert!(matches!(render(source), Err(Error::Template(_))), "{source}");
        }
        let chain = format!("{{{{ '' {} }}}}", "~ bos_token ".repeat(9000));
        assert!(matches!(render(&chain), Err(Error::Template(_))));
        let branches =
            format!("{{% if bos_token == 1 %}}{}{{% endif %}}", "{% elif bos_token == 2 %}".repeat(9000));
        assert!(matches!(render(&branches), Err(Error::Template(_))));
    }

    #[test]
    fn bad_templates_fail_with_a_reason() {
        assert!(matches!(render("{% for %}"), Err(Error::Template(_))));
        let raised = render("{{ raise_exception('no system role') }}").unwrap_err().to_string();
        assert!(raised.contains("no system role"), "{raised}");
        let endless = "{% for a in range(9999) %}{% for b in range(9999) %}x{% endfor %}{% endfor %}";
        assert!(matches!(render(endless), Err(Error::Template(_))));
        let verbose = "{% for i in range(200) %}{{ 'x' * 99999 }}{% endfor %}";
        assert!(matches!(render(verbose), Err(Error::Template(_))));
        assert!(matches!(render(&"x".repeat(MAX_LENGTH + 1)), Err(Error::TemplateLength(_))));
    }
}
