// Q4_0 and Q4_1: for shared/weight.wgsl.
// Byte j of a block holds element j in its lower half and element j + 16 in its upper half.
#import spread
alias Piece = u32;
const LOW = vec4<f32>(1.0, 0x1p-8, 1.0, 0x1p-8);
const HIGH = LOW * 0x1p-4;

fn low(piece: Piece) -> vec4<f32> {
    return spread(piece, vec4<u32>(0xfu, 0xf00u, 0xfu, 0xf00u));
}

fn high(piece: Piece) -> vec4<f32> {
    return spread(piece, vec4<u32>(0xf0u, 0xf000u, 0xf0u, 0xf000u));
}

fn load_block(block: u32) -> Block {
    let words = quants[block];
    return Block(words.x, words.y, words.z, words.w);
}

#ifdef Q4_0
fn scale(block: u32) -> vec2<f32> {
    let d = half_float(block);
    return vec2<f32>(d, -8.0 * d);
}
#endif

#ifdef Q4_1
fn scale(block: u32) -> vec2<f32> {
    return unpack2x16float(scales[block]);
}
#endif
