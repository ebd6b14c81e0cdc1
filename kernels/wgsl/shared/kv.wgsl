// A layer's keys and values, as attention reads them: four values at a time. The entry of a
// position is its key row, its value row and, in Q8_0, a word (key's scale, value's scale) of
// 16-bit floats for every 32 values of a row. The importer declares `cache: array<KvQuad>`.
#import head
#import kv_format

override KV_HEADS: u32;

#ifdef KV_F32
alias KvQuad = vec4<f32>;
#endif
#ifdef KV_F16
// Two pairs of 16-bit floats.
alias KvQuad = vec2<u32>;
#endif
#ifdef KV_Q8_0
// Four bytes.
alias KvQuad = u32;
#endif

#ifdef KV_Q8_0

fn kv_load(position: u32, row: u32, quad: u32) -> vec4<f32> {
    let quads = KV_HEADS * HEAD_QUADS;
    let entry = position * (2u * quads + quads / 8u);
    let bytes = vec4<i32>(bitcast<i32>(cache[entry + row * quads + quad]));
    let scales = unpack2x16float(cache[entry + 2u * quads + quad / 8u]);
    return select(scales.x, scales.y, row == 1u) * vec4<f32>((bytes << vec4<u32>(24u, 16u, 8u, 0u)) >> vec4<u32>(24u));
}

#else

fn kv_load(position: u32, row: u32, quad: u32) -> vec4<f32> {
    let found = cache[(2u * position + row) * KV_HEADS * HEAD_QUADS + quad];
#ifdef KV_F16
    return vec4<f32>(unpack2x16float(found.x), unpack2x16float(found.y));
#else
    return found;
#endif
}

#endif

// Four values of the key of a position, from the quad-th of the head on.
fn load_key(position: u32, kv_head: u32, quad: u32) -> vec4<f32> {
    return kv_load(position, 0u, kv_head * HEAD_QUADS + quad);
}

// The same of its value.
fn load_value(position: u32, kv_head: u32, quad: u32) -> vec4<f32> {
    return kv_load(position, 1u, kv_head * HEAD_QUADS + quad);
}
