//! The weights of a fused plan: those of the plan before, alone or several as one.

use crate::plan::{Part, TensorShape, Weight};
use gguf::TensorType;

/// The type of a tensor of the file, by its name.
pub(super) type Types<'a> = &'a dyn Fn(&str) -> Option<TensorType>;

pub(super) struct Weights<'a> {
    before: &'a [TensorShape],
    types: Types<'a>,
    after: Vec<TensorShape>,
}

impl<'a> Weights<'a> {
    pub(super) fn new(before: &'a [TensorShape], types: Types<'a>) -> Self {
        Self { before, types, after: Vec::new() }
    }

    /// A weight as it was, under its new number.
    pub(super) fn keep(&mut self, weight: Weight) -> Weight {
        let shape = self.before[weight.0].clone();
        self.add(shape)
    }

    /// Weights of one type as one: matrices one above the other, vectors end to end. None where their
    /// types differ.
    pub(super) fn stack(&mut self, weights: &[Weight]) -> Option<Weight> {
        let shapes: Vec<_> = weights.iter().map(|weight| &self.before[weight.0]).collect();
        let parts: Vec<Part> = shapes.iter().flat_map(|shape| shape.parts.clone()).collect();
        let first = (self.types)(&parts.first()?.name)?;
        if !parts.iter().all(|part| (self.types)(&part.name) == Some(first)) {
            return None;
        }
        let sum = |size: fn(&TensorShape) -> usize| shapes.iter().map(|shape| size(shape)).sum();
        let (rows, cols) = if shapes.iter().all(|shape| shape.rows == 1) {
            (1, sum(|shape| shape.cols))
        } else {
            (sum(|shape| shape.rows), shapes[0].cols)
        };
        Some(self.add(TensorShape { parts, rows, cols }))
    }

    /// Output features of a weight with a new number.
    pub(super) fn rows(&self, weight: Weight) -> usize {
        self.after[weight.0].rows
    }

    pub(super) fn finish(self) -> Vec<TensorShape> {
        self.after
    }

    fn add(&mut self, shape: TensorShape) -> Weight {
        let found = self.after.iter().position(|known| known.parts == shape.parts);
        Weight(found.unwrap_or_else(|| {
            self.after.push(shape);
            self.after.len() - 1
        }))
    }
}
