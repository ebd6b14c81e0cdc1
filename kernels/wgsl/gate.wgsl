// out = activation(gate) * up, which lie side by side; out may be interleaved
// (shared/interleave.wgsl). One thread four values; y counts tokens.
#import activation

// The number of values of a row of out over four.
override QUADS: u32;
override INTERLEAVED: bool;

@group(0) @binding(0) var<storage, read> both: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4<f32>>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    if id.x < QUADS {
        let gate = 2u * id.y * QUADS + id.x;
        let at = select(id.x, id.x % 8u * (QUADS / 8u) + id.x / 8u, INTERLEAVED);
        out[id.y * QUADS + at] = activate(both[gate]) * both[gate + QUADS];
    }
}
