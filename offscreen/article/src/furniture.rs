//! Taking out what stands around an article on its page: other articles and what announces them, readers' comments, boxes that
//! ask for consent or sell subscriptions.
//!
//! Each is known by what is in it and where it stands. Names are evidence beside that, never alone, and nothing that holds the
//! article's own heading goes.

mod operated;

use self::operated::operated;
use crate::article::BlockKind;
use crate::elements::kind_of;
use crate::error::Error;
use crate::measure::{Measure, Measures};
use crate::nodes::{NodeMap, NodeSet};
use crate::pace::Pace;
use crate::page_text::in_article;
use crate::section::Section;
use crate::text::{short_text, text_in};
use crate::topics::Topics;
use dom_query::NodeRef;
use std::ops::ControlFlow;

/// Bytes of sentences that are an article beside a list of other ones.
const ARTICLE: usize = 100;

/// Bytes of a box at most that asks for consent: some list every partner.
const CONSENT: usize = 20_000;

/// Sentences of such a box at most that go whatever else is on the page.
const MESSAGE: usize = 2;

/// Bytes of a box at most that offers a subscription.
const OFFER: usize = 1_500;

/// Bytes of a box at most that is called a button and asks for something else, to share a text for example.
const CALL: usize = 300;

/// Boxes at an article's side hold less than this part of its sentences.
const ASIDE: usize = 4;

/// Elements between an article and an entry of it at most.
const ENTRY: usize = 8;

/// Bytes of a section's heading at most.
const HEADING: usize = 80;

/// Bytes of a label at most that stands where a heading should.
const LABEL: usize = 32;

/// Nodes behind a heading that are looked at.
const SIBLINGS: usize = 400;

/// Parts of names of readers' comments.
const COMMENT_NAMES: [&str; 6] = ["comment", "disqus", "kommentar", "respond", "replies", "reactions"];

/// Parts of names of boxes that sell something.
const OFFER_NAMES: [&str; 11] = [
    "newsletter",
    "paywall",
    "regwall",
    "subscri",
    "signup",
    "sign-up",
    "offer",
    "promo",
    "piano",
    "barrier",
    "abo-",
];

/// Words of names of boxes that are paid for.
const ADVERT_NAMES: [&str; 9] =
    ["ad", "ads", "adsbygoogle", "advert", "advertisement", "anzeige", "publicidad", "sponsored", "werbung"];

/// Removes the furniture of a page whose article begins here, and the names of what holds the article or is part of it:
/// they would be taken for evidence later. Returns whether it is known what holds the article.
pub(crate) async fn without_furniture(
    root: &NodeRef<'_>,
    heading: Option<&NodeRef<'_>>,
    is_front: bool,
    url: &str,
    measures: &Measures<'_>,
    pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
) -> Result<bool, Error> {
    let above: Vec<_> = heading.iter().flat_map(|heading| heading.ancestors_it(None)).collect();
    let way: Vec<_> = heading.copied().into_iter().chain(above).collect();
    let own_article = way.iter().any(|node| node.has_name("article") && measures.of(node).lines > 0);
    let ids = way.iter().map(|node| node.id).collect();
    let has_heading = heading.is_some();
    let announced = heading.and_then(|heading| number(&short_text(heading, HEADING)?));
    let page = Page { measures, has_heading, own_article, is_front, site: site(url), announced, way: ids };
    let doomed = page.furniture(root, pace).await?;
    let core = page.core(&way, &doomed, pace).await?;
    for node in doomed {
        pace.work(1).await?;
        node.remove_from_parent();
    }
    let Some(core) = core.filter(|_| !is_front) else { return Ok(false) };
    page.clear_around(&way[core..], pace).await?;
    page.unname(&way[core], pace).await?;
    Ok(true)
}

