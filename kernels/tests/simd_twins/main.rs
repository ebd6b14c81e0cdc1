//! The vector versions of operations against their twins, on one thread and on several.

mod common;
mod element_wise;
