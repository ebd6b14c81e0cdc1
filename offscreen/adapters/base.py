"""The packaged models in torch: a quantised GGUF file, expanded and frozen, with room for one LoRA adapter.

The adapter is trained against the very weights that the engine runs, so that it also mends what quantising lost.
Only what the two packaged families need is here: llama (SmolLM2) and gemma3.

    python base.py MODEL.gguf GOLDEN.json    # compares logits with the reference of tests/golden
"""

import hashlib
import json
import math
import sys
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from gguf import GGUFReader, GGUFWriter, GGMLQuantizationType
from gguf.quants import dequantize, quantize
from tokenizers import AddedToken, Tokenizer, decoders, models, normalizers, pre_tokenizers
from torch import nn


@dataclass
class Config:
    """What the header of a model file says, by the field's names."""

    family: str
    layers: int
    width: int
    heads: int
    kv_heads: int
    head: int
    eps: float
    rope: float
    local_rope: float
    window: int

    def is_global(self, layer):
        """Whether a layer sees all that stands before; in Gemma 3 every sixth does, the others through a window."""
        return self.family == "llama" or (layer + 1) % 6 == 0


class Lora(nn.Module):
    """Low-rank changes of projections that share their input; `parts` are their output widths."""

    def __init__(self, inputs, parts, rank, scale, dropout):
        super().__init__()
        self.a = nn.Parameter(torch.randn(rank * len(parts), inputs) / math.sqrt(inputs))
        self.b = nn.ParameterList(nn.Parameter(torch.zeros(part, rank)) for part in parts)
        self.scale, self.dropout = scale, dropout

    def forward(self, x):
        if self.dropout:
            x = F.dropout(x, self.dropout, self.training)
        low = F.linear(x, self.a.to(x.dtype)) * self.scale
        low = low.chunk(len(self.b), dim=-1)
        return torch.cat([F.linear(part, b.to(x.dtype)) for part, b in zip(low, self.b)], dim=-1)


class Projection(nn.Module):
    """A frozen matrix (several of one input, stacked) and its adapter, once it has one."""

    def __init__(self, weights):
        super().__init__()
        self.parts = [weight.shape[0] for weight in weights]
        self.register_buffer("weight", torch.cat(weights))
        self.lora = None

    def forward(self, x):
        y = F.linear(x, self.weight)
        return y if self.lora is None else y + self.lora(x)


class Layer(nn.Module):
    """One block of the transformer; norms hold what is multiplied with (gemma's are stored plus one)."""

    def __init__(self, config, index, get):
        super().__init__()
        self.config, self.index, self.is_global = config, index, config.is_global(index)
        self.qkv = Projection([get("attn_q"), get("attn_k"), get("attn_v")])
        self.out = Projection([get("attn_output")])
        self.up = Projection([get("ffn_gate"), get("ffn_up")])
        self.down = Projection([get("ffn_down")])
        norms = ["attn_norm", "ffn_norm"]
        if config.family == "gemma3":
            norms += ["post_attention_norm", "post_ffw_norm", "attn_q_norm", "attn_k_norm"]
        for name in norms:
            self.register_buffer(name, get(name))

    def norm(self, x, name):
        return F.rms_norm(x, (x.shape[-1],), getattr(self, name), self.config.eps)

    def forward(self, x, rope, mask, cache):
        config = self.config
        gemma = config.family == "gemma3"
        batch, length, _ = x.shape
        y = self.qkv(self.norm(x, "attn_norm")).view(batch, length, -1, config.head).transpose(1, 2)
        q, k, v = y.split([config.heads, config.kv_heads, config.kv_heads], dim=1)
        if gemma:
            q, k = self.norm(q, "attn_q_norm"), self.norm(k, "attn_k_norm")
        cos, sin = rope[self.is_global]
        q, k = rotate(q, cos, sin), rotate(k, cos, sin)
        if cache is not None:
            k, v = cache.put(self.index, k, v)
        mask = None if mask is None else mask[self.is_global]
        repeat = config.heads // config.kv_heads
        k, v = k.repeat_interleave(repeat, 1), v.repeat_interleave(repeat, 1)
        y = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, is_causal=mask is None)
        y = self.out(y.transpose(1, 2).reshape(batch, length, -1))
        x = x + (self.norm(y, "post_attention_norm") if gemma else y)
        gate, up = self.up(self.norm(x, "ffn_norm")).chunk(2, dim=-1)
        gate = F.gelu(gate, approximate="tanh") if gemma else F.silu(gate)
        y = self.down(gate * up)
        return x + (self.norm(y, "post_ffw_norm") if gemma else y)


