// out[t][r] = sum over c of weight[r][c] * x[t][c], for few tokens; y counts them.
//
// A thread takes four rows, so that what it reads of x serves four times. LANES threads share four rows: each sums every
// LANES-th block. With one lane there is no barrier and nothing to share, which suits software adapters; real GPUs need
// the lanes to have enough threads and neighbouring reads.
#each F32 F16 BF16 Q8_0 Q4_0 Q4_1 Q5_0 Q5_1 Q4_K Q5_K Q6_K
#import rows
#import store

override ROWS: u32;
// Blocks of a row.
override BLOCKS: u32;
override THREADS: u32;
override LANES: u32;

@group(0) @binding(2) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> out: array<f32>;

var<workgroup> partial_sums: array<vec4<f32>, THREADS>;

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let lane = thread % LANES;
    let row = (group.x * (THREADS / LANES) + thread / LANES) * 4u;
    let starts = row_starts(row);
    var sums = vec4<f32>();
    for (var b = lane; b < BLOCKS; b += LANES) {
        let blocks = starts + b;
        let r0 = load_block(blocks.x);
        let r1 = load_block(blocks.y);
        let r2 = load_block(blocks.z);
        let r3 = load_block(blocks.w);
        let at = (group.y * BLOCKS + b) * 8u;
        let x0 = x[at];
        let x1 = x[at + 1u];
        let x2 = x[at + 2u];
        let x3 = x[at + 3u];
        let x4 = x[at + 4u];
        let x5 = x[at + 5u];
        let x6 = x[at + 6u];
        let x7 = x[at + 7u];
        var products = (x0 * LOW) * lows(r0.p0, r1.p0, r2.p0, r3.p0);
        products += (x1 * LOW) * lows(r0.p1, r1.p1, r2.p1, r3.p1);
        products += (x2 * LOW) * lows(r0.p2, r1.p2, r2.p2, r3.p2);
        products += (x3 * LOW) * lows(r0.p3, r1.p3, r2.p3, r3.p3);
        products += (x4 * HIGH) * highs(r0.p0, r1.p0, r2.p0, r3.p0);
        products += (x5 * HIGH) * highs(r0.p1, r1.p1, r2.p1, r3.p1);
        products += (x6 * HIGH) * highs(r0.p2, r1.p2, r2.p2, r3.p2);
        products += (x7 * HIGH) * highs(r0.p3, r1.p3, r2.p3, r3.p3);
#ifdef FLOAT
        sums += products;
#else
        let s = scales4(blocks);
        let total = dot(((x0 + x1) + (x2 + x3)) + ((x4 + x5) + (x6 + x7)), vec4<f32>(1.0));
        sums += s.factors * products + s.offsets * total;
#endif
    }
    if LANES > 1u {
        partial_sums[thread] = sums;
        workgroupBarrier();
        if lane == 0u {
            for (var i = 1u; i < LANES; i += 1u) {
                sums += partial_sums[thread + i];
            }
        }
    }
    if lane == 0u {
        store4(group.y, row, sums);
    }
}
