/// How a tensor's elements are stored. All but the first three are blocks of small integers with
/// scales.
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

/// What there is to know of a type: a new one is a row here, and code that reads its blocks.
struct Row {
    ty: TensorType,
    id: u32,
    name: &'static str,
    block_len: usize,
    block_bytes: usize,
    halves: &'static [usize],
    quants: (usize, usize),
}

#[rustfmt::skip]
const ROWS: [Row; 11] = {
    use TensorType::{Bf16, F16, F32, Q4_0, Q4_1, Q4K, Q5_0, Q5_1, Q5K, Q6K, Q8_0};
    /// The fields in their order.
    const fn row(
        ty: TensorType, id: u32, name: &'static str, block_len: usize, block_bytes: usize,
        halves: &'static [usize], quants: (usize, usize),
    ) -> Row {
        Row { ty, id, name, block_len, block_bytes, halves, quants }
    }
    [
        row(F32, 0, "F32", 1, 4, &[], (0, 4)),
        row(F16, 1, "F16", 1, 2, &[], (0, 2)),
        row(Bf16, 30, "BF16", 1, 2, &[], (0, 2)),
        row(Q4_0, 2, "Q4_0", 32, 18, &[0], (2, 18)),
        row(Q4_1, 3, "Q4_1", 32, 20, &[0, 2], (4, 20)),
        row(Q5_0, 6, "Q5_0", 32, 22, &[0], (2, 22)),
        row(Q5_1, 7, "Q5_1", 32, 24, &[0, 2], (4, 24)),
        row(Q8_0, 8, "Q8_0", 32, 34, &[0], (2, 34)),
        row(Q4K, 12, "Q4_K", 256, 144, &[0, 2], (16, 144)),
        row(Q5K, 13, "Q5_K", 256, 176, &[0, 2], (16, 176)),
        row(Q6K, 14, "Q6_K", 256, 210, &[208], (0, 192)),
    ]
};

impl TensorType {
    /// Every type there is, in the order of the enum: kernels, tests and benchmarks go through it.
    pub const ALL: [Self; ROWS.len()] = {
        let mut all = [Self::F32; ROWS.len()];
        let mut i = 0;
        while i < all.len() {
            all[i] = ROWS[i].ty;
            i += 1;
        }
        all
    };

    /// The type with this number in the format.
    #[must_use]
    pub fn from_id(id: u32) -> Option<Self> {
        ROWS.iter().find(|row| row.id == id).map(|row| row.ty)
    }

    /// The type's number in the format.
    #[must_use]
    pub const fn id(self) -> u32 {
        ROWS[self as usize].id
    }

    /// The name people know it by, such as `Q4_K`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        ROWS[self as usize].name
    }

    /// Elements per block: 1 for floats.
    #[must_use]
    pub const fn block_len(self) -> usize {
        ROWS[self as usize].block_len
    }

    /// Bytes per block.
    #[must_use]
    pub const fn block_bytes(self) -> usize {
        ROWS[self as usize].block_bytes
    }

    /// Whether elements are small integers that share scales.
    #[must_use]
    pub const fn is_quantized(self) -> bool {
        self.block_len() > 1
    }

    /// Where in a quantised type's block its 16-bit floats are: the scale, then (of types that have
    /// one) the minimum or the scale of minima.
    #[must_use]
    pub const fn halves(self) -> &'static [usize] {
        ROWS[self as usize].halves
    }

    /// Which bytes of a block are the elements' own bits; all others are scales.
    #[must_use]
    pub const fn quants(self) -> std::ops::Range<usize> {
        let (start, end) = ROWS[self as usize].quants;
        start..end
    }

    /// Bytes of a tensor of this type; `None` when its rows are not whole blocks or the count
    /// overflows.
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
    fn scales_and_quants_lie_apart_and_within_the_block() {
        for ty in TensorType::ALL {
            let (quants, halves) = (ty.quants(), ty.halves());
            assert!(quants.end <= ty.block_bytes(), "{}", ty.name());
            assert!(halves.iter().all(|&at| at + 2 <= quants.start || at >= quants.end), "{}", ty.name());
            assert!(halves.iter().all(|&at| at + 2 <= ty.block_bytes()), "{}", ty.name());
            assert_eq!(halves.is_empty(), !ty.is_quantized(), "{}", ty.name());
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
