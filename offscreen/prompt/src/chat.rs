//! Conversations as token ids.

use crate::{ChatTemplate, Error, Message, Tokenizer};
use std::ops::Range;

/// The ids of a conversation, ready for the model's answer, which begins with `prefix`.
///
/// Control tokens come from the template alone: one that is written out in a message or in the prefix stays text. For
/// messages without any, the ids are those of the rendered text.
///
/// # Errors
/// [`Error::Template`] when the template refuses the conversation.
pub fn chat_ids(
    tokenizer: &Tokenizer,
    template: &ChatTemplate,
    messages: &[Message],
    prefix: &str,
) -> Result<Vec<u32>, Error> {
    let marked: Vec<Message> =
        (0..messages.len()).map(|i| Message { role: messages[i].role, content: marker(i) }).collect();
    let rendered = template.render(&marked, true)?;
    let (mut text, trusted) = fill_in(&rendered, messages);
    text.push_str(prefix);
    let mut ids = tokenizer.encode_trusting(&text, &trusted);
    // Templates that begin with the token themselves must not get it twice.
    if let Some(bos) = tokenizer.bos().filter(|bos| tokenizer.adds_bos() && ids.first() != Some(bos)) {
        ids.insert(0, bos);
    }
    Ok(ids)
}

/// Stands for the content of message `i` while the template runs. Templates hold no private-use characters.
fn marker(i: usize) -> String {
    format!("\u{f8f0}{i}\u{f8f1}")
}

/// Puts the messages' contents where their markers are; also returns the ranges that are the template's own.
fn fill_in(rendered: &str, messages: &[Message]) -> (String, Vec<Range<usize>>) {
    let (mut text, mut trusted) = (String::new(), Vec::new());
    let mut parts = rendered.split('\u{f8f0}');
    let mut add_own = |text: &mut String, own: &str| {
        let start = text.len();
        text.push_str(own);
        trusted.push(start..text.len());
    };
    add_own(&mut text, parts.next().unwrap_or(""));
    for part in parts {
        let (number, own) = part.split_once('\u{f8f1}').unwrap_or(("", part));
        let content = number.parse().ok().and_then(|i: usize| messages.get(i)).map_or("", |m| &m.content);
        text.push_str(content);
        add_own(&mut text, own);
    }
    (text, trusted)
}
