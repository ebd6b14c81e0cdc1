// Choosing a token; what these mean is said in src/reference/sample, which has the same.
struct Sampling {
    // Steps of distance in a logit.
    @align(16) scale: f32,
    penalty: f32,
    inverse_penalty: f32,
    seed: u32,
    top_k: u32,
    // In parts of 2^16.
    top_p: u32,
    // The distance that min_p allows.
    farthest: u32,
    // Whether the penalty and the bias do anything, and whether the token is drawn: bits 0 to 2.
    flags: u32,
    // With TEXTS: whose bias and seen tokens these are, and the number of the draw.
    text: u32,
    draw: u32,
}

const MOST_ROWS = 32u;

// Of the flags.
const PENALISED = 1u;
const BIASED = 2u;
const DRAWN = 4u;

fn seen_words(vocab: u32) -> u32 {
    return (vocab + 31u) / 32u;
}

// Each row of logits follows a text of its own, and has options of its own.
override TEXTS: bool;

@group(0) @binding(0) var<uniform> samplings: array<Sampling, MOST_ROWS>;

fn sampling_of(row: u32) -> Sampling {
    return samplings[select(0u, row, TEXTS)];
}

const THREADS = 256u;
// Of a row, each of THREADS bins of two numbers: shared/sample_narrow.wgsl.
const HISTOGRAMS = 6u;
const FAR = 0xffffffu;

// An integer that grows with the logit of these bits, alike for both zeros; 0 for those that are
// not finite.
fn order(bits: u32) -> u32 {
    let magnitude = bits & 0x7fffffffu;
    if magnitude >= 0x7f800000u {
        return 0u;
    }
    if magnitude == 0u {
        return 0x80000000u;
    }
    return select(~bits, bits | 0x80000000u, bits < 0x80000000u);
}

// The logit of an order that is not 0.
fn logit(order: u32) -> f32 {
    return bitcast<f32>(select(~order, order & 0x7fffffffu, order >= 0x80000000u));
}

// log2 of how many times less probable than the best a token is, in units of 2^-19, up to FAR.
fn distance_from(best: f32, order: u32, scale: f32) -> u32 {
    if order == 0u {
        return FAR;
    }
    return u32(min((best - logit(order)) * scale, 16777215.0));
}
