// The largest of a workgroup's scores and its id, the first of equals. What is reduced does not
// depend on the order.
var<workgroup> largest: atomic<u32>;
var<workgroup> first: atomic<u32>;

const NONE = vec2<u32>(0u, 0xffffffffu);

fn largest_of(thread: u32, score: u32) -> u32 {
    if thread == 0u {
        atomicStore(&largest, 0u);
        atomicStore(&first, 0xffffffffu);
    }
    workgroupBarrier();
    atomicMax(&largest, score);
    workgroupBarrier();
    return atomicLoad(&largest);
}

// A score and an id of each thread, NONE if it has none.
fn first_largest(thread: u32, scored: vec2<u32>) -> vec2<u32> {
    let score = largest_of(thread, scored.x);
    if scored.x == score {
        atomicMin(&first, scored.y);
    }
    workgroupBarrier();
    return vec2<u32>(score, atomicLoad(&first));
}
