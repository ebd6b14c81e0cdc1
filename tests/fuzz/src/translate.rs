//! Any block in any language, any answers.

use crate::answers::Fields;
use decoder::Uninterrupted;
use protocol::{Block, PageBlocks, Selection, Span};
use tasks::Run;

/// Translates a text as a selection, and as a block whose tabs divide it into spans; the tag is a
/// pair such as `de>en`.
pub fn translate(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let fields = Fields::of(&text);
    let (from, to) = fields.tag.split_once('>').unwrap_or(("de", "en"));
    let lang = Some(from.to_owned());
    let selection = Selection { text: fields.source.to_owned(), lang: lang.clone(), ..Selection::default() };
    let span = |(mark, text): (u32, &str)| Span {
        text: text.to_owned(),
        mark: (mark % 3 > 0).then_some(mark % 5),
        verbatim: mark % 4 == 3,
    };
    let spans = (0..).zip(fields.source.split('\t')).map(span).collect();
    let page = PageBlocks { lang, blocks: vec![Block { spans }], ..PageBlocks::default() };
    for (profile, mut model) in fields.models() {
        let mut nobody = ();
        let run = Run::new(&mut model, profile, &mut nobody, &Uninterrupted);
        let _ = pollster::block_on(tasks::translate_selection(run, &selection, None, to));
        let run = Run::new(&mut model, profile, &mut nobody, &Uninterrupted);
        let _ = pollster::block_on(tasks::translate_blocks(run, &page, None, to));
    }
}
