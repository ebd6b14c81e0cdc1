//! Walking a DOM into blocks.

use crate::text::{drop_markers, fold};
use crate::{Block, BlockKind};
use dom_query::{NodeId, NodeRef};

/// The blocks of everything below `root` for which `skip` is false. Iterative: no tree is too deep.
pub(crate) fn blocks(root: &NodeRef<'_>, skip: &dyn Fn(&NodeRef<'_>) -> bool) -> Vec<Block> {
    let mut walk =
        Walk { blocks: Vec::new(), text: String::new(), kinds: vec![(root.id, BlockKind::Paragraph)] };
    let mut stack = vec![Visit::Enter(*root)];
    while let Some(visit) = stack.pop() {
        match visit {
            Visit::Enter(node) if node.is_text() => walk.text.push_str(&node.text()),
            Visit::Enter(node) if may_hold_text(&node) && !skip(&node) => {
                walk.enter(&node);
                stack.push(Visit::Leave(node));
                stack.extend(node.children_it(true).map(Visit::Enter));
            }
            Visit::Enter(_) => {}
            Visit::Leave(node) => walk.leave(&node),
        }
    }
    walk.flush();
    walk.blocks
}

enum Visit<'a> {
    Enter(NodeRef<'a>),
    Leave(NodeRef<'a>),
}

struct Walk {
    blocks: Vec<Block>,
    /// Text of the block under way.
    text: String,
    /// The kinds of the open elements that say what their text is, innermost last.
    kinds: Vec<(NodeId, BlockKind)>,
}

impl Walk {
    fn enter(&mut self, node: &NodeRef<'_>) {
        let Some(name) = node.node_name() else { return };
        if &*name == "br" {
            self.text.push('\n');
        } else if is_cell(&name) {
            // The row is one block: its cells are told apart inside it.
            if !self.text.trim().is_empty() {
                self.text.push_str(" | ");
            }
        } else if is_block(&name) && !(self.in_row() && &*name != "tr") {
            self.flush();
        }
        if let Some(kind) = kind_of(&name) {
            self.kinds.push((node.id, kind));
        }
    }

    fn leave(&mut self, node: &NodeRef<'_>) {
        let Some(name) = node.node_name() else { return };
        if is_block(&name) && !(self.in_row() && &*name != "tr") {
            self.flush();
        } else if self.in_row() && !is_cell(&name) && is_block(&name) {
            self.text.push(' ');
        }
        if self.kinds.last().is_some_and(|(id, _)| *id == node.id) {
            self.kinds.pop();
        }
    }

    fn in_row(&self) -> bool {
        self.kind() == BlockKind::TableRow
    }

    /// A paragraph inside a list item or a quote is still one; a heading or code stays what it is.
    fn kind(&self) -> BlockKind {
        self.kinds.last().map_or(BlockKind::Paragraph, |(_, kind)| *kind)
    }

    fn flush(&mut self) {
        let kind = self.kind();
        let text = std::mem::take(&mut self.text);
        let text = match kind {
            BlockKind::Code => text.trim_matches('\n').trim_end().to_owned(),
            _ => fold(&drop_markers(&text)),
        };
        // Rules, bullets and arrows are not text.
        if text.chars().any(char::is_alphanumeric) {
            self.blocks.push(Block { kind, text });
        }
    }
}

fn may_hold_text(node: &NodeRef<'_>) -> bool {
    let Some(name) = node.node_name() else { return node.is_document() || node.is_fragment() };
    !matches!(
        &*name,
        "script"
            | "style"
            | "noscript"
            | "template"
            | "svg"
            | "math"
            | "canvas"
            | "iframe"
            | "object"
            | "video"
            | "audio"
            | "select"
            | "textarea"
            | "input"
            | "button"
            | "head"
    )
}

fn kind_of(name: &str) -> Option<BlockKind> {
    Some(match name {
        "h1" => BlockKind::Heading(1),
        "h2" => BlockKind::Heading(2),
        "h3" => BlockKind::Heading(3),
        "h4" => BlockKind::Heading(4),
        "h5" => BlockKind::Heading(5),
        "h6" => BlockKind::Heading(6),
        "li" | "dt" | "dd" => BlockKind::ListItem,
        "blockquote" => BlockKind::Quote,
        "pre" => BlockKind::Code,
        "tr" => BlockKind::TableRow,
        _ => return None,
    })
}

fn is_cell(name: &str) -> bool {
    matches!(name, "td" | "th")
}

fn is_block(name: &str) -> bool {
    kind_of(name).is_some()
        || matches!(
            name,
            "address"
                | "article"
                | "aside"
                | "body"
                | "caption"
                | "center"
                | "details"
                | "dialog"
                | "div"
                | "dl"
                | "fieldset"
                | "figcaption"
                | "figure"
                | "footer"
                | "form"
                | "header"
                | "hgroup"
                | "hr"
                | "html"
                | "legend"
                | "main"
                | "menu"
                | "nav"
                | "ol"
                | "p"
                | "search"
                | "section"
                | "summary"
                | "table"
                | "tbody"
                | "tfoot"
                | "thead"
                | "ul"
        )
}
