//! Attention over 16-bit integers.
//!
//! - `tile`: the product that all is made of;
//! - `kv_cache`: keys and values, stored as such tiles;
//! - `queries`: what is asked of the cache, as integers too;
//! - `span`: what some queries get from one span of the cache;
//! - `partial`: results over some of the positions, and how they come together.
//!
//! Integers with a scale for each row are more accurate than halves at the same size, and a
//! processor multiplies and adds eight of them at once. The text is cut into spans that begin at
//! fixed positions, and the results of spans are put together in their order: so a token's result
//! depends neither on the tokens of the same step nor on the threads.

mod kv_cache;
mod partial;
mod queries;
mod span;
mod tile;

use super::Pool;
use crate::ops::Attention;
pub use kv_cache::KvCache;
use kv_cache::SPAN;
use partial::Partials;
use queries::Queries;
use span::Scratch;
use std::cell::RefCell;

/// Steps of up to so many tokens are shared by spans of the text, larger ones by tokens.
const FEW: usize = 16;

/// Queries that go over the text together when a step is shared by tokens.
const TOGETHER: usize = 32;

/// What a thread needs for its part, kept for the next.
#[derive(Default)]
struct Workspace {
    queries: Queries,
    scratch: Scratch,
    /// Of one span.
    part: Vec<f32>,
    /// Of the spans so far.
    whole: Vec<f32>,
}

thread_local! {
    static WORKSPACE: RefCell<Workspace> = RefCell::default();
    /// Results of all spans.
    static RESULTS: RefCell<Vec<f32>> = RefCell::default();
}

/// As [`reference::attention`](crate::reference::attention), over a cache that holds positions up
/// to those of `q`.
///
/// Each token's result is the same to the bit, whatever the number of threads and of tokens.
pub fn attention(pool: &Pool, shape: &Attention, q: &[f32], cache: &KvCache, pos: usize, out: &mut [f32]) {
    let tokens = q.len() / (shape.heads * shape.head_dim);
    if tokens <= FEW {
        by_spans(pool, shape, q, cache, pos, out);
    } else {
        by_tokens(pool, shape, q, cache, pos, out);
    }
}

/// Each part is a span's keys and values of one head, for all queries.
fn by_spans(pool: &Pool, shape: &Attention, q: &[f32], cache: &KvCache, pos: usize, out: &mut [f32]) {
    let group = shape.heads / shape.kv_heads;
    let tokens = q.len() / (shape.heads * shape.head_dim);
    let start = shape.window.map_or(0, |window| (pos + 1).saturating_sub(window));
    let spans = start / SPAN..(pos + tokens).div_ceil(SPAN);
    let rows = tokens * group;
    let partials = Partials { rows, width: cache.width() };
    RESULTS.with_borrow_mut(|results| {
        // A part more than spans for each head: the whole.
        let parts = spans.len() + 1;
        results.resize(shape.kv_heads * parts * partials.len(), 0.0);
        let (results, wholes) = results.split_at_mut(shape.kv_heads * spans.len() * partials.len());
        pool.chunks(results, partials.len(), |index, part| {
            WORKSPACE.with_borrow_mut(|Workspace { queries, scratch, .. }| {
                let (head, span) = (index / spans.len(), spans.start + index % spans.len());
                queries.set(shape, q, head, pos);
                cache.span(span, head).attend(span * SPAN, queries, scratch, &partials, part);
            });
        });
        let by_head = results.chunks_exact(spans.len() * partials.len());
        for (head, (parts, whole)) in by_head.zip(wholes.chunks_exact_mut(partials.len())).enumerate() {
            partials.clear(whole);
            parts.chunks_exact(partials.len()).for_each(|part| partials.merge(whole, part));
            partials.finish(whole, shape, head, out);
        }
    });
}

/// Each part is some tokens, which go over the spans one by one.
fn by_tokens(pool: &Pool, shape: &Attention, q: &[f32], cache: &KvCache, pos: usize, out: &mut [f32]) {
    let (group, width) = (shape.heads / shape.kv_heads, shape.heads * shape.head_dim);
    let len = (TOGETHER / group).max(1) * width;
    pool.chunks(out, len, |index, out| {
        let (q, pos) = (&q[index * len..][..out.len()], pos + index * len / width);
        let tokens = out.len() / width;
        let start = shape.window.map_or(0, |window| (pos + 1).saturating_sub(window));
        let spans = start / SPAN..(pos + tokens).div_ceil(SPAN);
        let partials = Partials { rows: tokens * group, width: cache.width() };
        WORKSPACE.with_borrow_mut(|Workspace { queries, scratch, part, whole }| {
            part.resize(partials.len(), 0.0);
            whole.resize(partials.len(), 0.0);
            for head in 0..shape.kv_heads {
                queries.set(shape, q, head, pos);
                partials.clear(whole);
                for span in spans.clone() {
                    cache.span(span, head).attend(span * SPAN, queries, scratch, &partials, part);
                    partials.merge(whole, part);
                }
                partials.finish(whole, shape, head, out);
            }
        });
    });
}
