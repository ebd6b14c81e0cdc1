// The best of the workgroups' best tokens is the chosen one. One workgroup a row (y). Without ROWS
// it is noted as seen and counted, and the step is advanced, so that the next step can run.
#each every_row: - ROWS
#import sampling
#import sample_best

// As in sample_scan.
override GROUPS: u32;
// Whether the bests are those of sample_draw.
override DRAWN: bool;

@group(0) @binding(0) var<storage, read> bests: array<vec2<u32>>;
@group(0) @binding(1) var<storage, read_write> out: array<u32>;
#ifdef ROWS
#else
@group(0) @binding(2) var<storage, read_write> seen: array<u32>;
// The number of the draw.
@group(0) @binding(3) var<storage, read_write> counter: array<u32>;
// As in shared/step.wgsl: the position, and the number of tokens.
@group(0) @binding(4) var<storage, read_write> step: array<u32>;
#endif

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    var best = NONE;
    if thread < GROUPS {
        best = bests[(group.y * 2u + u32(DRAWN)) * GROUPS + thread];
    }
    best = first_largest(thread, best);
    if thread == 0u {
        let token = select(0u, best.y, best.x > 0u);
        out[group.y] = token;
#ifdef ROWS
#else
        seen[token / 32u] |= 1u << (token % 32u);
        counter[0] += 1u;
        step[0] += step[1];
        step[1] = 1u;
#endif
    }
}
