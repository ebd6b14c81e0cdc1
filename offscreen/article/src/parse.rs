//! Hostile HTML to a DOM of bounded size.

use crate::error::Error;
use crate::nesting::{Nesting, Verdict};
use crate::pace::Pace;
use dom_query::{Document, NodeId};
use html5ever::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, EndTag, StartTag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
    TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{LocalName, local_name};
use std::cell::{Cell, RefCell};
use std::ops::ControlFlow;

/// Bytes of HTML that are read at most: four times what a capture may hold.
const MAX_BYTES: usize = 16 << 20;

/// Elements that are read at most: more than the longest pages of the web have, and little enough
/// for their tree to fit into a worker's memory.
const MAX_ELEMENTS: usize = 400_000;

/// Attributes of a tag at most, roughly: what ends one is counted in tags, and in comments, that are
/// longer than [`PIECE`]. The parser compares each attribute of a tag with all before it.
const MOST_PARTS: usize = 8_000;

/// Bytes that are parsed between two pauses.
const PIECE: usize = 4 << 10;

/// Parses a page as a browser does.
///
/// Start tags that nest too deeply lose their tag, not their text, so that nothing that walks the
/// tree takes long or overflows its stack; see [`Nesting`].
///
/// # Errors
/// [`Error::TooLarge`] for pages that no reader would scroll through, and for those with a tag of
/// [`MOST_PARTS`].
pub(crate) async fn parse(
    html: &str,
    pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
) -> Result<Document, Error> {
    if html.len() > MAX_BYTES {
        return Err(Error::TooLarge);
    }
    let options = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let guard = Guard {
        builder: TreeBuilder::new(Document::default(), options),
        nesting: RefCell::new(Nesting::default()),
        elements: Cell::new(0),
        tokens: Cell::new(0),
        gap: Cell::new(false),
    };
    let tokenizer = Tokenizer::new(guard, TokenizerOpts::default());
    let input = BufferQueue::default();
    let (mut rest, mut parts) = (html, 0);
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.floor_char_boundary(PIECE));
        let before = tokenizer.sink.tokens.get();
        input.push_back(StrTendril::from_slice(piece));
        // Scripts are not run, and the encoding is known: what the parser stops for is passed over.
        while !matches!(tokenizer.feed(&input), TokenizerResult::Done) {}
        rest = after;
        let endless = tokenizer.sink.tokens.get() == before;
        let ends = |byte: &u8| byte.is_ascii_whitespace() || *byte == b'/';
        parts = if endless { parts + piece.bytes().filter(|byte| ends(byte)).count() } else { 0 };
        if parts > MOST_PARTS || tokenizer.sink.elements.get() > MAX_ELEMENTS {
            return Err(Error::TooLarge);
        }
        pace.work(piece.len()).await?;
    }
    tokenizer.end();
    Ok(tokenizer.sink.builder.sink.finish())
}

/// Stands between the tokeniser and the tree builder.
struct Guard {
    builder: TreeBuilder<NodeId, Document>,
    nesting: RefCell<Nesting>,
    elements: Cell<usize>,
    /// All tokens so far but errors.
    tokens: Cell<usize>,
    /// Whether the last token was a dropped tag.
    gap: Cell<bool>,
}

impl TokenSink for Guard {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        if matches!(token, Token::ParseError(_)) {
            return TokenSinkResult::Continue;
        }
        self.tokens.set(self.tokens.get() + 1);
        if self.elements.get() > MAX_ELEMENTS && token != Token::EOFToken {
            return TokenSinkResult::Continue;
        }
        let token = match token {
            TagToken(mut tag) => {
                tag.name = plain(tag.name);
                let verdict = match tag.kind {
                    StartTag => {
                        self.elements.set(self.elements.get() + 1);
                        self.nesting.borrow_mut().open(&tag.name, tag.self_closing)
                    }
                    EndTag => self.nesting.borrow_mut().close(&tag.name),
                };
                match verdict {
                    Verdict::Keep => TagToken(tag),
                    Verdict::Drop if self.gap.replace(true) => return TokenSinkResult::Continue,
                    // What the tag stood between must not run together.
                    Verdict::Drop => return self.builder.process_token(CharacterTokens(" ".into()), line),
                }
            }
            token => token,
        };
        self.gap.set(false);
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// Formatting elements become `span`: they say nothing about the text, and the parser reopens those
/// that were left open in every block that follows, which a hostile page can turn into a tree far
/// larger than itself.
fn plain(name: LocalName) -> LocalName {
    match name {
        local_name!("b")
        | local_name!("big")
        | local_name!("code")
        | local_name!("em")
        | local_name!("font")
        | local_name!("i")
        | local_name!("nobr")
        | local_name!("small")
        | local_name!("strong")
        | local_name!("tt")
        | local_name!("u") => local_name!("span"),
        // Struck out: no longer said.
        local_name!("s") | local_name!("strike") => local_name!("del"),
        name => name,
    }
}
