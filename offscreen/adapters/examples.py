"""What each adapter is shown: prompts and answers, made anew from a seed for as long as training goes on."""

import gzip
import json
import random
import textwrap
from functools import lru_cache
from pathlib import Path

import mistakes

HERE = Path(__file__).parent
PROMPTS = json.loads((HERE / "prompts.json").read_text())
# Every so many lines one is kept back: no training sees it.
HELD_OUT = 10


def prompt(job, text):
    """The prompt of a job, in its model's own form, up to where the answer begins."""
    form = PROMPTS[job]
    fill = lambda template: template.replace("{text}", text)
    if "text" in form:
        return fill(form["text"])
    return f"<|im_start|>system\n{form['system']}<|im_end|>\n<|im_start|>user\n{fill(form['user'])}<|im_end|>\n<|im_start|>assistant\n"


def answer(job, text):
    """The answer as the model has to write it, up to the token that ends it."""
    return " " + text if "text" in PROMPTS[job] else text


def lines(path):
    opened = gzip.open(path, "rt") if str(path).endswith(".gz") else open(path)
    with opened as file:
        return [line.rstrip("\n") for line in file if line.strip()]


def written(name, held_out=False):
    """Lines of `data/` that were written for Sotto; with `held_out`, those that no training sees."""
    found = [json.loads(line) for line in lines(HERE / "data" / f"{name}.jsonl")]
    return [line for i, line in enumerate(found) if (i % HELD_OUT == 0) == held_out]


def written_by_job(adapter, held_out=False):
    """The examples of a rewriting adapter: job → list of (text, version)."""
    plain = lambda names: [(x["from"], x["to"]) for name in names for x in written(name, held_out)]
    # What was made formal is, turned round, made casual; so the pairs serve twice.
    turned = lambda name: [(to, text) for text, to in plain([name]) if text != to]
    if adapter == "rewrite":
        return {
            "more-formal": plain(["formal"]) + ([] if held_out else turned("casual")),
            "more-casual": plain(["casual"]) + ([] if held_out else turned("formal")),
            "simplify": plain(["simple"]),
            "bullets": plain(["bullets"]),
            "longer": plain(["longer"]),
            "shorter": [(x["from"], x["to"]) for name in ("shorten-a", "shorten-b") for x in written(name, held_out) if "before" not in x],
        }
    # Of what is to stay as it is little is shown: a model in doubt copies.
    return {"shorten": [x for i, x in enumerate(plain(["cuts"])) if held_out or x[0] != x[1] or i % 100 == 0]}


class Grammar:
    """Correct English and the same with mistakes; nearly half of it is to stay as it is."""

    keep = 0.45

    def __init__(self, prepared, written_share):
        self.written_share = written_share
        self.plain = lines(prepared / "sentences.txt.gz")
        self.own = lines(HERE / "data" / "correct.txt")
        self.written = [(line["from"], line["to"]) for line in written("grammar")]
        mistakes.measure(random.Random(1).sample(self.plain, 2000))

    def example(self, rng):
        if rng.random() < self.written_share:
            wrong, text = rng.choice(self.written)
            return prompt("fix-grammar", wrong), answer("fix-grammar", text)
        sentence = lambda: rng.choice(self.own if rng.random() < 0.08 else self.plain)
        text = " ".join(sentence() for _ in range(rng.choices([1, 2, 3], [0.8, 0.14, 0.06])[0]))
        wrong = text if rng.random() < self.keep else mistakes.corrupt(text, rng)[0]
        if rng.random() < 0.25:
            # Which kind of mark is wanted, the text itself has to show.
            if set("’“") & set(curly(wrong)):
                wrong, text = curly(wrong), curly(text)
        if rng.random() < 0.08 and len(wrong.split()) == len(text.split()) > 8:
            wrong, text = wrapped(wrong, text, rng.randrange(36, 76))
        return prompt("fix-grammar", wrong), answer("fix-grammar", text)


def curly(text):
    """With the apostrophes and quotation marks of printed text."""
    text = text.replace("'", "’")
    parts = text.split('"')
    return "".join(part + (("“", "”")[i % 2] if i < len(parts) - 1 else "") for i, part in enumerate(parts)) if len(parts) % 2 else text


def wrapped(wrong, right, width):
    """Both broken into lines behind the same words."""
    words, at, rows = wrong.split(), 0, []
    for row in textwrap.wrap(" ".join(right.split()), width):
        count = len(row.split())
        rows.append((" ".join(words[at : at + count]), row))
        at += count
    return "\n".join(row for row, _ in rows), "\n".join(row for _, row in rows)


class Written:
    """The examples written for Sotto, every job as often as the root of their number says."""

    def __init__(self, adapter):
        self.jobs = written_by_job(adapter)
        self.names = list(self.jobs)
        self.weights = [len(self.jobs[name]) ** 0.5 for name in self.names]

    def example(self, rng):
        job = rng.choices(self.names, self.weights)[0]
        text, version = rng.choice(self.jobs[job])
        return prompt(job, text), answer(job, version)


class Translation:
    """Pairs of five languages with English, in one direction; those written for Sotto come more often."""

    # Share of the pairs that were written for Sotto: each comes some five times in a training.
    own_share = 0.5

    def __init__(self, prepared, into_english):
        self.into_english = into_english
        self.pairs = {}
        for line in lines(prepared / "pairs.jsonl.gz"):
            pair = json.loads(line)
            self.pairs.setdefault(pair["lang"], []).append((pair["from"], pair["to"]))
        self.own = {name: own_pairs(name) for name in self.pairs}
        self.names = list(self.pairs)
        self.weights = [len(self.pairs[name]) ** 0.5 for name in self.names]

    def example(self, rng):
        name = rng.choices(self.names, self.weights)[0]
        own = self.own[name]
        one = lambda: rng.choice(own if rng.random() < self.own_share else self.pairs[name])
        several = [one() for _ in range(rng.choices([1, 2], [0.9, 0.1])[0])]
        other, english = (" ".join(side) for side in zip(*several))
        return translated(name, other, english, self.into_english)


def translated(name, other, english, into_english):
    """Prompt and answer of a pair, in one direction."""
    if into_english:
        return prompt(f"{name}-en", other), answer(f"{name}-en", english)
    return prompt(f"en-{name}", english), answer(f"en-{name}", other)


def own_pairs(name, held_out=False):
    """Pairs written for Sotto, those of one language and those of all five in a line."""
    return [(line[name], line["en"]) for file in (f"pairs-{name}", "pairs") for line in written(file, held_out)]


def kept_back(adapter):
    """Prompts and answers that no training sees, of the adapters whose examples were written: job or language → list."""
    if adapter == "grammar":
        return {}
    if adapter in ("rewrite", "shorten"):
        jobs = written_by_job(adapter, held_out=True).items()
        return {job: [(prompt(job, text), answer(job, version)) for text, version in found] for job, found in jobs}
    return {
        name: [translated(name, *pair, adapter == "to-english") for pair in own_pairs(name, held_out=True)]
        for name in ("de", "fr", "es", "it", "pt")
    }


@lru_cache
def source(adapter, prepared, written_share):
    """The source of examples of an adapter, read once in each process."""
    if adapter == "grammar":
        return Grammar(Path(prepared), written_share)
    if adapter in ("rewrite", "shorten"):
        return Written(adapter)
    return Translation(Path(prepared), adapter == "to-english")
