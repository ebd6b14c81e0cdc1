"""Tiny seeded models of each family, as GGUF files, with the outputs of an independent implementation.

Hugging Face's `transformers` runs the model in double precision, and `peft` a LoRA adapter of it; `gguf` writes their weights
as llama.cpp's converters would.
See README.md beside this file for how to run it.
"""

import hashlib
import json
from pathlib import Path

import gguf
import numpy
import torch
from peft import LoraConfig, get_peft_model
from transformers import (
    Gemma3ForCausalLM,
    Gemma3TextConfig,
    GraniteConfig,
    GraniteForCausalLM,
    LlamaConfig,
    LlamaForCausalLM,
    Qwen2Config,
    Qwen2ForCausalLM,
    Qwen3Config,
    Qwen3ForCausalLM,
    SmolLM3Config,
    SmolLM3ForCausalLM,
)

FOLDER = Path(__file__).parent
VOCAB = 96
CONTEXT = 128
PROMPT_LENGTHS = [1, 5, 23, 70]
GREEDY_TOKENS = 12
# Greedy output is only a test where the best token is clearly the best.
LEAST_MARGIN = 1e-3

SIZES = dict(vocab_size=VOCAB, max_position_embeddings=CONTEXT, num_attention_heads=4, num_key_value_heads=2)

LLAMA3_ROPE = dict(
    rope_type="llama3",
    rope_theta=10_000.0,
    factor=8.0,
    low_freq_factor=1.0,
    high_freq_factor=4.0,
    original_max_position_embeddings=32,
)

ATTENTION = ["q_proj", "k_proj", "v_proj", "o_proj"]
FEED_FORWARD = ["gate_proj", "up_proj", "down_proj"]

# Of each model that has one: a seed, rank, alpha, which matrices, and what A and B are stored as.
ADAPTERS = {
    "llama3-rope": (21, 4, 8.0, ATTENTION + FEED_FORWARD, "F32", "F32"),
    "qwen2": (21, 6, 16.0, ["q_proj", "v_proj", "up_proj", "down_proj"], "F16", "F16"),
    "gemma3": (22, 8, 4.0, ATTENTION + FEED_FORWARD, "Q8_0", "F16"),
}

GEMMA3_WINDOW = 8
GEMMA3_PATTERN = 3


def models():
    """Name, architecture in the file, and model."""
    yield "llama3-rope", "llama", LlamaForCausalLM(
        LlamaConfig(
            **SIZES,
            hidden_size=64,
            intermediate_size=64,
            num_hidden_layers=2,
            rms_norm_eps=1e-5,
            tie_word_embeddings=False,
            rope_parameters=LLAMA3_ROPE,
        )
    )
    yield "qwen2", "qwen2", Qwen2ForCausalLM(
        Qwen2Config(
            **SIZES,
            hidden_size=64,
            intermediate_size=64,
            num_hidden_layers=2,
            rms_norm_eps=1e-6,
            tie_word_embeddings=True,
            rope_parameters=dict(rope_type="default", rope_theta=1_000_000.0),
        )
    )
    # Heads wider than width / heads.
    yield "qwen3", "qwen3", Qwen3ForCausalLM(
        Qwen3Config(
            **SIZES,
            hidden_size=32,
            head_dim=32,
            intermediate_size=64,
            num_hidden_layers=2,
            rms_norm_eps=1e-6,
            tie_word_embeddings=False,
            rope_parameters=dict(rope_type="default", rope_theta=1_000_000.0),
        )
    )
    # Two layers with a window shorter than most prompts, then one without.
    yield "gemma3", "gemma3", Gemma3ForCausalLM(
        Gemma3TextConfig(
            **SIZES,
            hidden_size=64,
            head_dim=16,
            query_pre_attn_scalar=16,
            intermediate_size=32,
            num_hidden_layers=GEMMA3_PATTERN,
            rms_norm_eps=1e-6,
            sliding_window=GEMMA3_WINDOW,
            layer_types=["sliding_attention"] * (GEMMA3_PATTERN - 1) + ["full_attention"],
            tie_word_embeddings=True,
            rope_parameters=dict(
                full_attention=dict(rope_type="default", rope_theta=1_000_000.0),
                sliding_attention=dict(rope_type="default", rope_theta=10_000.0),
            ),
        )
    )
    # The fourth of five layers without positions.
    yield "smollm3", "smollm3", SmolLM3ForCausalLM(
        SmolLM3Config(
            **SIZES,
            hidden_size=32,
            intermediate_size=32,
            num_hidden_layers=5,
            rms_norm_eps=1e-6,
            no_rope_layer_interval=4,
            tie_word_embeddings=True,
            rope_parameters=dict(rope_type="default", rope_theta=5_000_000.0),
            pad_token_id=None,
        )
    )
    # Every factor far from the one that others have in its place, an epsilon that matters.
    yield "granite", "granite", GraniteForCausalLM(
        GraniteConfig(
            **SIZES,
            hidden_size=64,
            intermediate_size=64,
            num_hidden_layers=2,
            rms_norm_eps=1e-2,
            embedding_multiplier=6.0,
            attention_multiplier=0.1,
            residual_multiplier=0.22,
            logits_scaling=0.5,
            tie_word_embeddings=True,
            rope_parameters=dict(rope_type="default", rope_theta=10_000.0),
        )
    )


