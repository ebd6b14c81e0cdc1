// gate = gelu(gate) * up, in place, with the tanh form of GELU. One thread four values; y counts tokens.

// The number of values of a row over four.
override QUADS: u32;

// 2 * sqrt(2 / pi).
const TWO_ROOT = 1.5957691216;

@group(0) @binding(0) var<storage, read_write> gate: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> up: array<vec4<f32>>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    if id.x >= QUADS {
        return;
    }
    let at = id.y * QUADS + id.x;
    let g = gate[at];
    // (1 + tanh(a)) / 2 is 1 / (1 + exp(-2a)). Beyond 10 that is 0 or 1 in f32 anyway; exp must not overflow, which WGSL
    // leaves undefined.
    let c = clamp(g, vec4<f32>(-10.0), vec4<f32>(10.0));
    gate[at] = g / (1.0 + exp(-TWO_ROOT * (c + 0.044715 * c * c * c))) * up[at];
}
