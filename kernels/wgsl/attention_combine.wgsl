// The result of attention from what attention_split.wgsl gave for each span; out may be interleaved
// (shared/interleave.wgsl). One thread four values; y counts tokens.
#import step
#import combine

override INTERLEAVED: bool;

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(2) var<uniform> step: Step;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    let row = HEADS * HEAD_QUADS;
    if id.x < row {
        let at = select(id.x, id.x % 8u * (row / 8u) + id.x / 8u, INTERLEAVED);
        out[id.y * row + at] = attended(id.y, id.x / HEAD_QUADS, id.x % HEAD_QUADS);
    }
}
