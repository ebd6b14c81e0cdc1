// Puts the step's keys and values into the caches at their positions. One thread four values; y counts tokens.
#import step

// The number of values of an entry over four.
override QUADS: u32;

@group(0) @binding(0) var<storage, read> keys: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> values: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> key_cache: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> value_cache: array<vec4<f32>>;
@group(0) @binding(4) var<uniform> step: Step;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    if id.x >= QUADS {
        return;
    }
    let source = id.y * QUADS + id.x;
    let destination = step.pos * QUADS + source;
    key_cache[destination] = keys[source];
    value_cache[destination] = values[source];
}
