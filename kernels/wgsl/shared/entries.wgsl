// Where keys and values of what stands before a token lie.
#import places

// By text and position. Bound, and not read, where all are of one text.
@group(0) @binding(4) var<storage, read> entries: array<u32>;

// The entry of this position of a token's text.
fn entry_at(token: u32, position: u32) -> u32 {
    if BATCHED {
        return entries[step.places[token].z + position];
    }
    return position;
}
