"""Trains one adapter against its frozen, quantised base and writes it in llama.cpp's format.

    python train.py grammar --base SmolLM2-135M-Instruct.Q4_1.gguf --prepared PREPARED --out FOLDER --minutes 7

Training ends after so many minutes or steps, whichever comes first; the learning rate falls to nothing by then. Of an
adapter with examples of its own, the state with the least loss on what was kept back is the one that is written (or the
last, with --last); every job's loss counts by what part of it is gained.
"""

import argparse
import json
import math
import multiprocessing
import random
import time
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from torch.utils.checkpoint import checkpoint

import base
import examples


@dataclass
class Adapter:
    """What is decided about an adapter. `batch`: tokens of one step, padding and all; `rate`: the highest learning rate.

    The few hundred examples that were written for a job are learnt by heart within three rounds: these adapters get
    dropout, a lower rate and few steps.
    """

    rank: int
    steps: int
    batch: int
    rate: float
    dropout: float = 0.0

    @property
    def alpha(self):
        return 2 * self.rank


ADAPTERS = {
    "grammar": Adapter(rank=12, steps=20_000, batch=16_384, rate=1.5e-3),
    "rewrite": Adapter(rank=12, steps=300, batch=8_192, rate=4e-4, dropout=0.1),
    "shorten": Adapter(rank=12, steps=200, batch=8_192, rate=4e-4, dropout=0.1),
    "to-english": Adapter(rank=16, steps=240, batch=16_384, rate=5e-4, dropout=0.1),
    "from-english": Adapter(rank=16, steps=400, batch=16_384, rate=5e-4, dropout=0.1),
}
LONGEST = 320
PART = 2048
WORKER = {}


def start_worker(adapter, prepared, written_share, path):
    torch.set_num_threads(1)
    WORKER["source"] = examples.source(adapter, prepared, written_share)
    WORKER["tokenizer"], WORKER["begin"], WORKER["end"] = token_ids(path)


def token_ids(path):
    """A model file's tokenizer, the tokens a prompt begins with and the one that ends an answer."""
    header = base.fields(base.GGUFReader(path))
    begin = [header["tokenizer.ggml.bos_token_id"]] if header["general.architecture"] == "gemma3" else []
    tokens = base.tokenizer(header)
    end = tokens.token_to_id("<eos>" if begin else "<|im_end|>")
    return tokens, begin, end


def encode(tokens, begin, end, prompt, answer):
    """Token ids of both, and how many are the prompt's."""
    ids = begin + tokens.encode(prompt, add_special_tokens=False).ids
    return ids + tokens.encode(answer, add_special_tokens=False).ids + [end], len(ids)


def make(seed, count=512):
    """Some examples as tokens; the same for the same seed, in whichever process."""
    rng = random.Random(seed)
    made = []
    while len(made) < count:
        ids, length = encode(WORKER["tokenizer"], WORKER["begin"], WORKER["end"], *WORKER["source"].example(rng))
        if len(ids) <= LONGEST:
            made.append((ids, length))
    return made


def batches(pool, seed, tokens, pooled=16):
    """Batches of examples of nearly one length, `tokens` with their padding."""
    rng, waiting = random.Random(seed), []
    for made in pool.imap(make, range(seed * 1_000_000, (seed + 1) * 1_000_000)):
        waiting += made
        if len(waiting) < 512 * pooled:
            continue
        for batch in cut(waiting, tokens, rng):
            yield batch
        waiting = []


