// A matrix times the activations of one token, or of the few of a draft (FEW), with what comes
// before and after it: a decoding step is little else.
//
//     PLAIN      x is multiplied as it is
//     NORM       x is normalised first: the factors before the sum, the root after it, as it is one
//                for all rows
//     ATTENDED   x is what attention over several spans of positions gave, put together here
//     STORED     out = weight . x
//     ADDED      out += weight . x: a residual connection
//     GATED      out = activation(gate) * up, of a matrix of gate's rows above those of up
//     LOW_RANK   an adapter's update is added to the product (shared/matvec_low_rank.wgsl)
//     QKV_*      rotates queries and keys; queries go to out, keys and values into the cache
//
// A thread takes four rows, so that what it reads of x serves four times, and with FEW four tokens:
// weights are read and converted once for these. LANES threads share four rows: each sums every
// LANES-th block, whatever the tokens, so that a token's results are the same alone and among
// others. Rows of activations are interleaved (shared/interleave.wgsl), so that what neighbours
// read lies side by side.
#import rows
#each input: PLAIN NORM ATTENDED
#each output: STORED ADDED GATED QKV_F32 QKV_F16
#each few: - FEW
#each subgroups: - SUBGROUPS
#each low_rank: - LOW_RANK
#import matvec_out
#never PLAIN GATED
#never PLAIN QKV
#never NORM ADDED
#never ATTENDED GATED
#never ATTENDED QKV
#never ATTENDED FEW

override ROWS: u32;
// Blocks of a row.
override BLOCKS: u32;
override THREADS: u32;
// A power of two.
override LANES: u32;
// Sums that workgroup memory has room for, of each token: what subgroups leave of the lanes' sums, or
// one where they leave nothing to add.
override STAGED: u32;

@group(0) @binding(2) var<storage, read> x: array<vec4<f32>>;

#ifdef NORM
override EPS: f32;
@group(0) @binding(3) var<storage, read> norm: array<vec4<f32>>;
#endif

#ifdef ATTENDED
#import combine
#define STEP
#endif
#ifdef QKV
#define STEP
#endif
#ifdef FEW
#define STEP
#endif
#ifdef STEP
#import step
@group(0) @binding(5) var<uniform> step: Step;
#endif

#ifdef SUBGROUPS
// Threads of a subgroup, or fewer: a power of two.
override SUBGROUP: u32;
#endif

#ifdef LOW_RANK
#import low_rank
// Rows of A that a workgroup multiplies, over four; there are as many groups of lanes, or more.
override INNER_QUADS: u32;
// A workgroup's rows are all of one part, of which alone A is multiplied.
override APART: bool;
@group(0) @binding(9) var<storage, read> ab: array<vec4<u32>>;
#endif

// After all overrides: naga 30 panics at one that follows a size made of another.
#ifdef FEW
#import few_tokens
#else
#import one_token
#endif
#ifdef NORM
var<workgroup> lane_squares: array<PerToken, STAGED>;
#endif
#ifdef LOW_RANK
#import matvec_low_rank
#endif

// What so many of these lanes, from the first on, staged for a token, added up.
fn staged(first: u32, t: u32, count: u32) -> vec4<f32> {
    var sum = lane_sums[t * STAGED + first];
    for (var i = 1u; i < count; i++) {
        sum += lane_sums[t * STAGED + first + i];
    }
    return sum;
}

