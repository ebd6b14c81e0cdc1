// out[t][r] = sum over c of weight[r][c] * x[t][c], for many tokens.
//
// A workgroup makes a tile of rows by tokens. Block column by block column its threads expand
// weights into workgroup memory and copy activations beside them; then each thread multiplies 8 or
// 4 rows by as many tokens. While it does, what the next block column needs is on its way from
// global memory into registers.
//
// Workgroup memory has element i of every lane beside one another, so that neighbouring threads use
// different memory banks and a thread's addresses differ by constants. f16 tiles halve its traffic;
// sums stay f32.
#import step
#import weight
#import store
#import tile
#never TILE_64X64_4X4
#never TILE_128X64_8X4
#each f16: - SHADER_F16

override ROWS: u32;
// Blocks of a row.
override BLOCKS: u32;

// vec4s of a block.
const QUADS = 8u;
const X_STEP = THREADS / 8u;

#ifdef SHADER_F16
alias Quad = vec4<f16>;
#else
alias Quad = vec4<f32>;
#endif

@group(0) @binding(2) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> out: array<f32>;
@group(0) @binding(4) var<uniform> step: Step;

// Row LANES * i + lane has its k-th vec4 at [QUADS * i + k][lane]; tokens likewise.
var<workgroup> weights: array<array<Quad, ROW_LANES>, QUADS * ROWS_EACH>;
var<workgroup> values: array<array<Quad, TOKEN_LANES>, QUADS * TOKENS_EACH>;

fn stage_weights(row: u32, k: u32, piece: Piece, s: vec2<f32>) {
    let at = row / ROW_LANES * QUADS + k;
    let lane = row % ROW_LANES;
    weights[at][lane] = Quad(fma(low(piece), LOW * s.x, vec4<f32>(s.y)));
    weights[at + 4u][lane] = Quad(fma(high(piece), HIGH * s.x, vec4<f32>(s.y)));
}

fn stage_value(token: u32, k: u32, value: vec4<f32>) {
#ifdef SHADER_F16
    let kept = clamp(value, vec4<f32>(-65504.0), vec4<f32>(65504.0));
#else
    let kept = value;
#endif
    values[token / TOKEN_LANES * QUADS + k][token % TOKEN_LANES] = Quad(kept);
}

// Four rows' elements 4k.. of a block, one row a column.
fn four_rows(first: u32, k: u32, lane: u32) -> mat4x4<f32> {
    let at = first * QUADS + k;
    return mat4x4<f32>(
        vec4<f32>(weights[at][lane]), vec4<f32>(weights[at + QUADS][lane]),
        vec4<f32>(weights[at + 2u * QUADS][lane]), vec4<f32>(weights[at + 3u * QUADS][lane]),
    );
}

fn four_tokens(first: u32, k: u32, lane: u32) -> mat4x4<f32> {
    let at = first * QUADS + k;
    return mat4x4<f32>(
        vec4<f32>(values[at][lane]), vec4<f32>(values[at + QUADS][lane]),
        vec4<f32>(values[at + 2u * QUADS][lane]), vec4<f32>(values[at + 3u * QUADS][lane]),
    );
}

fn multiply_add(w: mat4x4<f32>, v: vec4<f32>, sums: vec4<f32>) -> vec4<f32> {
    var result = fma(vec4<f32>(w[0].x, w[1].x, w[2].x, w[3].x), vec4<f32>(v.x), sums);
    result = fma(vec4<f32>(w[0].y, w[1].y, w[2].y, w[3].y), vec4<f32>(v.y), result);
    result = fma(vec4<f32>(w[0].z, w[1].z, w[2].z, w[3].z), vec4<f32>(v.z), result);
    return fma(vec4<f32>(w[0].w, w[1].w, w[2].w, w[3].w), vec4<f32>(v.w), result);
}

// sums[t][r] += row r times token t. One multiplication and addition an element, which a matrix
// product is not.
fn multiply_add4(w: mat4x4<f32>, v: mat4x4<f32>, sums: mat4x4<f32>) -> mat4x4<f32> {
    return mat4x4<f32>(
        multiply_add(w, v[0], sums[0]), multiply_add(w, v[1], sums[1]),
        multiply_add(w, v[2], sums[2]), multiply_add(w, v[3], sums[3]),
    );
}

// Rows 0-3 and 4-7 of a thread by its tokens 0-3 and 4-7.
struct Sums {
    s00: mat4x4<f32>,
#ifdef EIGHT_ROWS
    s40: mat4x4<f32>,
#endif
#ifdef EIGHT_TOKENS
    s04: mat4x4<f32>,
    s44: mat4x4<f32>,
#endif
}

fn multiply(k: u32, row_lane: u32, token_lane: u32, sums: ptr<function, Sums>) {
    let v0 = four_tokens(0u, k, token_lane);
    let w0 = four_rows(0u, k, row_lane);
    (*sums).s00 = multiply_add4(w0, v0, (*sums).s00);
#ifdef EIGHT_ROWS
    let w4 = four_rows(4u, k, row_lane);
    (*sums).s40 = multiply_add4(w4, v0, (*sums).s40);
#endif
#ifdef EIGHT_TOKENS
    let v4 = four_tokens(4u, k, token_lane);
    (*sums).s04 = multiply_add4(w0, v4, (*sums).s04);
    (*sums).s44 = multiply_add4(w4, v4, (*sums).s44);
#endif
}

