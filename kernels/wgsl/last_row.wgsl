// out = x[n_tokens - 1], interleaved (shared/interleave.wgsl), where x may be interleaved already:
// the head of the model needs the last token only. With BATCHED, the rows that the step's tokens
// say in place of positions. One thread four values; y counts rows of out.
#import places

// The number of values of a row over four.
override QUADS: u32;
override INTERLEAVED: bool;

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(2) var<uniform> step: Step;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    if id.x < QUADS {
        let row = select(step.n_tokens - 1u, position_of(id.y), BATCHED);
        let at = select(id.x % 8u * (QUADS / 8u) + id.x / 8u, id.x, INTERLEAVED);
        out[id.y * QUADS + at] = x[row * QUADS + id.x];
    }
}
