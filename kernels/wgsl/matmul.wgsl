// out[t][r] = sum over c of weight[r][c] * x[t][c], for many tokens.
//
// A workgroup makes a tile of 64 rows by 32 tokens. Block column by block column, one half of its threads expands weights
// into workgroup memory, the other half copies activations; then each thread multiplies 4 rows by 4 tokens.
#each F32 F16 BF16 Q8_0 Q4_0 Q4_1 Q5_0 Q5_1 Q4_K Q5_K Q6_K
#import step
#import weight
#import store

override ROWS: u32;
// Blocks of a row.
override BLOCKS: u32;

const TILE_ROWS = 64u;
const TILE_TOKENS = 32u;
const THREADS = 128u;
// vec4s of a tile's row: a block's eight, and one that puts neighbouring rows into different memory banks.
const STRIDE = 9u;

@group(0) @binding(2) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> out: array<f32>;
@group(0) @binding(4) var<uniform> step: Step;

var<workgroup> weights: array<vec4<f32>, TILE_ROWS * STRIDE>;
var<workgroup> values: array<vec4<f32>, TILE_TOKENS * STRIDE>;

// Thread rows are 16 apart and thread tokens 8 apart: neighbouring threads read neighbouring rows.
fn row_dots(value: vec4<f32>, w0: vec4<f32>, w1: vec4<f32>, w2: vec4<f32>, w3: vec4<f32>) -> vec4<f32> {
    return vec4<f32>(dot(value, w0), dot(value, w1), dot(value, w2), dot(value, w3));
}

fn store_rows(token: u32, row: u32, sums: vec4<f32>) {
    if token >= step.n_tokens {
        return;
    }
    store(token, row, sums.x);
    store(token, row + 16u, sums.y);
    store(token, row + 32u, sums.z);
    store(token, row + 48u, sums.w);
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let first_row = group.x * TILE_ROWS;
    let first_token = group.y * TILE_TOKENS;
    let row = thread % 16u;
    let token = thread / 16u;
    var sums0 = vec4<f32>();
    var sums1 = vec4<f32>();
    var sums2 = vec4<f32>();
    var sums3 = vec4<f32>();
    for (var b = 0u; b < BLOCKS; b += 1u) {
        if thread < TILE_ROWS {
            // Rows and tokens past the end repeat the last one, and are not stored.
            let block = min(first_row + thread, ROWS - 1u) * BLOCKS + b;
            let s = scale(block);
            let low_factor = LOW * s.x;
            let high_factor = HIGH * s.x;
            let q = load_block(block);
            let at = thread * STRIDE;
            weights[at] = low(q.p0) * low_factor + s.y;
            weights[at + 1u] = low(q.p1) * low_factor + s.y;
            weights[at + 2u] = low(q.p2) * low_factor + s.y;
            weights[at + 3u] = low(q.p3) * low_factor + s.y;
            weights[at + 4u] = high(q.p0) * high_factor + s.y;
            weights[at + 5u] = high(q.p1) * high_factor + s.y;
            weights[at + 6u] = high(q.p2) * high_factor + s.y;
            weights[at + 7u] = high(q.p3) * high_factor + s.y;
        } else {
            for (var i = thread - TILE_ROWS; i < TILE_TOKENS * 8u; i += THREADS - TILE_ROWS) {
                let t = min(first_token + i / 8u, step.n_tokens - 1u);
                values[i / 8u * STRIDE + i % 8u] = x[(t * BLOCKS + b) * 8u + i % 8u];
            }
        }
        workgroupBarrier();
        for (var k = 0u; k < 8u; k += 1u) {
            let w = row * STRIDE + k;
            let w0 = weights[w];
            let w1 = weights[w + 16u * STRIDE];
            let w2 = weights[w + 32u * STRIDE];
            let w3 = weights[w + 48u * STRIDE];
            let v = token * STRIDE + k;
            sums0 += row_dots(values[v], w0, w1, w2, w3);
            sums1 += row_dots(values[v + 8u * STRIDE], w0, w1, w2, w3);
            sums2 += row_dots(values[v + 16u * STRIDE], w0, w1, w2, w3);
            sums3 += row_dots(values[v + 24u * STRIDE], w0, w1, w2, w3);
        }
        workgroupBarrier();
    }
    store_rows(first_token + token, first_row + row, sums0);
    store_rows(first_token + token + 8u, first_row + row, sums1);
    store_rows(first_token + token + 16u, first_row + row, sums2);
    store_rows(first_token + token + 24u, first_row + row, sums3);
}
