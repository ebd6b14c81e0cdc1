//! What to ask a model, in which pieces, and how to check the answer.
