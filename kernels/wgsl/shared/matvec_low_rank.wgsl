// The low-rank update of matvec.wgsl's product. Each group of lanes takes four rows of A besides those of
// the matrix, so that a workgroup has all products with A that its own rows of B need, and nothing
// is launched for them; other workgroups do the same again. The importer declares INNER_QUADS, APART and what
// low_rank.wgsl has.
// Products with A, those of each token in turn.
var<workgroup> inner_sums: array<vec4<f32>, TOKENS * INNER_QUADS>;

// The first row of A for a workgroup whose first row of the matrix this is.
fn inner_rows(row: u32) -> u32 {
    return select(0u, part_of(row) * RANK, APART);
}

// Products of four rows of A, the first at this index, with eight activations.
fn inner_products(at: u32, low: Quads, high: Quads) -> Quads {
    let r0 = ab[at];
    let r1 = ab[at + 4u * BLOCKS];
    let r2 = ab[at + 8u * BLOCKS];
    let r3 = ab[at + 12u * BLOCKS];
    return multiply(low, mat4x4<f32>(four_halves(r0.xy), four_halves(r1.xy), four_halves(r2.xy), four_halves(r3.xy)))
        + multiply(high, mat4x4<f32>(four_halves(r0.zw), four_halves(r1.zw), four_halves(r2.zw), four_halves(r3.zw)));
}

// Eight columns of B in one of a quad's rows, past the end those of the last.
fn piece_of_b(quad: u32, piece: u32) -> vec4<u32> {
    let pieces = RANK / 8u;
    let row = min(rows_of(quad)[min(piece / pieces, 3u)], ROWS - 1u);
    return ab[B_AT + row * pieces + piece % pieces];
}

// What a piece of B adds to a token's products with the quad's rows: to one of them.
fn update(quad: u32, piece: u32, b: vec4<u32>, t: u32, first_inner: u32) -> vec4<f32> {
    let pieces = RANK / 8u;
    let at = piece / pieces;
    let row = min(rows_of(quad)[at], ROWS - 1u);
    let inner = t * INNER_QUADS + (part_of(row) * RANK - first_inner) / 4u + 2u * (piece % pieces);
    let product = dot(four_halves(b.xy), inner_sums[inner]) + dot(four_halves(b.zw), inner_sums[inner + 1u]);
    return select(vec4<f32>(), vec4<f32>(SCALE * product), vec4<u32>(at) == vec4<u32>(0u, 1u, 2u, 3u));
}
