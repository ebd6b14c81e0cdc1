//! Loops that are none.

/// Does the same for each number below `count`, which is at most four and known when this is
/// compiled. Of a loop that it does not unroll, the compiler keeps the sums in memory.
macro_rules! each {
    ($i:ident of $count:expr => $body:block) => {{
        if $count > 0 {
            const $i: usize = 0;
            $body
        }
        if $count > 1 {
            const $i: usize = 1;
            $body
        }
        if $count > 2 {
            const $i: usize = 2;
            $body
        }
        if $count > 3 {
            const $i: usize = 3;
            $body
        }
    }};
}
pub(super) use each;
