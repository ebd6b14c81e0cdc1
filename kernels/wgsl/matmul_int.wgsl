// out[t][r] = sum over c of weight[r][c] * x[t][c], for many tokens, in products of 8-bit integers:
// x comes from quantize.wgsl.
//
// A workgroup makes a tile of rows by tokens. One or two block columns at a time, its threads bring
// weights and activations as packed bytes into workgroup memory; then each thread multiplies 8 or 4
// rows by 4 tokens, exactly within a block, whose factors it applies in f32. Meanwhile the next
// blocks are on their way from global memory into registers.
//
// Workgroup memory is laid out as in matmul.wgsl.
#import step
#import weight_int
#import store
#import tile
#never TILE_64X64_8X8

override ROWS: u32;
// Blocks of a row.
override BLOCKS: u32;
// Tokens there is room for.
override TOKENS: u32;

// Block columns at a time.
#ifdef TWO_BLOCKS
const DEPTH = 2u;
#else
const DEPTH = 1u;
#endif

@group(0) @binding(2) var<storage, read> x: array<vec4<u32>>;
@group(0) @binding(3) var<storage, read> x_factors: array<vec2<f32>>;
@group(0) @binding(4) var<storage, read_write> out: array<f32>;
@group(0) @binding(5) var<uniform> step: Step;

// Row LANES * i + lane has the halves of its block in column d at [2 * (ROWS_EACH * d + i)
// ..][lane]; tokens likewise.
var<workgroup> weights: array<array<vec4<u32>, ROW_LANES>, 2u * DEPTH * ROWS_EACH>;
var<workgroup> weight_factors: array<array<vec2<f32>, ROW_LANES>, DEPTH * ROWS_EACH>;
var<workgroup> values: array<array<vec4<u32>, TOKEN_LANES>, 2u * DEPTH * TOKENS_EACH>;
var<workgroup> value_factors: array<array<vec2<f32>, TOKEN_LANES>, DEPTH * TOKENS_EACH>;

// Four tokens' blocks.
struct Values {
    low0: vec4<u32>,
    low1: vec4<u32>,
    low2: vec4<u32>,
    low3: vec4<u32>,
    high0: vec4<u32>,
    high1: vec4<u32>,
    high2: vec4<u32>,
    high3: vec4<u32>,
    scales: vec4<f32>,
    sums: vec4<f32>,
}

fn four_tokens(depth: u32, lane: u32) -> Values {
    let at = TOKENS_EACH * depth;
    let f0 = value_factors[at][lane];
    let f1 = value_factors[at + 1u][lane];
    let f2 = value_factors[at + 2u][lane];
    let f3 = value_factors[at + 3u][lane];
    return Values(
        values[2u * at][lane], values[2u * at + 2u][lane], values[2u * at + 4u][lane], values[2u * at + 6u][lane],
        values[2u * at + 1u][lane], values[2u * at + 3u][lane], values[2u * at + 5u][lane], values[2u * at + 7u][lane],
        vec4<f32>(f0.x, f1.x, f2.x, f3.x), vec4<f32>(f0.y, f1.y, f2.y, f3.y),
    );
}

fn dot16(a: vec4<u32>, b: vec4<u32>) -> i32 {
    return dot4I8Packed(a.x, b.x) + dot4I8Packed(a.y, b.y) + dot4I8Packed(a.z, b.z) + dot4I8Packed(a.w, b.w);
}

// The dot products of a row's block with four tokens', added to sums.
fn add_row(i: u32, depth: u32, lane: u32, v: Values, sums: vec4<f32>) -> vec4<f32> {
    let at = ROWS_EACH * depth + i;
    let low = weights[2u * at][lane];
    let high = weights[2u * at + 1u][lane];
    let factors = weight_factors[at][lane];
    let lows = vec4<i32>(dot16(low, v.low0), dot16(low, v.low1), dot16(low, v.low2), dot16(low, v.low3));
    let highs = vec4<i32>(dot16(high, v.high0), dot16(high, v.high1), dot16(high, v.high2), dot16(high, v.high3));
#ifdef HALF_FACTORS
    let product = fma(vec4<f32>(lows), vec4<f32>(factors.x), vec4<f32>(highs) * factors.y);
    return fma(product, v.scales, sums);
#else
    let result = fma(vec4<f32>(lows + highs) * v.scales, vec4<f32>(factors.x), sums);
#ifdef OFFSETS
    return fma(v.sums, vec4<f32>(factors.y), result);
#else
    return result;
#endif
#endif
}

// A thread's rows by its four tokens.
struct Sums {
    r0: vec4<f32>,
    r1: vec4<f32>,
    r2: vec4<f32>,
    r3: vec4<f32>,
#ifdef EIGHT_ROWS
    r4: vec4<f32>,
    r5: vec4<f32>,
    r6: vec4<f32>,
    r7: vec4<f32>,
#endif
}

