// out += scale . B . A . x: what an adapter adds to a matrix's products, for many tokens. A workgroup
// takes four tokens and some of the matrix's rows: all products of the tokens with A, which workgroups with other
// rows make again, and from these, those with its rows of B.
//
// LANES threads share four rows of A, each sums every LANES-th eight columns.
#define FLOAT
#import step
#import low_rank

override ROWS: u32;
// Rows of a workgroup.
override ROWS_EACH: u32;
// Blocks of a row of A.
override BLOCKS: u32;
// Rows of A over four: at most THREADS / LANES.
override INNER_QUADS: u32;
// A power of two.
override LANES: u32;
// Where the rows stand in a row of out, and how wide that is.
override FIRST_ROW: u32;
override OUT_ROWS: u32;

const THREADS = 128u;
const STAGED = THREADS;

@group(0) @binding(0) var<storage, read> ab: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> out: array<f32>;
@group(0) @binding(3) var<uniform> step: Step;

#import few_tokens
// Products with A: of each four rows those of each token.
var<workgroup> inner_sums: array<vec4<f32>, TOKENS * INNER_QUADS>;

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let token = TOKENS * group.y;
    // Tokens past the end repeat the last one, and are not stored.
    let tokens = min(vec4<u32>(token) + vec4<u32>(0u, 1u, 2u, 3u), vec4<u32>(step.n_tokens - 1u));
    let lane = thread % LANES;
    let quad = thread / LANES;
    let first = 16u * BLOCKS * min(quad, INNER_QUADS - 1u);
    var sums = Quads();
    for (var i = lane; i < 4u * BLOCKS; i += LANES) {
        let at = first + i % 4u * BLOCKS + i / 4u;
        let r0 = ab[at];
        let r1 = ab[at + 4u * BLOCKS];
        let r2 = ab[at + 8u * BLOCKS];
        let r3 = ab[at + 12u * BLOCKS];
        let x_at = tokens * (8u * BLOCKS) + 2u * i;
        sums += multiply(activations(x_at), mat4x4<f32>(four_halves(r0.xy), four_halves(r1.xy), four_halves(r2.xy), four_halves(r3.xy)));
        sums += multiply(activations(x_at + 1u), mat4x4<f32>(four_halves(r0.zw), four_halves(r1.zw), four_halves(r2.zw), four_halves(r3.zw)));
    }
    stage(thread, sums);
    workgroupBarrier();
    for (var t = lane; t < TOKENS && quad < INNER_QUADS; t += LANES) {
        var sum = vec4<f32>();
        for (var i = 0u; i < LANES; i++) {
            sum += lane_sums[t * STAGED + thread - lane + i];
        }
        inner_sums[TOKENS * quad + t] = SCALE * sum;
    }
    workgroupBarrier();
    let end = min((group.x + 1u) * ROWS_EACH, ROWS);
    for (var row = group.x * ROWS_EACH + thread; row < end; row += THREADS) {
        let inner = TOKENS * part_of(row) * (RANK / 4u);
        var products = vec4<f32>();
        for (var i = 0u; i < RANK / 8u; i++) {
            let b = ab[B_AT + row * (RANK / 8u) + i];
            let at = inner + 2u * TOKENS * i;
            products += four_halves(b.xy) * mat4x4<f32>(inner_sums[at], inner_sums[at + 1u], inner_sums[at + 2u], inner_sums[at + 3u]);
            products += four_halves(b.zw) * mat4x4<f32>(inner_sums[at + 4u], inner_sums[at + 5u], inner_sums[at + 6u], inner_sums[at + 7u]);
        }
        for (var t = 0u; t < TOKENS && token + t < step.n_tokens; t++) {
            out[(token + t) * OUT_ROWS + FIRST_ROW + row] += products[t];
        }
    }
}
