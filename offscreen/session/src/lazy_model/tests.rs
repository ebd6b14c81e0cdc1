//! Texts that are written side by side on GPUs that are lost again and again.

use super::*;
use crate::Placement;
use ::tests::shape::{SHAPES, Shape};
use decoder::random::fill;
use decoder::{Decoder, Device, KvFormat, SamplerOptions, Uninterrupted};
use futures_util::future::join_all;
use gguf::write::Writer;
use gguf::{Array, Gguf, TensorType};
use kernels::gpu::{Context, Features};
use pollster::block_on;
use proptest::prelude::*;
use std::io::Cursor;
use std::sync::Arc;
use tasks::Model;

static NO_ADAPTERS: BTreeMap<String, String> = BTreeMap::new();

/// A model of random weights that reads and writes bytes.
fn file() -> Vec<u8> {
    let mut tokens: Vec<_> = ["<unk>", "<s>", "</s>"].map(str::to_owned).into();
    tokens.extend((0..=255).map(|byte| format!("<0x{byte:02X}>")));
    let vocab = u32::try_from(tokens.len()).unwrap();
    let types = [3; 3].into_iter().chain([6; 256]).collect();
    let mut writer = Writer::new();
    writer.set("tokenizer.ggml.model", "llama");
    writer.set("tokenizer.ggml.bos_token_id", 1_u32).set("tokenizer.ggml.eos_token_id", 2_u32);
    writer.set("tokenizer.ggml.scores", Array::F32(vec![0.0; tokens.len()]));
    writer.set("tokenizer.ggml.token_type", Array::I32(types));
    writer.set("tokenizer.ggml.tokens", Array::String(tokens.iter().collect()));
    let shape = Shape { layers: 2, width: 64, head_dim: 16, ffn: 96, vocab, ..SHAPES[0] };
    shape.describe(&mut writer, |_| TensorType::Q8_0).unwrap();
    let mut state = 7;
    writer.to_bytes(|tensor, bytes| fill(tensor, bytes, &mut state))
}

/// The model on a GPU of its own.
async fn load(device: &RefCell<Option<Context>>) -> Loaded {
    let gpu = Context::request(None).await.expect("a Vulkan adapter");
    let gpu = gpu.with_features(Features::default());
    // What is left on one that is lost fails, and is not to end the test.
    gpu.device().on_uncaptured_error(Arc::new(|_| {}));
    device.replace(Some(gpu.again()));
    let file = file();
    let header = Gguf::parse(&file, file.len() as u64).unwrap();
    let on = Device::Gpu(Box::new(gpu), KvFormat::F32);
    let decoder = Decoder::load(&header, &mut Cursor::new(file), on, 512, &Uninterrupted).await.unwrap();
    let model = Model::new(&header, decoder, || 0.0).unwrap();
    let info = catalog::models()[0].info.clone();
    Loaded { info, model, placement: Placement::on_cpu(None, None, None), load_ms: 0.0 }
}

/// A text to be written.
#[derive(Clone, Debug)]
struct Wanted {
    prompt: String,
    options: CompletionOptions,
}

fn wanted() -> impl Strategy<Value = Wanted> {
    let temperature = prop_oneof![Just(0.0_f32), Just(0.9)];
    ("[a-z ]{1,12}", 1_usize..14, temperature, any::<u32>()).prop_map(
        |(prompt, max_tokens, temperature, seed)| {
            let sampler =
                SamplerOptions { temperature, seed, repetition_penalty: 1.2, ..SamplerOptions::default() };
            Wanted { prompt, options: CompletionOptions { max_tokens, sampler, ..Default::default() } }
        },
    )
}

/// Writes texts, side by side or one after the other, on a GPU that is lost at each of these pieces of
/// text, counted together; gives how often the model was loaded, too.
fn write(wanted: &[Wanted], at_once: bool, lost_at: &[usize]) -> (Vec<String>, u32) {
    let (device, loads, pieces) = (RefCell::default(), Cell::new(0), Cell::new(0));
    let model = LazyModel::new(&NO_ADAPTERS, async |loss: Option<GpuLoss>| {
        assert_eq!(loss.map_or(0, |loss| loss.times), loads.replace(loads.get() + 1));
        Ok(load(&device).await)
    });
    let write = async |Wanted { prompt, options }: &Wanted| {
        let mut text = String::new();
        let mut push = |piece: &str| {
            text.push_str(piece);
            pieces.set(pieces.get() + 1);
            if lost_at.contains(&pieces.get())
                && let Some(gpu) = device.take()
            {
                gpu.device().destroy();
            }
            ControlFlow::Continue(())
        };
        model.complete(Prompt::Text(prompt), options, &mut push, &Uninterrupted).await.unwrap();
        text
    };
    let texts = if at_once {
        block_on(join_all(wanted.iter().map(write)))
    } else {
        wanted.iter().map(|wanted| block_on(write(wanted))).collect()
    };
    (texts, loads.get())
}

proptest! {
    // A software adapter takes long.
    #![proptest_config(ProptestConfig { cases: 3, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn nothing_is_lost_and_nothing_written_twice(
        wanted in prop::collection::vec(wanted(), 2..9),
        lost_at in prop::collection::vec(1_usize..40, 1..3),
    ) {
        let (texts, loads) = write(&wanted, true, &lost_at);
        prop_assert!(loads <= 1 + u32::try_from(lost_at.len()).unwrap());
        prop_assert_eq!(texts, write(&wanted, false, &[]).0);
    }
}
