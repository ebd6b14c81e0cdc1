// The types whose quants are assembled as one positive byte an element: for shared/weight.wgsl.
#ifdef Q4_K
#define SUPER_BLOCKS
#endif
#ifdef Q5_K
#define SUPER_BLOCKS
#endif

#import spread
const LOW = vec4<f32>(1.0, 0x1p-8, 1.0, 0x1p-8);
const HIGH = LOW;

fn bytes(word: u32) -> vec4<f32> {
    return spread(word, vec4<u32>(0xffu, 0xff00u, 0xffu, 0xff00u));
}

// One half of the bits of each byte; the other half with a shift of 4.
fn nibbles(words: vec4<u32>, shift: u32) -> vec4<u32> {
    return (words >> vec4<u32>(shift)) & vec4<u32>(0x0f0f0f0fu);
}

#ifdef Q6_K
#else
alias Piece = vec2<u32>;

fn low(piece: Piece) -> vec4<f32> {
    return bytes(piece.x);
}

fn high(piece: Piece) -> vec4<f32> {
    return bytes(piece.y);
}

// A block of its elements 0-15 and 16-31.
fn pieces(lows: vec4<u32>, highs: vec4<u32>) -> Block {
    return Block(
        vec2<u32>(lows.x, highs.x), vec2<u32>(lows.y, highs.y), vec2<u32>(lows.z, highs.z), vec2<u32>(lows.w, highs.w),
    );
}
#endif

#ifdef Q8_0
// 128 is added to make bytes positive; scale takes it away.
fn load_block(block: u32) -> Block {
    let sign = vec4<u32>(0x80808080u);
    return pieces(quants[2u * block] ^ sign, quants[2u * block + 1u] ^ sign);
}

fn scale(block: u32) -> vec2<f32> {
    let d = half_float(block);
    return vec2<f32>(d, -128.0 * d);
}
#endif

#ifdef Q5_0
#define FIFTH_BITS
// d, then the fifth bits.
fn fifth_bits(block: u32) -> u32 {
    return half_word(3u * block + 1u) | (half_word(3u * block + 2u) << 16u);
}

fn scale(block: u32) -> vec2<f32> {
    let d = half_float(3u * block);
    return vec2<f32>(d, -16.0 * d);
}
#endif

#ifdef Q5_1
#define FIFTH_BITS
// d and m, then the fifth bits.
fn fifth_bits(block: u32) -> u32 {
    return scales[2u * block + 1u];
}

fn scale(block: u32) -> vec2<f32> {
    return unpack2x16float(scales[2u * block]);
}
#endif

#ifdef FIFTH_BITS
// The lower 16 bits, each as the fifth bit of its byte. The product moves bit k of four to byte k.
fn fifths(bits: u32) -> vec4<u32> {
    let fours = vec4<u32>(bits, bits >> 4u, bits >> 8u, bits >> 12u) & vec4<u32>(0xfu);
    return ((fours * 0x00204081u) & vec4<u32>(0x01010101u)) << vec4<u32>(4u);
}

// Byte j of a block holds element j in its lower half and element j + 16 in its upper half.
fn load_block(block: u32) -> Block {
    let words = quants[block];
    let bits = fifth_bits(block);
    return pieces(nibbles(words, 0u) | fifths(bits), nibbles(words, 4u) | fifths(bits >> 16u));
}
#endif

#ifdef SUPER_BLOCKS
// Eight blocks have d, dmin and 8 pairs of 6-bit numbers in 12 bytes: the first four pairs lie in
// the lower six bits of bytes i and i + 4, the others in the halves of byte i + 8 with their upper
// bits on top of the first.
fn scale(block: u32) -> vec2<f32> {
    let at = 4u * (block >> 3u);
    let shift = 8u * (block & 3u);
    let a = scales[at + 1u] >> shift;
    let b = scales[at + 2u] >> shift;
    let c = scales[at + 3u] >> shift;
    let first = vec2<u32>(a, b) & vec2<u32>(0x3fu);
    let second = (vec2<u32>(c, c >> 4u) & vec2<u32>(0xfu)) | ((vec2<u32>(a, b) & vec2<u32>(0xc0u)) >> vec2<u32>(2u));
    let pair = vec2<f32>(select(first, second, (block & 4u) > 0u));
    return unpack2x16float(scales[at]) * pair * vec2<f32>(1.0, -1.0);
}
#endif

#ifdef Q4_K
// 32 bytes hold a block in their lower halves and the next one in their upper halves.
fn load_block(block: u32) -> Block {
    let at = 2u * (block >> 1u);
    let shift = 4u * (block & 1u);
    return pieces(nibbles(quants[at], shift), nibbles(quants[at + 1u], shift));
}
#endif

#ifdef Q5_K
// As Q4_K, after 32 bytes of which bit i belongs to block i of the eight.
fn load_block(block: u32) -> Block {
    let first = 10u * (block >> 3u);
    let at = first + 2u + 2u * ((block & 7u) >> 1u);
    let shift = 4u * (block & 1u);
    return pieces(
        nibbles(quants[at], shift) | fifths(quants[first], block & 7u),
        nibbles(quants[at + 1u], shift) | fifths(quants[first + 1u], block & 7u),
    );
}

fn fifths(words: vec4<u32>, bit: u32) -> vec4<u32> {
    return ((words >> vec4<u32>(bit)) & vec4<u32>(0x01010101u)) << vec4<u32>(4u);
}
#endif

#ifdef Q6_K
// The halves of a block have scales of their own: they are applied here, and scale has only what
// eight blocks share.
struct Piece {
    quants: vec2<u32>,
    scales: vec2<f32>,
}

// 32, which makes quants positive, as low and high have it.
const ZERO = 32.0 / LOW;

fn low(piece: Piece) -> vec4<f32> {
    return (bytes(piece.quants.x) - ZERO) * piece.scales.x;
}

fn high(piece: Piece) -> vec4<f32> {
    return (bytes(piece.quants.y) - ZERO) * piece.scales.y;
}

// Four blocks lie in the halves of 64 bytes, and their upper two bits in a quarter of 32 bytes;
// eight blocks' lower bits come first.
fn load_block(block: u32) -> Block {
    let first = 12u * (block >> 3u);
    let four = (block >> 2u) & 1u;
    let nibble_at = first + 4u * four + 2u * (block & 1u);
    let shift = 2u * (block & 2u);
    let bits_at = first + 8u + 2u * four;
    let bits = 2u * (block & 3u);
    let lows = nibbles(quants[nibble_at], shift) | upper(quants[bits_at], bits);
    let highs = nibbles(quants[nibble_at + 1u], shift) | upper(quants[bits_at + 1u], bits);
    let pair = i32(half_word(9u * (block >> 3u) + (block & 7u)));
    let factors = vec2<f32>(f32(extractBits(pair, 0u, 8u)), f32(extractBits(pair, 8u, 8u)));
    return Block(
        Piece(vec2<u32>(lows.x, highs.x), factors), Piece(vec2<u32>(lows.y, highs.y), factors),
        Piece(vec2<u32>(lows.z, highs.z), factors), Piece(vec2<u32>(lows.w, highs.w), factors),
    );
}

fn upper(words: vec4<u32>, bits: u32) -> vec4<u32> {
    return ((words >> vec4<u32>(bits)) & vec4<u32>(0x03030303u)) << vec4<u32>(4u);
}

fn scale(block: u32) -> vec2<f32> {
    return vec2<f32>(half_float(9u * (block >> 3u) + 8u), 0.0);
}
#endif
