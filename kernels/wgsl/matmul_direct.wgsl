// out[t][r] = sum over c of weight[r][c] * x[t][c], for many tokens on software adapters: without
// workgroup memory and barriers, which cost there and gain nothing.
//
// A thread makes 4 rows by 4 tokens, as products of 4x4 matrices.
#import step
#import rows
#import store

override ROWS: u32;
// Blocks of a row.
override BLOCKS: u32;

const THREADS = 16u;

@group(0) @binding(2) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> out: array<f32>;
@group(0) @binding(4) var<uniform> step: Step;

// Column t: token t's four activations from index `at` on.
fn activations(at: vec4<u32>) -> mat4x4<f32> {
    return mat4x4<f32>(x[at.x], x[at.y], x[at.z], x[at.w]);
}

// Row r, column t: row r's weights times token t's activations.
fn multiply(weights: mat4x4<f32>, unit: vec4<f32>, v: mat4x4<f32>) -> mat4x4<f32> {
    return transpose(weights) * mat4x4<f32>(v[0] * unit, v[1] * unit, v[2] * unit, v[3] * unit);
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let row = (group.x * THREADS + thread) * 4u;
    let token = group.y * 4u;
    let starts = row_starts(row);
    // Tokens past the end repeat the last one, and are not stored.
    let tokens = min(vec4<u32>(token) + vec4<u32>(0u, 1u, 2u, 3u), vec4<u32>(step.n_tokens - 1u));
    var sums = mat4x4<f32>();
    for (var b = 0u; b < BLOCKS; b += 1u) {
        let blocks = starts + b;
        let r0 = load_block(blocks.x);
        let r1 = load_block(blocks.y);
        let r2 = load_block(blocks.z);
        let r3 = load_block(blocks.w);
        let at = (tokens * BLOCKS + b) * 8u;
        let x0 = activations(at);
        let x1 = activations(at + 1u);
        let x2 = activations(at + 2u);
        let x3 = activations(at + 3u);
        let x4 = activations(at + 4u);
        let x5 = activations(at + 5u);
        let x6 = activations(at + 6u);
        let x7 = activations(at + 7u);
        var products = multiply(lows(r0.p0, r1.p0, r2.p0, r3.p0), LOW, x0);
        products += multiply(lows(r0.p1, r1.p1, r2.p1, r3.p1), LOW, x1);
        products += multiply(lows(r0.p2, r1.p2, r2.p2, r3.p2), LOW, x2);
        products += multiply(lows(r0.p3, r1.p3, r2.p3, r3.p3), LOW, x3);
        products += multiply(highs(r0.p0, r1.p0, r2.p0, r3.p0), HIGH, x4);
        products += multiply(highs(r0.p1, r1.p1, r2.p1, r3.p1), HIGH, x5);
        products += multiply(highs(r0.p2, r1.p2, r2.p2, r3.p2), HIGH, x6);
        products += multiply(highs(r0.p3, r1.p3, r2.p3, r3.p3), HIGH, x7);
#ifdef FLOAT
        sums += products;
#else
        let s = scales4(blocks);
        let totals = vec4<f32>(1.0) * (((x0 + x1) + (x2 + x3)) + ((x4 + x5) + (x6 + x7)));
        sums += mat4x4<f32>(
            s.factors * products[0] + s.offsets * totals.x, s.factors * products[1] + s.offsets * totals.y,
            s.factors * products[2] + s.offsets * totals.z, s.factors * products[3] + s.offsets * totals.w,
        );
#endif
    }
    store4(token, row, sums[0]);
    if token + 1u < step.n_tokens {
        store4(token + 1u, row, sums[1]);
    }
    if token + 2u < step.n_tokens {
        store4(token + 2u, row, sums[2]);
    }
    if token + 3u < step.n_tokens {
        store4(token + 3u, row, sums[3]);
    }
}
