// What becomes of a token's queries, keys and values, side by side, before attention: each head of
// queries and keys is normalised (NORM) and rotated by its token's position; queries go to q, keys
// and values into the cache. One workgroup a head (x; first those of queries, then those of the
// cache) and token (y).
#import places
#import kv_store
#each norm: - NORM

override HEADS: u32;
// A pair are the values STRIDE * pair and APART after it: neighbours (2, 1), or a half apart (1,
// half).
override STRIDE: u32;
override APART: u32;

const THREADS = 64u;

@group(0) @binding(0) var<storage, read> qkv: array<f32>;
@group(0) @binding(1) var<storage, read_write> q: array<f32>;
@group(0) @binding(2) var<storage, read_write> cache: array<KvPair>;
@group(0) @binding(3) var<uniform> step: Step;
// (cos, sin) of [position][pair of a head]: a GPU's own are not exact enough for far positions.
@group(0) @binding(4) var<storage, read> rotations: array<vec2<f32>>;

fn rotated(position: u32, pair: u32, v: vec2<f32>) -> vec2<f32> {
    let r = rotations[position * 2u * HEAD_QUADS + pair];
    return vec2<f32>(v.x * r.x - v.y * r.y, v.x * r.y + v.y * r.x);
}

#ifdef NORM
override EPS: f32;
@group(0) @binding(5) var<storage, read> q_norm: array<f32>;
@group(0) @binding(6) var<storage, read> k_norm: array<f32>;

var<workgroup> squares: array<f32, THREADS>;

// What a head is multiplied by, from each thread's share of its sum of squares.
fn norm(square: f32, thread: u32) -> f32 {
    squares[thread] = square;
    workgroupBarrier();
    var total = 0.0;
    for (var i = 0u; i < THREADS; i += 1u) {
        total += squares[i];
    }
    return 1.0 / sqrt(total / f32(4u * HEAD_QUADS) + EPS);
}
#endif

// `first` is where the head begins in qkv, `to` in q.
fn query_head(first: u32, to: u32, position: u32, thread: u32) {
    let pairs = 2u * HEAD_QUADS;
#ifdef NORM
    var square = 0.0;
    for (var pair = thread; pair < pairs; pair += THREADS) {
        let at = first + STRIDE * pair;
        square += qkv[at] * qkv[at] + qkv[at + APART] * qkv[at + APART];
    }
    let factor = norm(square, thread);
#endif
    for (var pair = thread; pair < pairs; pair += THREADS) {
        let within = STRIDE * pair;
        var v = vec2<f32>(qkv[first + within], qkv[first + within + APART]);
#ifdef NORM
        v *= factor * vec2<f32>(q_norm[within], q_norm[within + APART]);
#endif
        v = rotated(position, pair, v);
        q[to + within] = v.x;
        q[to + within + APART] = v.y;
    }
}

var<workgroup> key: array<f32, 4u * HEAD_QUADS>;

// Puts a key's head into workgroup memory.
fn key_head(row: u32, position: u32, thread: u32) {
    let pairs = 2u * HEAD_QUADS;
#ifdef NORM
    var square = 0.0;
    for (var pair = thread; pair < pairs; pair += THREADS) {
        let at = row + STRIDE * pair;
        square += qkv[at] * qkv[at] + qkv[at + APART] * qkv[at + APART];
    }
    let factor = norm(square, thread);
#endif
    for (var pair = thread; pair < pairs; pair += THREADS) {
        let within = STRIDE * pair;
        var v = vec2<f32>(qkv[row + within], qkv[row + within + APART]);
#ifdef NORM
        v *= factor * vec2<f32>(k_norm[within], k_norm[within + APART]);
#endif
        v = rotated(position, pair, v);
        key[within] = v.x;
        key[within + APART] = v.y;
    }
}

#ifdef KV_Q8_0
fn key_quad(quad: u32) -> vec4<f32> {
    return vec4<f32>(key[4u * quad], key[4u * quad + 1u], key[4u * quad + 2u], key[4u * quad + 3u]);
}

fn value_quad(row: u32, quad: u32) -> vec4<f32> {
    let at = row + 4u * quad;
    return vec4<f32>(qkv[at], qkv[at + 1u], qkv[at + 2u], qkv[at + 3u]);
}
#endif

// Puts the key, and the value that begins at `row`, into the cache.
fn store_entry(row: u32, entry: u32, head: u32, thread: u32) {
#ifdef KV_Q8_0
    for (var quad = thread; quad < HEAD_QUADS; quad += THREADS) {
        let block = quad / 8u;
        var key_most = vec4<f32>();
        var value_most = vec4<f32>();
        for (var i = 8u * block; i < 8u * block + 8u; i += 1u) {
            key_most = max(key_most, abs(key_quad(i)));
            value_most = max(value_most, abs(value_quad(row, i)));
        }
        let pairs = max(vec4<f32>(key_most.xy, value_most.xy), vec4<f32>(key_most.zw, value_most.zw));
        let most = max(pairs.xz, pairs.yw);
        store_key(entry, head, quad, key_quad(quad), kv_inverse(most.x));
        store_value(entry, head, quad, value_quad(row, quad), kv_inverse(most.y));
        if quad % 8u == 0u {
            store_scales(entry, head, block, most);
        }
    }
#else
    for (var pair = thread; pair < 2u * HEAD_QUADS; pair += THREADS) {
        store_key(entry, head, pair, vec2<f32>(key[2u * pair], key[2u * pair + 1u]));
        store_value(entry, head, pair, vec2<f32>(qkv[row + 2u * pair], qkv[row + 2u * pair + 1u]));
    }
#endif
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let position = position_of(id.y);
    let head_width = 4u * HEAD_QUADS;
    let row = head_width * (id.y * (HEADS + 2u * KV_HEADS) + id.x);
    if id.x < HEADS {
        query_head(row, head_width * (id.y * HEADS + id.x), position, thread);
    } else {
        key_head(row, position, thread);
        workgroupBarrier();
        store_entry(row + head_width * KV_HEADS, entry_of(id.y), id.x - HEADS, thread);
    }
}
