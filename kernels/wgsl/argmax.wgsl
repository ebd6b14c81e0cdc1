// Index of the largest value, the first of equals; NaN never wins. One workgroup.

override LEN: u32;

const THREADS = 256u;
const LOWEST = -3.40282346e38;

@group(0) @binding(0) var<storage, read> values: array<f32>;
@group(0) @binding(1) var<storage, read_write> out: array<u32>;

var<workgroup> best_values: array<f32, THREADS>;
var<workgroup> best_indices: array<u32, THREADS>;

@compute @workgroup_size(THREADS)
fn main(@builtin(local_invocation_index) thread: u32) {
    var best = 0u;
    var best_value = LOWEST;
    for (var i = thread; i < LEN; i += THREADS) {
        let value = values[i];
        if value > best_value {
            best = i;
            best_value = value;
        }
    }
    best_values[thread] = best_value;
    best_indices[thread] = best;
    workgroupBarrier();
    if thread > 0u {
        return;
    }
    for (var i = 1u; i < THREADS; i += 1u) {
        let value = best_values[i];
        let index = best_indices[i];
        if value > best_value || (value == best_value && value > LOWEST && index < best) {
            best = index;
            best_value = value;
        }
    }
    out[0] = best;
}
