// What becomes of the rows of queries, keys and values: for matvec_out.wgsl. The importer declares
// `step`.
#import kv_store
#import places

// The rows of queries end here, those of keys there; the others are of values.
override Q_END: u32;
override K_END: u32;
override HEAD_PAIRS: u32;
// A pair are a value of a head's first half and one of its second, instead of neighbours.
override HALVES: bool;
#ifdef LOW_RANK
#else
override HAS_BIAS: bool;
#endif

@group(0) @binding(4) var<storage, read_write> out: array<f32>;
// (cos, sin) of [position][pair of a head].
@group(0) @binding(6) var<storage, read> rotations: array<vec2<f32>>;
@group(0) @binding(7) var<storage, read_write> cache: array<KvPair>;
#ifdef LOW_RANK
// There is no room for a bias: a device need not bind more than eight.
#else
@group(0) @binding(8) var<storage, read> bias: array<f32>;
#endif

// Two whole pairs.
fn qkv_rows(quad: u32) -> vec4<u32> {
    let row = 4u * quad;
    if !HALVES || row >= K_END {
        return vec4<u32>(row) + vec4<u32>(0u, 1u, 2u, 3u);
    }
    let pair = row % (2u * HEAD_PAIRS) / 2u;
    let first = row - 2u * pair + pair;
    return vec4<u32>(first, first + 1u, first + HEAD_PAIRS, first + HEAD_PAIRS + 1u);
}

fn rotate(v: vec2<f32>, r: vec2<f32>) -> vec2<f32> {
    return vec2<f32>(v.x * r.x - v.y * r.y, v.x * r.y + v.y * r.x);
}

// The rows are multiples of four of each kind.
fn finish_qkv(token: u32, rows: vec4<u32>, sums: vec4<f32>) {
    if rows.x >= ROWS {
        return;
    }
    var v = sums;
#ifdef LOW_RANK
#else
    if HAS_BIAS {
        v += vec4<f32>(bias[rows.x], bias[rows.y], bias[rows.z], bias[rows.w]);
    }
#endif
    let entry = entry_of(token);
    if rows.x >= K_END {
        let row = rows.x - K_END;
        let pair = row % (2u * HEAD_PAIRS) / 2u;
        store_value(entry, row / (2u * HEAD_PAIRS), pair, v.xy);
        store_value(entry, row / (2u * HEAD_PAIRS), pair + 1u, v.zw);
        return;
    }
    let within = rows.x % (2u * HEAD_PAIRS);
    let table = position_of(token) * HEAD_PAIRS;
    if HALVES {
        let a = rotate(v.xz, rotations[table + within]);
        let b = rotate(v.yw, rotations[table + within + 1u]);
        v = vec4<f32>(a.x, b.x, a.y, b.y);
    } else {
        v = vec4<f32>(rotate(v.xy, rotations[table + within / 2u]), rotate(v.zw, rotations[table + within / 2u + 1u]));
    }
    if rows.x < Q_END {
        out[token * Q_END + rows.x] = v.x;
        out[token * Q_END + rows.y] = v.y;
        out[token * Q_END + rows.z] = v.z;
        out[token * Q_END + rows.w] = v.w;
    } else {
        let head = (rows.x - Q_END) / (2u * HEAD_PAIRS);
        store_key(entry, head, within / 2u, v.xy);
        store_key(entry, head, rows.z % (2u * HEAD_PAIRS) / 2u, v.zw);
    }
}