fn store_rows(token: u32, row: u32, sums: vec4<f32>) {
    if token < step.n_tokens {
        store(token, row, sums.x);
        store(token, row + ROW_LANES, sums.y);
        store(token, row + 2u * ROW_LANES, sums.z);
        store(token, row + 3u * ROW_LANES, sums.w);
    }
}

fn store_four(token: u32, row: u32, sums: mat4x4<f32>) {
    store_rows(token, row, sums[0]);
    store_rows(token + TOKEN_LANES, row, sums[1]);
    store_rows(token + 2u * TOKEN_LANES, row, sums[2]);
    store_rows(token + 3u * TOKEN_LANES, row, sums[3]);
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let first_row = group.x * TILE_ROWS;
    let first_token = group.y * TILE_TOKENS;
    let row_lane = row_lane_of(thread);
    let token_lane = token_lane_of(thread);
    // What the thread stages: (half of) a block of a row, and every X_STEP-th token's k-th vec4.
    // Eight neighbours copy eight tokens, for the banks, and groups of them neighbouring vec4s, for
    // global memory. Rows and tokens past the end repeat the last one, and are not stored.
    let row = thread % TILE_ROWS;
    let k = thread / 8u % QUADS;
    let token = thread % 8u + thread / 64u * 8u;
    let block = min(first_row + row, ROWS - 1u) * BLOCKS;
    let at = vec4<u32>(first_token + token) + vec4<u32>(0u, X_STEP, 2u * X_STEP, 3u * X_STEP);
    let last = vec4<u32>(step.n_tokens - 1u);
    let x_at = min(at, last) * (BLOCKS * QUADS) + k;
    var q = load_block(block);
    var s = scale(block);
    var x0 = x[x_at.x];
    var x1 = x[x_at.y];
    var x2 = x[x_at.z];
    var x3 = x[x_at.w];
#ifdef EIGHT_COPIES
    let x_at4 = min(at + 4u * X_STEP, last) * (BLOCKS * QUADS) + k;
    var x4 = x[x_at4.x];
    var x5 = x[x_at4.y];
    var x6 = x[x_at4.z];
    var x7 = x[x_at4.w];
#endif
    var sums = Sums();
    for (var b = 0u; b < BLOCKS; b += 1u) {
#ifdef HALF_BLOCKS
        if thread < TILE_ROWS {
            stage_weights(row, 0u, q.p0, s);
            stage_weights(row, 1u, q.p1, s);
        } else {
            stage_weights(row, 2u, q.p2, s);
            stage_weights(row, 3u, q.p3, s);
        }
#else
        stage_weights(row, 0u, q.p0, s);
        stage_weights(row, 1u, q.p1, s);
        stage_weights(row, 2u, q.p2, s);
        stage_weights(row, 3u, q.p3, s);
#endif
        stage_value(token, k, x0);
        stage_value(token + X_STEP, k, x1);
        stage_value(token + 2u * X_STEP, k, x2);
        stage_value(token + 3u * X_STEP, k, x3);
#ifdef EIGHT_COPIES
        stage_value(token + 4u * X_STEP, k, x4);
        stage_value(token + 5u * X_STEP, k, x5);
        stage_value(token + 6u * X_STEP, k, x6);
        stage_value(token + 7u * X_STEP, k, x7);
#endif
        workgroupBarrier();
        let next = min(b + 1u, BLOCKS - 1u);
        q = load_block(block + next);
        s = scale(block + next);
        x0 = x[x_at.x + next * QUADS];
        x1 = x[x_at.y + next * QUADS];
        x2 = x[x_at.z + next * QUADS];
        x3 = x[x_at.w + next * QUADS];
#ifdef EIGHT_COPIES
        x4 = x[x_at4.x + next * QUADS];
        x5 = x[x_at4.y + next * QUADS];
        x6 = x[x_at4.z + next * QUADS];
        x7 = x[x_at4.w + next * QUADS];
#endif
        multiply(0u, row_lane, token_lane, &sums);
        multiply(1u, row_lane, token_lane, &sums);
        multiply(2u, row_lane, token_lane, &sums);
        multiply(3u, row_lane, token_lane, &sums);
        multiply(4u, row_lane, token_lane, &sums);
        multiply(5u, row_lane, token_lane, &sums);
        multiply(6u, row_lane, token_lane, &sums);
        multiply(7u, row_lane, token_lane, &sums);
        workgroupBarrier();
    }
    let out_row = first_row + row_lane;
    let out_token = first_token + token_lane;
    store_four(out_token, out_row, sums.s00);
#ifdef EIGHT_ROWS
    store_four(out_token, out_row + 4u * ROW_LANES, sums.s40);
#endif
#ifdef EIGHT_TOKENS
    store_four(out_token + 4u * TOKEN_LANES, out_row, sums.s04);
    store_four(out_token + 4u * TOKEN_LANES, out_row + 4u * ROW_LANES, sums.s44);
#endif
}