def randomise(model, generator):
    """Every parameter random, norms and biases too, at sizes that make the layers matter."""
    for name, parameter in model.named_parameters():
        noise = torch.randn(parameter.shape, generator=generator)
        if "norm" in name:
            # Gemma adds one itself.
            one = 0.0 if "gemma" in model.config.model_type else 1.0
            parameter.data = one + 0.3 * noise
        elif "embed" in name:
            parameter.data = 0.1 * noise
        elif name.endswith("bias"):
            parameter.data = 0.5 * noise
        else:
            parameter.data = noise * 1.5 / parameter.shape[-1] ** 0.5


NAMES = {
    "model.embed_tokens": "token_embd",
    "model.norm": "output_norm",
    "lm_head": "output",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "self_attn.q_norm": "attn_q_norm",
    "self_attn.k_norm": "attn_k_norm",
    "input_layernorm": "attn_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}


def gguf_name(name, architecture):
    module, kind = name.rsplit(".", 1)
    if not module.startswith("model.layers."):
        return f"{NAMES[module]}.{kind}"
    _, _, layer, module = module.split(".", 3)
    # What the others call post-attention norm stands before the feed-forward block; Gemma has one for each place.
    norms = {
        "gemma3": {
            "post_attention_layernorm": "post_attention_norm",
            "pre_feedforward_layernorm": "ffn_norm",
            "post_feedforward_layernorm": "post_ffw_norm",
        }
    }.get(architecture, {"post_attention_layernorm": "ffn_norm"})
    return f"blk.{layer}.{(NAMES | norms)[module]}.{kind}"


# Families whose files are permuted for rotation.
INTERLEAVED = ("llama", "smollm3", "granite")


def interleave(weight, heads):
    """Their files pair a head's neighbours for rotation, `transformers` its halves."""
    rows, columns = weight.shape
    return weight.reshape(heads, 2, rows // heads // 2, columns).swapaxes(1, 2).reshape(rows, columns)


def llama3_factors(head_dim):
    """What each rotary frequency is divided by (Llama 3.1's published code)."""
    rope = LLAMA3_ROPE
    context = rope["original_max_position_embeddings"]
    low, high = rope["low_freq_factor"], rope["high_freq_factor"]
    factors = []
    for i in range(head_dim // 2):
        length = 2 * numpy.pi * rope["rope_theta"] ** (2 * i / head_dim)
        if length < context / high:
            factors.append(1.0)
        elif length > context / low:
            factors.append(rope["factor"])
        else:
            smooth = (context / length - low) / (high - low)
            factors.append(1 / ((1 - smooth) / rope["factor"] + smooth))
    return numpy.array(factors, dtype=numpy.float32)


def write_model(path, architecture, model):
    config = model.config
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_block_count(config.num_hidden_layers)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    if architecture in ("qwen3", "gemma3"):
        writer.add_key_length(config.head_dim)
        writer.add_value_length(config.head_dim)
    if architecture == "gemma3":
        writer.add_sliding_window(config.sliding_window)
        writer.add_sliding_window_pattern(GEMMA3_PATTERN)
        writer.add_rope_freq_base(config.rope_parameters["full_attention"]["rope_theta"])
    else:
        writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    if architecture == "granite":
        writer.add_embedding_scale(config.embedding_multiplier)
        writer.add_attention_scale(config.attention_multiplier)
        writer.add_residual_scale(config.residual_multiplier)
        writer.add_logit_scale(config.logits_scaling)
    if architecture == "llama":
        writer.add_tensor("rope_freqs.weight", llama3_factors(config.hidden_size // config.num_attention_heads))
    for name, parameter in model.named_parameters():
        weight = parameter.detach().numpy().astype(numpy.float32)
        if architecture in INTERLEAVED and "q_proj" in name:
            weight = interleave(weight, config.num_attention_heads)
        if architecture in INTERLEAVED and "k_proj" in name:
            weight = interleave(weight, config.num_key_value_heads)
        if architecture == "gemma3" and "norm" in name:
            weight = weight + 1
        writer.add_tensor(gguf_name(name, architecture), numpy.ascontiguousarray(weight))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def reference(model, generator):
    """Last logits of random prompts, and what follows them greedily."""
    cases = []
    for length in PROMPT_LENGTHS:
        ids = torch.randint(VOCAB, (length,), generator=generator).tolist()
        case = dict(prompt_ids=list(ids), output_ids=[], logits=None)
        for _ in range(GREEDY_TOKENS):
            logits = model(torch.tensor([ids]), use_cache=False).logits[0, -1].double()
            if case["logits"] is None:
                case["logits"] = [round(logit, 6) for logit in logits.tolist()]
            best, second = logits.topk(2).values.tolist()
            assert best - second > LEAST_MARGIN, f"a margin of {best - second}: take another seed"
            ids.append(int(logits.argmax()))
            case["output_ids"].append(ids[-1])
        cases.append(case)
    return cases


def add_adapter(name, model):
    """A random adapter, which changes what comes out as much as training might, as its file's types round it."""
    seed, rank, alpha, modules, *types = ADAPTERS[name]
    generator = torch.Generator().manual_seed(seed)
    model = get_peft_model(model, LoraConfig(r=rank, lora_alpha=alpha, target_modules=modules))
    for key, parameter in model.named_parameters():
        if "lora_" in key:
            half = "lora_B" in key
            noise = torch.randn(parameter.shape, generator=generator) * (0.1 if half else 0.3)
            kind = gguf.GGMLQuantizationType[types[half]]
            # In 16 bits, as the engine keeps them.
            stored = gguf.quants.quantize(noise.half().float().numpy(), kind)
            parameter.data = torch.from_numpy(gguf.quants.dequantize(stored, kind).copy()).half().float()
    return model, generator


def write_adapter(path, base, name, architecture, model):
    _, _, alpha, _, *types = ADAPTERS[name]
    config = model.config
    writer = gguf.GGUFWriter(path, architecture)
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", alpha)
    writer.add_string("sotto.base.sha256", hashlib.sha256(base.read_bytes()).hexdigest())
    for key, parameter in model.named_parameters():
        if "lora_" not in key:
            continue
        module, half = key.removeprefix("base_model.model.").removesuffix(".default.weight").rsplit(".", 1)
        weight = parameter.detach().numpy().astype(numpy.float32)
        if architecture in INTERLEAVED and half == "lora_B":
            # Its rows are those of the matrix.
            for projection, heads in (("q_proj", config.num_attention_heads), ("k_proj", config.num_key_value_heads)):
                if projection in module:
                    weight = numpy.ascontiguousarray(interleave(weight, heads))
        kind = gguf.GGMLQuantizationType[types[half == "lora_B"]]
        # Again the same blocks: what was rounded once has the same largest value.
        stored = gguf.quants.quantize(weight, kind)
        writer.add_tensor(f"{gguf_name(f'{module}.weight', architecture)}.{half.lower()}", stored, raw_dtype=kind)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def write_reference(name, model, generator):
    with torch.no_grad():
        cases = reference(model.double(), generator)
    spread = max(abs(logit) for case in cases for logit in case["logits"])
    print(f"{name}: logits up to {spread:.1f}, then {cases[-1]['output_ids']}")
    text = json.dumps(dict(cases=cases), separators=(",", ":"))
    (FOLDER / f"{name}.json").write_text(text + "\n")


def main():
    for name, architecture, model in models():
        generator = torch.Generator().manual_seed(20)
        randomise(model, generator)
        model.eval()
        write_model(FOLDER / f"{name}.gguf", architecture, model)
        write_reference(name, model, generator)
        if name in ADAPTERS:
            model, generator = add_adapter(name, model)
            write_adapter(FOLDER / f"{name}-adapter.gguf", FOLDER / f"{name}.gguf", name, architecture, model)
            write_reference(f"{name}-adapter", model, generator)


main()
