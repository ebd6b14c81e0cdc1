// As attention.wgsl, for many tokens: a workgroup takes a head (x) and four tokens (y), so that a key or value it reads
// serves four times. What belongs to a token is a component of a vector or a column of a matrix.
#each KV_F32 KV_F16 KV_Q8_0
#import step
#import kv

override HEADS: u32;
override SCALE: f32;
// Positions a token sees; 0 for all.
override WINDOW: u32;
// At least 4, so that every token sees a position of the first tile.
override THREADS: u32;

const LOWEST = -1e30;

@group(0) @binding(0) var<storage, read> q: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> cache: array<KvQuad>;
@group(0) @binding(2) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> step: Step;

var<workgroup> scores: array<vec4<f32>, THREADS>;
var<workgroup> weights: array<vec4<f32>, THREADS>;
var<workgroup> group_totals: array<vec4<f32>, THREADS>;
var<workgroup> group_sums: array<mat4x4<f32>, THREADS>;

// Column t: the value times token t's weight.
fn outer(value: vec4<f32>, weight: vec4<f32>) -> mat4x4<f32> {
    return mat4x4<f32>(value * weight.x, value * weight.y, value * weight.z, value * weight.w);
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    // Tokens past the end repeat the last one, and are not stored.
    let tokens = min(4u * id.y + vec4<u32>(0u, 1u, 2u, 3u), vec4<u32>(step.n_tokens - 1u));
    let queries = (tokens * HEADS + id.x) * HEAD_QUADS;
    let kv_head = id.x / (HEADS / KV_HEADS);
    // The positions each token sees, and those that any of them sees.
    let ends = tokens + step.pos + 1u;
    let starts = select(vec4<u32>(0u), ends - min(ends, vec4<u32>(WINDOW)), WINDOW > 0u);
    let end = ends.w;
    let groups = THREADS / HEAD_QUADS;
    let group = thread / HEAD_QUADS;
    let quad = thread % HEAD_QUADS;

    var highest = vec4<f32>(LOWEST);
    var total = vec4<f32>();
    var sums = mat4x4<f32>();
    for (var tile = starts.x; tile < end; tile += THREADS) {
        let size = min(THREADS, end - tile);
        let position = tile + thread;
        var score = vec4<f32>(LOWEST);
        if thread < size {
            var products = vec4<f32>();
            for (var i = 0u; i < HEAD_QUADS; i += 1u) {
                products += load_key(position, kv_head, i) * mat4x4<f32>(
                    q[queries.x + i], q[queries.y + i], q[queries.z + i], q[queries.w + i],
                );
            }
            let seen = (vec4<u32>(position) >= starts) & (vec4<u32>(position) < ends);
            score = select(score, SCALE * products, seen);
        }
        scores[thread] = score;
        workgroupBarrier();
        var new_highest = highest;
        for (var i = 0u; i < size; i += 1u) {
            new_highest = max(new_highest, scores[i]);
        }
        weights[thread] = exp(score - new_highest);
        let shrink = exp(highest - new_highest);
        highest = new_highest;
        workgroupBarrier();
        total *= shrink;
        sums = mat4x4<f32>(sums[0] * shrink.x, sums[1] * shrink.y, sums[2] * shrink.z, sums[3] * shrink.w);
        if group < groups {
            for (var i = group; i < size; i += groups) {
                total += weights[i];
                sums += outer(load_value(tile + i, kv_head, quad), weights[i]);
            }
        }
    }
    group_totals[thread] = total;
    group_sums[thread] = sums;
    workgroupBarrier();
    if thread < HEAD_QUADS {
        for (var i = 1u; i < groups; i += 1u) {
            total += group_totals[thread + i * HEAD_QUADS];
            sums += group_sums[thread + i * HEAD_QUADS];
        }
        out[queries.x + thread] = sums[0] / total.x;
        if tokens.y > tokens.x {
            out[queries.y + thread] = sums[1] / total.y;
        }
        if tokens.z > tokens.y {
            out[queries.z + thread] = sums[2] / total.z;
        }
        if tokens.w > tokens.z {
            out[queries.w + thread] = sums[3] / total.w;
        }
    }
}
