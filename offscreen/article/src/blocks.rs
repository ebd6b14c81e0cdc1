//! Walking a DOM into blocks.

use crate::article::BlockKind;
use crate::elements::{is_block, kind_of};
use crate::table::is_data_table;
use crate::text::{drop_markers, fold};
use dom_query::{NodeData, NodeRef};

/// A block, with what its markup says about it.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) kind: BlockKind,
    pub(crate) text: String,
    /// Bytes of its text that stand in links.
    pub(crate) linked: usize,
    /// It is the caption of a figure or table.
    pub(crate) caption: bool,
}

/// The blocks of everything below `root` for which `skip` is false. Iterative: no tree is too deep.
pub(crate) fn blocks(root: &NodeRef<'_>, skip: &dyn Fn(&NodeRef<'_>) -> bool) -> Vec<Found> {
    let mut walk = Walk::default();
    let mut stack = vec![Visit::Enter(*root)];
    while let Some(visit) = stack.pop() {
        match visit {
            Visit::Enter(node) if node.is_text() => walk.text(&node),
            Visit::Enter(node) if !node.is_comment() && !skip(&node) => {
                let role = walk.enter(&node);
                stack.push(Visit::Leave(role));
                stack.extend(node.children_it(true).map(Visit::Enter));
            }
            Visit::Enter(_) => {}
            Visit::Leave(role) => walk.leave(role),
        }
    }
    walk.flush();
    walk.found
}

enum Visit<'a> {
    Enter(NodeRef<'a>),
    Leave(Role),
}

/// What an element is to the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Inline,
    /// A block that says nothing about its text.
    Container,
    /// A block that says what its text is.
    Kind(BlockKind),
    Caption,
    /// A cell of a row that is one block.
    Cell,
    /// A block inside such a row: told apart by a space.
    InRow,
    Link,
    Quotation,
    /// A table that tabulates data; any other only arranges the page.
    DataTable,
}

#[derive(Default)]
struct Walk {
    found: Vec<Found>,
    /// Text of the block under way.
    text: String,
    linked: usize,
    links: usize,
    captions: usize,
    data_tables: usize,
    /// Cells of the row under way.
    cells: usize,
    /// The kinds of the open elements that say what their text is, innermost last.
    kinds: Vec<BlockKind>,
}

impl Walk {
    fn text(&mut self, node: &NodeRef<'_>) {
        let before = self.text.len();
        node.query(|node| {
            if let NodeData::Text { contents } = &node.data {
                self.text.push_str(contents);
            }
        });
        if self.links > 0 {
            self.linked += self.text.len() - before;
        }
    }

    fn enter(&mut self, node: &NodeRef<'_>) -> Role {
        let role = self.role(node);
        match role {
            Role::Inline => {}
            Role::Container => self.flush(),
            Role::Kind(kind) => {
                self.flush();
                self.cells = 0;
                self.kinds.push(kind);
            }
            Role::Caption => {
                self.flush();
                self.captions += 1;
            }
            Role::Cell => {
                // The row is one block: its cells are told apart inside it.
                self.text.push_str(if self.cells > 0 { " | " } else { " " });
                self.cells += 1;
            }
            Role::InRow => self.text.push(' '),
            Role::Link => self.links += 1,
            Role::Quotation => self.text.push('“'),
            Role::DataTable => {
                self.flush();
                self.data_tables += 1;
            }
        }
        role
    }

    fn leave(&mut self, role: Role) {
        match role {
            Role::Inline => {}
            Role::Container => self.flush(),
            Role::Kind(_) => {
                self.flush();
                self.kinds.pop();
            }
            Role::Caption => {
                self.flush();
                self.captions -= 1;
            }
            Role::Cell | Role::InRow => self.text.push(' '),
            Role::Link => self.links -= 1,
            Role::Quotation => self.text.push('”'),
            Role::DataTable => {
                self.flush();
                self.data_tables -= 1;
            }
        }
    }

    fn role(&mut self, node: &NodeRef<'_>) -> Role {
        let Some(name) = node.qual_name_ref().map(|name| name.local.clone()) else { return Role::Container };
        let in_row = self.kind() == BlockKind::TableRow;
        let in_code = self.kind() == BlockKind::Code;
        match &*name {
            "br" => {
                self.text.push('\n');
                Role::Inline
            }
            "a" => Role::Link,
            "q" => Role::Quotation,
            _ if in_code => {
                if is_block(&name) {
                    self.end_line()
                } else {
                    Role::Inline
                }
            }
            "td" | "th" if in_row => Role::Cell,
            "tr" if self.data_tables > 0 && !in_row => Role::Kind(BlockKind::TableRow),
            "table" if !in_row && is_data_table(node) => Role::DataTable,
            "figcaption" | "caption" if !in_row => Role::Caption,
            "td" | "th" => Role::Container,
            _ if in_row => {
                if is_block(&name) {
                    Role::InRow
                } else {
                    Role::Inline
                }
            }
            _ => match kind_of(&name) {
                Some(kind) => Role::Kind(kind),
                None if is_block(&name) => Role::Container,
                None => Role::Inline,
            },
        }
    }

    /// Code is verbatim, but a listing may be made of one block for each line.
    fn end_line(&mut self) -> Role {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
        Role::Inline
    }

    /// A paragraph inside a list item or a quote is still one; a heading or code stays what it is.
    fn kind(&self) -> BlockKind {
        self.kinds.last().copied().unwrap_or(BlockKind::Paragraph)
    }

    fn flush(&mut self) {
        let kind = self.kind();
        let text = std::mem::take(&mut self.text);
        let linked = std::mem::take(&mut self.linked);
        let text = match kind {
            BlockKind::Code => text.trim_matches('\n').trim_end().to_owned(),
            _ => fold(&drop_markers(&text)),
        };
        // Rules, bullets and arrows are not text.
        if text.chars().any(char::is_alphanumeric) {
            self.found.push(Found { kind, text, linked, caption: self.captions > 0 });
        }
    }
}
