//! Model families as plans of tensor operations, run by a CPU or a GPU backend.
