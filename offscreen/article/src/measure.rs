//! How much of what is in each block of a page: text, links, sentences, cards. Counted once, from the innermost out, so
//! that any block can be asked at no cost.

use crate::article::BlockKind;
use crate::elements::{is_block, kind_of};
use crate::error::Error;
use crate::evidence::Evidence;
use crate::nodes::NodeMap;
use crate::pace::Pace;
use crate::text::text_in;
use crate::topics::Topics;
use dom_query::{NodeId, NodeRef};
use html5ever::local_name;
use std::ops::ControlFlow;

/// Bytes of a line from which on it is running text.
const SENTENCE: usize = 50;

/// Bytes of a text that tell what it is about.
const TOLD: usize = 240;

/// Bytes at a block's beginning that say what it is about.
const BEGINNING: usize = 80;

/// Bytes of a label at most: some are titles.
const LABEL: usize = 200;

/// Bytes of a card at most, and of the link in it at least.
const CARD: usize = 700;
const CARD_LINK: usize = 12;

/// What is in a block.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Measure {
    /// Bytes of text, of them in links, of them in lines that are sentences.
    pub(crate) text: usize,
    pub(crate) linked: usize,
    pub(crate) prose: usize,
    /// Bytes of text that the page's structured data call its article.
    pub(crate) declared: usize,
    /// Lines that are sentences.
    pub(crate) lines: usize,
    /// Children that announce another page, and their text.
    pub(crate) cards: usize,
    pub(crate) card_text: usize,
    /// Children that somebody can answer.
    pub(crate) answered: usize,
    /// What all of it is about, its controls, and its beginning.
    pub(crate) topics: Topics,
    pub(crate) controls: Topics,
    pub(crate) beginning: Topics,
    /// Points in time.
    pub(crate) times: usize,
    /// It holds a heading, a heading that is a link.
    pub(crate) headed: bool,
    headline: bool,
    /// Its first line is one, and is a link.
    begun: bool,
    link_line: bool,
    /// The line under way.
    open: usize,
    open_linked: usize,
    open_stop: bool,
}

/// Measures that lie together. They never move: no page is so long that to move all of them takes a moment.
const TOGETHER: usize = 1 << 10;

/// The measures of all blocks of a page.
#[derive(Default)]
pub(crate) struct Measures<'a> {
    /// Where each block's measure lies in `kept`, counted through.
    places: NodeMap<u32>,
    kept: Vec<Vec<Measure>>,
    nothing: Measure,
    /// Its headings, in order.
    pub(crate) headings: Vec<NodeRef<'a>>,
    /// Its short lines that are blocks of their own.
    pub(crate) labels: Vec<NodeRef<'a>>,
    /// What it calls articles.
    pub(crate) articles: Vec<NodeRef<'a>>,
    pub(crate) page: Measure,
}

impl Measures<'_> {
    /// Of a block; what is no block measures nothing.
    pub(crate) fn of(&self, node: &NodeRef<'_>) -> &Measure {
        let measure = self.places.get(&node.id).and_then(|place| {
            let place = *place as usize;
            self.kept.get(place / TOGETHER)?.get(place % TOGETHER)
        });
        measure.unwrap_or(&self.nothing)
    }

    fn keep(&mut self, node: NodeId, measure: Measure) {
        let Ok(place) = u32::try_from(self.places.len()) else { return };
        self.places.insert(node, place);
        match self.kept.last_mut().filter(|last| last.len() < TOGETHER) {
            Some(last) => last.push(measure),
            None => {
                let mut next = Vec::with_capacity(TOGETHER);
                next.push(measure);
                self.kept.push(next);
            }
        }
    }
}

enum Visit<'a> {
    Enter(NodeRef<'a>),
    Leave(NodeRef<'a>, Kind),
}

/// Measures what is below `root`, and how much of it is declared to be the article.
pub(crate) async fn measure<'a>(
    root: &NodeRef<'a>,
    evidence: Option<&Evidence>,
    pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
) -> Result<Measures<'a>, Error> {
    let mut measures = Measures::default();
    let mut open = vec![Measure::default()];
    let (mut links, mut controls, mut headings) = (0_usize, 0_usize, 0_usize);
    let mut stack = vec![Visit::Enter(*root)];
    while let Some(visit) = stack.pop() {
        pace.work(1).await?;
        match visit {
            Visit::Enter(node) => {
                if let (Some(text), Some(top)) = (text_in(&node), open.last_mut()) {
                    pace.work(text.len()).await?;
                    if evidence.is_some_and(|evidence| evidence.has(&text)) {
                        top.declared += text.trim().len();
                    }
                    top.read(&text, links > 0, controls > 0, headings > 0);
                    continue;
                }
                let Some(kind) = Kind::of(&node) else { continue };
                if kind.block
                    && let Some(top) = open.last_mut()
                {
                    top.end_line();
                }
                links += usize::from(kind.link);
                controls += usize::from(kind.control);
                if kind.heading {
                    headings += 1;
                    measures.headings.push(node);
                }
                open.push(Measure {
                    headed: kind.heading,
                    times: usize::from(kind.time),
                    ..Measure::default()
                });
                stack.push(Visit::Leave(node, kind));
                stack.extend(node.children_it(true).map(Visit::Enter));
            }
            Visit::Leave(node, kind) => {
                let Some(mut inner) = open.pop() else { continue };
                links -= usize::from(kind.link);
                controls -= usize::from(kind.control);
                headings -= usize::from(kind.heading);
                if kind.block {
                    inner.end_line();
                    measures.keep(node.id, inner);
                    if kind.article && inner.lines > 0 {
                        measures.articles.push(node);
                    }
                    if (1..=LABEL).contains(&inner.text) && inner.lines == 0 && inner.linked == 0 {
                        measures.labels.push(node);
                    }
                }
                if let Some(outer) = open.last_mut() {
                    outer.take(&inner, kind);
                }
            }
        }
    }
    measures.page = open.pop().unwrap_or_default();
    Ok(measures)
}