struct Page<'a> {
    measures: &'a Measures<'a>,
    has_heading: bool,
    /// The article's heading stands in an `article`, with text.
    own_article: bool,
    /// The page is the front of a site.
    is_front: bool,
    /// The page's own.
    site: &'a str,
    /// How many things the article's heading announces: `5 lamps for the quay`.
    announced: Option<usize>,
    /// The article's heading and what it stands in.
    way: NodeSet,
}

impl Page<'_> {
    async fn furniture<'n>(
        &self,
        root: &NodeRef<'n>,
        pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
    ) -> Result<Vec<NodeRef<'n>>, Error> {
        let (mut doomed, mut gone) = (Vec::new(), NodeSet::default());
        let mut stack = vec![*root];
        while let Some(node) = stack.pop() {
            pace.work(1).await?;
            if gone.contains(&node.id) {
                continue;
            }
            if self.is_furniture(&node) {
                doomed.push(node);
                continue;
            }
            if let Some(section) = self.section(&node)
                && (section != Section::Comments || self.behind(&node).any(|next| self.is_written(&next)))
            {
                for next in self.behind(&node) {
                    pace.work(1).await?;
                    if self.belongs(&next, section) && gone.insert(next.id) {
                        doomed.push(next);
                    }
                }
            }
            if !is_any(&node, &["p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "table"]) {
                stack.extend(node.children_it(true).filter(NodeRef::is_element));
            }
        }
        Ok(doomed)
    }

    /// Where on the way up from the heading most of the page's sentences are inside.
    async fn core(
        &self,
        way: &[NodeRef<'_>],
        doomed: &[NodeRef<'_>],
        pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
    ) -> Result<Option<usize>, Error> {
        let mut lost = NodeMap::<usize>::default();
        for node in doomed {
            let mut outer = node.parent();
            while let Some(inner) = outer.filter(|outer| !self.way.contains(&outer.id)) {
                pace.work(1).await?;
                outer = inner.parent();
            }
            if let Some(outer) = outer {
                *lost.entry(outer.id).or_default() += self.measures.of(node).prose;
            }
        }
        let all: usize = lost.values().sum();
        let page = self.measures.page.prose.saturating_sub(all);
        let mut gone = 0;
        for (at, node) in way.iter().enumerate() {
            pace.work(1).await?;
            gone += lost.get(&node.id).copied().unwrap_or_default();
            let prose = self.measures.of(node).prose.saturating_sub(gone);
            if prose >= ARTICLE && prose * 2 > page {
                return Ok((node.is_element() && !is_any(node, &["body", "html"])).then_some(at));
            }
        }
        Ok(None)
    }

    /// Removes links, and labels in front, from around the core at the beginning of this way.
    async fn clear_around(
        &self,
        way: &[NodeRef<'_>],
        pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
    ) -> Result<(), Error> {
        for outer in way.iter().skip(1).filter(|outer| outer.is_element() && !outer.has_name("html")) {
            let mut is_before = true;
            let children: Vec<_> = outer.children_it(false).collect();
            for node in children {
                pace.work(1).await?;
                if self.way.contains(&node.id) {
                    is_before = false;
                    continue;
                }
                let inside = self.measures.of(&node);
                let links = inside.linked * 2 >= inside.text;
                if inside.text > 0 && inside.lines == 0 && (links || is_before) {
                    node.remove_from_parent();
                }
            }
        }
        Ok(())
    }

    /// Takes the names from the core and its running text.
    async fn unname(
        &self,
        core: &NodeRef<'_>,
        pace: &Pace<impl AsyncFn() -> ControlFlow<()>>,
    ) -> Result<(), Error> {
        let above: Vec<_> = core.ancestors_it(None).collect();
        let mut stack = vec![*core];
        while let Some(node) = stack.pop() {
            pace.work(1).await?;
            if node.id == core.id || self.is_part(&node) {
                if self.is_remark(&node) {
                    node.rename("div");
                }
                node.remove_attrs(&["id", "class"]);
            }
            stack.extend(node.children_it(true).filter(NodeRef::is_element));
        }
        for node in above {
            node.remove_attrs(&["id", "class"]);
        }
        Ok(())
    }

    fn is_furniture(&self, node: &NodeRef<'_>) -> bool {
        if self.way.contains(&node.id) {
            return false;
        }
        let inside = self.measures.of(node);
        if inside.text == 0 || inside.declared * 2 > inside.text {
            return false;
        }
        self.asks_for_consent(node, inside)
            || self.offers(node, inside)
            || self.frames(node, inside)
            || advertises(node, inside)
            || self.has_heading
                && self.leaves_an_article(inside)
                && (self.announces(node, inside)
                    || self.is_another(node, inside)
                    || is_comments(node, inside))
    }

    /// Whether a block within the article is part of its text, whatever it is called. A box at its side is a small one.
    fn is_part(&self, node: &NodeRef<'_>) -> bool {
        let inside = self.measures.of(node);
        let is_aside = || {
            node.attr("class")
                .is_some_and(|class| class.split_ascii_whitespace().any(|name| name == "sidebar"))
        };
        inside.is_running_text(node) && !(inside.prose * ASIDE < self.measures.page.prose && is_aside())
    }

    /// Whether what stands aside does so within a text, and doesn't quote it.
    fn is_remark(&self, node: &NodeRef<'_>) -> bool {
        let goes_on = |next: &NodeRef<'_>| {
            !is_any(next, &["aside", "footer", "nav"]) && self.measures.of(next).text > 0
        };
        node.has_name("aside")
            && node.prev_element_sibling().is_some()
            && node.next_element_sibling().is_some_and(|next| goes_on(&next))
            && !names(node).iter().any(|name| name.contains("quote"))
    }

    /// Whether what remains without it is an article.
    fn leaves_an_article(&self, inside: &Measure) -> bool {
        self.measures.page.prose - inside.prose >= ARTICLE
    }

    fn asks_for_consent(&self, node: &NodeRef<'_>, inside: &Measure) -> bool {
        let is_small = inside.prose * 2 < self.measures.page.prose;
        if inside.text > CONSENT
            || !inside.topics.is_consent(inside.controls)
            || !(is_small || self.has_heading)
            || is_any(node, &["body", "main", "article", "p"])
        {
            return false;
        }
        // An article about consent offers no choice.
        let controls = operated(node, inside);
        let is_message =
            controls.has(Topics::CHOICE) && (self.leaves_an_article(inside) || inside.lines <= MESSAGE);
        controls.has(Topics::OPERATED) && inside.topics.is_consent(controls) && (is_small || is_message)
    }

    fn offers(&self, node: &NodeRef<'_>, inside: &Measure) -> bool {
        if inside.text > OFFER || inside.prose >= self.measures.page.prose {
            return false;
        }
        // A paragraph that is all link is a button.
        let is_box = is_any(node, &["div", "section", "aside", "form"])
            || inside.text <= LABEL && inside.linked == inside.text && node.has_name("p");
        if !is_box {
            return false;
        }
        let is_named =
            |parts: &[&str]| names(node).iter().any(|name| parts.iter().any(|part| name.contains(part)));
        let is_operated = |topic| operated(node, inside).has(topic);
        // What a button is called for is what it asks.
        let calls = inside.lines == 1 && inside.linked > 0 && inside.text <= CALL && !inside.headed;
        if calls && is_named(&["button", "cta-"]) && is_operated(Topics::OPERATED) {
            return true;
        }
        let offers = inside.lines <= 1 || inside.beginning.has(Topics::SUBSCRIPTION);
        inside.controls.has(Topics::SUBSCRIPTION)
            && (inside.lines <= 4 && is_named(&OFFER_NAMES) || offers && is_operated(Topics::SUBSCRIPTION))
    }

    /// Links above or below all else.
    fn frames(&self, node: &NodeRef<'_>, inside: &Measure) -> bool {
        let is_small = inside.lines == 0 && inside.text * 2 < self.measures.page.text;
        is_small
            && inside.linked * 2 >= inside.text
            && is_any(node, &["header", "footer"])
            && !in_article(node)
    }

    /// A list of cards. On the front of a site the page is one where it outweighs all else.
    fn announces(&self, node: &NodeRef<'_>, inside: &Measure) -> bool {
        let is_page = self.is_front && inside.text * 2 > self.measures.page.text;
        inside.cards >= 3
            && inside.card_text * 10 >= inside.text * 6
            && !is_page
            && !(inside.lines >= inside.cards
                && (self.leads_elsewhere(node, inside.cards) || self.is_list_of_things(node, inside.cards)))
    }

    /// Whether its parts are what the page is about, though all links lead to one shop: they are numbered, they have prices,
    /// or the article's heading says how many there are.
    fn is_list_of_things(&self, node: &NodeRef<'_>, cards: usize) -> bool {
        let (mut numbered, mut priced) = (0, 0);
        for inner in node.descendants_it().take(SIBLINGS) {
            let is_heading = level(&inner).is_some();
            numbered +=
                usize::from(is_heading && short_text(&inner, HEADING).is_some_and(|text| is_numbered(&text)));
            priced += usize::from(text_in(&inner).is_some_and(|text| has_price(&text)));
        }
        self.announced == Some(cards) || numbered > 2 || priced >= cards
    }

    /// Whether so many links lead to other sites, or some to three: cards that say something of each are a text about them.
    fn leads_elsewhere(&self, node: &NodeRef<'_>, links: usize) -> bool {
        let (mut sites, mut away) = (Vec::new(), 0);
        for link in node.descendants_it().take(SIBLINGS) {
            let address = link.attr("href").unwrap_or_default();
            let site = site(&address);
            if !site.is_empty() && sites.iter().all(|known| known != site) {
                sites.push(site.to_owned());
            }
            away += usize::from(!site.is_empty() && !self.site.is_empty() && site != self.site);
            if sites.len() > 2 || away >= links {
                return true;
            }
        }
        false
    }

    /// Another article than the one whose heading is known, which may hold the entries of a report as articles.
    fn is_another(&self, node: &NodeRef<'_>, inside: &Measure) -> bool {
        let is_own = |outer: NodeRef<'_>| outer.has_name("article") && self.way.contains(&outer.id);
        self.own_article
            && node.has_name("article")
            && inside.headed
            && (inside.linked * 4 >= inside.text || !node.ancestors_it(Some(ENTRY)).any(is_own))
    }

    fn section(&self, node: &NodeRef<'_>) -> Option<Section> {
        let is_label = || (1..=LABEL).contains(&self.measures.of(node).text) && is_any(node, &["div", "p"]);
        if !self.has_heading || self.way.contains(&node.id) || level(node).is_none() && !is_label() {
            return None;
        }
        let text = short_text(node, HEADING)?;
        Section::under(&text)
    }

    /// What stands behind a heading, up to the next one.
    fn behind<'n>(&self, heading: &NodeRef<'n>) -> impl Iterator<Item = NodeRef<'n>> + use<'n> {
        // A heading may stand in a box of its own.
        let text = self.measures.of(heading).text;
        let is_its_box =
            |outer: &NodeRef<'_>| self.measures.of(outer).text == text && !self.way.contains(&outer.id);
        let top = std::iter::successors(Some(*heading), |inner| inner.parent().filter(is_its_box)).last();
        let depth = level(heading).unwrap_or_default();
        std::iter::successors(top.and_then(|top| top.next_sibling()), NodeRef::next_sibling)
            .take_while(move |next| level(next).is_none_or(|level| level > depth))
            .take(SIBLINGS)
    }

    fn belongs(&self, node: &NodeRef<'_>, section: Section) -> bool {
        let inside = self.measures.of(node);
        let leads_away = inside.linked * 5 >= inside.text || inside.cards > 0;
        let is_small = inside.prose == 0 && inside.text * 2 < self.measures.page.text;
        node.is_element()
            && !self.way.contains(&node.id)
            && (is_small || self.leaves_an_article(inside))
            && (section != Section::More || leads_away)
    }

    /// Whether something was written by readers: it can be answered, at some time, or is called so.
    fn is_written(&self, node: &NodeRef<'_>) -> bool {
        let inside = self.measures.of(node);
        inside.times > 0
            || inside.topics.has(Topics::REPLY)
            || names(node).iter().any(|name| is_called_comments(name))
    }
}

