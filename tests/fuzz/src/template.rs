//! Chat templates of hostile files.

use crate::Target;
use gguf::Gguf;
use gguf::write::Writer;
use prompt::{ChatTemplate, Message, Role};

/// Any source: an error, or a text of bounded length.
pub const TEMPLATE: Target = Target { name: "template", run: template, seeds, words: WORDS, mutations: 600 };

const WORDS: &[&str] = &[
    "{{ ",
    " }}",
    "{% ",
    " %}",
    "{%- ",
    "{% for m in messages %}",
    "{% endfor %}",
    "{% if ",
    "{% endif %}",
    "{% set x = ",
    "{% set ns = namespace(a='x') %}",
    "{% set ns.a = ",
    "{% macro f(a) %}",
    "{% endmacro %}",
    "{% set x %}",
    "{% endset %}",
    "range(99999)",
    "messages",
    "m.content",
    "m['role']",
    "bos_token",
    "add_generation_prompt",
    " ~ ",
    " + ",
    " * ",
    " * 99999",
    "|replace('a', 'aaaaaaaa')",
    "|join(x)",
    "|indent(99999)",
    "|format(x)",
    "|string",
    "|list",
    "|length",
    "|trim",
    ".strip()",
    ".split('x')",
    ".join(x)",
    "[x, x]",
    "dict(a=x, b=x)",
    "loop(x)",
    "raise_exception('no')",
    "[::-1]",
    "x ~ x",
];

fn seeds() -> Vec<Vec<u8>> {
    [
        "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}\
            {% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}",
        "{{ bos_token }}{% set ns = namespace(s='') %}{% for m in messages %}{% if m.role == 'system' %}\
            {% set ns.s = ns.s ~ m.content %}{% else %}[{{ m.content | trim }}]{% endif %}{% endfor %}",
        "{%- macro turn(role, text) -%}<{{ role }}>{{ text.strip().split('a')[0] }}{%- endmacro -%}\
            {{ turn('user', messages[0]['content']) }}{{ messages|length }}",
    ]
    .map(|text| text.as_bytes().to_vec())
    .into()
}

/// Longer than any prompt.
const LONGEST: usize = 32 << 20;

fn template(data: &[u8]) {
    let mut writer = Writer::new();
    writer.set("tokenizer.chat_template", &*String::from_utf8_lossy(data));
    let file = writer.to_bytes(|_, _| {});
    let Ok(header) = Gguf::parse(&file, file.len() as u64) else { return };
    let Ok(template) = ChatTemplate::from_gguf(&header) else { return };
    let system = Message { role: Role::System, content: "Be short.".to_owned() };
    for messages in [&[Message::user("Say a.")][..], &[system, Message::user("a\n")]] {
        match template.render(messages, true) {
            Ok(text) => assert!(text.len() <= LONGEST),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}
