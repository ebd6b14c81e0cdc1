// The token with the best sum of probability and noise in each workgroup's part of a row (y), among
// those that are near enough to the best one.
#import sampling
#import sample_best
#import sample_narrow

override VOCAB: u32;
// As in sample_scan.
override GROUPS: u32;
// The histogram that was made last; HISTOGRAMS if there is none.
override PREVIOUS: u32;

@group(0) @binding(2) var<storage, read_write> bests: array<vec2<u32>>;
@group(0) @binding(5) var<storage, read> counter: array<u32>;

// The PCG hash (Jarzynski & Olano 2020, https://jcgt.org/published/0009/03/02/).
fn hash(x: u32) -> u32 {
    let state = x * 747796405u + 2891336453u;
    let word = ((state >> ((state >> 28u) + 4u)) ^ state) * 277803737u;
    return (word >> 22u) ^ word;
}

// In 15 binary places; x is not 0.
fn binary_log(x: u32) -> i32 {
    let zeros = countLeadingZeros(x);
    let f = i32(((x << zeros) >> 16u) & 0x7fffu);
    var sum = 3939 + ((-823 * f + 0x4000) >> 15u);
    sum = -9076 + ((sum * f + 0x4000) >> 15u);
    sum = 14995 + ((sum * f + 0x4000) >> 15u);
    sum = -23538 + ((sum * f + 0x4000) >> 15u);
    sum = 47270 + ((sum * f + 0x4000) >> 15u);
    return i32(31u - zeros) * 0x8000 + ((sum * f + 0x4000) >> 15u);
}

// -log2(-ln(1 - t)) of t = random / 2^32, in units of 2^-19.
fn gumbel(random: u32) -> i32 {
    var log = 0;
    if random < 0x80000000u {
        let t = i32(random >> 17u);
        var sum = 850 + ((13593 * t + 0x4000) >> 15u);
        sum = 10754 + ((sum * t + 0x4000) >> 15u);
        sum = 23594 + ((sum * t + 0x4000) >> 15u);
        log = binary_log(max(random, 1u)) - 0x100000 + ((sum * t + 0x4000) >> 15u);
    } else {
        let exponential = 0x100000 - binary_log(~random + 1u);
        log = binary_log(u32(exponential)) - 0x78000 - 17327;
    }
    return -log * 16;
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
    var limit = sampling.farthest;
    if PREVIOUS < HISTOGRAMS {
        let state = narrow(thread, row, PREVIOUS);
        limit = min(state.x, state.y);
    }
    let stream = hash(hash(sampling.seed) + select(counter[0] + row, sampling.draw, TEXTS));
    var drawn = NONE;
    for (var token = group.x * THREADS + thread; token < VOCAB; token += GROUPS * THREADS) {
        let distance = distance_from(best, keys[row * VOCAB + token], sampling.scale);
        if distance <= limit {
            let score = u32(0x2000000 + gumbel(hash(hash(token) ^ stream)) - i32(distance));
            if score > drawn.x {
                drawn = vec2<u32>(score, token);
            }
        }
    }
    // What this needs is cleared in largest_of, which all threads left before.
    workgroupBarrier();
    drawn = first_largest(thread, drawn);
    if thread == 0u {
        bests[(row * 2u + 1u) * GROUPS + group.x] = drawn;
    }
}
