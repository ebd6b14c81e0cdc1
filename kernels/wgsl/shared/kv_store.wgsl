// A layer's keys and values, as they are written: in F32 and F16 two neighbouring values at a time,
// in Q8_0 four, with the scales of 32 by themselves. kv.wgsl says how an entry lies. The importer
// declares `cache: array<KvPair>`.
#import head
#import kv_format

override KV_HEADS: u32;

#ifdef KV_Q8_0

// Four bytes.
alias KvPair = u32;

fn kv_entry(position: u32) -> u32 {
    return position * (2u * KV_HEADS * HEAD_QUADS + KV_HEADS * HEAD_QUADS / 8u);
}

// `inverse` is one over the largest magnitude of the 32 values among which these four are.
fn store_key(position: u32, kv_head: u32, quad: u32, values: vec4<f32>, inverse: f32) {
    cache[kv_entry(position) + kv_head * HEAD_QUADS + quad] = pack4x8snorm(values * inverse);
}

fn store_value(position: u32, kv_head: u32, quad: u32, values: vec4<f32>, inverse: f32) {
    cache[kv_entry(position) + (KV_HEADS + kv_head) * HEAD_QUADS + quad] = pack4x8snorm(values * inverse);
}

// Of the block-th 32 values of a head: the largest magnitudes of its key and of its value.
fn store_scales(position: u32, kv_head: u32, block: u32, largest: vec2<f32>) {
    let blocks = 2u * KV_HEADS * HEAD_QUADS + kv_head * HEAD_QUADS / 8u;
    cache[kv_entry(position) + blocks + block] = pack2x16float(min(largest / 127.0, vec2<f32>(65504.0)));
}

// What to multiply by; all of 32 values may be 0.
fn kv_inverse(largest: f32) -> f32 {
    return select(0.0, 1.0 / largest, largest > 0.0);
}

#else

#ifdef KV_F16
alias KvPair = u32;

fn kv_pair(values: vec2<f32>) -> u32 {
    return pack2x16float(clamp(values, vec2<f32>(-65504.0), vec2<f32>(65504.0)));
}
#else
alias KvPair = vec2<f32>;

fn kv_pair(values: vec2<f32>) -> vec2<f32> {
    return values;
}
#endif

// The values 2 * pair and 2 * pair + 1 of a head's key.
fn store_key(position: u32, kv_head: u32, pair: u32, values: vec2<f32>) {
    cache[2u * ((2u * position * KV_HEADS + kv_head) * HEAD_QUADS) + pair] = kv_pair(values);
}

// The same of its value.
fn store_value(position: u32, kv_head: u32, pair: u32, values: vec2<f32>) {
    cache[2u * (((2u * position + 1u) * KV_HEADS + kv_head) * HEAD_QUADS) + pair] = kv_pair(values);
}

#endif
