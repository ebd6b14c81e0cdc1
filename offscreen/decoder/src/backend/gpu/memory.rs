//! What the kernels of a plan are bound to.

use crate::Error;
use crate::backend::set_aside::SET_ASIDE;
use crate::fused::FusedOp;
use crate::plan::{self, Plan, Slot};
use gguf::TensorType;
use kernels::gpu::{
    Context, Ids, KvCache, LowRank, Matrix, Partials, QuantizedRows, Rotations, Rows, Step, Tuning, Weight,
};
use kernels::ops::KvFormat;
use std::cell::RefCell;
use std::rc::Rc;

/// Positions that caches have room for, in steps: so often is memory made anew while a text grows.
/// What is set aside is one step.
const ROOM: usize = SET_ASIDE;

/// Buffers of a plan: weights, activations, caches.
pub(super) struct Memory {
    pub(super) plan: Plan<FusedOp>,
    pub(super) weights: Vec<Weight>,
    /// What each adapter adds to each of the weights.
    pub(super) adapters: Vec<Vec<Option<LowRank>>>,
    /// The one at work.
    pub(super) adapter: Option<usize>,
    /// Tokens that are computed next. The sampler writes the first.
    pub(super) ids: Ids,
    pub(super) step: Step,
    /// Tokens that a step takes at most.
    pub(super) chunk: usize,
    /// As [`Plan::rope_frequencies`].
    pub(super) rotations: Vec<Rotations>,
    pub(super) kv_caches: Vec<KvCache>,
    /// Those that the last change of adapter set aside; none before the first.
    aside: Vec<KvCache>,
    /// Rows are made when they are bound first: fused plans leave many slots unused.
    slots: RefCell<Vec<Option<Rc<Rows>>>>,
    scratch: Pool<Rows>,
    quantized: Pool<QuantizedRows>,
    partials: Pool<Partials>,
    /// Those that the caches at work have room for; the rotations are as many or more.
    positions: usize,
    context: usize,
}

impl Memory {
    pub(super) fn new(
        gpu: &Context,
        kv: KvFormat,
        plan: Plan<FusedOp>,
        types: &[TensorType],
        context: usize,
    ) -> Result<Self, Error> {
        let weights = plan
            .tensors
            .iter()
            .zip(types)
            .map(|(shape, &ty)| Weight::new(gpu, shape.name(), ty, shape.rows, shape.cols))
            .collect::<Result<Vec<_>, _>>()?;
        // Much work at a time fills a GPU, little is stopped soon on one that is a program.
        let chunk = match gpu.tuning() {
            Tuning::Hardware => 512,
            Tuning::Software => 64,
        };
        let positions = ROOM.min(context);
        let kv_caches = (0..plan.layers)
            .map(|_| KvCache::new(gpu, positions, plan.kv_width / plan.head_dim, plan.head_dim, kv))
            .collect::<Result<_, _>>()?;
        let mut memory = Self {
            weights,
            adapters: Vec::new(),
            adapter: None,
            ids: Ids::new(gpu, chunk)?,
            step: Step::new(gpu),
            chunk,
            rotations: Vec::new(),
            kv_caches,
            aside: Vec::new(),
            slots: RefCell::new(vec![None; plan.slots.len()]),
            scratch: Pool::new(),
            quantized: Pool::new(),
            partials: Pool::new(),
            positions,
            context,
            plan,
        };
        memory.rotate(gpu)?;
        Ok(memory)
    }

