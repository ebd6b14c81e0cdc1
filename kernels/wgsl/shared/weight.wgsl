// A matrix of weights in blocks of 32 neighbours of a row, as the upload split them: the quants, a
// whole number of vec4<u32> a block, and (for quantised types) the scales.
//
// Every type declares
//     Piece, low(piece), high(piece): a quarter of a block; four consecutive elements 4i.., and
//         four more 4i + 16..
//     LOW, HIGH: what low and high are to be multiplied by. Quants are converted where they lie in
//         a word, as shifting a vector's components by different amounts is slow on software
//         adapters
//     load_block(block): four pieces
//     scale(block): an element is low(piece) * LOW * scale.x + scale.y, or the same of high
// so that a dot product can apply LOW and HIGH to the other side and the scale once a block.
#each weight_type: F32 F16 BF16 Q8_0 Q4_0 Q4_1 Q5_0 Q5_1 Q4_K Q5_K Q6_K
struct Block {
    p0: Piece,
    p1: Piece,
    p2: Piece,
    p3: Piece,
}

@group(0) @binding(0) var<storage, read> quants: array<vec4<u32>>;

#ifdef F32
#define FLOAT
#endif
#ifdef F16
#define FLOAT
#define HALF
#endif
#ifdef BF16
#define FLOAT
#define HALF
#endif
#ifdef Q4_0
#define NIBBLES
#endif
#ifdef Q4_1
#define NIBBLES
#endif

#ifdef FLOAT
#import weight_float
#else
#import scales
#ifdef NIBBLES
#import weight_nibbles
#else
#import weight_bytes
#endif
#endif