def cut(made, tokens, rng):
    made = sorted(made, key=lambda example: (len(example[0]), rng.random()))
    found, at = [], 0
    while at < len(made):
        size = max(1, tokens // len(made[at][0]))
        size = max(1, tokens // len(made[min(at + size, len(made)) - 1][0]))
        found.append(made[at : at + size])
        at += size
    rng.shuffle(found)
    return found


def loss(model, batch, device):
    """The mean over the answers' tokens."""
    width = -(-max(len(ids) for ids, _ in batch) // 8) * 8
    ids = torch.tensor([ids + [0] * (width - len(ids)) for ids, _ in batch])
    answers = torch.tensor([[length <= i + 1 < len(ids) for i in range(width)] for ids, length in batch])
    ids, answers = ids.to(device, non_blocking=True), answers.to(device, non_blocking=True)
    hidden, wanted = model.hidden(ids)[answers], ids.roll(-1, 1)[answers]
    # In parts: the logits of a whole batch fill the memory of a card that several trainings share.
    of = lambda states, tokens: F.cross_entropy(model.logits(states).float(), tokens, reduction="sum")
    parts = zip(hidden.split(PART), wanted.split(PART))
    return sum(checkpoint(of, *part, use_reentrant=False) for part in parts) / len(wanted)


def held_out(adapter, path):
    """Examples that were kept back, as tokens; none of grammar, whose examples are made anew all the time."""
    coding = token_ids(path)
    return {job: [encode(*coding, *example) for example in found] for job, found in examples.kept_back(adapter).items()}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("adapter", choices=ADAPTERS)
    parser.add_argument("--base", required=True)
    parser.add_argument("--prepared", default="prepared")
    parser.add_argument("--out", default=".")
    parser.add_argument("--minutes", type=float, default=7)
    parser.add_argument("--steps", type=int)
    parser.add_argument("--batch", type=int)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--written", type=float, default=0.1, help="of grammar: which part of the examples is written ones")
    parser.add_argument("--start", help="an adapter file to go on from")
    parser.add_argument("--last", action="store_true", help="write the last state, not that of the least loss")
    options = parser.parse_args()
    settings = ADAPTERS[options.adapter]
    steps, tokens = options.steps or settings.steps, options.batch or settings.batch
    started = time.time()
    device = "cuda" if torch.cuda.is_available() else "cpu"
    torch.manual_seed(options.seed)
    context = multiprocessing.get_context("spawn")
    pool = context.Pool(options.workers, start_worker, (options.adapter, options.prepared, options.written, options.base))
    model, _, _ = base.load(options.base, device, torch.bfloat16 if device == "cuda" else torch.float32)
    parameters = model.add_adapter(settings.rank, settings.alpha, settings.dropout)
    if options.start:
        base.load_adapter(model, options.start)
    optimizer = torch.optim.AdamW(parameters, lr=1, betas=(0.9, 0.98), weight_decay=0.01)
    kept_back, best, mean, seen = held_out(options.adapter, options.base), None, None, 0
    begun = time.time()
    print(f"{options.adapter}: {sum(p.numel() for p in parameters):,} parameters, ready after {begun - started:.0f} s", flush=True)
    for step, batch in enumerate(batches(pool, options.seed, tokens)):
        done = max(step / steps, (time.time() - begun) / (60 * options.minutes))
        if done >= 1:
            break
        rate = (options.rate or settings.rate) * min(1, (step + 1) / 40) * (1 - done)
        for group in optimizer.param_groups:
            group["lr"] = rate
        value = loss(model, batch, device)
        value.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        seen += len(batch)
        if step % 20 == 0:
            mean = value.item() if mean is None else 0.8 * mean + 0.2 * value.item()
        if step and step % min(100, max(25, steps // 5)) == 0:
            line = f"{options.adapter}: step {step}, {seen} examples, {time.time() - begun:.0f} s, loss {mean:.4f}"
            if kept_back:
                line, best = watch(model, kept_back, device, best, line)
            print(line, flush=True)
    line = f"{options.adapter}: ended after {step} steps, {seen} examples, {time.time() - begun:.0f} s, loss {mean:.4f}"
    if kept_back:
        line, best = watch(model, kept_back, device, best, line)
        for parameter, kept in zip(parameters, [] if options.last else best[1]):
            parameter.data.copy_(kept)
        line += f", best {best[0]:.4f}"
    pool.terminate()
    out = Path(options.out)
    out.mkdir(parents=True, exist_ok=True)
    digest = base.sha256(options.base)
    base.save_adapter(model, out / f"{options.adapter}.gguf", options.adapter, digest, settings.rank, settings.alpha)
    (out / f"{options.adapter}.json").write_text(json.dumps({"log": line, "base": digest, "seed": options.seed, "rank": settings.rank}))
    print(line, flush=True)


@torch.no_grad()
def watch(model, kept_back, device, best, line):
    """Adds the losses on what was kept back to `line`; `best` is their least mean so far and its parameters."""
    model.eval()
    values = {}
    for job, found in kept_back.items():
        parts = [(loss(model, batch, device).item(), len(batch)) for batch in cut(found, 8_192, random.Random(0))]
        values[job] = sum(part * size for part, size in parts) / len(found)
    model.train()
    mean = math.prod(values.values()) ** (1 / len(values))
    if best is None or mean < best[0]:
        best = mean, [p.detach().clone() for p in model.parameters() if p.requires_grad]
    losses = ", ".join(f"{job} {value:.4f}" for job, value in values.items())
    return f"{line}, kept back {mean:.4f} ({losses})", best


if __name__ == "__main__":
    main()
