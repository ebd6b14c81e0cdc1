//! Any page in any language, any answers.

use crate::answers::fields;
use article::{Article, Block, BlockKind};
use decoder::Uninterrupted;
use tasks::{Run, SummaryOptions};

/// Summarises a text, a block a line, by every method.
pub fn summarize(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let kinds = &catalog::unmeasured();
    for profile in [&catalog::measured(catalog::SMOLLM2).profile, &kinds.chat, &kinds.base] {
        let (tag, source, mut model) = fields(&text);
        let block = |line: &str| Block {
            kind: if line.starts_with('#') { BlockKind::Heading(2) } else { BlockKind::Paragraph },
            text: line.to_owned(),
        };
        let blocks = source.lines().map(block).collect();
        let article = Article { title: tag.to_owned(), lang: Some(tag.to_owned()), blocks };
        let mut nobody = ();
        let run = Run::new(&mut model, profile, &mut nobody, &Uninterrupted);
        let _ = pollster::block_on(tasks::summarize(run, &article, SummaryOptions::default()));
    }
}
