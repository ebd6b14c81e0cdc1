// out[t][h] = softmax(SCALE * q[t][h] . keys) . values over the positions token t may see: its own
// and those before it, at most WINDOW of them. For many tokens: a workgroup takes a head (x) and
// QUERIES tokens (y), and goes over the positions that any of them sees in tiles of KEYS, with a
// softmax that is online (Dao 2023, https://arxiv.org/abs/2307.08691).
//
// HEAD_QUADS threads share four tokens, which are the components of a vector or the columns of a
// matrix. Each of them scores a key or two of the tile for the four; or, where keys are few and
// long, PARTS threads share a key. Then each sums up four values of the head, weighted, over the
// tile. Keys come through workgroup memory, where threads read them by rows; values are read as
// they lie.
#import entries
#import splits
#import kv

override HEADS: u32;
override SCALE: f32;
// A multiple of 4.
override QUERIES: u32;
// A multiple of QUERIES / 4, and of 4.
override KEYS: u32;
// 1, or at most HEAD_QUADS / KEYS.
override PARTS: u32;
// QUERIES / 4 * HEAD_QUADS.
override THREADS: u32;

// Below any score, and so far below that, that the weight is 0 in any case.
const LOWEST = -1e30;
const UNSEEN = -2e30;

@group(0) @binding(0) var<storage, read> q: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read> cache: array<KvQuad>;
@group(0) @binding(2) var<storage, read_write> out: array<vec4<f32>>;
@group(0) @binding(3) var<uniform> step: Step;

// [key][quad]; a row has one more, so that rows begin in different banks.
var<workgroup> keys: array<vec4<f32>, KEYS * (HEAD_QUADS + 1u)>;
// Scores, then weights: [four tokens][part][key], again with one more.
var<workgroup> scores: array<vec4<f32>, QUERIES / 4u * (PARTS * KEYS + 1u)>;

// Column t: the value times token t's weight.
fn outer(value: vec4<f32>, weight: vec4<f32>) -> mat4x4<f32> {
    return mat4x4<f32>(value * weight.x, value * weight.y, value * weight.z, value * weight.w);
}

// The four queries times the part of a key that begins with this quad.
fn products(queries: vec4<u32>, key: u32, first: u32) -> vec4<f32> {
    let row = key * (HEAD_QUADS + 1u);
    let end = min(first + (HEAD_QUADS + PARTS - 1u) / PARTS, HEAD_QUADS);
    var sum = vec4<f32>();
    for (var i = first; i < end; i += 1u) {
        sum += keys[row + i]
            * mat4x4<f32>(q[queries.x + i], q[queries.y + i], q[queries.z + i], q[queries.w + i]);
    }
    return sum;
}

// The same for two whole keys.
fn products2(queries: vec4<u32>, key: u32, other: u32) -> array<vec4<f32>, 2> {
    let row = key * (HEAD_QUADS + 1u);
    let other_row = other * (HEAD_QUADS + 1u);
    var sum = vec4<f32>();
    var other_sum = vec4<f32>();
    for (var i = 0u; i < HEAD_QUADS; i += 1u) {
        let four = mat4x4<f32>(q[queries.x + i], q[queries.y + i], q[queries.z + i], q[queries.w + i]);
        sum += keys[row + i] * four;
        other_sum += keys[other_row + i] * four;
    }
    return array<vec4<f32>, 2>(sum, other_sum);
}

fn score(product: vec4<f32>, position: u32, starts: vec4<u32>, ends: vec4<u32>) -> vec4<f32> {
    let seen = (vec4<u32>(position) >= starts) & (vec4<u32>(position) < ends);
    return select(vec4<f32>(UNSEEN), SCALE * product, seen);
}

