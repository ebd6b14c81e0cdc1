// As matvec.wgsl, for the few tokens of a draft: in the same order, so that the results are those of one token at a time.
//
// A thread takes four rows and four tokens: weights are read and converted once for these. Workgroups that stand next to each
// other take the same rows and the next tokens, so that weights come from memory once for all tokens of a step.
#each F32 F16 BF16 Q8_0 Q4_0 Q4_1 Q5_0 Q5_1 Q4_K Q5_K Q6_K
#each STORED ADDED NORM_STORED NORM_GATED NORM_QKV_F32 NORM_QKV_F16
#each - SUBGROUPS
#import matvec_out
#import rows

override ROWS: u32;
// Blocks of a row.
override BLOCKS: u32;
override THREADS: u32;
// A power of two.
override LANES: u32;

@group(0) @binding(2) var<storage, read> x: array<vec4<f32>>;

#ifdef NORM
override EPS: f32;
@group(0) @binding(3) var<storage, read> norm: array<vec4<f32>>;
#endif

#ifdef QKV
#else
#import step
@group(0) @binding(5) var<uniform> step: Step;
#endif

// Column t: token t's four activations from index `at` on.
fn activations(at: vec4<u32>) -> mat4x4<f32> {
    return mat4x4<f32>(x[at.x], x[at.y], x[at.z], x[at.w]);
}

#ifdef NORM
fn squared(v: mat4x4<f32>) -> mat4x4<f32> {
    return mat4x4<f32>(v[0] * v[0], v[1] * v[1], v[2] * v[2], v[3] * v[3]);
}

fn normed(v: mat4x4<f32>, factors: vec4<f32>) -> mat4x4<f32> {
    return mat4x4<f32>(v[0] * factors, v[1] * factors, v[2] * factors, v[3] * factors);
}
#endif

// Column t: token t's products with four rows, which are the columns of `weights`.
fn multiply(v: mat4x4<f32>, unit: vec4<f32>, weights: mat4x4<f32>) -> mat4x4<f32> {
    return mat4x4<f32>((v[0] * unit) * weights, (v[1] * unit) * weights, (v[2] * unit) * weights, (v[3] * unit) * weights);
}

fn column(m: mat4x4<f32>, t: u32) -> vec4<f32> {
    return select(select(m[0], m[1], t == 1u), select(m[2], m[3], t == 3u), t >= 2u);
}

#ifdef SUBGROUPS
// Threads of a subgroup, or fewer: a power of two.
override SUBGROUP: u32;

fn shuffled(m: mat4x4<f32>, mask: u32) -> mat4x4<f32> {
    return mat4x4<f32>(
        subgroupShuffleXor(m[0], mask), subgroupShuffleXor(m[1], mask),
        subgroupShuffleXor(m[2], mask), subgroupShuffleXor(m[3], mask),
    );
}
#endif
// Of each token in turn.
var<workgroup> lane_sums: array<vec4<f32>, 4u * THREADS>;
#ifdef NORM
// Of all four.
var<workgroup> lane_squares: array<vec4<f32>, THREADS>;
#endif