fn multiply(depth: u32, row_lane: u32, token_lane: u32, sums: ptr<function, Sums>) {
    let v = four_tokens(depth, token_lane);
    (*sums).r0 = add_row(0u, depth, row_lane, v, (*sums).r0);
    (*sums).r1 = add_row(1u, depth, row_lane, v, (*sums).r1);
    (*sums).r2 = add_row(2u, depth, row_lane, v, (*sums).r2);
    (*sums).r3 = add_row(3u, depth, row_lane, v, (*sums).r3);
#ifdef EIGHT_ROWS
    (*sums).r4 = add_row(4u, depth, row_lane, v, (*sums).r4);
    (*sums).r5 = add_row(5u, depth, row_lane, v, (*sums).r5);
    (*sums).r6 = add_row(6u, depth, row_lane, v, (*sums).r6);
    (*sums).r7 = add_row(7u, depth, row_lane, v, (*sums).r7);
#endif
}

fn store_tokens(token: u32, row: u32, sums: vec4<f32>) {
    store_token(token, row, sums.x);
    store_token(token + TOKEN_LANES, row, sums.y);
    store_token(token + 2u * TOKEN_LANES, row, sums.z);
    store_token(token + 3u * TOKEN_LANES, row, sums.w);
}

fn store_token(token: u32, row: u32, sum: f32) {
    if token < step.n_tokens {
        store(token, row, sum);
    }
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let first_row = group.x * TILE_ROWS;
    let first_token = group.y * TILE_TOKENS;
    let row_lane = row_lane_of(thread);
    let token_lane = token_lane_of(thread);
    // What the thread stages: a row's block and a token's. Rows and tokens past the end repeat the
    // last one, and are not stored; columns past the end repeat the last one with a factor of 0.
    let row = thread % TILE_ROWS;
    let row_depth = thread / TILE_ROWS;
    let token = thread % TILE_TOKENS;
    let token_depth = thread / TILE_TOKENS;
    let first_block = min(first_row + row, ROWS - 1u) * BLOCKS;
    let x_at = min(first_token + token, step.n_tokens - 1u);
    let row_to = ROWS_EACH * row_depth + row / ROW_LANES;
    let token_to = TOKENS_EACH * token_depth + token / TOKEN_LANES;
    var block = first_block + min(row_depth, BLOCKS - 1u);
    var q = load_block(block);
    var s = scale(block);
    var x_block = min(token_depth, BLOCKS - 1u);
    var x_low = x[2u * x_block * TOKENS + x_at];
    var x_high = x[(2u * x_block + 1u) * TOKENS + x_at];
    var f = x_factors[x_block * TOKENS + x_at];
    var sums = Sums();
    for (var b = 0u; b < BLOCKS; b += DEPTH) {
        if row_depth < DEPTH {
            let quants = int_block(q);
            weights[2u * row_to][row % ROW_LANES] = quants.lows;
            weights[2u * row_to + 1u][row % ROW_LANES] = quants.highs;
            weight_factors[row_to][row % ROW_LANES] = factors_of(q, s);
        }
        if token_depth < DEPTH {
            values[2u * token_to][token % TOKEN_LANES] = x_low;
            values[2u * token_to + 1u][token % TOKEN_LANES] = x_high;
            value_factors[token_to][token % TOKEN_LANES] = select(vec2<f32>(), f, b + token_depth < BLOCKS);
        }
        workgroupBarrier();
        block = first_block + min(b + DEPTH + row_depth, BLOCKS - 1u);
        q = load_block(block);
        s = scale(block);
        x_block = min(b + DEPTH + token_depth, BLOCKS - 1u);
        x_low = x[2u * x_block * TOKENS + x_at];
        x_high = x[(2u * x_block + 1u) * TOKENS + x_at];
        f = x_factors[x_block * TOKENS + x_at];
        multiply(0u, row_lane, token_lane, &sums);
#ifdef TWO_BLOCKS
        multiply(1u, row_lane, token_lane, &sums);
#endif
        workgroupBarrier();
    }
    let out_row = first_row + row_lane;
    let out_token = first_token + token_lane;
    store_tokens(out_token, out_row, sums.r0);
    store_tokens(out_token, out_row + ROW_LANES, sums.r1);
    store_tokens(out_token, out_row + 2u * ROW_LANES, sums.r2);
    store_tokens(out_token, out_row + 3u * ROW_LANES, sums.r3);
#ifdef EIGHT_ROWS
    store_tokens(out_token, out_row + 4u * ROW_LANES, sums.r4);
    store_tokens(out_token, out_row + 5u * ROW_LANES, sums.r5);
    store_tokens(out_token, out_row + 6u * ROW_LANES, sums.r6);
    store_tokens(out_token, out_row + 7u * ROW_LANES, sums.r7);
#endif
}
