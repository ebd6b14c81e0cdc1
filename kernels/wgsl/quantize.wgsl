// Rows of activations as 8-bit integers in blocks of 32: x = scale * quant, where the largest of a
// block is 127.
//
// For the tiles of matmul_int.wgsl neighbouring tokens lie side by side: quants are [block][half of
// it][token], as four words of four bytes; factors, the scale and scale * (sum of the quants), are
// [block][token].
#import step

// Blocks of a row.
override BLOCKS: u32;
// Tokens there is room for.
override TOKENS: u32;

const GROUP_TOKENS = 8u;
const GROUP_BLOCKS = 8u;

@group(0) @binding(0) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(1) var<storage, read_write> quants: array<vec4<u32>>;
@group(0) @binding(2) var<storage, read_write> factors: array<vec2<f32>>;
@group(0) @binding(3) var<uniform> step: Step;

fn largest(a: vec4<f32>, b: vec4<f32>, c: vec4<f32>, d: vec4<f32>) -> f32 {
    let most = max(max(abs(a), abs(b)), max(abs(c), abs(d)));
    return max(max(most.x, most.y), max(most.z, most.w));
}

fn rounded(value: vec4<f32>, inverse: f32) -> vec4<i32> {
    return vec4<i32>(round(value * inverse));
}

@compute @workgroup_size(GROUP_TOKENS * GROUP_BLOCKS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let token = group.y * GROUP_TOKENS + thread % GROUP_TOKENS;
    let block = group.x * GROUP_BLOCKS + thread / GROUP_TOKENS;
    if token >= step.n_tokens || block >= BLOCKS {
        return;
    }
    let at = (token * BLOCKS + block) * 8u;
    let x0 = x[at];
    let x1 = x[at + 1u];
    let x2 = x[at + 2u];
    let x3 = x[at + 3u];
    let x4 = x[at + 4u];
    let x5 = x[at + 5u];
    let x6 = x[at + 6u];
    let x7 = x[at + 7u];
    let scale = max(largest(x0, x1, x2, x3), largest(x4, x5, x6, x7)) / 127.0;
    var inverse = 0.0;
    if scale > 0.0 {
        inverse = 1.0 / scale;
    }
    let q0 = rounded(x0, inverse);
    let q1 = rounded(x1, inverse);
    let q2 = rounded(x2, inverse);
    let q3 = rounded(x3, inverse);
    let q4 = rounded(x4, inverse);
    let q5 = rounded(x5, inverse);
    let q6 = rounded(x6, inverse);
    let q7 = rounded(x7, inverse);
    let to = 2u * block * TOKENS + token;
    quants[to] = vec4<u32>(pack4xI8Clamp(q0), pack4xI8Clamp(q1), pack4xI8Clamp(q2), pack4xI8Clamp(q3));
    quants[to + TOKENS] = vec4<u32>(pack4xI8Clamp(q4), pack4xI8Clamp(q5), pack4xI8Clamp(q6), pack4xI8Clamp(q7));
    let sums = ((q0 + q1) + (q2 + q3)) + ((q4 + q5) + (q6 + q7));
    factors[block * TOKENS + token] = vec2<f32>(scale, scale * f32(sums.x + sums.y + sums.z + sums.w));
}
