// A low-rank update of a matrix, in 16-bit floats: rows of A, as long as the matrix's, those of each
// part of the matrix in turn; then for each row of the matrix one of B. Rows of A are interleaved: the first
// eight values of each block of 32 come first, then the second eight of each, and so on.

// Rows of A of each part and columns of B: a multiple of 8.
override RANK: u32;
// Where B begins.
override B_AT: u32;
// The rows of the second part begin here, those of the third there.
override SECOND: u32;
override THIRD: u32;
// What B's products are multiplied by.
override SCALE: f32;

fn four_halves(bits: vec2<u32>) -> vec4<f32> {
    return vec4<f32>(unpack2x16float(bits.x), unpack2x16float(bits.y));
}

// Which part a row is of.
fn part_of(row: u32) -> u32 {
    return u32(row >= SECOND) + u32(row >= THIRD);
}
