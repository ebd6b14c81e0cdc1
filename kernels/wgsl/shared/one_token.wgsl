// One token, as matvec.wgsl takes it: four of its values are a vector. few_tokens.wgsl has the same
// for four. The importer declares `x` and STAGED.
const TOKENS = 1u;
alias Quads = vec4<f32>;
alias PerToken = f32;

var<workgroup> lane_sums: array<vec4<f32>, STAGED>;

// Four activations from index `at` on.
fn activations(at: u32) -> Quads {
    return x[at];
}

fn squared(v: Quads) -> Quads {
    return v * v;
}

fn scaled(v: Quads, factors: vec4<f32>) -> Quads {
    return v * factors;
}

// The products with four rows, which are the columns of `weights`.
fn multiply(v: Quads, weights: mat4x4<f32>) -> Quads {
    return v * weights;
}

fn total(v: Quads) -> PerToken {
    return dot(v, vec4<f32>(1.0));
}

#ifdef FLOAT
#else
// Products of blocks' quants as those of what they stand for; `total` is that of the activations.
fn dequantized(s: Scales, products: Quads, total: PerToken) -> Quads {
    return s.factors * products + s.offsets * total;
}
#endif

#ifdef SUBGROUPS
fn shuffled(v: Quads, mask: u32) -> Quads {
    return subgroupShuffleXor(v, mask);
}
#endif

fn stage(at: u32, sums: Quads) {
    lane_sums[at] = sums;
}

fn of_token(v: Quads, t: u32) -> vec4<f32> {
    return v;
}

// With more for a token.
fn with_token(v: Quads, t: u32, more: vec4<f32>) -> Quads {
    return v + more;
}

fn number_of_token(v: PerToken, t: u32) -> f32 {
    return v;
}
