// out[t][h] = softmax(SCALE * q[t][h] . keys) . values over the positions token t may see: its own and those before it,
// at most WINDOW of them. Softmax is online (Milakov & Gimelshein 2018, https://arxiv.org/abs/1805.02867), so nothing grows
// with the text. One workgroup a head (x) and token (y).
//
// Positions are taken in tiles of THREADS, which is at least HEAD_QUADS. In each, a thread first scores one position; then
// the threads stand in groups of HEAD_QUADS, each thread summing four of the head's values over its group's share of the tile.
#each KV_F32 KV_F16 KV_Q8_0
#import step
#import kv

override HEADS: u32;
override SCALE: f32;
// Positions a token sees; 0 for all.
override WINDOW: u32;
override THREADS: u32;

const LOWEST = -1e30;

@group(0) @binding(0) var<storage, read> q: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> cache: array<KvQuad>;
@group(0) @binding(2) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> step: Step;

var<workgroup> scores: array<f32, THREADS>;
var<workgroup> weights: array<f32, THREADS>;
var<workgroup> group_totals: array<f32, THREADS>;
var<workgroup> group_sums: array<vec4<f32>, THREADS>;

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let query = (id.y * HEADS + id.x) * HEAD_QUADS;
    let kv_head = id.x / (HEADS / KV_HEADS);
    let end = step.pos + id.y + 1u;
    var start = 0u;
    if WINDOW > 0u && end > WINDOW {
        start = end - WINDOW;
    }
    let groups = THREADS / HEAD_QUADS;
    let group = thread / HEAD_QUADS;
    let quad = thread % HEAD_QUADS;

    var highest = LOWEST;
    var total = 0.0;
    var sum = vec4<f32>();
    for (var tile = start; tile < end; tile += THREADS) {
        let size = min(THREADS, end - tile);
        var score = LOWEST;
        if thread < size {
            var products = vec4<f32>();
            for (var i = 0u; i < HEAD_QUADS; i += 1u) {
                products += q[query + i] * load_key(tile + thread, kv_head, i);
            }
            score = SCALE * ((products.x + products.y) + (products.z + products.w));
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
        sum *= shrink;
        if group < groups {
            for (var i = group; i < size; i += groups) {
                total += weights[i];
                sum += weights[i] * load_value(tile + i, kv_head, quad);
            }
        }
    }
    group_totals[thread] = total;
    group_sums[thread] = sum;
    workgroupBarrier();
    if thread < HEAD_QUADS {
        for (var i = 1u; i < groups; i += 1u) {
            total += group_totals[thread + i * HEAD_QUADS];
            sum += group_sums[thread + i * HEAD_QUADS];
        }
        out[query + thread] = sum / total;
    }
}
