use super::product::{Product, Store};
use super::tile::{self, Tile};
use crate::gpu::device::{Context, Dispatch, Launch};
use crate::gpu::error::Error;
use crate::gpu::memory::{QuantizedRows, Rows, Step, Weight};
use crate::gpu::wgsl::MatmulInt;
use gguf::TensorType;

/// Whether [`matmul_int`] takes weights of this type: those in quantised blocks.
#[must_use]
pub fn has_int_kernel(ty: TensorType) -> bool {
    ty.is_quantized()
}

/// `out[t][r] = Σ_c weight[r][c] · x[t][c]`, as [`reference::matmul`](crate::reference::matmul())
/// of what [`quantize`](crate::gpu::quantize()) made of the activations: exact within blocks of 32.
///
/// It is made for many tokens, where [`Features::int_dot`](crate::gpu::Features::int_dot) says that
/// integers are quick; it is right everywhere.
///
/// # Errors
/// [`Error::Shape`] when the widths differ, or the type is none that [`has_int_kernel`].
pub fn matmul_int(
    gpu: &Context,
    weight: &Weight,
    x: &QuantizedRows,
    out: &Rows,
    store: Store,
    step: &Step,
) -> Result<Dispatch, Error> {
    let product = product(gpu, weight, x, out, store)?;
    let launches = tile::choose(tile::INT, weight.rows())
        .into_iter()
        .map(|(most, tile)| Ok((most, tiled(&product, x, step, tile)?)))
        .collect::<Result<_, Error>>()?;
    Ok(Dispatch::by_steps(launches))
}

/// As [`matmul_int`], always with one of [`INT_TILES`](crate::gpu::INT_TILES).
///
/// # Errors
/// As [`matmul_int`], or when the kernel has no such tile.
pub fn matmul_int_tiled(
    gpu: &Context,
    weight: &Weight,
    x: &QuantizedRows,
    out: &Rows,
    store: Store,
    step: &Step,
    tile: Tile,
) -> Result<Dispatch, Error> {
    Ok(Dispatch::all(tiled(&product(gpu, weight, x, out, store)?, x, step, tile)?))
}

fn product<'a>(
    gpu: &'a Context,
    weight: &'a Weight,
    x: &QuantizedRows,
    out: &'a Rows,
    store: Store,
) -> Result<Product<'a>, Error> {
    if !has_int_kernel(weight.ty()) {
        return Err(Error::shape("matmul_int", format!("weights of {}", weight.ty().name())));
    }
    Product::new(gpu, weight, x.width(), out, store)
}

fn tiled(product: &Product<'_>, x: &QuantizedRows, step: &Step, tile: Tile) -> Result<Vec<Launch>, Error> {
    product.launch((tile.rows, tile.tokens as usize), |part| {
        Ok(MatmulInt {
            weight_type: part.weight_type,
            tile: tile.permutation,
            first_row: part.first_row,
            out_rows: part.out_rows,
            accumulate: part.accumulate,
            rows: part.rows,
            blocks: part.blocks,
            tokens: x.rows(),
            quants: part.quants,
            scales: part.scales.ok_or_else(|| Error::shape("matmul_int", "weights without scales"))?,
            x: x.quants(),
            x_factors: x.factors(),
            out: part.out,
            step: step.buffer(),
        })
    })
}
