// Integers among a word's bits as floats, without a conversion, which many GPUs do slowly: below
// 2^23, an integer added to the bits of that number is added to its value.
const MAGIC = 0x4b000000u;
const MAGIC_VALUE = 8388608.0;

// What the masks leave of the lower half of a word, twice, and of its upper half, twice.
fn spread(word: u32, masks: vec4<u32>) -> vec4<f32> {
    let bits = vec4<u32>(vec2<u32>(word), vec2<u32>(word >> 16u)) & masks;
    return bitcast<vec4<f32>>(bits | vec4<u32>(MAGIC)) - MAGIC_VALUE;
}