    /// A weight with what the adapter at work adds to it.
    pub(super) fn matrix(&self, weight: plan::Weight) -> Matrix<'_> {
        let update = self.adapter.and_then(|adapter| self.adapters[adapter][weight.0].as_ref());
        Matrix { weight: &self.weights[weight.0], update }
    }

    /// Makes room for so many positions, at most those of the context; true when buffers changed.
    pub(super) fn reserve(&mut self, gpu: &Context, positions: usize) -> Result<bool, Error> {
        if positions <= self.positions {
            return Ok(false);
        }
        self.resize_caches(gpu, positions.next_multiple_of(ROOM).min(self.context.max(positions)))?;
        self.rotate(gpu)?;
        Ok(true)
    }

    /// Sets the caches aside, without the room that only a long text needs, and takes back those that
    /// were.
    pub(super) fn exchange_caches(&mut self, gpu: &Context) -> Result<(), Error> {
        let positions = ROOM.min(self.context);
        if self.positions > positions {
            self.resize_caches(gpu, positions)?;
        }
        if self.aside.is_empty() {
            let alike = |cache: &KvCache| cache.alike(gpu);
            self.aside = self.kv_caches.iter().map(alike).collect::<Result<_, _>>()?;
        }
        std::mem::swap(&mut self.kv_caches, &mut self.aside);
        Ok(())
    }

    fn resize_caches(&mut self, gpu: &Context, positions: usize) -> Result<(), Error> {
        self.positions = positions;
        for cache in &mut self.kv_caches {
            *cache = cache.resized(gpu, positions)?;
        }
        Ok(())
    }

    fn rotate(&mut self, gpu: &Context) -> Result<(), Error> {
        let table = |frequencies: &Vec<f32>| Rotations::new(gpu, frequencies, self.positions);
        self.rotations = self.plan.rope_frequencies.iter().map(table).collect::<Result<_, _>>()?;
        Ok(())
    }

    /// The rows of a slot.
    pub(super) fn rows(&self, gpu: &Context, slot: Slot) -> Result<Rc<Rows>, Error> {
        let shape = self.plan.slots[slot.0];
        if let Some(rows) = &self.slots.borrow()[slot.0] {
            return Ok(rows.clone());
        }
        let rows = if shape.one_row { 1 } else { self.chunk };
        let rows = Rc::new(Rows::new(gpu, "activations", rows, shape.width)?);
        self.slots.borrow_mut()[slot.0] = Some(rows.clone());
        Ok(rows)
    }

    /// Rows of this width for what one operation leaves to the next kernel and to nobody else.
    pub(super) fn scratch(&self, gpu: &Context, width: usize) -> Result<Rc<Rows>, Error> {
        self.scratch.get(|rows| rows.width() == width, || Rows::new(gpu, "scratch", self.chunk, width))
    }

    /// As [`Self::scratch`], in 8-bit integers.
    pub(super) fn quantized(&self, gpu: &Context, width: usize) -> Result<Rc<QuantizedRows>, Error> {
        let make = || QuantizedRows::new(gpu, "quantized", self.chunk, width);
        self.quantized.get(|rows| rows.width() == width, make)
    }

    /// What attention of so few tokens leaves, with queries of this width.
    pub(super) fn partials(&self, gpu: &Context, width: usize, tokens: usize) -> Result<Rc<Partials>, Error> {
        let head_dim = self.plan.head_dim;
        let make = || Partials::new(gpu, tokens, width / head_dim, head_dim);
        let fits = |partials: &Partials| partials.heads() == width / head_dim && partials.tokens() == tokens;
        self.partials.get(fits, make)
    }

    /// Positions that there is room for: entries of the caches.
    pub(super) fn positions(&self) -> usize {
        self.positions
    }

    /// Positions that a text may have.
    pub(super) fn context(&self) -> usize {
        self.context
    }

    pub(super) fn weight_bytes(&self) -> u64 {
        self.weights.iter().map(Weight::bytes).sum()
    }
}

/// Buffers that are made when they are asked for first.
struct Pool<T>(RefCell<Vec<Rc<T>>>);

impl<T> Pool<T> {
    fn new() -> Self {
        Self(RefCell::default())
    }

    /// The first that fits, or a new one.
    fn get<E>(&self, fits: impl Fn(&T) -> bool, make: impl FnOnce() -> Result<T, E>) -> Result<Rc<T>, Error>
    where
        Error: From<E>,
    {
        let mut made = self.0.borrow_mut();
        if let Some(found) = made.iter().find(|one| fits(one)) {
            return Ok(found.clone());
        }
        let new = Rc::new(make()?);
        made.push(new.clone());
        Ok(new)
    }
}
