// A matrix times one token's activations, with what comes before and after it: a decoding step is little else.
//
//     STORED           out = weight . x
//     ADDED            out += weight . x: a residual connection
//     NORM_*           x is normalised first: the factors before the sum, the root after it, as it is one for all rows
//     ATTENDED_*       x is what attention over several spans of positions gave, put together here
//     *_GATED          out = activation(gate) * up, of a matrix of gate's rows above those of up
//     *_QKV_*          rotates queries and keys; queries go to out, keys and values into the cache
//
// A thread takes four rows, so that what it reads of x serves four times. LANES threads share four rows: each sums every
// LANES-th block. Rows of activations are interleaved (shared/interleave.wgsl), so that what neighbours read lies side by side.
#each F32 F16 BF16 Q8_0 Q4_0 Q4_1 Q5_0 Q5_1 Q4_K Q5_K Q6_K
#each STORED ADDED NORM_STORED NORM_GATED NORM_QKV_F32 NORM_QKV_F16 ATTENDED_STORED ATTENDED_ADDED
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

#ifdef ATTENDED
#import step
#import combine
@group(0) @binding(5) var<uniform> step: Step;
#endif

// Adds up the lanes' sums; what the first lane gets is whole.
#ifdef SUBGROUPS
// Threads of a subgroup, or fewer: a power of two.
override SUBGROUP: u32;
#endif
var<workgroup> lane_sums: array<vec4<f32>, THREADS>;
#ifdef NORM
var<workgroup> lane_squares: array<f32, THREADS>;
#endif

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let lane = thread % LANES;
    let quad = group.x * (THREADS / LANES) + thread / LANES;
    // Rows past the end repeat the last one, and are not stored.
    let starts = min(rows_of(quad), vec4<u32>(ROWS - 1u)) * BLOCKS;
    var sums = vec4<f32>();
#ifdef NORM
    var squares = vec4<f32>();
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
#ifdef NORM
        let v0 = x[b];
        let v1 = x[b + BLOCKS];
        let v2 = x[b + 2u * BLOCKS];
        let v3 = x[b + 3u * BLOCKS];
        let v4 = x[b + 4u * BLOCKS];
        let v5 = x[b + 5u * BLOCKS];
        let v6 = x[b + 6u * BLOCKS];
        let v7 = x[b + 7u * BLOCKS];
        squares += ((v0 * v0 + v1 * v1) + (v2 * v2 + v3 * v3)) + ((v4 * v4 + v5 * v5) + (v6 * v6 + v7 * v7));
        let x0 = v0 * norm[b];
        let x1 = v1 * norm[b + BLOCKS];
        let x2 = v2 * norm[b + 2u * BLOCKS];
        let x3 = v3 * norm[b + 3u * BLOCKS];
        let x4 = v4 * norm[b + 4u * BLOCKS];
        let x5 = v5 * norm[b + 5u * BLOCKS];
        let x6 = v6 * norm[b + 6u * BLOCKS];
        let x7 = v7 * norm[b + 7u * BLOCKS];
#else
        let x0 = x[b];
        let x1 = x[b + BLOCKS];
        let x2 = x[b + 2u * BLOCKS];
        let x3 = x[b + 3u * BLOCKS];
        let x4 = x[b + 4u * BLOCKS];
        let x5 = x[b + 5u * BLOCKS];
        let x6 = x[b + 6u * BLOCKS];
        let x7 = x[b + 7u * BLOCKS];
#endif
#endif
        var products = (x0 * LOW) * lows(q0.p0, q1.p0, q2.p0, q3.p0);
        products += (x1 * LOW) * lows(q0.p1, q1.p1, q2.p1, q3.p1);
        products += (x2 * LOW) * lows(q0.p2, q1.p2, q2.p2, q3.p2);
        products += (x3 * LOW) * lows(q0.p3, q1.p3, q2.p3, q3.p3);
        products += (x4 * HIGH) * highs(q0.p0, q1.p0, q2.p0, q3.p0);
        products += (x5 * HIGH) * highs(q0.p1, q1.p1, q2.p1, q3.p1);
        products += (x6 * HIGH) * highs(q0.p2, q1.p2, q2.p2, q3.p2);
        products += (x7 * HIGH) * highs(q0.p3, q1.p3, q2.p3, q3.p3);
#ifdef FLOAT
        sums += products;
#else
        let total = dot(((x0 + x1) + (x2 + x3)) + ((x4 + x5) + (x6 + x7)), vec4<f32>(1.0));
        sums += s.factors * products + s.offsets * total;
        s = scales4(blocks);
#endif
    }
#ifdef NORM
    var square = dot(squares, vec4<f32>(1.0));
#endif
#ifdef SUBGROUPS
    for (var mask = 1u; mask < min(LANES, SUBGROUP); mask *= 2u) {
        sums += subgroupShuffleXor(sums, mask);
#ifdef NORM
        square += subgroupShuffleXor(square, mask);
#endif
    }
    let summed = min(LANES, SUBGROUP);
#else
    let summed = 1u;
#endif
    if LANES > summed {
        lane_sums[thread] = sums;
#ifdef NORM
        lane_squares[thread] = square;
#endif
        workgroupBarrier();
        if lane == 0u {
            for (var i = summed; i < LANES; i += summed) {
                sums += lane_sums[thread + i];
#ifdef NORM
                square += lane_squares[thread + i];
#endif
            }
        }
    }
    if lane == 0u {
#ifdef NORM
        sums *= 1.0 / sqrt(square / f32(32u * BLOCKS) + EPS);
#endif
        finish(0u, quad, sums);
    }
}
