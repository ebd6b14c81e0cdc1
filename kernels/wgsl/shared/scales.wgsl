// What the upload put beside the quants: scales, and whatever else of a block is not a whole number
// of vec4<u32>.
@group(0) @binding(1) var<storage, read> scales: array<u32>;

// 16 bits, counted from the start.
fn half_word(index: u32) -> u32 {
    return (scales[index >> 1u] >> (16u * (index & 1u))) & 0xffffu;
}

// The same as a number.
fn half_float(index: u32) -> f32 {
    let pair = unpack2x16float(scales[index >> 1u]);
    return select(pair.x, pair.y, (index & 1u) == 1u);
}
