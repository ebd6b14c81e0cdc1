//! A plan before it is fused, run operation by operation with the kernels that define them: what
//! fusing must not change.

use decoder::{Activation, Head, Op, Plan, TensorShape, Weight};
use gguf::Gguf;
use kernels::{Matrix, reference};

/// The logits after the last of `ids`.
pub(crate) fn logits(plan: &Plan, gguf: &Gguf, file: &[u8], ids: &[u32]) -> Vec<f32> {
    let weights: Vec<_> = plan.tensors.iter().map(|shape| matrix(gguf, file, shape)).collect();
    let vector = |weight: Weight| vector(&weights[weight.0]);
    let mut frequencies = plan.rope_frequencies.clone();
    if let Some(shape) = &plan.rope_factors {
        let factors = self::vector(&matrix(gguf, file, shape));
        frequencies.iter_mut().for_each(|own| own.iter_mut().zip(&factors).for_each(|(f, by)| *f /= by));
    }
    let mut slots: Vec<_> = plan.slots.iter().map(|slot| vec![0.0; slot.width * ids.len()]).collect();
    let mut kv_cache = vec![(Vec::new(), Vec::new()); plan.layers];
    for op in &plan.body {
        match *op {
            Op::Embed { table, out, scale } => {
                reference::embed(&weights[table.0], ids, scale, &mut slots[out.0])
            }
            Op::RmsNorm { x, weight, out } => {
                let x = slots[x.0].clone();
                reference::rms_norm(&x, &vector(weight), plan.norm_eps, &mut slots[out.0]);
            }
            Op::MatMul { weight, x, out } => {
                let x = slots[x.0].clone();
                reference::matmul(&weights[weight.0], &x, &mut slots[out.0]);
            }
            Op::AddBias { x, bias } => reference::add_bias(&mut slots[x.0], &vector(bias)),
            Op::Rope { x, rotary } => {
                let width = plan.slots[x.0].width;
                reference::rope(&mut slots[x.0], width, &frequencies[rotary.base], rotary.style, 0);
            }
            Op::StoreKv { keys, values, layer } => {
                kv_cache[layer] = (slots[keys.0].clone(), slots[values.0].clone());
            }
            Op::Attention { q, layer, shape, out } => {
                let (q, (keys, values)) = (slots[q.0].clone(), &kv_cache[layer]);
                reference::attention(&shape, &q, keys, values, 0, &mut slots[out.0]);
            }
            Op::Gate { activation, gate, up } => {
                let up = slots[up.0].clone();
                match activation {
                    Activation::Silu => reference::silu_mul(&mut slots[gate.0], &up),
                    Activation::Gelu => reference::gelu_mul(&mut slots[gate.0], &up),
                }
            }
            Op::Add { x, y } => {
                let y = slots[y.0].clone();
                reference::add(&mut slots[x.0], &y);
            }
        }
    }
    let Head { x, norm, scale, weight, .. } = plan.head;
    let (norm, output) = (vector(norm), &weights[weight.0]);
    let mut normed = vec![0.0; norm.len()];
    reference::rms_norm(&slots[x.0][(ids.len() - 1) * norm.len()..], &norm, plan.norm_eps, &mut normed);
    let mut logits = vec![0.0; output.rows()];
    reference::matmul(output, &normed, &mut logits);
    logits.iter_mut().for_each(|logit| *logit *= scale);
    logits
}

/// A weight that is one tensor, as all are before plans are fused.
fn matrix<'a>(gguf: &Gguf, file: &'a [u8], shape: &TensorShape) -> Matrix<'a> {
    let tensor = gguf.tensor(shape.name()).unwrap();
    let from = usize::try_from(tensor.offset).unwrap();
    let bytes = &file[from..from + usize::try_from(tensor.len).unwrap()];
    Matrix::new(tensor.ty, shape.rows, shape.cols, bytes).unwrap()
}

fn vector(matrix: &Matrix<'_>) -> Vec<f32> {
    let mut values = vec![0.0; matrix.cols()];
    reference::dequantize(matrix.ty(), matrix.row(0), &mut values);
    values
}
