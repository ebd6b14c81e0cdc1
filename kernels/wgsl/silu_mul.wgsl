// gate = silu(gate) * up, in place. One thread four values; y counts tokens.

// The number of values of a row over four.
override QUADS: u32;

@group(0) @binding(0) var<storage, read_write> gate: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> up: array<vec4<f32>>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    if id.x >= QUADS {
        return;
    }
    let at = id.y * QUADS + id.x;
    let g = gate[at];
    // Below -80 the result is 0 in f32 anyway; exp must not overflow, which WGSL leaves undefined.
    gate[at] = g / (1.0 + exp(-max(g, vec4<f32>(-80.0)))) * up[at];
}
