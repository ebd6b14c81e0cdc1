// x += bias, in place, for each token's row. One thread four values; y counts tokens.

// The number of values of a row over four.
override QUADS: u32;

@group(0) @binding(0) var<storage, read_write> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> bias: array<vec4<f32>>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    if id.x < QUADS {
        x[id.y * QUADS + id.x] += bias[id.x];
    }
}