@compute @workgroup_size(THREADS)
fn main(
    @builtin(workgroup_id) id: vec3<u32>,
#ifdef FEW
    @builtin(num_workgroups) groups: vec3<u32>,
#endif
    @builtin(local_invocation_index) thread: u32,
) {
    // Rows and tokens past the end repeat the last one, and are not stored.
#ifdef FEW
    // Workgroups that stand next to each other take the same rows and the next tokens, so that
    // weights come from memory once for all tokens of a step.
    let group = (id.y * groups.x + id.x) / groups.y;
    let token = (id.y * groups.x + id.x) % groups.y * TOKENS;
    let x_start = min(vec4<u32>(token) + vec4<u32>(0u, 1u, 2u, 3u), vec4<u32>(step.n_tokens - 1u)) * (8u * BLOCKS);
#else
    let group = id.x;
    let token = 0u;
    let x_start = 0u;
#endif
    let lane = thread % LANES;
    let quad = group * (THREADS / LANES) + thread / LANES;
    let starts = min(rows_of(quad), vec4<u32>(ROWS - 1u)) * BLOCKS;
    var sums = Quads();
#ifdef LOW_RANK
    let first_inner = inner_rows(rows_of(group * (THREADS / LANES)).x);
    let inner_quad = thread / LANES;
    let inner_at = 4u * BLOCKS * (first_inner + 4u * min(inner_quad, INNER_QUADS - 1u));
    var inner = Quads();
    // On its way while the matrix is multiplied.
    var b_piece = piece_of_b(quad, lane);
#endif
#ifdef NORM
    var squares = Quads();
#endif
    // The next block is on its way while one is multiplied; past the end it is the last one again,
    // for nothing.
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
#ifdef ATTENDED
        let v = attended_block(b);
        let x0 = v.a[0];
        let x1 = v.a[1];
        let x2 = v.a[2];
        let x3 = v.a[3];
        let x4 = v.b[0];
        let x5 = v.b[1];
        let x6 = v.b[2];
        let x7 = v.b[3];
#else
        let at = x_start + b;
        let v0 = activations(at);
        let v1 = activations(at + BLOCKS);
        let v2 = activations(at + 2u * BLOCKS);
        let v3 = activations(at + 3u * BLOCKS);
        let v4 = activations(at + 4u * BLOCKS);
        let v5 = activations(at + 5u * BLOCKS);
        let v6 = activations(at + 6u * BLOCKS);
        let v7 = activations(at + 7u * BLOCKS);
#ifdef NORM
        squares += ((squared(v0) + squared(v1)) + (squared(v2) + squared(v3)))
            + ((squared(v4) + squared(v5)) + (squared(v6) + squared(v7)));
        let x0 = scaled(v0, norm[b]);
        let x1 = scaled(v1, norm[b + BLOCKS]);
        let x2 = scaled(v2, norm[b + 2u * BLOCKS]);
        let x3 = scaled(v3, norm[b + 3u * BLOCKS]);
        let x4 = scaled(v4, norm[b + 4u * BLOCKS]);
        let x5 = scaled(v5, norm[b + 5u * BLOCKS]);
        let x6 = scaled(v6, norm[b + 6u * BLOCKS]);
        let x7 = scaled(v7, norm[b + 7u * BLOCKS]);
#else
        let x0 = v0;
        let x1 = v1;
        let x2 = v2;
        let x3 = v3;
        let x4 = v4;
        let x5 = v5;
        let x6 = v6;
        let x7 = v7;
#endif
#endif
#ifdef LOW_RANK
        let a = inner_at + b;
        inner += inner_products(a, x0, x1) + inner_products(a + BLOCKS, x2, x3);
        inner += inner_products(a + 2u * BLOCKS, x4, x5) + inner_products(a + 3u * BLOCKS, x6, x7);
#endif
        var products = multiply(scaled(x0, LOW), lows(q0.p0, q1.p0, q2.p0, q3.p0));
        products += multiply(scaled(x1, LOW), lows(q0.p1, q1.p1, q2.p1, q3.p1));
        products += multiply(scaled(x2, LOW), lows(q0.p2, q1.p2, q2.p2, q3.p2));
        products += multiply(scaled(x3, LOW), lows(q0.p3, q1.p3, q2.p3, q3.p3));
        products += multiply(scaled(x4, HIGH), highs(q0.p0, q1.p0, q2.p0, q3.p0));
        products += multiply(scaled(x5, HIGH), highs(q0.p1, q1.p1, q2.p1, q3.p1));
        products += multiply(scaled(x6, HIGH), highs(q0.p2, q1.p2, q2.p2, q3.p2));
        products += multiply(scaled(x7, HIGH), highs(q0.p3, q1.p3, q2.p3, q3.p3));
#ifdef FLOAT
        sums += products;
#else
        sums += dequantized(s, products, total(((x0 + x1) + (x2 + x3)) + ((x4 + x5) + (x6 + x7))));
        s = scales4(blocks);
#endif
    }
#ifdef NORM
    var square = total(squares);
#endif
    // Adds up the lanes' sums: first in subgroups, then through workgroup memory.
#ifdef SUBGROUPS
    let summed = min(LANES, SUBGROUP);
#else
    let summed = 1u;
#endif
    // A lane of each `summed` stages what they have.
    let stages = thread % summed == 0u;
    let first = (thread - lane) / summed;
#ifdef LOW_RANK
    // Products with A first; what the lanes make of them joins their sums.
#ifdef SUBGROUPS
    for (var mask = 1u; mask < summed; mask *= 2u) {
        inner += shuffled(inner, mask);
    }
#endif
    if LANES > summed {
        if stages {
            stage(thread / summed, inner);
        }
        workgroupBarrier();
    }
    for (var t = lane; t < TOKENS; t += LANES) {
        var sum = of_token(inner, t);
        if LANES > summed {
            sum = staged(first, t, LANES / summed);
        }
        if inner_quad < INNER_QUADS {
            inner_sums[t * INNER_QUADS + inner_quad] = sum;
        }
    }
    workgroupBarrier();
    for (var piece = lane; piece < RANK / 2u; piece += LANES) {
        for (var t = 0u; t < TOKENS; t++) {
            sums = with_token(sums, t, update(quad, piece, b_piece, t, first_inner));
        }
        b_piece = piece_of_b(quad, piece + LANES);
    }
#endif
#ifdef SUBGROUPS
    for (var mask = 1u; mask < summed; mask *= 2u) {
        sums += shuffled(sums, mask);
#ifdef NORM
        square += subgroupShuffleXor(square, mask);
#endif
    }
#endif
    if LANES > summed {
        if stages {
            stage(thread / summed, sums);
#ifdef NORM
            lane_squares[thread / summed] = square;
#endif
        }
        workgroupBarrier();
    }
    // A token each of the first lanes, or of fewer.
    for (var t = lane; t < TOKENS; t += LANES) {
#ifdef FEW
        if token + t >= step.n_tokens {
            return;
        }
#endif
        var sum = of_token(sums, t);
#ifdef NORM
        var square_sum = square;
#endif
        if LANES > summed {
            sum = staged(first, t, LANES / summed);
#ifdef NORM
            square_sum = lane_squares[first];
            for (var i = 1u; i < LANES / summed; i++) {
                square_sum += lane_squares[first + i];
            }
#endif
        }
#ifdef NORM
        sum *= 1.0 / sqrt(number_of_token(square_sum, t) / f32(32u * BLOCKS) + EPS);
#endif
        finish(token + t, quad, sum);
    }
}
