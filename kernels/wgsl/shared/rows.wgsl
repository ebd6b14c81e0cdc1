// Four rows of weights as matrices: what a thread multiplies at a time.
#import weight

// Four rows' scales, apart.
struct Scales {
    factors: vec4<f32>,
    offsets: vec4<f32>,
}

fn scales4(blocks: vec4<u32>) -> Scales {
    let a = scale(blocks.x);
    let b = scale(blocks.y);
    let c = scale(blocks.z);
    let d = scale(blocks.w);
    return Scales(vec4<f32>(a.x, b.x, c.x, d.x), vec4<f32>(a.y, b.y, c.y, d.y));
}

// Column r: row r's elements.
fn lows(a: Piece, b: Piece, c: Piece, d: Piece) -> mat4x4<f32> {
    return mat4x4<f32>(low(a), low(b), low(c), low(d));
}

fn highs(a: Piece, b: Piece, c: Piece, d: Piece) -> mat4x4<f32> {
    return mat4x4<f32>(high(a), high(b), high(c), high(d));
}

// The first blocks of four rows; rows past the end repeat the last one, and are not stored.
fn row_starts(row: u32) -> vec4<u32> {
    return min(vec4<u32>(row) + vec4<u32>(0u, 1u, 2u, 3u), vec4<u32>(ROWS - 1u)) * BLOCKS;
}
