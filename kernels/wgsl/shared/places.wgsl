// Where tokens stand: one after the other, or with BATCHED each in one of several texts, whose
// entries of the cache lie anywhere. The importer declares `step`.
#import step

override BATCHED: bool;

fn position_of(token: u32) -> u32 {
    if BATCHED {
        return step.places[token].x;
    }
    return step.pos + token;
}

// Where a token's keys and values go.
fn entry_of(token: u32) -> u32 {
    if BATCHED {
        return step.places[token].y;
    }
    return step.pos + token;
}
