// Puts the step's keys and values into the cache at their positions. One thread two values of a head (in Q8_0, 32); y counts
// tokens.
#each KV_F32 KV_F16 KV_Q8_0
#import step
#import kv_store

#ifdef KV_Q8_0
alias Values = vec4<f32>;
#else
alias Values = vec2<f32>;
#endif

@group(0) @binding(0) var<storage, read> keys: array<Values>;
@group(0) @binding(1) var<storage, read> values: array<Values>;
@group(0) @binding(2) var<storage, read_write> cache: array<KvPair>;
@group(0) @binding(3) var<uniform> step: Step;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    let position = step.pos + id.y;
#ifdef KV_Q8_0
    let blocks = HEAD_QUADS / 8u;
    if id.x >= KV_HEADS * blocks {
        return;
    }
    let source = 8u * (id.y * KV_HEADS * blocks + id.x);
    let head = id.x / blocks;
    let block = id.x % blocks;
    var key_most = vec4<f32>();
    var value_most = vec4<f32>();
    for (var i = 0u; i < 8u; i += 1u) {
        key_most = max(key_most, abs(keys[source + i]));
        value_most = max(value_most, abs(values[source + i]));
    }
    let pairs = max(vec4<f32>(key_most.xy, value_most.xy), vec4<f32>(key_most.zw, value_most.zw));
    let most = max(pairs.xz, pairs.yw);
    store_scales(position, head, block, most);
    for (var i = 0u; i < 8u; i += 1u) {
        store_key(position, head, 8u * block + i, keys[source + i], kv_inverse(most.x));
        store_value(position, head, 8u * block + i, values[source + i], kv_inverse(most.y));
    }
#else
    let pairs = 2u * HEAD_QUADS;
    if id.x >= KV_HEADS * pairs {
        return;
    }
    let source = id.y * KV_HEADS * pairs + id.x;
    store_key(position, id.x / pairs, id.x % pairs, keys[source]);
    store_value(position, id.x / pairs, id.x % pairs, values[source]);
#endif
}
