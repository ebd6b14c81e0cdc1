// out += the products with B of what A made of the input: what an adapter adds to a matrix's
// products, for many tokens. One thread a row of the matrix and four tokens.
#import step
#import low_rank

override ROWS: u32;
// Values of a token's products with A.
override INNER: u32;
// Where the rows stand in a row of out, and how wide that is.
override FIRST_ROW: u32;
override OUT_ROWS: u32;

@group(0) @binding(0) var<storage, read> ab: array<vec4<u32>>;
@group(0) @binding(1) var<storage, read> inner_products: array<vec4<f32>>;
@group(0) @binding(2) var<storage, read_write> out: array<f32>;
@group(0) @binding(3) var<uniform> step: Step;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3<u32>) {
    let row = id.x;
    if row >= ROWS {
        return;
    }
    let token = 4u * id.y;
    // Tokens past the end repeat the last one, and are not stored.
    let tokens = min(vec4<u32>(token) + vec4<u32>(0u, 1u, 2u, 3u), vec4<u32>(step.n_tokens - 1u));
    let starts = tokens * (INNER / 4u) + part_of(row) * (RANK / 4u);
    var sums = vec4<f32>();
    for (var i = 0u; i < RANK / 8u; i++) {
        let bits = ab[B_AT + row * (RANK / 8u) + i];
        let at = starts + 2u * i;
        let low = four_halves(bits.xy);
        let high = four_halves(bits.zw);
        sums += low * mat4x4<f32>(inner_products[at.x], inner_products[at.y], inner_products[at.z], inner_products[at.w]);
        sums += high * mat4x4<f32>(inner_products[at.x + 1u], inner_products[at.y + 1u], inner_products[at.z + 1u], inner_products[at.w + 1u]);
    }
    for (var t = 0u; t < 4u && token + t < step.n_tokens; t++) {
        out[(token + t) * OUT_ROWS + FIRST_ROW + row] += SCALE * sums[t];
    }
}
