//! Tiles of matrix products, and which suits a product.

use crate::gpu::wgsl;

/// What a workgroup makes of a matrix product, and how its threads share it; `shared/tile.wgsl`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tile {
    /// Rows and tokens of the tile, then those of a thread.
    pub(super) permutation: wgsl::Tile,
    /// Rows of the weights.
    pub rows: usize,
    /// Tokens.
    pub tokens: u32,
    /// Whether it lies in workgroup memory in 16 bits.
    pub f16: bool,
}

impl Tile {
    const fn new(permutation: wgsl::Tile, rows: usize, tokens: u32) -> Self {
        Self { permutation, rows, tokens, f16: false }
    }

    /// The same in 16 bits, which the device must have; only `matmul.wgsl` takes it.
    #[must_use]
    pub fn in_f16(self) -> Self {
        Self { f16: true, ..self }
    }
}

const T128X64_8X4: Tile = Tile::new(wgsl::Tile::TILE_128X64_8X4, 128, 64);
const T64X64_8X8: Tile = Tile::new(wgsl::Tile::TILE_64X64_8X8, 64, 64);
const T64X64_8X4: Tile = Tile::new(wgsl::Tile::TILE_64X64_8X4, 64, 64);
const T64X64_4X4: Tile = Tile::new(wgsl::Tile::TILE_64X64_4X4, 64, 64);
const T64X32_8X4: Tile = Tile::new(wgsl::Tile::TILE_64X32_8X4, 64, 32);
const T32X32_4X4: Tile = Tile::new(wgsl::Tile::TILE_32X32_4X4, 32, 32);

/// The tiles that `matmul.wgsl` has.
pub const FLOAT_TILES: [Tile; 4] = [T64X64_8X8, T64X64_8X4, T64X32_8X4, T32X32_4X4];

/// The tiles that `matmul_int.wgsl` has.
pub const INT_TILES: [Tile; 5] = [T128X64_8X4, T64X64_8X4, T64X64_4X4, T64X32_8X4, T32X32_4X4];

/// The tiles to choose from, the smallest first, each with the fewest workgroups that it is chosen
/// for.
///
/// Large tiles read less; but with fewer workgroups than a large GPU has processors (132 of them,
/// and each has room for several), most of it would wait.
pub(super) type Choice = [(Tile, usize)];

/// For products in `f32`. Others were as fast on a large GPU for some sizes, and faster for none.
pub(super) const FLOAT: &Choice = &[(T32X32_4X4, 0), (T64X32_8X4, 200)];

/// For products in integers.
pub(super) const INT: &Choice = &[(T32X32_4X4, 0), (T64X64_8X4, 200)];

/// The tiles for a product of `rows` rows: each for steps of up to so many tokens, ascending, the
/// last for any number.
pub(super) fn choose(choice: &Choice, rows: usize) -> Vec<(u32, Tile)> {
    let mut chosen: Vec<(u32, Tile)> = Vec::new();
    for &(tile, workgroups) in choice {
        let across = rows.div_ceil(tile.rows).max(1);
        let down = u32::try_from(workgroups.div_ceil(across)).unwrap_or(u32::MAX);
        // The most tokens for which this tile has too few workgroups.
        let most = down.saturating_sub(1).saturating_mul(tile.tokens);
        // Tiles that this one makes pointless, and where the one before it ends.
        while chosen.len() > 1 && chosen[chosen.len() - 2].0 >= most {
            chosen.pop();
        }
        if most == 0 {
            chosen.clear();
        }
        if let Some(before) = chosen.last_mut() {
            before.0 = most;
        }
        chosen.push((u32::MAX, tile));
    }
    chosen
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_products_have_small_tiles() {
        let chosen = choose(&[(T32X32_4X4, 0), (T64X32_8X4, 100), (T128X64_8X4, 200)], 640);
        assert_eq!(chosen, [(9 * 32, T32X32_4X4), (39 * 64, T64X32_8X4), (u32::MAX, T128X64_8X4)]);
    }

    #[test]
    fn tall_products_have_the_largest() {
        let chosen = choose(&[(T32X32_4X4, 0), (T64X32_8X4, 100), (T128X64_8X4, 200)], 200_000);
        assert_eq!(chosen, [(u32::MAX, T128X64_8X4)]);
    }

    #[test]
    fn a_tile_is_left_out_where_a_larger_one_has_enough_workgroups_too() {
        let chosen = choose(&[(T32X32_4X4, 0), (T64X32_8X4, 100), (T64X64_8X4, 40)], 640);
        assert_eq!(chosen, [(3 * 64, T32X32_4X4), (u32::MAX, T64X64_8X4)]);
    }
}
