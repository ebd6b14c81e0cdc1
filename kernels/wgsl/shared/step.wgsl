// What changes from one step to the next: written once a step, read by the kernels that need it.
const MOST_TOKENS = 512u;
const MOST_SHARES = 32u;

struct Step {
    // Position of the step's first token.
    pos: u32,
    // Tokens in the step.
    n_tokens: u32,
    // What follows is there when the tokens are of several texts: places.wgsl. Each share is the
    // first of a text's tokens and the one after its last.
    n_shares: u32,
    shares: array<vec4<u32>, MOST_SHARES>,
    // A token's position in its text, its entry of the cache, and where its text's entries begin.
    places: array<vec4<u32>, MOST_TOKENS>,
}
