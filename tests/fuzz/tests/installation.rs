//! What is wrong with a model file is told when it is installed, and what is not wrong with it is not
//! made worse by what it says of itself.

use catalog::ModelInfo;
use fuzz::model::Description;
use protocol::{Ability, Failure};

fn inspect(description: &str) -> Result<ModelInfo, Failure> {
    let mut file = Description::read(description).file();
    let len = file.len;
    session::inspect(&mut file, len, &"0".repeat(64), "own.gguf", "own.gguf").map_err(|error| (&error).into())
}

macro_rules! corpus {
    ($name:literal) => {
        ($name, include_str!(concat!("../corpus/model/", $name)))
    };
}

#[test]
fn an_honest_model_is_installed() {
    for family in fuzz::model::FAMILIES {
        let info = inspect(&format!("family {family}")).unwrap_or_else(|failure| panic!("{failure:?}"));
        assert_eq!((info.name.as_str(), info.chats), ("Tiny", true));
    }
}

#[test]
fn what_cannot_be_run_is_refused_with_the_reason() {
    for ((name, description), reason) in [
        (corpus!("ffn-of-one"), "feed_forward_length is 1"),
        (corpus!("width-of-one"), "embedding_length is 1"),
        (corpus!("vocabulary-of-one"), "vocabulary is 1"),
        (corpus!("vocabulary-smaller-than-tokens"), "names 259 tokens, but has weights for 200"),
        (corpus!("heads-that-wrap-32-bits"), "attention.head_count is 4194305"),
        (corpus!("head-of-none"), "attention.key_length is 0"),
        (corpus!("no-layers-short-of-65536"), "block_count is 65535"),
        (corpus!("context-of-none"), "context_length is 0"),
        (corpus!("context-of-one"), "reads 1 tokens at once"),
        (corpus!("window-of-none"), "attention.sliding_window is 0"),
        (corpus!("rope-base-of-none"), "rope.freq_base is 0"),
        (corpus!("rope-base-negative"), "rope.freq_base is -1"),
        (corpus!("rope-base-nan"), "rope.freq_base is NaN"),
        (corpus!("rope-base-huge"), "rope.freq_base is 1000000"),
        (corpus!("rope-partial"), "rope.dimension_count is 8"),
        (corpus!("rope-scale-nan"), "rope.scaling.factor is NaN"),
        (corpus!("eps-of-none"), "attention.layer_norm_rms_epsilon is 0"),
        (corpus!("eps-nan"), "attention.layer_norm_rms_epsilon is NaN"),
        (corpus!("logits-scaled-by-none"), "logit_scale is 0"),
        (corpus!("norm-of-halves-to-scale"), "output_norm.weight is F16"),
        (corpus!("template-empty"), "leaves out what it is given"),
        (corpus!("template-that-fails"), "chat template failed"),
        (corpus!("template-that-doubles-31-times"), "makes too much text"),
    ] {
        let failure = inspect(description).expect_err(name);
        assert!(failure.message.contains(reason), "{name}: {}", failure.message);
        assert!(!failure.remedy.is_empty(), "{name}");
    }
}

#[test]
fn types_that_are_not_supported_have_names_and_others_are_named() {
    let mut file = Description::of("llama").file();
    // The type of the first tensor in the table stands after its name and its two lengths.
    let table = b"blk.0.attn_k.weight";
    let at = file.header.windows(table.len()).position(|window| window == table);
    let at = at.expect("a tensor of that name") + table.len() + 4 + 2 * 8;
    file.header[at..at + 4].copy_from_slice(&23_u32.to_le_bytes());
    let len = file.len;
    let refused = session::inspect(&mut file, len, "", "own.gguf", "");
    let Failure { message, remedy, .. } = (&refused.expect_err("a type that is not supported")).into();
    assert!(message.contains("IQ4_XS"), "{message}");
    assert!(remedy.contains("Q4_K_M"), "{remedy}");
}

#[test]
fn names_can_be_read_and_change_nothing_around_them() {
    let name = |description| inspect(description).map(|info| info.name);
    let (_, turned) = corpus!("name-with-line-feed-and-bidi");
    assert_eq!(name(turned).as_deref(), Ok("Small modelgniht"));
    let (_, empty) = corpus!("name-empty");
    assert_eq!(name(empty).as_deref(), Ok("own.gguf"));
}

#[test]
fn no_name_earns_an_ability() {
    for measured in catalog::models() {
        let info = inspect(&format!("set general.name str {}", measured.info.name)).expect("a small model");
        let abilities = info.profile().abilities();
        let rewrite = abilities.rewrite.iter().map(|way| way.ability);
        let translate = abilities.translate.iter().map(|direction| direction.ability);
        assert!(rewrite.chain(translate).chain([abilities.summarize]).all(|of| of < Ability::Good));
        let here = catalog::models().iter().map(|model| &model.info).chain([&info]);
        let task = protocol::Task::Translate { from: Some("de".to_owned()), to: "en".to_owned() };
        let best = catalog::best(here, &task, Some("de"));
        assert_ne!(best.map(|best| &best.first.id), Some(&info.id), "a stranger's file is never preferred");
    }
}
