// What changes from one step to the next: written once a step, read by the kernels that need it.
struct Step {
    // Position of the step's first token.
    pos: u32,
    // Tokens in the step.
    n_tokens: u32,
}
