// out[t] += x[t] / sqrt(mean(x[t]^2) + EPS) * weight, where out may be interleaved
// (shared/interleave.wgsl). One workgroup a token (y).

// The number of values of a row over four.
override QUADS: u32;
override EPS: f32;
override INTERLEAVED: bool;

const THREADS = 256u;

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> weight: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> out: array<vec4<f32>>;

var<workgroup> sums: array<f32, THREADS>;

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let row = group.y * QUADS;
    var squares = vec4<f32>();
    for (var i = thread; i < QUADS; i += THREADS) {
        squares += x[row + i] * x[row + i];
    }
    sums[thread] = dot(squares, vec4<f32>(1.0));
    for (var half = THREADS / 2u; half > 0u; half /= 2u) {
        workgroupBarrier();
        if thread < half {
            sums[thread] += sums[thread + half];
        }
    }
    workgroupBarrier();
    let scale = 1.0 / sqrt(sums[0] / f32(4u * QUADS) + EPS);
    for (var i = thread; i < QUADS; i += THREADS) {
        let at = select(i, i % 8u * (QUADS / 8u) + i / 8u, INTERLEAVED);
        out[row + at] += x[row + i] * scale * weight[i];
    }
}
