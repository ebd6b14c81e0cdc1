// out = x[n_tokens - 1], interleaved (shared/interleave.wgsl), where x may be interleaved already:
// the head of the model needs the last token only. One thread four values.
#import step

// The number of values of a row over four.
override QUADS: u32;
override INTERLEAVED: bool;

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(2) var<uniform> step: Step;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    if id.x < QUADS {
        out[select(id.x % 8u * (QUADS / 8u) + id.x / 8u, id.x, INTERLEAVED)] = x[(step.n_tokens - 1u) * QUADS + id.x];
    }
}