/// What an element is to the count.
#[derive(Clone, Copy, Debug, Default)]
struct Kind {
    block: bool,
    article: bool,
    link: bool,
    control: bool,
    heading: bool,
    time: bool,
}

impl Kind {
    /// None for what holds no text.
    fn of(node: &NodeRef<'_>) -> Option<Self> {
        let name = node.qual_name_ref().map(|name| name.local.clone());
        let Some(name) = name else {
            return node.is_document().then(|| Self { block: true, ..Self::default() });
        };
        if matches!(
            name,
            local_name!("script")
                | local_name!("style")
                | local_name!("template")
                | local_name!("noscript")
                | local_name!("head")
                | local_name!("svg")
                | local_name!("select")
                | local_name!("textarea")
        ) {
            return None;
        }
        let link = name == local_name!("a");
        let kind = kind_of(&name);
        Some(Self {
            block: kind.is_some() || is_block(&name),
            article: name == local_name!("article"),
            link,
            control: link || matches!(name, local_name!("button") | local_name!("label")),
            heading: matches!(kind, Some(BlockKind::Heading(_))),
            time: name == local_name!("time"),
        })
    }
}

impl Measure {
    /// Whether a block is sentences rather than links, labels or a list.
    pub(crate) fn is_running_text(&self, node: &NodeRef<'_>) -> bool {
        let is_list = || ["ol", "ul", "dl", "table"].iter().any(|name| node.has_name(name));
        self.prose * 2 > self.text && self.linked * 4 < self.text && !is_list()
    }

    fn read(&mut self, text: &str, linked: bool, control: bool, heading: bool) {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return;
        }
        let topics = Topics::of(&trimmed[..trimmed.floor_char_boundary(TOLD)]);
        if self.text < BEGINNING {
            self.beginning.add(topics);
        }
        self.topics.add(topics);
        if control {
            self.controls.add(topics);
        }
        self.headline |= linked && heading;
        self.text += trimmed.len();
        self.open += trimmed.len();
        if linked {
            self.linked += trimmed.len();
            self.open_linked += trimmed.len();
        }
        self.open_stop |= has_stop(trimmed);
    }

    fn end_line(&mut self) {
        if self.open >= SENTENCE && self.open_stop && self.open_linked * 2 <= self.open {
            self.prose += self.open;
            self.lines += 1;
        }
        if self.open > 0 && !self.begun {
            (self.begun, self.link_line) = (true, self.open_linked == self.open);
        }
        (self.open, self.open_linked, self.open_stop) = (0, 0, false);
    }

    fn take(&mut self, inner: &Self, kind: Kind) {
        if self.text == 0 {
            (self.begun, self.link_line) = (inner.begun, inner.link_line);
        }
        if self.text < BEGINNING {
            self.beginning.add(inner.beginning);
        }
        self.topics.add(inner.topics);
        self.controls.add(inner.controls);
        self.text += inner.text;
        self.linked += inner.linked;
        self.prose += inner.prose;
        self.declared += inner.declared;
        self.lines += inner.lines;
        self.times += inner.times;
        if kind.block && inner.lines > 0 && inner.controls.has(Topics::REPLY) {
            self.answered += 1;
        }
        self.headed |= inner.headed;
        self.headline |= inner.headline;
        self.open += inner.open;
        self.open_linked += inner.open_linked;
        self.open_stop |= inner.open_stop;
        if (kind.block || kind.link) && inner.is_card() {
            self.cards += 1;
            self.card_text += inner.text;
        } else if !kind.block {
            self.cards += inner.cards;
            self.card_text += inner.card_text;
        }
    }

    /// Whether it announces another page: a link that is its title, and little else.
    fn is_card(&self) -> bool {
        let titled = self.headline || self.link_line && self.linked < self.text;
        titled && self.text <= CARD && self.linked >= CARD_LINK && self.lines <= 2
    }
}

/// Whether something ends in a text that could be a sentence.
fn has_stop(text: &str) -> bool {
    text.bytes().rev().any(|byte| matches!(byte, b'.' | b'!' | b'?'))
        || !text.is_ascii() && text.contains(['。', '！', '？', '।', '۔', '…'])
}
