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
        // Nodes that follow each other lie side by side in a table, as they are visited. The high bits, of 32 or of 64, tell
        // apart what lies near each other: they repeat the low ones.
        self.0 = (self.0 ^ u64::from(number)).wrapping_mul(0x0200_0000_0200_0001);
    }
}
