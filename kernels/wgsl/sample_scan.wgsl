// The best token of each workgroup's part of a row (y) of logits, after penalty and bias. A draw
// needs the logits too, and clean histograms.
#each draws: - KEYS
#each every_row: - ROWS
#import sampling
#import sample_best

override VOCAB: u32;
// Workgroups of a row; at most 256.
override GROUPS: u32;

// As bits: what is not finite must not reach arithmetic, which may assume that there is no such
// thing.
@group(0) @binding(1) var<storage, read> logits: array<u32>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
// A bit a token, in as many words for each text.
@group(0) @binding(3) var<storage, read> seen: array<u32>;
@group(0) @binding(4) var<storage, read_write> bests: array<vec2<u32>>;
#ifdef KEYS
@group(0) @binding(5) var<storage, read_write> keys: array<u32>;
@group(0) @binding(6) var<storage, read_write> histograms: array<vec4<u32>>;
#endif
#ifdef ROWS
// Row i of the logits follows token i of these.
@group(0) @binding(7) var<storage, read> inputs: array<u32>;
#endif

fn is_seen(row: u32, text: u32, token: u32) -> bool {
    var found = ((seen[text * seen_words(VOCAB) + token / 32u] >> (token % 32u)) & 1u) != 0u;
#ifdef ROWS
    for (var i = 0u; i <= row; i += 1u) {
        found = found || inputs[i] == token;
    }
#endif
    return found;
}

// The order of the adjusted logit.
fn adjusted(row: u32, sampling: Sampling, token: u32) -> u32 {
    var bits = logits[row * VOCAB + token];
    if (sampling.flags & (PENALISED | BIASED)) == 0u || order(bits) == 0u {
        return order(bits);
    }
    if (sampling.flags & PENALISED) != 0u && is_seen(row, sampling.text, token) {
        let logit = bitcast<f32>(bits);
        bits = bitcast<u32>(logit * select(sampling.penalty, sampling.inverse_penalty, logit > 0.0));
    }
    if (sampling.flags & BIASED) != 0u {
        bits = bitcast<u32>(bitcast<f32>(bits) + bias[sampling.text * VOCAB + token]);
    }
    return order(bits);
}

@compute @workgroup_size(THREADS)
fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
    let row = group.y;
    let sampling = sampling_of(row);
    var best = NONE;
    for (var token = group.x * THREADS + thread; token < VOCAB; token += GROUPS * THREADS) {
        let key = adjusted(row, sampling, token);
#ifdef KEYS
        keys[row * VOCAB + token] = key;
#endif
        if key > best.x {
            best = vec2<u32>(key, token);
        }
    }
#ifdef KEYS
    if group.x == 0u {
        const QUADS = HISTOGRAMS * THREADS * 2u / 4u;
        for (var i = thread; i < QUADS; i += THREADS) {
            histograms[row * QUADS + i] = vec4<u32>();
        }
    }
#endif
    best = first_largest(thread, best);
    if thread == 0u {
        bests[row * 2u * GROUPS + group.x] = best;
    }
}
