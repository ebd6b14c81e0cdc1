/// Positions of a loaded model's KV cache: a page's part with its instruction and the answer.
pub const CONTEXT: usize = 2048;