// Into how many tiles the tokens of a share are divided.
fn tiles(share: vec2<u32>) -> u32 {
    return (share.y - share.x + QUERIES - 1u) / QUERIES;
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) id: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let groups = QUERIES / 4u;
    let group = thread / HEAD_QUADS;
    let quad = thread % HEAD_QUADS;
    // The tokens of one text, and the tile of them.
    var share = vec2<u32>(0u, step.n_tokens);
    var tile_of_share = id.y;
    if BATCHED {
        var i = 0u;
        while i < step.n_shares && tile_of_share >= tiles(step.shares[i].xy) {
            tile_of_share -= tiles(step.shares[i].xy);
            i += 1u;
        }
        if i == step.n_shares {
            return;
        }
        share = step.shares[i].xy;
    }
    // The last tokens see most: they come first, so that the GPU isn't left waiting for one of
    // them.
    let tile_start = share.x + (tiles(share) - 1u - tile_of_share) * QUERIES;
    // Tokens past the end repeat the last one, and are not stored.
    let last = share.y - 1u;
    let tokens = min(vec4<u32>(tile_start + 4u * group) + vec4<u32>(0u, 1u, 2u, 3u), vec4<u32>(last));
    let queries = (tokens * HEADS + id.x) * HEAD_QUADS;
    let kv_head = id.x / (HEADS / KV_HEADS);
    // The positions each token sees, and those that any of the workgroup's sees.
    let before = position_of(share.x);
    let ends = tokens - share.x + before + 1u;
    let starts = select(vec4<u32>(0u), ends - min(ends, vec4<u32>(WINDOW)), WINDOW > 0u);
    let start = seen_from(before + tile_start - share.x);
    let end = before + min(tile_start + QUERIES, share.y) - share.x;
    let own = group * (PARTS * KEYS + 1u);

    var highest = vec4<f32>(LOWEST);
    var total = vec4<f32>();
    var sums = mat4x4<f32>();
    for (var tile = start; tile < end; tile += KEYS) {
        // Keys past the end repeat the last one; nobody sees them.
        for (var key = group; key < KEYS; key += groups) {
            keys[key * (HEAD_QUADS + 1u) + quad] = load_key(entry_at(share.x, min(tile + key, end - 1u)), kv_head, quad);
        }
        workgroupBarrier();
        if KEYS > HEAD_QUADS {
            for (var key = quad; key < KEYS; key += 2u * HEAD_QUADS) {
                let other = key + HEAD_QUADS;
                let both = products2(queries, key, min(other, KEYS - 1u));
                scores[own + key] = score(both[0], tile + key, starts, ends);
                if other < KEYS {
                    scores[own + other] = score(both[1], tile + other, starts, ends);
                }
            }
        } else if quad < KEYS * PARTS {
            let product = products(queries, quad % KEYS, quad / KEYS * ((HEAD_QUADS + PARTS - 1u) / PARTS));
            if PARTS == 1u {
                scores[own + quad] = score(product, tile + quad, starts, ends);
            } else {
                scores[own + quad] = product;
            }
        }
        workgroupBarrier();
        if PARTS > 1u {
            if quad < KEYS {
                var product = scores[own + quad];
                for (var part = 1u; part < PARTS; part += 1u) {
                    product += scores[own + part * KEYS + quad];
                }
                scores[own + quad] = score(product, tile + quad, starts, ends);
            }
            workgroupBarrier();
        }
        var new_highest = highest;
        for (var i = 0u; i < KEYS; i += 4u) {
            let a = max(scores[own + i], scores[own + i + 1u]);
            let b = max(scores[own + i + 2u], scores[own + i + 3u]);
            new_highest = max(new_highest, max(a, b));
        }
        // Scores are still being read: weights come to stand in their place after this.
        workgroupBarrier();
        for (var key = quad; key < KEYS; key += HEAD_QUADS) {
            scores[own + key] = exp(scores[own + key] - new_highest);
        }
        let shrink = exp(highest - new_highest);
        highest = new_highest;
        total *= shrink;
        sums = mat4x4<f32>(sums[0] * shrink.x, sums[1] * shrink.y, sums[2] * shrink.z, sums[3] * shrink.w);
        workgroupBarrier();
        for (var i = 0u; i < KEYS; i += 4u) {
            let value0 = load_value(entry_at(share.x, min(tile + i, end - 1u)), kv_head, quad);
            let value1 = load_value(entry_at(share.x, min(tile + i + 1u, end - 1u)), kv_head, quad);
            let value2 = load_value(entry_at(share.x, min(tile + i + 2u, end - 1u)), kv_head, quad);
            let value3 = load_value(entry_at(share.x, min(tile + i + 3u, end - 1u)), kv_head, quad);
            let weight0 = scores[own + i];
            let weight1 = scores[own + i + 1u];
            let weight2 = scores[own + i + 2u];
            let weight3 = scores[own + i + 3u];
            total += (weight0 + weight1) + (weight2 + weight3);
            sums += outer(value0, weight0) + outer(value1, weight1);
            sums += outer(value2, weight2) + outer(value3, weight3);
        }
    }
    if tile_start + 4u * group <= last {
        out[queries.x + quad] = sums[0] / total.x;
    }
    if tokens.y > tokens.x {
        out[queries.y + quad] = sums[1] / total.y;
    }
    if tokens.z > tokens.y {
        out[queries.z + quad] = sums[2] / total.z;
    }
    if tokens.w > tokens.z {
        out[queries.w + quad] = sums[3] / total.w;
    }
}
