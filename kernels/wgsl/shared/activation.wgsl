// What bends the gate of a feed-forward block: SiLU, or GELU in its tanh form.
override GELU: bool;

// 2 * sqrt(2 / pi).
const TWO_ROOT = 1.5957691216;

fn activate(g: vec4<f32>) -> vec4<f32> {
    // Beyond the limits the result is g or 0 in f32 anyway; exp must not overflow, which WGSL
    // leaves undefined.
    if GELU {
        // (1 + tanh(a)) / 2 is 1 / (1 + exp(-2a)).
        let c = clamp(g, vec4<f32>(-10.0), vec4<f32>(10.0));
        return g / (1.0 + exp(-TWO_ROOT * (c + 0.044715 * c * c * c)));
    }
    return g / (1.0 + exp(-max(g, vec4<f32>(-80.0))));
}
