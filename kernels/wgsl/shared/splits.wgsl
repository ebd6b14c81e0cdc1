// Which positions a token sees, and into how many spans attention divides them, so that a long text
// keeps a whole GPU busy.

// Positions that are worth a span of their own, and the most spans there are.
const SPAN = 128u;
const MOST_SPLITS = 8u;

// Positions a token sees; 0 for all.
override WINDOW: u32;

// The first position that is seen from this one.
fn seen_from(position: u32) -> u32 {
    return select(0u, position + 1u - min(position + 1u, WINDOW), WINDOW > 0u);
}

// Into how many spans so many positions are divided. The spans are equal but for the last, and none
// is empty.
fn split_count(seen: u32) -> u32 {
    return clamp((seen + SPAN - 1u) / SPAN, 1u, MOST_SPLITS);
}
