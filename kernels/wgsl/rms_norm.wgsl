// out[t] = x[t] / sqrt(mean(x[t]^2) + EPS) * weight, for each head of a token by itself. One
// workgroup a head (x) and token (y).

override HEADS: u32;
// The number of values of a head over four.
override QUADS: u32;
override EPS: f32;

const THREADS = 64u;

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> weight: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> out: array<vec4<f32>>;

var<workgroup> sums: array<vec4<f32>, THREADS>;

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let row = (group.y * HEADS + group.x) * QUADS;
    var squares = vec4<f32>();
    for (var i = thread; i < QUADS; i += THREADS) {
        squares += x[row + i] * x[row + i];
    }
    sums[thread] = squares;
    workgroupBarrier();
    // Every thread adds up all the sums: one barrier, where a tree takes one a level.
    var total = vec4<f32>();
    for (var i = 0u; i < THREADS; i += 1u) {
        total += sums[i];
    }
    let mean = dot(total, vec4<f32>(1.0)) / f32(4u * QUADS);
    let scale = 1.0 / sqrt(mean + EPS);
    for (var i = thread; i < QUADS; i += THREADS) {
        out[row + i] = x[row + i] * scale * weight[i];
    }
}
