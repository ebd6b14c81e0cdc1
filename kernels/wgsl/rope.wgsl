// Rotates each pair of a head's values by its token's position, in place. One thread a pair; y counts tokens.
// The angles' cosines and sines come from a table: a GPU's own are not exact enough for far positions.
#each INTERLEAVED HALF_APART
#import step

// Pairs of a row, and of a head.
override PAIRS: u32;
override HEAD_PAIRS: u32;

// (cos, sin) of [position][pair of a head].
@group(0) @binding(0) var<storage, read> rotations: array<vec2<f32>>;
@group(0) @binding(2) var<uniform> step: Step;
#ifdef INTERLEAVED
@group(0) @binding(1) var<storage, read_write> x: array<vec2<f32>>;
#else
@group(0) @binding(1) var<storage, read_write> x: array<f32>;
#endif

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    if id.x >= PAIRS {
        return;
    }
    let pair = id.x % HEAD_PAIRS;
    let r = rotations[(step.pos + id.y) * HEAD_PAIRS + pair];
#ifdef INTERLEAVED
    let at = id.y * PAIRS + id.x;
    let v = x[at];
    x[at] = vec2<f32>(v.x * r.x - v.y * r.y, v.x * r.y + v.y * r.x);
#else
    let at = 2u * (id.y * PAIRS + id.x - pair) + pair;
    let v = vec2<f32>(x[at], x[at + HEAD_PAIRS]);
    x[at] = v.x * r.x - v.y * r.y;
    x[at + HEAD_PAIRS] = v.x * r.y + v.y * r.x;
#endif
}
