// Puts together what attention_split.wgsl gave for each span. [token][head] has MOST_SPLITS heads
// of values, each summed with weights relative to the highest score of its span, then MOST_SPLITS
// of (highest score, total of the weights, 0, 0). The importer declares `x: array<vec4<f32>>` and
// `step`.
#import head
#import splits
#import places

override HEADS: u32;

// What the sums of the spans are multiplied by.
struct Shares {
    splits: u32,
    first: vec4<f32>,
    last: vec4<f32>,
}

fn combine_start(token: u32, head: u32) -> u32 {
    return (token * HEADS + head) * MOST_SPLITS * (HEAD_QUADS + 1u);
}

fn shares(token: u32, head: u32) -> Shares {
    let position = position_of(token);
    let splits = split_count(position + 1u - seen_from(position));
    let at = combine_start(token, head) + MOST_SPLITS * HEAD_QUADS;
    // Spans that there are not repeat the last one, with no weight.
    let end = at + splits - 1u;
    let s0 = x[at];
    let s1 = x[min(at + 1u, end)];
    let s2 = x[min(at + 2u, end)];
    let s3 = x[min(at + 3u, end)];
    let s4 = x[min(at + 4u, end)];
    let s5 = x[min(at + 5u, end)];
    let s6 = x[min(at + 6u, end)];
    let s7 = x[min(at + 7u, end)];
    let highs = vec4<f32>(s0.x, s1.x, s2.x, s3.x);
    let more_highs = vec4<f32>(s4.x, s5.x, s6.x, s7.x);
    let pairs = max(highs, more_highs);
    let highest = max(max(pairs.x, pairs.y), max(pairs.z, pairs.w));
    let used = vec4<u32>(0u, 1u, 2u, 3u) < vec4<u32>(splits);
    let more_used = vec4<u32>(4u, 5u, 6u, 7u) < vec4<u32>(splits);
    let first = select(vec4<f32>(), exp(highs - highest), used);
    let last = select(vec4<f32>(), exp(more_highs - highest), more_used);
    let total = dot(first, vec4<f32>(s0.y, s1.y, s2.y, s3.y)) + dot(last, vec4<f32>(s4.y, s5.y, s6.y, s7.y));
    return Shares(splits, first / total, last / total);
}

fn share(parts: Shares, split: u32) -> f32 {
    return select(parts.last, parts.first, split < 4u)[split & 3u];
}

// Four values of a head of a token's result, from the quad-th on.
fn attended(token: u32, head: u32, quad: u32) -> vec4<f32> {
    let parts = shares(token, head);
    let start = combine_start(token, head) + quad;
    var sum = parts.first.x * x[start];
    for (var i = 1u; i < parts.splits; i += 1u) {
        sum += share(parts, i) * x[start + i * HEAD_QUADS];
    }
    return sum;
}

// 32 values, four a column.
struct AttendedBlock {
    a: mat4x4<f32>,
    b: mat4x4<f32>,
}

// The block-th 32 values of the first token's row; heads are whole blocks.
fn attended_block(block: u32) -> AttendedBlock {
    let head = 8u * block / HEAD_QUADS;
    let parts = shares(0u, head);
    let start = combine_start(0u, head) + 8u * block - head * HEAD_QUADS;
    var sum = AttendedBlock();
    for (var i = 0u; i < parts.splits; i += 1u) {
        let at = start + i * HEAD_QUADS;
        let factor = share(parts, i);
        sum.a += factor * mat4x4<f32>(x[at], x[at + 1u], x[at + 2u], x[at + 3u]);
        sum.b += factor * mat4x4<f32>(x[at + 4u], x[at + 5u], x[at + 6u], x[at + 7u]);
    }
    return sum;
}