@compute @workgroup_size(THREADS)
fn main(
    @builtin(workgroup_id) id: vec3<u32>,
    @builtin(num_workgroups) groups: vec3<u32>,
    @builtin(local_invocation_index) thread: u32,
) {
    let group = id.y * groups.x + id.x;
    let token = group % groups.y * 4u;
    let lane = thread % LANES;
    let quad = group / groups.y * (THREADS / LANES) + thread / LANES;
    // Rows and tokens past the end repeat the last one, and are not stored.
    let starts = min(rows_of(quad), vec4<u32>(ROWS - 1u)) * BLOCKS;
    let tokens = min(vec4<u32>(token) + vec4<u32>(0u, 1u, 2u, 3u), vec4<u32>(step.n_tokens - 1u));
    var sums = mat4x4<f32>();
#ifdef NORM
    var squares = mat4x4<f32>();
#endif
    // The next block is on its way while one is multiplied; past the end it is the last one again, for nothing.
    var blocks = starts + min(lane, BLOCKS - 1u);
    var r0 = load_block(blocks.x);
    var r1 = load_block(blocks.y);
    var r2 = load_block(blocks.z);
    var r3 = load_block(blocks.w);
#ifdef FLOAT
#else
    var s = scales4(blocks);
#endif
    for (var b = lane; b < BLOCKS; b += LANES) {
        let q0 = r0;
        let q1 = r1;
        let q2 = r2;
        let q3 = r3;
        blocks = starts + min(b + LANES, BLOCKS - 1u);
        r0 = load_block(blocks.x);
        r1 = load_block(blocks.y);
        r2 = load_block(blocks.z);
        r3 = load_block(blocks.w);
        let at = tokens * (8u * BLOCKS) + b;
#ifdef NORM
        let v0 = activations(at);
        let v1 = activations(at + BLOCKS);
        let v2 = activations(at + 2u * BLOCKS);
        let v3 = activations(at + 3u * BLOCKS);
        let v4 = activations(at + 4u * BLOCKS);
        let v5 = activations(at + 5u * BLOCKS);
        let v6 = activations(at + 6u * BLOCKS);
        let v7 = activations(at + 7u * BLOCKS);
        squares += ((squared(v0) + squared(v1)) + (squared(v2) + squared(v3)))
            + ((squared(v4) + squared(v5)) + (squared(v6) + squared(v7)));
        let x0 = normed(v0, norm[b]);
        let x1 = normed(v1, norm[b + BLOCKS]);
        let x2 = normed(v2, norm[b + 2u * BLOCKS]);
        let x3 = normed(v3, norm[b + 3u * BLOCKS]);
        let x4 = normed(v4, norm[b + 4u * BLOCKS]);
        let x5 = normed(v5, norm[b + 5u * BLOCKS]);
        let x6 = normed(v6, norm[b + 6u * BLOCKS]);
        let x7 = normed(v7, norm[b + 7u * BLOCKS]);
#else
        let x0 = activations(at);
        let x1 = activations(at + BLOCKS);
        let x2 = activations(at + 2u * BLOCKS);
        let x3 = activations(at + 3u * BLOCKS);
        let x4 = activations(at + 4u * BLOCKS);
        let x5 = activations(at + 5u * BLOCKS);
        let x6 = activations(at + 6u * BLOCKS);
        let x7 = activations(at + 7u * BLOCKS);
#endif
        var products = multiply(x0, LOW, lows(q0.p0, q1.p0, q2.p0, q3.p0));
        products += multiply(x1, LOW, lows(q0.p1, q1.p1, q2.p1, q3.p1));
        products += multiply(x2, LOW, lows(q0.p2, q1.p2, q2.p2, q3.p2));
        products += multiply(x3, LOW, lows(q0.p3, q1.p3, q2.p3, q3.p3));
        products += multiply(x4, HIGH, highs(q0.p0, q1.p0, q2.p0, q3.p0));
        products += multiply(x5, HIGH, highs(q0.p1, q1.p1, q2.p1, q3.p1));
        products += multiply(x6, HIGH, highs(q0.p2, q1.p2, q2.p2, q3.p2));
        products += multiply(x7, HIGH, highs(q0.p3, q1.p3, q2.p3, q3.p3));
#ifdef FLOAT
        sums += products;
#else
        let totals = vec4<f32>(1.0) * (((x0 + x1) + (x2 + x3)) + ((x4 + x5) + (x6 + x7)));
        sums += mat4x4<f32>(
            s.factors * products[0] + s.offsets * totals.x, s.factors * products[1] + s.offsets * totals.y,
            s.factors * products[2] + s.offsets * totals.z, s.factors * products[3] + s.offsets * totals.w,
        );
        s = scales4(blocks);
#endif
    }
#ifdef NORM
    var square = vec4<f32>(1.0) * squares;
#endif
#ifdef SUBGROUPS
    for (var mask = 1u; mask < min(LANES, SUBGROUP); mask *= 2u) {
        sums += shuffled(sums, mask);
#ifdef NORM
        square += subgroupShuffleXor(square, mask);
#endif
    }
    let summed = min(LANES, SUBGROUP);
#else
    let summed = 1u;
#endif
    if LANES > summed {
        lane_sums[thread] = sums[0];
        lane_sums[THREADS + thread] = sums[1];
        lane_sums[2u * THREADS + thread] = sums[2];
        lane_sums[3u * THREADS + thread] = sums[3];
#ifdef NORM
        lane_squares[thread] = square;
#endif
        workgroupBarrier();
    }
    // A token each of the first four lanes, or of fewer.
    for (var t = lane; t < 4u; t += LANES) {
        if token + t >= step.n_tokens {
            return;
        }
        var sum = column(sums, t);
#ifdef NORM
        var total = square;
#endif
        if LANES > summed {
            let first = thread - lane;
            sum = lane_sums[t * THREADS + first];
#ifdef NORM
            total = lane_squares[first];
#endif
            for (var i = summed; i < LANES; i += summed) {
                sum += lane_sums[t * THREADS + first + i];
#ifdef NORM
                total += lane_squares[first + i];
#endif
            }
        }
#ifdef NORM
        sum *= 1.0 / sqrt(total[t] / f32(32u * BLOCKS) + EPS);
#endif
        finish(token + t, quad, sum);
    }
}