def rotate(x, cos, sin):
    """Rotary positions, halves against halves. `cos` and `sin`: [batch or 1, 1, length, head]."""
    one, two = x.chunk(2, dim=-1)
    return x * cos + torch.cat([-two, one], dim=-1) * sin


class Cache:
    """Keys and values of a batch whose sequences end at different places: each writes at positions of its own."""

    def __init__(self, config, batch, length, like):
        shape = (batch, config.kv_heads, length, config.head)
        self.kv = [(like.new_zeros(shape), like.new_zeros(shape)) for _ in range(config.layers)]
        self.positions = None

    def put(self, layer, k, v):
        """Writes what was computed at `positions` ([batch, length]); gives all that is kept."""
        index = self.positions[:, None, :, None].expand(-1, k.shape[1], -1, k.shape[3])
        for kept, new in zip(self.kv[layer], (k, v)):
            kept.scatter_(2, index, new)
        return self.kv[layer]


class Model(nn.Module):
    """The whole model. Everything but an adapter is frozen."""

    def __init__(self, config, tensors):
        super().__init__()
        self.config = config
        self.register_buffer("embedding", tensors["token_embd.weight"])
        self.register_buffer("output_norm", tensors["output_norm.weight"])
        self.layers = nn.ModuleList(
            Layer(config, i, lambda name, i=i: tensors[f"blk.{i}.{name}.weight"]) for i in range(config.layers)
        )

    def add_adapter(self, rank, alpha, dropout=0.0):
        """Puts a fresh LoRA adapter on every projection and gives its parameters."""
        for layer in self.layers:
            for projection in (layer.qkv, layer.out, layer.up, layer.down):
                projection.lora = Lora(projection.weight.shape[1], projection.parts, rank, alpha / rank, dropout)
        self.to(self.embedding.device)
        return [parameter for parameter in self.parameters() if parameter.requires_grad]

    def hidden(self, ids, positions=None, cache=None):
        """The last layer's normed output. Without a cache, positions count from the left: pad on the right."""
        config = self.config
        if positions is None:
            positions = torch.arange(ids.shape[1], device=ids.device)[None]
        x = F.embedding(ids, self.embedding)
        if config.family == "gemma3":
            x = x * torch.tensor(math.sqrt(config.width), dtype=x.dtype)
        rope = {}
        for is_global, base in ((True, config.rope), (False, config.local_rope)):
            step = torch.arange(0, config.head, 2, device=ids.device, dtype=torch.float32) / config.head
            angle = positions[..., None].float() / base**step
            angle = torch.cat([angle, angle], dim=-1)[:, None]
            rope[is_global] = (angle.cos().to(x.dtype), angle.sin().to(x.dtype))
        mask = None
        if cache is not None:
            cache.positions = positions
            mask = self.masks(positions, cache.kv[0][0].shape[2])
        elif ids.shape[1] > config.window:
            mask = self.masks(positions, ids.shape[1])
        for layer in self.layers:
            x = layer(x, rope, mask, cache)
        return F.rms_norm(x, (x.shape[-1],), self.output_norm, config.eps)

    def masks(self, positions, length):
        """Which keys a position sees, globally and through the window."""
        keys = torch.arange(length, device=positions.device)
        behind = positions[..., None] - keys
        seen = (behind >= 0)[:, None]
        return {True: seen, False: seen & (behind < self.config.window)[:, None]}

    def logits(self, hidden):
        return F.linear(hidden, self.embedding)

    @torch.no_grad()
    def generate(self, prompts, stops, most):
        """Greedy answers to `prompts` (token ids), in one batch, without the token that ended them."""
        device = self.embedding.device
        lengths = torch.tensor([len(prompt) for prompt in prompts], device=device)
        width = int(lengths.max())
        ids = torch.tensor([prompt + [0] * (width - len(prompt)) for prompt in prompts], device=device)
        cache = Cache(self.config, len(prompts), width + most, self.embedding)
        hidden = self.hidden(ids, torch.arange(width, device=device).expand(len(prompts), -1), cache)
        last = hidden[torch.arange(len(prompts), device=device), lengths - 1]
        ended = torch.zeros(len(prompts), dtype=torch.bool, device=device)
        stop = torch.tensor(stops, device=device)
        steps = []
        for step in range(most):
            token = self.logits(last).argmax(-1)
            ended |= torch.isin(token, stop)
            steps.append(torch.where(ended, -1, token))
            if ended.all():
                break
            last = self.hidden(token[:, None], (lengths + step)[:, None], cache)[:, 0]
        rows = torch.stack(steps, 1).tolist()
        return [[token for token in row if token >= 0] for row in rows]


