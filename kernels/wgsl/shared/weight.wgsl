// A matrix of weights in blocks of 32 neighbours of a row, as the upload split them: the quants, a whole number of
// vec4<u32> a block, and (for quantised types) the scales. Element i of a block is scale(block).x * quants(block)[i] +
// scale(block).y; keeping the two apart lets a dot product apply them once a block.
#ifdef F16
#define HALVES
#endif
#ifdef BF16
#define HALVES
#endif
#ifdef Q8_0
#define QUANTISED
#endif
#ifdef Q4_0
#define QUANTISED
#define NIBBLES
#endif
#ifdef Q4_1
#define QUANTISED
#define NIBBLES
#endif

@group(0) @binding(0) var<storage, read> quant_words: array<vec4<u32>>;

#ifdef F32
fn quants(block: u32) -> array<vec4<f32>, 8> {
    let at = 8u * block;
    return array<vec4<f32>, 8>(
        bitcast<vec4<f32>>(quant_words[at]), bitcast<vec4<f32>>(quant_words[at + 1u]),
        bitcast<vec4<f32>>(quant_words[at + 2u]), bitcast<vec4<f32>>(quant_words[at + 3u]),
        bitcast<vec4<f32>>(quant_words[at + 4u]), bitcast<vec4<f32>>(quant_words[at + 5u]),
        bitcast<vec4<f32>>(quant_words[at + 6u]), bitcast<vec4<f32>>(quant_words[at + 7u]),
    );
}
#endif

#ifdef F16
fn floats(low: u32, high: u32) -> vec4<f32> {
    return vec4<f32>(unpack2x16float(low), unpack2x16float(high));
}
#endif

#ifdef BF16
fn floats(low: u32, high: u32) -> vec4<f32> {
    return bitcast<vec4<f32>>(vec4<u32>(low << 16u, low & 0xffff0000u, high << 16u, high & 0xffff0000u));
}
#endif

#ifdef HALVES
fn quants(block: u32) -> array<vec4<f32>, 8> {
    let a = quant_words[4u * block];
    let b = quant_words[4u * block + 1u];
    let c = quant_words[4u * block + 2u];
    let d = quant_words[4u * block + 3u];
    return array<vec4<f32>, 8>(
        floats(a.x, a.y), floats(a.z, a.w), floats(b.x, b.y), floats(b.z, b.w),
        floats(c.x, c.y), floats(c.z, c.w), floats(d.x, d.y), floats(d.z, d.w),
    );
}
#endif

#ifdef QUANTISED
@group(0) @binding(1) var<storage, read> scale_words: array<u32>;
#else
fn scale(block: u32) -> vec2<f32> {
    return vec2<f32>(1.0, 0.0);
}
#endif

#ifdef Q8_0
fn quants(block: u32) -> array<vec4<f32>, 8> {
    let a = quant_words[2u * block];
    let b = quant_words[2u * block + 1u];
    return array<vec4<f32>, 8>(
        vec4<f32>(unpack4xI8(a.x)), vec4<f32>(unpack4xI8(a.y)), vec4<f32>(unpack4xI8(a.z)), vec4<f32>(unpack4xI8(a.w)),
        vec4<f32>(unpack4xI8(b.x)), vec4<f32>(unpack4xI8(b.y)), vec4<f32>(unpack4xI8(b.z)), vec4<f32>(unpack4xI8(b.w)),
    );
}

fn scale(block: u32) -> vec2<f32> {
    let pair = unpack2x16float(scale_words[block >> 1u]);
    return vec2<f32>(select(pair.x, pair.y, (block & 1u) == 1u), 0.0);
}
#endif

#ifdef NIBBLES
// Byte j holds element j in its low half and element j + 16 in its high half.
fn quants(block: u32) -> array<vec4<f32>, 8> {
    let words = quant_words[block];
    let low = words & vec4<u32>(0x0f0f0f0fu);
    let high = (words >> vec4<u32>(4u)) & vec4<u32>(0x0f0f0f0fu);
    return array<vec4<f32>, 8>(
        vec4<f32>(unpack4xU8(low.x)), vec4<f32>(unpack4xU8(low.y)),
        vec4<f32>(unpack4xU8(low.z)), vec4<f32>(unpack4xU8(low.w)),
        vec4<f32>(unpack4xU8(high.x)), vec4<f32>(unpack4xU8(high.y)),
        vec4<f32>(unpack4xU8(high.z)), vec4<f32>(unpack4xU8(high.w)),
    );
}
#endif

#ifdef Q4_0
fn scale(block: u32) -> vec2<f32> {
    let pair = unpack2x16float(scale_words[block >> 1u]);
    let d = select(pair.x, pair.y, (block & 1u) == 1u);
    return vec2<f32>(d, -8.0 * d);
}
#endif

#ifdef Q4_1
fn scale(block: u32) -> vec2<f32> {
    return unpack2x16float(scale_words[block]);
}
#endif
