//! Walking a DOM into blocks.

use crate::article::BlockKind;
use crate::elements::{is_block, kind_of};
use crate::error::Error;
use crate::lines::{BREAK, one_line, paragraphs};
use crate::notes::drop_markers;
use crate::pace::Pace;
use crate::table::is_data_table;
use crate::text::text_in;
use dom_query::NodeRef;
use html5ever::local_name;
use std::ops::ControlFlow;

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

/// Bytes of text that are taken in between two pauses.
const PIECE: usize = 4 << 10;

/// Bytes of a block at most, roughly: what is longer is cut, so that no block takes long.
const LONGEST: usize = 64 << 10;

/// The blocks of everything below `root` for which `skip` is false. Iterative: no tree is too deep.
pub(crate) async fn blocks(
    root: &NodeRef<'_>,
    skip: &dyn Fn(&NodeRef<'_>) -> bool,
    pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
) -> Result<Vec<Found>, Error> {
    let mut walk = Walk::default();
    let mut stack = vec![Visit::Enter(*root)];
    while let Some(visit) = stack.pop() {
        pace.work(1).await?;
        match visit {
            Visit::Enter(node) if node.is_text() => {
                let text = text_in(&node).unwrap_or_default();
                let mut rest = &*text;
                while !rest.is_empty() {
                    let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
                    walk.text(piece);
                    pace.work(piece.len()).await?;
                    rest = after;
                }
            }
            Visit::Enter(node) if !node.is_comment() && !skip(&node) => {
                let role = walk.enter(&node, pace).await?;
                stack.push(Visit::Leave(role));
                stack.extend(node.children_it(true).map(Visit::Enter));
            }
            Visit::Enter(_) => {}
            Visit::Leave(role) => walk.leave(role),
        }
    }
    walk.flush();
    Ok(walk.found)
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
    fn text(&mut self, text: &str) {
        self.text.push_str(text);
        if self.links > 0 {
            self.linked += text.len();
        }
        if self.text.len() > LONGEST {
            self.flush();
        }
    }

    async fn enter(
        &mut self,
        node: &NodeRef<'_>,
        pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
    ) -> Result<Role, Error> {
        let role = self.role(node, pace).await?;
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
        Ok(role)
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

    async fn role(
        &mut self,
        node: &NodeRef<'_>,
        pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
    ) -> Result<Role, Error> {
        let name = node.qual_name_ref().map(|name| name.local.clone());
        let Some(name) = name else { return Ok(Role::Container) };
        let in_row = self.kind() == BlockKind::TableRow;
        let in_code = self.kind() == BlockKind::Code;
        Ok(match name {
            local_name!("br") => {
                self.text.push(if in_code { '\n' } else { BREAK });
                Role::Inline
            }
            local_name!("a") => Role::Link,
            local_name!("q") => Role::Quotation,
            _ if in_code => {
                if is_block(&name) {
                    self.end_line()
                } else {
                    Role::Inline
                }
            }
            local_name!("td") | local_name!("th") if in_row => Role::Cell,
            local_name!("tr") if self.data_tables > 0 && !in_row => Role::Kind(BlockKind::TableRow),
            local_name!("table") if !in_row && is_data_table(node, pace).await? => Role::DataTable,
            local_name!("figcaption") | local_name!("caption") if !in_row => Role::Caption,
            local_name!("td") | local_name!("th") => Role::Container,
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
        })
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
        // Rules, bullets and arrows are not text.
        let is_text = |text: &str| text.chars().any(char::is_alphanumeric);
        if is_text(&self.text) {
            let kind = self.kind();
            let texts = match kind {
                BlockKind::Code => vec![self.text.trim_matches('\n').trim_end().to_owned()],
                BlockKind::Heading(_) | BlockKind::TableRow => vec![one_line(&drop_markers(&self.text))],
                _ => paragraphs(&drop_markers(&self.text)),
            };
            let linked = self.linked / texts.len().max(1);
            for text in texts.into_iter().filter(|text| is_text(text)) {
                self.found.push(Found { kind, text, linked, caption: self.captions > 0 });
            }
        }
        self.text.clear();
        self.linked = 0;
    }
}
