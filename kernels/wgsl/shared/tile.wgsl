// The tiles of matrix products: TILE_<rows>X<tokens>_<a thread's rows>X<its tokens>.
//
// Row lane l has rows l, l + ROW_LANES, ... of a tile; token lanes likewise.
#each tile: TILE_64X64_8X8 TILE_64X64_8X4 TILE_64X32_8X4 TILE_32X32_4X4 TILE_64X64_4X4 TILE_128X64_8X4
#ifdef TILE_64X64_8X8
#define EIGHT_ROWS
#define EIGHT_TOKENS
#define EIGHT_COPIES
const ROW_LANES = 8u;
const TOKEN_LANES = 8u;
#endif
#ifdef TILE_64X64_8X4
#define EIGHT_ROWS
#define HALF_BLOCKS
#define TWO_BLOCKS
const ROW_LANES = 8u;
const TOKEN_LANES = 16u;
#endif
#ifdef TILE_64X32_8X4
#define EIGHT_ROWS
const ROW_LANES = 8u;
const TOKEN_LANES = 8u;
#endif
#ifdef TILE_32X32_4X4
#define HALF_BLOCKS
#define TWO_BLOCKS
const ROW_LANES = 8u;
const TOKEN_LANES = 8u;
#endif
#ifdef TILE_64X64_4X4
#define SIXTEEN_ROW_LANES
#define TWO_BLOCKS
const ROW_LANES = 16u;
const TOKEN_LANES = 16u;
#endif
#ifdef TILE_128X64_8X4
#define EIGHT_ROWS
#define SIXTEEN_ROW_LANES
#define TWO_BLOCKS
const ROW_LANES = 16u;
const TOKEN_LANES = 16u;
#endif

#ifdef EIGHT_ROWS
const ROWS_EACH = 8u;
#else
const ROWS_EACH = 4u;
#endif
#ifdef EIGHT_TOKENS
const TOKENS_EACH = 8u;
#else
const TOKENS_EACH = 4u;
#endif

const THREADS = ROW_LANES * TOKEN_LANES;
const TILE_ROWS = ROW_LANES * ROWS_EACH;
const TILE_TOKENS = TOKEN_LANES * TOKENS_EACH;

// Neighbours share their row, and neighbouring pairs their tokens: some GPUs then read workgroup
// memory for half a subgroup at a time instead of a quarter.
fn row_lane_of(thread: u32) -> u32 {
    let lane = ((thread >> 1u) & 3u) | ((thread >> 2u) & 4u);
#ifdef SIXTEEN_ROW_LANES
    return lane | ((thread >> 2u) & 8u);
#else
    return lane;
#endif
}

fn token_lane_of(thread: u32) -> u32 {
    let lane = (thread & 1u) | ((thread >> 2u) & 2u);
#ifdef SIXTEEN_ROW_LANES
    return lane | ((thread >> 6u) << 2u);
#else
    return lane | ((thread >> 5u) << 2u);
#endif
}
