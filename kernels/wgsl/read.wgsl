// Reads all values once and does as little else as can be: what it takes is what the memory takes.
// Each thread writes the exclusive or of the words it has read, or there would be no need to read
// them. The values are a multiple of what all threads read in one turn.

override QUADS: u32;

const THREADS = 256u;

@group(0) @binding(0) var<storage, read> values: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read_write> out: array<u32>;

@compute @workgroup_size(THREADS)
fn main(@builtin(global_invocation_id) thread: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>) {
    let threads = groups.x * THREADS;
    var mixed = vec4<u32>();
    for (var i = thread.x; i < QUADS; i += 4u * threads) {
        let a = values[i];
        let b = values[i + threads];
        let c = values[i + 2u * threads];
        let d = values[i + 3u * threads];
        mixed ^= a ^ b ^ c ^ d;
    }
    out[thread.x] = mixed.x ^ mixed.y ^ mixed.z ^ mixed.w;
}
