// Q4_0 and Q4_1: for shared/weight.wgsl.
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
