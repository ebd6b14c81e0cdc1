// Dot products of a block of weights with 32 activations.

// Sum of the activations: what the blocks' offsets are multiplied by.
fn sum(v: array<vec4<f32>, 8>) -> f32 {
    let total = ((v[0] + v[1]) + (v[2] + v[3])) + ((v[4] + v[5]) + (v[6] + v[7]));
    return (total.x + total.y) + (total.z + total.w);
}

fn block_dot(block: u32, v: array<vec4<f32>, 8>, total: f32) -> f32 {
    let q = quants(block);
    var products = q[0] * v[0];
    products += q[1] * v[1];
    products += q[2] * v[2];
    products += q[3] * v[3];
    products += q[4] * v[4];
    products += q[5] * v[5];
    products += q[6] * v[6];
    products += q[7] * v[7];
    let product = (products.x + products.y) + (products.z + products.w);
#ifdef QUANTISED
    let s = scale(block);
    return s.x * product + s.y * total;
#else
    return product;
#endif
}
