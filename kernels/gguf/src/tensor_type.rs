/// How a tensor's elements are stored. All but the first three are blocks of small integers with scales.
///
/// Source of the layouts: `ggml-common.h` of ggml.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TensorType {
    /// 32-bit floats.
    F32,
    /// 16-bit IEEE floats.
    F16,
    /// The upper halves of 32-bit floats.
    Bf16,
    /// 4 bits, one scale.
    Q4_0,
    /// 4 bits, scale and minimum.
    Q4_1,
    /// 5 bits, one scale.
    Q5_0,
    /// 5 bits, scale and minimum.
    Q5_1,
    /// 8 bits, one scale.
    Q8_0,
    /// 4 bits in superblocks with quantised scales and minima.
    Q4K,
    /// 5 bits in superblocks with quantised scales and minima.
    Q5K,
    /// 6 bits in superblocks with quantised scales.
    Q6K,
}

/// Number in the format, name, elements per block, bytes per block.
type Layout = (TensorType, u32, &'static str, usize, usize);

const LAYOUTS: [Layout; 11] = [
    (TensorType::F32, 0, "F32", 1, 4),
    (TensorType::F16, 1, "F16", 1, 2),
    (TensorType::Bf16, 30, "BF16", 1, 2),
    (TensorType::Q4_0, 2, "Q4_0", 32, 18),
    (TensorType::Q4_1, 3, "Q4_1", 32, 20),
    (TensorType::Q5_0, 6, "Q5_0", 32, 22),
    (TensorType::Q5_1, 7, "Q5_1", 32, 24),
    (TensorType::Q8_0, 8, "Q8_0", 32, 34),
    (TensorType::Q4K, 12, "Q4_K", 256, 144),
    (TensorType::Q5K, 13, "Q5_K", 256, 176),
    (TensorType::Q6K, 14, "Q6_K", 256, 210),
];

impl TensorType {
    /// Every type there is.
    pub const ALL: [Self; 11] = {
        let mut all = [Self::F32; 11];
        let mut i = 0;
        while i < all.len() {
            all[i] = LAYOUTS[i].0;
            i += 1;
        }
        all
    };

    /// The type with this number in the format.
    #[must_use]
    pub fn from_id(id: u32) -> Option<Self> {
        LAYOUTS.iter().find(|layout| layout.1 == id).map(|layout| layout.0)
    }

    /// The type's number in the format.
    #[must_use]
    pub const fn id(self) -> u32 {
        LAYOUTS[self as usize].1
    }

    /// The name people know it by, such as `Q4_K`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        LAYOUTS[self as usize].2
    }

    /// Elements per block: 1 for floats.
    #[must_use]
    pub const fn block_len(self) -> usize {
        LAYOUTS[self as usize].3
    }

    /// Bytes per block.
    #[must_use]
    pub const fn block_bytes(self) -> usize {
        LAYOUTS[self as usize].4
    }

    /// Bytes of a tensor of this type; `None` when its rows are not whole blocks or the count overflows.
    ///
    /// `shape` is in ggml's order: the row length first.
    #[must_use]
    pub fn bytes(self, shape: &[u64]) -> Option<u64> {
        let (&row, rest) = shape.split_first()?;
        let blocks = row
            .checked_div(self.block_len() as u64)
            .filter(|_| row.is_multiple_of(self.block_len() as u64))?;
        rest.iter().try_fold(blocks.checked_mul(self.block_bytes() as u64)?, |bytes, &n| bytes.checked_mul(n))
    }
}

#[cfg(test)]
mod tests {
    use super::TensorType;

    #[test]
    fn table_rows_are_in_the_order_of_the_enum() {
        for (i, ty) in TensorType::ALL.into_iter().enumerate() {
            assert_eq!(ty as usize, i);
            assert_eq!(TensorType::from_id(ty.id()), Some(ty));
        }
    }

    #[test]
    fn sizes_count_whole_blocks() {
        assert_eq!(TensorType::Q4_1.bytes(&[64, 3]), Some(2 * 20 * 3));
        assert_eq!(TensorType::Q6K.bytes(&[128]), None);
        assert_eq!(TensorType::F32.bytes(&[1 << 40, 1 << 40]), None);
        assert_eq!(TensorType::F32.bytes(&[]), None);
    }
}
