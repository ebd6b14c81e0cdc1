// Weights in floating point: for shared/weight.wgsl.
#ifdef F32
struct Piece {
    low: vec4<f32>,
    high: vec4<f32>,
}

fn low(piece: Piece) -> vec4<f32> {
    return piece.low;
}

fn high(piece: Piece) -> vec4<f32> {
    return piece.high;
}

fn piece(at: u32) -> Piece {
    return Piece(bitcast<vec4<f32>>(quants[at]), bitcast<vec4<f32>>(quants[at + 4u]));
}

fn load_block(block: u32) -> Block {
    let at = 8u * block;
    return Block(piece(at), piece(at + 1u), piece(at + 2u), piece(at + 3u));
}
#endif

#ifdef F16
fn low(piece: Piece) -> vec4<f32> {
    return vec4<f32>(unpack2x16float(piece.x), unpack2x16float(piece.y));
}

fn high(piece: Piece) -> vec4<f32> {
    return vec4<f32>(unpack2x16float(piece.z), unpack2x16float(piece.w));
}
#endif

#ifdef BF16
fn low(piece: Piece) -> vec4<f32> {
    return bitcast<vec4<f32>>((piece.xxyy << vec4<u32>(16u, 0u, 16u, 0u)) & vec4<u32>(0xffff0000u));
}

fn high(piece: Piece) -> vec4<f32> {
    return low(piece.zwzw);
}
#endif

#ifdef HALF
alias Piece = vec4<u32>;

fn load_block(block: u32) -> Block {
    let at = 4u * block;
    let a = quants[at];
    let b = quants[at + 1u];
    let c = quants[at + 2u];
    let d = quants[at + 3u];
    return Block(
        vec4<u32>(a.xy, c.xy), vec4<u32>(a.zw, c.zw), vec4<u32>(b.xy, d.xy), vec4<u32>(b.zw, d.zw),
    );
}
#endif

const LOW = vec4<f32>(1.0);
const HIGH = vec4<f32>(1.0);

fn scale(block: u32) -> vec2<f32> {
    return vec2<f32>(1.0, 0.0);
}
