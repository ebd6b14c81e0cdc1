// A matrix of weights in blocks of 32 neighbours of a row, as the upload split them: the quants, a whole number of
// vec4<u32> a block, and (for quantised types) the scales.
//
// Every type declares
//     Piece, low(piece), high(piece): a quarter of a block; four consecutive elements 4i.., and four more 4i + 16..
//     LOW, HIGH: what low and high are to be multiplied by. Quants are converted where they lie in a word, as shifting a
//         vector's components by different amounts is slow on software adapters
//     load_block(block): four pieces
//     scale(block): an element is low(piece) * LOW * scale.x + scale.y, or the same of high
// so that a dot product can apply LOW and HIGH to the other side and the scale once a block.
struct Block {
    p0: Piece,
    p1: Piece,
    p2: Piece,
    p3: Piece,
}

@group(0) @binding(0) var<storage, read> quants: array<vec4<u32>>;

#ifdef F32
#define FLOAT
struct Piece {
    low: vec4<f32>,
    high: vec4<f32>,
}

fn low(piece: Piece) -> vec4<f32> {
    return piece.low;
}

fn high(piece: Piece) -> vec4<f32> {
    return piece.high;
}

fn piece(at: u32) -> Piece {
    return Piece(bitcast<vec4<f32>>(quants[at]), bitcast<vec4<f32>>(quants[at + 4u]));
}

fn load_block(block: u32) -> Block {
    let at = 8u * block;
    return Block(piece(at), piece(at + 1u), piece(at + 2u), piece(at + 3u));
}
#endif

#ifdef F16
#define HALF
fn low(piece: Piece) -> vec4<f32> {
    return vec4<f32>(unpack2x16float(piece.x), unpack2x16float(piece.y));
}

fn high(piece: Piece) -> vec4<f32> {
    return vec4<f32>(unpack2x16float(piece.z), unpack2x16float(piece.w));
}
#endif

#ifdef BF16
#define HALF
fn low(piece: Piece) -> vec4<f32> {
    return bitcast<vec4<f32>>((piece.xxyy << vec4<u32>(16u, 0u, 16u, 0u)) & vec4<u32>(0xffff0000u));
}

fn high(piece: Piece) -> vec4<f32> {
    return low(piece.zwzw);
}
#endif

#ifdef HALF
#define FLOAT
alias Piece = vec4<u32>;

fn load_block(block: u32) -> Block {
    let at = 4u * block;
    let a = quants[at];
    let b = quants[at + 1u];
    let c = quants[at + 2u];
    let d = quants[at + 3u];
    return Block(
        vec4<u32>(a.xy, c.xy), vec4<u32>(a.zw, c.zw), vec4<u32>(b.xy, d.xy), vec4<u32>(b.zw, d.zw),
    );
}
#endif

#ifdef FLOAT
const LOW = vec4<f32>(1.0);
const HIGH = vec4<f32>(1.0);

fn scale(block: u32) -> vec2<f32> {
    return vec2<f32>(1.0, 0.0);
}
#else
@group(0) @binding(1) var<storage, read> scales: array<u32>;
#endif

#ifdef Q8_0
#define ONE_SCALE
#endif
#ifdef Q4_0
#define ONE_SCALE
#endif
#ifdef ONE_SCALE
// One scale a block, two to a word.
fn half_word(block: u32) -> f32 {
    let pair = unpack2x16float(scales[block >> 1u]);
    return select(pair.x, pair.y, (block & 1u) == 1u);
}
#endif

#ifdef Q8_0
alias Piece = vec2<u32>;
const LOW = vec4<f32>(1.0, 0x1p-8, 0x1p-16, 0x1p-24);
const HIGH = LOW;

// A quant's bytes with 128 added, which makes them positive; scale takes it away.
fn bytes(word: u32) -> vec4<f32> {
    let positive = word ^ 0x80808080u;
    let lower = vec3<f32>(vec3<i32>(i32(positive)) & vec3<i32>(0xff, 0xff00, 0xff0000));
    return vec4<f32>(lower, f32(positive & 0xff000000u));
}

fn low(piece: Piece) -> vec4<f32> {
    return bytes(piece.x);
}

fn high(piece: Piece) -> vec4<f32> {
    return bytes(piece.y);
}

fn load_block(block: u32) -> Block {
    let a = quants[2u * block];
    let b = quants[2u * block + 1u];
    return Block(
        vec2<u32>(a.x, b.x), vec2<u32>(a.y, b.y), vec2<u32>(a.z, b.z), vec2<u32>(a.w, b.w),
    );
}

fn scale(block: u32) -> vec2<f32> {
    let d = half_word(block);
    return vec2<f32>(d, -128.0 * d);
}
#endif

#ifdef Q4_0
#define NIBBLES
#endif
#ifdef Q4_1
#define NIBBLES
#endif
#ifdef NIBBLES
// Byte j of a block holds element j in its lower half and element j + 16 in its upper half.
alias Piece = u32;
const LOW = vec4<f32>(1.0, 0x1p-8, 0x1p-16, 0x1p-24);
const HIGH = LOW * 0x1p-4;

fn low(piece: Piece) -> vec4<f32> {
    return vec4<f32>(vec4<i32>(i32(piece)) & vec4<i32>(0xf, 0xf00, 0xf0000, 0xf000000));
}

fn high(piece: Piece) -> vec4<f32> {
    let lower = vec3<f32>(vec3<i32>(i32(piece)) & vec3<i32>(0xf0, 0xf000, 0xf00000));
    return vec4<f32>(lower, f32(piece & 0xf0000000u));
}

fn load_block(block: u32) -> Block {
    let words = quants[block];
    return Block(words.x, words.y, words.z, words.w);
}
#endif

#ifdef Q4_0
fn scale(block: u32) -> vec2<f32> {
    let d = half_word(block);
    return vec2<f32>(d, -8.0 * d);
}
#endif

#ifdef Q4_1
fn scale(block: u32) -> vec2<f32> {
    return unpack2x16float(scales[block]);
}
#endif
