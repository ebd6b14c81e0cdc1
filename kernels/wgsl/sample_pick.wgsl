// The best of the workgroups' best tokens is the chosen one. One workgroup a row (y). It may be noted:
//
//     NEXT       as seen, and counted, and the step is advanced, so that the next step can run
//     OF_DRAFT   not at all
//     OF_TEXTS   as seen in the row's text
#each noted: NEXT OF_DRAFT OF_TEXTS
#import sampling
#import sample_best

// As in sample_scan.
override GROUPS: u32;
// Whether there are bests of sample_draw; of texts, each says whether they are its own.
override DRAWS: bool;

@group(0) @binding(1) var<storage, read> bests: array<vec2<u32>>;
@group(0) @binding(2) var<storage, read_write> out: array<u32>;
#ifdef NEXT
#define SEEN
// The number of the draw.
@group(0) @binding(4) var<storage, read_write> counter: array<u32>;
// As in shared/step.wgsl: the position, and the number of tokens.
@group(0) @binding(5) var<storage, read_write> step: array<u32>;
#endif
#ifdef OF_TEXTS
#define SEEN
override VOCAB: u32;
#endif
#ifdef SEEN
@group(0) @binding(3) var<storage, read_write> seen: array<u32>;
#endif

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let sampling = sampling_of(group.y);
    let drawn = DRAWS && (sampling.flags & DRAWN) != 0u;
    var best = NONE;
    if thread < GROUPS {
        best = bests[(group.y * 2u + u32(drawn)) * GROUPS + thread];
    }
    best = first_largest(thread, best);
    if thread == 0u {
        let token = select(0u, best.y, best.x > 0u);
        out[group.y] = token;
#ifdef NEXT
        seen[token / 32u] |= 1u << (token % 32u);
        counter[0] += 1u;
        step[0] += step[1];
        step[1] = 1u;
#endif
#ifdef OF_TEXTS
        seen[sampling.text * seen_words(VOCAB) + token / 32u] |= 1u << (token % 32u);
#endif
    }
}
