// out[t] = table[ids[t]] * SCALE, in rows that may be interleaved (shared/interleave.wgsl). One
// thread a block of 32 elements; y counts tokens.
#import weight

// The rows of the table that are bound, and its last row.
override FIRST_ROW: u32;
override ROWS: u32;
override LAST_ROW: u32;
override BLOCKS: u32;
override SCALE: f32;
// Quads from a block to the next, and from a quad of a block to the next: 8 and 1, or 1 and BLOCKS
// where rows are interleaved.
override BLOCK_STRIDE: u32;
override QUAD_STRIDE: u32;

@group(0) @binding(2) var<storage, read> ids: array<u32>;
@group(0) @binding(3) var<storage, read_write> out: array<vec4<f32>>;

@compute @workgroup_size(32)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    // Below the first row it wraps around to a large number.
    let row = min(ids[id.y], LAST_ROW) - FIRST_ROW;
    if id.x >= BLOCKS || row >= ROWS {
        return;
    }
    let block = row * BLOCKS + id.x;
    let at = id.y * BLOCKS * 8u + id.x * BLOCK_STRIDE;
    let s = scale(block) * SCALE;
    let low_factor = LOW * s.x;
    let high_factor = HIGH * s.x;
    let q = load_block(block);
    out[at] = low(q.p0) * low_factor + s.y;
    out[at + QUAD_STRIDE] = low(q.p1) * low_factor + s.y;
    out[at + 2u * QUAD_STRIDE] = low(q.p2) * low_factor + s.y;
    out[at + 3u * QUAD_STRIDE] = low(q.p3) * low_factor + s.y;
    out[at + 4u * QUAD_STRIDE] = high(q.p0) * high_factor + s.y;
    out[at + 5u * QUAD_STRIDE] = high(q.p1) * high_factor + s.y;
    out[at + 6u * QUAD_STRIDE] = high(q.p2) * high_factor + s.y;
    out[at + 7u * QUAD_STRIDE] = high(q.p3) * high_factor + s.y;
}
