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

// What is added to a token's products with these rows.
fn update(rows: vec4<u32>, t: u32, first_inner: u32) -> vec4<f32> {
    return SCALE * vec4<f32>(
        update_of(rows.x, t, first_inner), update_of(rows.y, t, first_inner),
        update_of(rows.z, t, first_inner), update_of(rows.w, t, first_inner),
    );
}

fn update_of(past: u32, t: u32, first_inner: u32) -> f32 {
    let row = min(past, ROWS - 1u);
    let inner = t * INNER_QUADS + (part_of(row) * RANK - first_inner) / 4u;
    var sum = 0.0;
    for (var i = 0u; i < RANK / 8u; i++) {
        let b = ab[B_AT + row * (RANK / 8u) + i];
        sum += dot(four_halves(b.xy), inner_sums[inner + 2u * i]) + dot(four_halves(b.zw), inner_sums[inner + 2u * i + 1u]);
    }
    return sum;
}
