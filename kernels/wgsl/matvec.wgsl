// out[t][r] = sum over c of weight[r][c] * x[t][c], for few tokens; y counts them.
//
// A thread takes four rows, so that what it reads of x serves four times. LANES threads share four rows: each sums every
// LANES-th block. With one lane there is no barrier and nothing to share, which suits software adapters; real GPUs need
// the lanes to have enough threads and neighbouring reads.
#each F32 F16 BF16 Q8_0 Q4_0 Q4_1
#import weight
#import dot

override ROWS: u32;
// Blocks of a row.
override BLOCKS: u32;
override THREADS: u32;
override LANES: u32;
// Adds to out instead of replacing it.
override ACCUMULATE: bool;

@group(0) @binding(2) var<storage, read> x: array<vec4<f32>>;
@group(0) @binding(3) var<storage, read_write> out: array<f32>;

var<workgroup> partial_sums: array<vec4<f32>, THREADS>;

fn store(at: u32, value: f32) {
    if ACCUMULATE {
        out[at] += value;
    } else {
        out[at] = value;
    }
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let lane = thread % LANES;
    let row = (group.x * (THREADS / LANES) + thread / LANES) * 4u;
    // Rows past the end repeat the last one, and are not stored.
    let starts = min(vec4<u32>(row) + vec4<u32>(0u, 1u, 2u, 3u), vec4<u32>(ROWS - 1u)) * BLOCKS;
    var sums = vec4<f32>();
    for (var b = lane; b < BLOCKS; b += LANES) {
        let at = (group.y * BLOCKS + b) * 8u;
        let values = array<vec4<f32>, 8>(
            x[at], x[at + 1u], x[at + 2u], x[at + 3u], x[at + 4u], x[at + 5u], x[at + 6u], x[at + 7u],
        );
        let total = sum(values);
        sums += vec4<f32>(
            block_dot(starts.x + b, values, total),
            block_dot(starts.y + b, values, total),
            block_dot(starts.z + b, values, total),
            block_dot(starts.w + b, values, total),
        );
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
        let at = group.y * ROWS + row;
        if row < ROWS {
            store(at, sums.x);
        }
        if row + 1u < ROWS {
            store(at + 1u, sums.y);
        }
        if row + 2u < ROWS {
            store(at + 2u, sums.z);
        }
        if row + 3u < ROWS {
            store(at + 3u, sums.w);
        }
    }
}
