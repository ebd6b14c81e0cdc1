//! Maps and sets of a tree's nodes.

use dom_query::NodeId;
use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A map by nodes of one tree.
pub(crate) type NodeMap<T> = HashMap<NodeId, T, BuildHasherDefault<Numbers>>;

/// A set of nodes of one tree.
pub(crate) type NodeSet = HashSet<NodeId, BuildHasherDefault<Numbers>>;

/// Hashes the numbers that nodes are counted by: no page chooses them, so that no two of them can be made to meet.
#[derive(Default)]
pub(crate) struct Numbers(u64);

impl Hasher for Numbers {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.write_u32(u32::from(*byte));
        }
    }

    fn write_u32(&mut self, number: u32) {
        // The golden ratio spreads numbers that follow each other over the high bits, where tables look first.
        self.0 = (self.0 ^ u64::from(number)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}
