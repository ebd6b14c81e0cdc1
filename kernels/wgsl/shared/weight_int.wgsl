// Blocks of weights as packed signed bytes, for dot4I8Packed: for shared/weight.wgsl's quantised
// types.
#import weight
#never FLOAT

struct IntBlock {
    // Elements 0-15 and 16-31, four a word.
    lows: vec4<u32>,
    highs: vec4<u32>,
}

#ifdef Q4_1
#define OFFSETS
#endif
#ifdef Q5_1
#define OFFSETS
#endif
#ifdef Q4_K
#define OFFSETS
#endif
#ifdef Q5_K
#define OFFSETS
#endif
#ifdef Q6_K
// The halves of a block have factors of their own.
#define HALF_FACTORS
#endif

fn quants_of(q: Block) -> IntBlock {
#ifdef NIBBLES
    let words = vec4<u32>(q.p0, q.p1, q.p2, q.p3);
    return IntBlock(words & vec4<u32>(0x0f0f0f0fu), (words >> vec4<u32>(4u)) & vec4<u32>(0x0f0f0f0fu));
#else
#ifdef HALF_FACTORS
    let a = q.p0.quants;
    let b = q.p1.quants;
    let c = q.p2.quants;
    let d = q.p3.quants;
    return IntBlock(vec4<u32>(a.x, b.x, c.x, d.x), vec4<u32>(a.y, b.y, c.y, d.y));
#else
    return IntBlock(vec4<u32>(q.p0.x, q.p1.x, q.p2.x, q.p3.x), vec4<u32>(q.p0.y, q.p1.y, q.p2.y, q.p3.y));
#endif
#endif
}

// Takes away what makes quants positive: half their range, a bit of each byte. That bit, flipped,
// is the sign of what is left, and `spread` copies it to the bits above.
fn centre(words: vec4<u32>, half: u32, spread: u32) -> vec4<u32> {
    let flipped = words ^ vec4<u32>(half);
    return flipped | ((flipped & vec4<u32>(half)) * spread);
}

// An element is factors.x * quant (factors.y for the upper half, with HALF_FACTORS), or with
// OFFSETS that + factors.y.
fn int_block(q: Block) -> IntBlock {
    let quants = quants_of(q);
#ifdef Q8_0
    return IntBlock(quants.lows ^ vec4<u32>(0x80808080u), quants.highs ^ vec4<u32>(0x80808080u));
#else
#ifdef Q4_0
    return IntBlock(centre(quants.lows, 0x08080808u, 30u), centre(quants.highs, 0x08080808u, 30u));
#else
#ifdef Q5_0
    return IntBlock(centre(quants.lows, 0x10101010u, 14u), centre(quants.highs, 0x10101010u, 14u));
#else
#ifdef Q6_K
    return IntBlock(centre(quants.lows, 0x20202020u, 6u), centre(quants.highs, 0x20202020u, 6u));
#else
    return quants;
#endif
#endif
#endif
#endif
}

fn factors_of(q: Block, scale: vec2<f32>) -> vec2<f32> {
#ifdef HALF_FACTORS
    return scale.x * q.p0.scales;
#else
    return scale;
#endif
}
