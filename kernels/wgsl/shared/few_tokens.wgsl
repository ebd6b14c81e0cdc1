// Four tokens, as matvec.wgsl takes them: column t has four values of token t. one_token.wgsl has
// the same for one. The importer declares `x` and STAGED.
const TOKENS = 4u;
alias Quads = mat4x4<f32>;
alias PerToken = vec4<f32>;

// Of each token in turn.
var<workgroup> lane_sums: array<vec4<f32>, 4u * STAGED>;

// Each token's four activations from its index `at` on.
fn activations(at: vec4<u32>) -> Quads {
    return Quads(x[at.x], x[at.y], x[at.z], x[at.w]);
}

fn squared(v: Quads) -> Quads {
    return Quads(v[0] * v[0], v[1] * v[1], v[2] * v[2], v[3] * v[3]);
}

fn scaled(v: Quads, factors: vec4<f32>) -> Quads {
    return Quads(v[0] * factors, v[1] * factors, v[2] * factors, v[3] * factors);
}

// Each token's products with four rows, which are the columns of `weights`.
fn multiply(v: Quads, weights: mat4x4<f32>) -> Quads {
    return Quads(v[0] * weights, v[1] * weights, v[2] * weights, v[3] * weights);
}

fn total(v: Quads) -> PerToken {
    return vec4<f32>(1.0) * v;
}

#ifdef FLOAT
#else
// Products of blocks' quants as those of what they stand for; `totals` are those of the
// activations.
fn dequantized(s: Scales, products: Quads, totals: PerToken) -> Quads {
    return Quads(
        s.factors * products[0] + s.offsets * totals.x, s.factors * products[1] + s.offsets * totals.y,
        s.factors * products[2] + s.offsets * totals.z, s.factors * products[3] + s.offsets * totals.w,
    );
}
#endif

#ifdef SUBGROUPS
fn shuffled(v: Quads, mask: u32) -> Quads {
    return Quads(
        subgroupShuffleXor(v[0], mask), subgroupShuffleXor(v[1], mask),
        subgroupShuffleXor(v[2], mask), subgroupShuffleXor(v[3], mask),
    );
}
#endif

fn stage(at: u32, sums: Quads) {
    lane_sums[at] = sums[0];
    lane_sums[STAGED + at] = sums[1];
    lane_sums[2u * STAGED + at] = sums[2];
    lane_sums[3u * STAGED + at] = sums[3];
}

fn of_token(v: Quads, t: u32) -> vec4<f32> {
    return select(select(v[0], v[1], t == 1u), select(v[2], v[3], t == 3u), t >= 2u);
}

// With more for a token.
fn with_token(v: Quads, t: u32, more: vec4<f32>) -> Quads {
    return v + Quads(
        select(vec4<f32>(), more, t == 0u), select(vec4<f32>(), more, t == 1u),
        select(vec4<f32>(), more, t == 2u), select(vec4<f32>(), more, t == 3u),
    );
}

fn number_of_token(v: PerToken, t: u32) -> f32 {
    return v[t];
}
