//! Any question about any page, any answers.

use crate::answers::Fields;
use article::{Article, Block, BlockKind};
use decoder::Uninterrupted;
use tasks::{NO_ANSWER, Run};

/// Asks the first line of a text about the others, a block a line: what answers stands there.
pub fn ask(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let fields = Fields::of(&text);
    let (question, page) = fields.source.split_once('\n').unwrap_or((fields.source, fields.source));
    let block = |line: &str| Block {
        kind: match line.as_bytes().first() {
            Some(b'#') => BlockKind::Heading(2),
            Some(b'|') => BlockKind::TableRow,
            _ => BlockKind::Paragraph,
        },
        text: line.to_owned(),
    };
    let blocks: Vec<Block> = page.lines().map(block).collect();
    let article =
        Article { title: fields.tag.to_owned(), lang: Some("en".to_owned()), blocks, ..Article::default() };
    for (profile, mut model) in fields.models() {
        let mut nobody = ();
        let run = Run::new(&mut model, profile, &mut nobody, &Uninterrupted);
        let Ok(answer) = pollster::block_on(tasks::ask(run, &article, question)) else { continue };
        let is_short = article.blocks.iter().any(|block| answer.len() <= block.text.len());
        assert!(answer == NO_ANSWER || is_short, "{answer:?} is longer than any block");
    }
}
