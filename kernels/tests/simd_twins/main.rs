//! The vector versions of operations against their twins, on one thread and on several.

mod attention;
mod common;
mod element_wise;
