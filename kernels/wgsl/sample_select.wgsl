// Makes one histogram of shared/sample_narrow.wgsl, after finding out what the one before it says.
#import sampling
#import sample_best
#import sample_narrow

override VOCAB: u32;
// As in sample_scan.
override GROUPS: u32;
// The histogram.
override SLOT: u32;
// The one that was made before; HISTOGRAMS if there is none.
override PREVIOUS: u32;

@group(0) @binding(2) var<storage, read> bests: array<vec2<u32>>;

var<workgroup> tallies: array<atomic<u32>, 512>;

// The probability of a token at this distance, where the best token's is 2^24.
fn weight(distance: u32) -> u32 {
    // 2^-f = 2^(1-f) / 2, in 15 binary places.
    let g = 0x8000u - ((distance % 0x80000u) >> 4u);
    var power = 1699u + ((448u * g + 0x4000u) >> 15u);
    power = 7912u + ((power * g + 0x4000u) >> 15u);
    power = 22709u + ((power * g + 0x4000u) >> 15u);
    power = 32768u + ((power * g + 0x4000u) >> 15u);
    return (power << 8u) >> (distance / 0x80000u);
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let row = group.y;
    let sampling = sampling_of(row);
    var key = 0u;
    if thread < GROUPS {
        key = bests[row * 2u * GROUPS + thread].x;
    }
    let best = logit(largest_of(thread, key));
    var state = vec4<u32>(sampling.farthest, 0u, sampling.top_k >> 12u, sampling.top_k & 0xfffu);
    if PREVIOUS < HISTOGRAMS {
        state = narrow(thread, row, PREVIOUS);
        if SLOT == 3u {
            state = vec4<u32>(min(state.x, state.y), 0u, 0u, 0u);
        }
    }
    if group.x == 0u && thread == 0u {
        states[row * HISTOGRAMS + SLOT] = state;
    }
    atomicStore(&tallies[2u * thread], 0u);
    atomicStore(&tallies[2u * thread + 1u], 0u);
    workgroupBarrier();
    let shift = 16u - SLOT % 3u * 8u;
    for (var token = group.x * THREADS + thread; token < VOCAB; token += GROUPS * THREADS) {
        let distance = distance_from(best, keys[row * VOCAB + token], sampling.scale);
        let bits = distance >> shift;
        if distance <= state.x && bits >> 8u == state.y {
            var amount = 1u;
            if SLOT >= 3u {
                amount = weight(distance);
            }
            let bin = (bits & 0xffu) * 2u;
            atomicAdd(&tallies[bin], amount >> 12u);
            atomicAdd(&tallies[bin + 1u], amount & 0xfffu);
        }
    }
    workgroupBarrier();
    let at = (row * HISTOGRAMS + SLOT) * 2u * THREADS;
    for (var i = thread; i < 2u * THREADS; i += THREADS) {
        let tally = atomicLoad(&tallies[i]);
        if tally > 0u {
            atomicAdd(&histograms[at + i], tally);
        }
    }
}
