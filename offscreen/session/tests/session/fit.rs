//! Which models have room, in figures.

use catalog::{GEMMA3, ModelInfo, SMOLLM2, measured};
use gguf::Gguf;
use gguf::write::Writer;
use proptest::prelude::*;
use protocol::{Fit, Task};
use session::{CONTEXT, Error, MOST_MEMORY, Models, Presence, Room, SHORT_CONTEXT, Stored};
use tests::shape::{SHAPES, Shape};

const MB: u64 = 1_000_000;

fn room(memory: u64, has_gpu: Option<bool>) -> Room {
    Room { memory, has_gpu }
}

fn header(shape: &Shape) -> Gguf {
    let mut writer = Writer::new();
    shape.describe(&mut writer, |name| shape.ty(name)).unwrap();
    Gguf::parse(&writer.header(), u64::MAX).unwrap()
}

fn shape(name: &str) -> &'static Shape {
    SHAPES.iter().find(|shape| shape.name == name).unwrap()
}

/// Bytes that a model needs on the processor, as a room says that has none.
fn needed(shape: &Shape, context: usize) -> u64 {
    match room(0, None).reserve(&header(shape), context) {
        Err(Error::NoFit { needs, .. }) => needs,
        other => panic!("{other:?}"),
    }
}

#[test]
fn models_of_published_shapes_need_their_weights_and_a_bounded_rest() {
    for shape in &SHAPES {
        let weights: u64 = header(shape).tensors.iter().map(|tensor| tensor.len).sum();
        let [short, long] = [SHORT_CONTEXT, CONTEXT].map(|context| needed(shape, context));
        assert!(weights < short && short < long, "{}", shape.name);
        assert!(long < weights + 600 * MB, "{}: {} MB beside", shape.name, (long - weights) / MB);
        assert!(room(long, None).reserve(&header(shape), CONTEXT).is_ok());
        assert!(room(long - 1, None).reserve(&header(shape), CONTEXT).is_err());
    }
}

#[test]
fn a_model_of_more_than_two_gigabytes_is_no_single_allocation() {
    let large = Shape { layers: 40, vocab: 200_000, ..*shape("llama-3.2-1b") };
    let needs = needed(&large, CONTEXT);
    assert!(needs > 2 << 30, "{needs}");
    // On 32 bits it would be refused as one, whatever there is.
    assert!(room(MOST_MEMORY, None).reserve(&header(&large), CONTEXT).is_ok());
}

#[test]
fn what_a_program_of_32_bits_can_have_is_enough_for_the_whole_library() {
    for info in catalog::library() {
        assert_eq!(room(MOST_MEMORY, Some(false)).fit(info), Fit::Fits, "{}", info.name);
    }
}

#[test]
fn a_card_says_what_has_no_room_and_whether_a_gpu_would_help() {
    let gemma = &measured(GEMMA3).info;
    let has = 400 * MB;
    let Fit::OnGpu { needs, has: found } = room(has, None).fit(gemma) else { panic!() };
    assert_eq!(found, has as f64);
    assert!(needs > gemma.bytes as f64 && needs < 600e6, "{needs}");
    assert_eq!(room(has, Some(true)).fit(gemma), Fit::OnGpu { needs, has: found });
    assert_eq!(room(has, Some(false)).fit(gemma), Fit::TooLarge { needs, has: found });
    assert_eq!(room(has, Some(false)).fit(&measured(SMOLLM2).info), Fit::Fits);
    for translator in catalog::translators() {
        assert_eq!(room(1, Some(false)).fit(&translator.info), Fit::Fits);
    }
}

#[test]
fn a_model_without_room_is_not_chosen_by_itself() {
    let task = Task::Translate { from: Some("de".to_owned()), to: "en".to_owned() };
    let gemma = &measured(GEMMA3).info;
    let mut models = Models::default();
    let whole = Presence { stored: Stored::Whole, ..Presence::default() };
    models.set([(gemma.clone(), whole.clone())]);
    assert_eq!(models.choose(&task, None, None).unwrap().first.id, GEMMA3);
    assert!(models.set_room(room(400 * MB, Some(false))));
    assert!(!models.set_room(room(400 * MB, Some(false))), "no news");
    // There is no other: to be told what it takes is better than to be told of none.
    assert_eq!(models.choose(&task, None, None).unwrap().first.id, GEMMA3);
    let translator = catalog::translators().iter().find(|one| one.info.id == "de-en").unwrap();
    models.set([(gemma.clone(), whole), (translator.info.clone(), Presence::default())]);
    assert!(matches!(models.choose(&task, None, None), Err(Error::NotInstalled { id, .. }) if id == "de-en"));
}

proptest! {
    /// Whatever a note or a header says: no overflow, and more memory never makes less fit.
    #[test]
    fn any_numbers_can_be_compared(
        bytes in any::<u64>(),
        cached_values in any::<u32>(),
        memory in any::<u64>(),
        more in any::<u64>(),
    ) {
        let info = ModelInfo { bytes, cached_values, ..measured(SMOLLM2).info.clone() };
        let fits = |memory| room(memory, Some(false)).fit(&info) == Fit::Fits;
        prop_assert!(!fits(memory) || fits(memory.saturating_add(more)));
        prop_assert!(fits(u64::MAX));
        prop_assert!(bytes < memory || memory == u64::MAX || !fits(memory));
    }
}