/// The first number of a text.
fn number(text: &str) -> Option<usize> {
    text.split(|c: char| !c.is_ascii_digit()).find(|digits| !digits.is_empty())?.parse().ok()
}

/// `3. A lamp`, `#3 A lamp`
fn is_numbered(text: &str) -> bool {
    let text = text.trim_start().trim_start_matches('#');
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    rest.len() < text.len() && rest.starts_with(['.', ')', ':', ' '])
}

/// `€19`, `19 €`
fn has_price(text: &str) -> bool {
    let is_figure = |c: char| c.is_ascii_digit();
    text.match_indices(['$', '€', '£', '¥', '₹']).any(|(at, sign)| {
        text[..at].trim_end().ends_with(is_figure)
            || text[at + sign.len()..].trim_start().starts_with(is_figure)
    })
}

/// The site that an address leads to: of `https://sport.orrin.example/a` it is `orrin.example`.
fn site(address: &str) -> &str {
    let host = address.split_once("://").and_then(|(_, rest)| rest.split(['/', '?', '#', ':']).next());
    let host = host.unwrap_or_default();
    host.rmatch_indices('.').nth(1).map_or(host, |(at, _)| &host[at + 1..])
}

/// A box that is little but one link, which is paid for by its own word or by the name of a box.
fn advertises(node: &NodeRef<'_>, inside: &Measure) -> bool {
    if inside.text > CALL
        || inside.lines > 0
        || inside.headed
        || inside.linked * 2 <= inside.text
        || !is_any(node, &["div", "p", "section", "aside", "ins", "figure"])
    {
        return false;
    }
    let mut links = node.descendants_it().take(SIBLINGS).filter(|inner| inner.has_name("a"));
    let (Some(link), None) = (links.next(), links.next()) else { return false };
    let is_called =
        |name: &String| name.split(|c: char| !c.is_alphanumeric()).any(|word| ADVERT_NAMES.contains(&word));
    link.attr("rel").is_some_and(|rel| rel.contains("sponsored")) || names(node).iter().any(is_called)
}

/// Several that somebody can answer, or by their names such that were written at some time.
fn is_comments(node: &NodeRef<'_>, inside: &Measure) -> bool {
    inside.answered >= 2 && operated(node, inside).has(Topics::REPLY)
        || (inside.topics.has(Topics::REPLY) || inside.times > 0)
            && names(node).iter().any(|name| is_called_comments(name))
}

/// A commentary is none.
fn is_called_comments(name: &str) -> bool {
    let rest = COMMENT_NAMES.iter().find_map(|part| name.strip_prefix(part));
    rest.is_some_and(|rest| !rest.starts_with("ary"))
}

fn names(node: &NodeRef<'_>) -> [String; 2] {
    ["id", "class"].map(|attribute| node.attr(attribute).unwrap_or_default().to_lowercase())
}

fn is_any(node: &NodeRef<'_>, names: &[&str]) -> bool {
    node.qual_name_ref().is_some_and(|name| names.contains(&&*name.local))
}

fn level(node: &NodeRef<'_>) -> Option<u8> {
    match kind_of(&node.qual_name_ref()?.local) {
        Some(BlockKind::Heading(level)) => Some(level),
        _ => None,
    }
}
