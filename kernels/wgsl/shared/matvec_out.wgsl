// The outputs of matvec.wgsl: what becomes of the products of four rows and a token. The importer
// declares ROWS and BLOCKS.
#ifdef QKV_F32
#define QKV
#define KV_F32
#endif
#ifdef QKV_F16
#define QKV
#define KV_F16
#endif

#ifdef QKV
#import matvec_qkv
#else
@group(0) @binding(4) var<storage, read_write> out: array<f32>;
// Where the rows stand in a row of out, how wide that is, and whether it is interleaved.
override FIRST_ROW: u32;
override OUT_WIDTH: u32;
override INTERLEAVED: bool;
#import interleave

fn place(token: u32, row: u32) -> u32 {
    return token * OUT_WIDTH + select(FIRST_ROW + row, interleaved_place(row, OUT_WIDTH / 32u), INTERLEAVED);
}
#endif

#ifdef GATED
#import activation
#endif

#ifdef GATED
// Two rows of gate, and the same of up.
fn rows_of(quad: u32) -> vec4<u32> {
    return vec4<u32>(2u * quad, 2u * quad + 1u, ROWS / 2u + 2u * quad, ROWS / 2u + 2u * quad + 1u);
}
#else
#ifdef QKV
fn rows_of(quad: u32) -> vec4<u32> {
    return qkv_rows(quad);
}
#else
fn rows_of(quad: u32) -> vec4<u32> {
    return vec4<u32>(4u * quad) + vec4<u32>(0u, 1u, 2u, 3u);
}
#endif
#endif

#ifdef STORED
fn put(token: u32, row: u32, value: f32) {
    if row < ROWS {
        out[place(token, row)] = value;
    }
}
#endif
#ifdef ADDED
fn put(token: u32, row: u32, value: f32) {
    if row < ROWS {
        out[place(token, row)] += value;
    }
}
#endif

fn finish(token: u32, quad: u32, sums: vec4<f32>) {
    let rows = rows_of(quad);
#ifdef GATED
    let gated = activate(sums.xyxy).xy * sums.zw;
    if rows.x < ROWS / 2u {
        out[place(token, rows.x)] = gated.x;
    }
    if rows.y < ROWS / 2u {
        out[place(token, rows.y)] = gated.y;
    }
#else
#ifdef QKV
    finish_qkv(token, rows, sums);
#else
    put(token, rows.x, sums.x);
    put(token, rows.y, sums.y);
    put(token, rows.z, sums.z);
    put(token, rows.w, sums.w);
#endif
#endif
}
