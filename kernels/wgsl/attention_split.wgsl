// softmax(SCALE * q[t][h] . keys) . values over one of the spans into which splits.wgsl divides the
// positions that token t sees, as a sum that combine.wgsl puts together with those of the other
// spans. A workgroup takes a head and a span (x) of a token (y).
//
// LANES threads share a position, so that what neighbours read lies side by side; each has eight
// values of a head. A group of them takes every GROUPS-th position, four at a time, with a softmax
// of its own that is online (Milakov & Gimelshein 2018, https://arxiv.org/abs/1805.02867): groups
// meet at the end only.
#import entries
#import splits
#import kv
#each subgroups: - SUBGROUPS

override HEADS: u32;
override SCALE: f32;
override THREADS: u32;
// A power of two: at least half of HEAD_QUADS, at most HEAD_QUADS.
override LANES: u32;
#ifdef SUBGROUPS
// A power of two: threads that are surely in one subgroup.
override SUBGROUP: u32;
#else
const SUBGROUP = 1u;
#endif

const LOWEST = -1e30;

@group(0) @binding(0) var<storage, read> q: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> cache: array<KvQuad>;
@group(0) @binding(2) var<storage, read_write> partials: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> step: Step;

// Scores on their way between lanes, in two halves that take turns; in the end each group's values.
var<workgroup> staged: array<vec4<f32>, 2u * THREADS>;
// Each group's highest score, and the total of its weights.
var<workgroup> stats: array<vec2<f32>, THREADS>;

// The sum over the lanes of a group, for each of them.
fn across_lanes(mine: vec4<f32>, thread: u32, half: u32) -> vec4<f32> {
    var sum = mine;
#ifdef SUBGROUPS
    for (var mask = 1u; mask < min(LANES, SUBGROUP); mask *= 2u) {
        sum += subgroupShuffleXor(sum, mask);
    }
#endif
    if LANES > SUBGROUP {
        staged[half * THREADS + thread] = sum;
        workgroupBarrier();
        let first = half * THREADS + thread - thread % LANES;
        sum = staged[first];
        for (var i = SUBGROUP; i < LANES; i += SUBGROUP) {
            sum += staged[first + i];
        }
    }
    return sum;
}

fn entries_at(token: u32, positions: vec4<u32>) -> vec4<u32> {
    return vec4<u32>(
        entry_at(token, positions.x), entry_at(token, positions.y),
        entry_at(token, positions.z), entry_at(token, positions.w),
    );
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let head = id.x % HEADS;
    let split = id.x / HEADS;
    let position = position_of(id.y);
    let start = seen_from(position);
    let seen = position + 1u - start;
    let splits = split_count(seen);
    if split >= splits {
        return;
    }
    let span = (seen + splits - 1u) / splits;
    let first = start + split * span;
    let end = min(first + span, position + 1u);

    let kv_head = head / (HEADS / KV_HEADS);
    let groups = THREADS / LANES;
    let group = thread / LANES;
    // The quads of a lane; where a head has no second one, it counts for nothing.
    let a = thread % LANES;
    let b = min(a + LANES, HEAD_QUADS - 1u);
    let query = (id.y * HEADS + head) * HEAD_QUADS;
    let q_a = SCALE * q[query + a];
    let q_b = select(vec4<f32>(), SCALE * q[query + b], a + LANES < HEAD_QUADS);

    var highest = LOWEST;
    var total = 0.0;
    var sum_a = vec4<f32>();
    var sum_b = vec4<f32>();
    var half = 0u;
    for (var tile = first; tile < end; tile += 4u * groups) {
        let wanted = vec4<u32>(tile + group) + groups * vec4<u32>(0u, 1u, 2u, 3u);
        let there = wanted < vec4<u32>(end);
        let p = entries_at(id.y, min(wanted, vec4<u32>(end - 1u)));
        let key_a0 = load_key(p.x, kv_head, a);
        let key_b0 = load_key(p.x, kv_head, b);
        let key_a1 = load_key(p.y, kv_head, a);
        let key_b1 = load_key(p.y, kv_head, b);
        let key_a2 = load_key(p.z, kv_head, a);
        let key_b2 = load_key(p.z, kv_head, b);
        let key_a3 = load_key(p.w, kv_head, a);
        let key_b3 = load_key(p.w, kv_head, b);
        let a0 = load_value(p.x, kv_head, a);
        let b0 = load_value(p.x, kv_head, b);
        let a1 = load_value(p.y, kv_head, a);
        let b1 = load_value(p.y, kv_head, b);
        let a2 = load_value(p.z, kv_head, a);
        let b2 = load_value(p.z, kv_head, b);
        let a3 = load_value(p.w, kv_head, a);
        let b3 = load_value(p.w, kv_head, b);
        let products =
            q_a * mat4x4<f32>(key_a0, key_a1, key_a2, key_a3) + q_b * mat4x4<f32>(key_b0, key_b1, key_b2, key_b3);
        let scores = select(vec4<f32>(LOWEST), across_lanes(products, thread, half), there);
        half = 1u - half;
        let pairs = max(scores.xy, scores.zw);
        let new_highest = max(highest, max(pairs.x, pairs.y));
        let weights = select(vec4<f32>(), exp(scores - new_highest), there);
        let shrink = exp(highest - new_highest);
        highest = new_highest;
        total = total * shrink + dot(weights, vec4<f32>(1.0));
        sum_a = sum_a * shrink + mat4x4<f32>(a0, a1, a2, a3) * weights;
        sum_b = sum_b * shrink + mat4x4<f32>(b0, b1, b2, b3) * weights;
    }

    if LANES > SUBGROUP {
        workgroupBarrier();
    }
    staged[2u * LANES * group + a] = sum_a;
    staged[2u * LANES * group + a + LANES] = sum_b;
    if a == 0u {
        stats[group] = vec2<f32>(highest, total);
    }
    workgroupBarrier();
    for (var i = 0u; i < groups; i += 1u) {
        highest = max(highest, stats[i].x);
    }
    let out = (id.y * HEADS + head) * MOST_SPLITS * (HEAD_QUADS + 1u);
    if thread < HEAD_QUADS {
        var sum = vec4<f32>();
        total = 0.0;
        for (var i = 0u; i < groups; i += 1u) {
            let factor = exp(stats[i].x - highest);
            total += factor * stats[i].y;
            sum += factor * staged[2u * LANES * i + thread];
        }
        partials[out + split * HEAD_QUADS + thread] = sum;
        if thread == 0u {
            partials[out + MOST_SPLITS * HEAD_QUADS + split] = vec4<f32>(highest, total, 0.0, 0.0);
        }
    }
}
