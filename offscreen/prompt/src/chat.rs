//! Conversations as token ids.

use crate::{ChatTemplate, Error, Message, Tokenizer};

/// Characters that are no text, for a program's own use (Unicode 16, section 23.7): one that no
/// message holds is the guard. A text that holds them all loses one.
const NONCHARACTERS: std::ops::RangeInclusive<char> = '\u{fdd0}'..='\u{fdef}';

/// The ids of a conversation, ready for the model's answer, which begins with `prefix`.
///
/// Control tokens come from the template alone. One that is written out in a message or in the
/// prefix stays text, whatever the template does with it: it runs on messages in which every
/// character that a control token could begin with is followed by a guard, which is taken out again
/// once the template's own tokens are found. For messages without control tokens, the ids are those
/// of the rendered text.
///
/// # Errors
/// [`Error::Template`] when the template refuses the conversation.
pub fn chat_ids(
    tokenizer: &Tokenizer,
    template: &ChatTemplate,
    messages: &[Message],
    prefix: &str,
) -> Result<Vec<u32>, Error> {
    let texts = || messages.iter().map(|message| message.content.as_str()).chain([prefix]);
    let guard = NONCHARACTERS.into_iter().find(|&c| !texts().any(|text| text.contains(c)));
    let guard = guard.unwrap_or(*NONCHARACTERS.start());
    let guarded: Vec<Message> = messages
        .iter()
        .map(|message| Message { role: message.role, content: tokenizer.guard(&message.content, guard) })
        .collect();
    let mut rendered = template.render(&guarded, true)?;
    rendered.push_str(&tokenizer.guard(prefix, guard));
    let mut ids = tokenizer.encode_guarded(&rendered, guard);
    // Templates that begin with the token themselves must not get it twice.
    if let Some(bos) = tokenizer.bos().filter(|bos| tokenizer.adds_bos() && ids.first() != Some(bos)) {
        ids.insert(0, bos);
    }
    Ok(ids)
}