def fields(reader):
    return {name: field.contents() for name, field in reader.fields.items()}


def load(path, device="cpu", dtype=torch.float32):
    """A model file's model, tokenizer and header."""
    reader = GGUFReader(path)
    header = fields(reader)
    family = header["general.architecture"]
    get = lambda key, default=None: header.get(f"{family}.{key}", default)
    heads = get("attention.head_count")
    config = Config(
        family=family,
        layers=get("block_count"),
        width=get("embedding_length"),
        heads=heads,
        kv_heads=get("attention.head_count_kv"),
        head=get("attention.key_length", get("embedding_length") // heads),
        eps=get("attention.layer_norm_rms_epsilon"),
        rope=get("rope.freq_base", 10_000.0),
        # Not in the file: Gemma 3's layers with a window turn by the base of the models before it.
        local_rope=10_000.0,
        window=get("attention.sliding_window", 1 << 30),
    )
    tensors = {}
    for tensor in reader.tensors:
        shape = [int(n) for n in reversed(tensor.shape)]
        weight = np.array(dequantize(tensor.data, tensor.tensor_type), dtype=np.float32).reshape(shape)
        name = tensor.name.split(".")[-2]
        if family == "llama" and name in ("attn_q", "attn_k"):
            weight = unpermute(weight, config.heads if name == "attn_q" else config.kv_heads)
        tensors[tensor.name] = torch.from_numpy(np.ascontiguousarray(weight)).to(dtype)
    model = Model(config, tensors).to(device)
    return model, tokenizer(header), header


def unpermute(weight, heads):
    """Rows of a head from llama.cpp's order (pairs side by side) to halves."""
    rows, columns = weight.shape
    return weight.reshape(heads, rows // heads // 2, 2, columns).swapaxes(1, 2).reshape(rows, columns)


def permute(weight, heads):
    """The way back."""
    rows, columns = weight.shape
    return weight.reshape(heads, 2, rows // heads // 2, columns).swapaxes(1, 2).reshape(rows, columns)


def tokenizer(header):
    """The file's own tokenizer: byte-level BPE (SmolLM2) or SentencePiece's BPE (Gemma)."""
    tokens, types = header["tokenizer.ggml.tokens"], header["tokenizer.ggml.token_type"]
    ids = {token: i for i, token in enumerate(tokens)}
    if header["tokenizer.ggml.model"] == "gpt2":
        merges = [tuple(merge.split(" ")) for merge in header["tokenizer.ggml.merges"]]
        result = Tokenizer(models.BPE(vocab=ids, merges=merges))
        result.pre_tokenizer = pre_tokenizers.Sequence(
            [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
        )
        result.decoder = decoders.ByteLevel()
    else:
        scores, merges = header["tokenizer.ggml.scores"], []
        for token, i in ids.items():
            if types[i] == 1:
                halves = [(token[:at], token[at:]) for at in range(1, len(token))]
                halves = [(a, b) for a, b in halves if a in ids and b in ids]
                merges += [(scores[i], ids[a], ids[b], a, b) for a, b in halves]
        merges.sort(key=lambda merge: (-merge[0], merge[1], merge[2]))
        result = Tokenizer(
            models.BPE(vocab=ids, merges=[merge[3:] for merge in merges], byte_fallback=True, fuse_unk=True, unk_token="<unk>")
        )
        result.normalizer = normalizers.Replace(" ", "▁")
        result.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    special = [AddedToken(token, normalized=False) for i, token in enumerate(tokens) if types[i] in (3, 4)]
    result.add_special_tokens(special)
    return result


PARTS = {"qkv": ["attn_q", "attn_k", "attn_v"], "out": ["attn_output"], "up": ["ffn_gate", "ffn_up"], "down": ["ffn_down"]}


def sha256(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def save_adapter(model, path, name, base, rank, alpha):
    """Writes the model's adapter in llama.cpp's format. `base`: the SHA-256 of the file it belongs to.

    The long rows of A are kept in 8 bits, B in halves: what that changes is far below what quantising the base did.
    """
    config = model.config
    writer = GGUFWriter(path, config.family)
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", float(alpha))
    writer.add_name(name)
    writer.add_string("sotto.base.sha256", base)
    for i, layer in enumerate(model.layers):
        for field, names in PARTS.items():
            lora = getattr(layer, field).lora
            for a, b, part in zip(lora.a.chunk(len(names)), lora.b, names):
                a, b = a.detach().float().cpu().numpy(), b.detach().float().cpu().numpy()
                if config.family == "llama" and part in ("attn_q", "attn_k"):
                    b = permute(b, config.heads if part == "attn_q" else config.kv_heads)
                tensor = f"blk.{i}.{part}.weight"
                a = quantize(a, GGMLQuantizationType.Q8_0)
                writer.add_tensor(f"{tensor}.lora_a", a, raw_dtype=GGMLQuantizationType.Q8_0)
                writer.add_tensor(f"{tensor}.lora_b", np.ascontiguousarray(b.astype(np.float16)))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def load_adapter(model, path):
    """Puts an adapter file's changes on the model, as the engine would; into an adapter that is there, of its rank."""
    reader = GGUFReader(path)
    header = fields(reader)
    tensors = {}
    for tensor in reader.tensors:
        shape = [int(n) for n in reversed(tensor.shape)]
        tensors[tensor.name] = np.array(dequantize(tensor.data, tensor.tensor_type), dtype=np.float32).reshape(shape)
    if model.layers[0].qkv.lora is None:
        model.add_adapter(tensors["blk.0.attn_q.weight.lora_a"].shape[0], header["adapter.lora.alpha"])
    config = model.config
    for i, layer in enumerate(model.layers):
        for field, names in PARTS.items():
            lora = getattr(layer, field).lora
            of = lambda name, side: tensors[f"blk.{i}.{name}.weight.lora_{side}"]
            lora.a.data.copy_(torch.from_numpy(np.concatenate([of(name, "a") for name in names])))
            for parameter, name in zip(lora.b, names):
                b = of(name, "b")
                if config.family == "llama" and name in ("attn_q", "attn_k"):
                    b = unpermute(b, config.heads if name == "attn_q" else config.kv_heads)
                parameter.data.copy_(torch.from_numpy(np.ascontiguousarray(b)))


def compare(model_path, golden_path):
    """Prints how far the logits, greedy tokens and token ids are from the reference's."""
    model, tokens, _ = load(model_path)
    with open(golden_path) as file:
        golden = json.load(file)
    wrong = [case["text"] for case in golden["tokenize"] if tokens.encode(case["text"], add_special_tokens=False).ids != case["ids"]]
    print(f"tokenize: {len(golden['tokenize']) - len(wrong)} of {len(golden['tokenize'])} equal; others: {wrong}")
    for case in golden["generate"]:
        prompt, want = case["prompt_ids"], case["f32"]
        with torch.no_grad():
            logits = model.logits(model.hidden(torch.tensor([prompt]))[:, -1])[0]
        top = want["top20_first"]
        off = max(abs(float(logits[i]) - value) for i, value in top)
        got = model.generate([prompt], [], len(want["output_ids"]))[0]
        same = next((i for i, (a, b) in enumerate(zip(got, want["output_ids"])) if a != b), len(got))
        print(f"{case['name']}: {len(prompt)} tokens, top 20 logits within {off:.4f}, greedy equal for {same} of {len(got)}")


if __name__ == "__main__":
    compare(*sys.argv[1:])
