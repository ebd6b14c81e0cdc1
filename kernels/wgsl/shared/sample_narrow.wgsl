// Finding the distance that cuts off what top_k and top_p do, eight bits at a time: what lies at
// each value of the next eight bits is added up in a histogram, and the cut is where the sum
// reaches the target. Sums of counts and of probabilities are integers in two parts, [units of
// 2^12, rest], so that their order does not matter.
//
// There are six histograms a row: three for the count that top_k wants, then three for the
// probability that top_p wants.
@group(0) @binding(1) var<storage, read> keys: array<u32>;
@group(0) @binding(3) var<storage, read_write> histograms: array<atomic<u32>>;
// How far it had come when a histogram was made: the limit of distance so far, the bits of the cut
// that are known, and the target among what begins with these.
@group(0) @binding(4) var<storage, read_write> states: array<vec4<u32>>;

var<workgroup> sums: array<vec2<u32>, THREADS>;
var<workgroup> narrowed: vec4<u32>;

fn plus(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
    let rest = a.y + b.y;
    return vec2<u32>(a.x + b.x + (rest >> 12u), rest & 0xfffu);
}

fn minus(a: vec2<u32>, b: vec2<u32>) -> vec2<u32> {
    let rest = a.y + 0x1000u - b.y;
    return vec2<u32>(a.x - b.x - 1u + (rest >> 12u), rest & 0xfffu);
}

fn less(a: vec2<u32>, b: vec2<u32>) -> bool {
    return a.x < b.x || (a.x == b.x && a.y < b.y);
}

// The part of a sum that top_p wants, rounded down, but not nothing.
fn wanted(sum: vec2<u32>, top_p: u32) -> vec2<u32> {
    let product = (sum.x & 0xffffu) * top_p;
    let whole = (sum.x >> 16u) * top_p + (product >> 16u);
    let rest = (((product & 0xffffu) << 12u) + sum.y * top_p) >> 16u;
    let part = plus(vec2<u32>(whole, 0u), vec2<u32>(0u, rest));
    return select(part, vec2<u32>(0u, 1u), all(part == vec2<u32>()));
}

// The state after histogram `slot` of a row.
fn narrow(thread: u32, row: u32, slot: u32) -> vec4<u32> {
    let at = ((row * HISTOGRAMS + slot) * THREADS + thread) * 2u;
    var sum = plus(vec2<u32>(atomicLoad(&histograms[at]), 0u), vec2<u32>(0u, atomicLoad(&histograms[at + 1u])));
    sums[thread] = sum;
    workgroupBarrier();
    // The sum of all bins up to this one.
    for (var reach = 1u; reach < THREADS; reach *= 2u) {
        var before = vec2<u32>();
        if thread >= reach {
            before = sums[thread - reach];
        }
        workgroupBarrier();
        sum = plus(sum, before);
        sums[thread] = sum;
        workgroupBarrier();
    }
    let state = states[row * HISTOGRAMS + slot];
    var goal = state.zw;
    if slot == 3u {
        goal = wanted(sums[THREADS - 1u], sampling_of(row).top_p);
    }
    var below = vec2<u32>();
    if thread > 0u {
        below = sums[thread - 1u];
    }
    // The last bin when all together are less than the goal.
    if less(below, goal) && (!less(sum, goal) || thread == THREADS - 1u) {
        narrowed = vec4<u32>(state.x, (state.y << 8u) | thread, minus(goal, below));
    }
    workgroupBarrier();
    return narrowed;
}
