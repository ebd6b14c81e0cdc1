//! Any page in any language, any answers.

use crate::answers::Fields;
use article::{Article, Block, BlockKind};
use decoder::Uninterrupted;
use tasks::{Run, SummaryOptions};

/// Summarises a text, a block a line, by every method.
pub fn summarize(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let fields = Fields::of(&text);
    let block = |line: &str| Block {
        kind: if line.starts_with('#') { BlockKind::Heading(2) } else { BlockKind::Paragraph },
        text: line.to_owned(),
    };
    let blocks = fields.source.lines().map(block).collect();
    let article = Article {
        title: fields.tag.to_owned(),
        lang: Some(fields.tag.to_owned()),
        blocks,
        ..Article::default()
    };
    for (profile, mut model) in fields.models() {
        let mut nobody = ();
        let run = Run::new(&mut model, profile, &mut nobody, &Uninterrupted);
        let _ = pollster::block_on(tasks::summarize(run, &article, SummaryOptions::default()));
    }
}
