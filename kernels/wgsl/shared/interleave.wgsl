// A row is interleaved when the first four values of each block of 32 come first, then the second
// four of each, and so on: threads that read a block each then read neighbours together.
fn interleaved_place(index: u32, blocks: u32) -> u32 {
    return 4u * (index % 32u / 4u * blocks + index / 32u) + index % 4u;
}
