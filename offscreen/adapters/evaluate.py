"""How well a base does its jobs with an adapter and without: greedy, no checks.

    python evaluate.py grammar --base MODEL.gguf [--adapter grammar.gguf] [--samples 8]
"""

import argparse
import json
from pathlib import Path

import torch

import base
import examples
from train import token_ids

TESTS = examples.HERE.parent.parent / "tests"
# How the plain models are asked, without an adapter.
PLAIN = {
    "fix-grammar": "Correct the grammar and spelling of this sentence. Reply with the corrected sentence only.\n\n{text}",
    "more-formal": "Rewrite this text more formally.\n\n{text}",
    "more-casual": "Rewrite this text more casually.\n\n{text}",
    "simplify": "Rewrite this text in simpler words.\n\n{text}",
    "bullets": "Rewrite this text as a list of bullet points.\n\n{text}",
    "longer": "Rewrite this note in full sentences.\n\n{text}",
    "shorter": "Shorten this text.\n\n{text}",
    "shorten": "Shorten this sentence.\n\n{text}",
}


class Writer:
    """A model that answers jobs in batches."""

    def __init__(self, path, adapter):
        self.device = "cuda" if torch.cuda.is_available() else "cpu"
        self.model, _, _ = base.load(path, self.device, torch.bfloat16 if self.device == "cuda" else torch.float32)
        self.adapted = adapter is not None
        if adapter:
            base.load_adapter(self.model, adapter)
        self.tokens, self.begin, self.end = token_ids(path)

    def prompt(self, job, text):
        if self.adapted or "text" in examples.PROMPTS[job]:
            return examples.prompt(job, text)
        request = PLAIN[job].replace("{text}", text)
        return f"<|im_start|>user\n{request}<|im_end|>\n<|im_start|>assistant\n"

    def answer(self, prompts, size=64):
        """The answers to prompts, in their order."""
        ids = [self.begin + self.tokens.encode(prompt, add_special_tokens=False).ids for prompt in prompts]
        order, answers = sorted(range(len(ids)), key=lambda i: len(ids[i])), [""] * len(ids)
        # A base model goes on after its translation: its line is the answer.
        stops = [self.end] + ([self.tokens.token_to_id("\n")] if self.begin else [])
        for at in range(0, len(order), size):
            some = order[at : at + size]
            most = 24 + int(1.4 * max(len(ids[i]) for i in some))
            for i, found in zip(some, self.model.generate([ids[i] for i in some], stops, most)):
                answers[i] = self.tokens.decode(found).strip()
        return answers


def grammar(writer, samples):
    """Right means one of the versions that count as right, letter by letter but for white space."""
    sets = {"tests/rewrites": json.loads((TESTS / "rewrites" / "cases.json").read_text())["fix-grammar"]}
    for path in (TESTS / "rewrites" / "held-out" / "fix-grammar.jsonl", examples.HERE / "held-out" / "grammar.jsonl"):
        sets[f"{path.parts[-3]}/held-out"] = [json.loads(line) for line in examples.lines(path)]
    sets["kept back"] = [{"text": line["from"], "right": [line["to"]]} for line in examples.written("grammar", held_out=True)]
    for name, cases in sets.items():
        answers = writer.answer([writer.prompt("fix-grammar", case["text"]) for case in cases])
        counts = {"right": 0, "left": 0, "wrong": 0, "kept": 0, "changed": 0}
        for case, answer in zip(cases, answers):
            accept = [" ".join(version.split()) for version in case.get("accept") or case["right"]]
            answer, text = " ".join(answer.split()), " ".join(case["text"].split())
            if text in accept:
                verdict = "kept" if answer in accept else "changed"
            else:
                verdict = "right" if answer in accept else "left" if answer == text else "wrong"
            counts[verdict] += 1
            if samples and verdict not in ("kept", "right"):
                print(f"  {verdict}: {text} => {answer}")
        print(f"{name}: {counts}")


def rewriting(writer, samples, adapter):
    """Samples of every job on what was kept back, to be read; and how much is copied as it is."""
    for job, cases in examples.written_by_job(adapter, held_out=True).items():
        answers = writer.answer([writer.prompt(job, text) for text, _ in cases])
        copied = sum(answer == text for (text, _), answer in zip(cases, answers))
        ratio = sum(len(answer) for answer in answers) / sum(len(text) for text, _ in cases)
        wanted = sum(len(version) for _, version in cases) / sum(len(text) for text, _ in cases)
        print(f"{job}: {len(cases)} texts, {copied} copied, length {ratio:.2f} (wanted {wanted:.2f}), chrF {chrf(answers, [case[1] for case in cases]):.1f}")
        for (text, version), answer in list(zip(cases, answers))[:samples]:
            print(f"  - {text}", f"  + {answer}", f"  = {version}", sep="\n")


def translation(writer, samples, into_english):
    for name in ("de", "fr", "es", "it", "pt"):
        rows = [line.split("\t") for line in examples.lines(TESTS / "translations" / "pairs" / f"{name}.tsv")]
        tests = len(rows)
        rows += examples.own_pairs(name, held_out=True)
        other, english = [row[0] for row in rows], [row[1] for row in rows]
        sources, wanted = (other, english) if into_english else (english, other)
        job = f"{name}-en" if into_english else f"en-{name}"
        answers = writer.answer([writer.prompt(job, text) for text in sources])
        scores = chrf(answers[:tests], wanted[:tests]), chrf(answers[tests:], wanted[tests:])
        print(f"{job}: {tests} sentences of tests/translations, chrF {scores[0]:.1f}; {len(rows) - tests} kept back, {scores[1]:.1f}")
        for text, answer, version in list(zip(sources, answers, wanted))[-samples:] if samples else []:
            print(f"  - {text}\n  + {answer}\n  = {version}")


def chrf(answers, wanted):
    from sacrebleu import corpus_chrf

    return corpus_chrf(answers, [wanted]).score


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("name", choices=["grammar", "rewrite", "shorten", "to-english", "from-english"])
    parser.add_argument("--base", required=True)
    parser.add_argument("--adapter", type=Path)
    parser.add_argument("--samples", type=int, default=0)
    options = parser.parse_args()
    writer = Writer(options.base, options.adapter)
    if options.name == "grammar":
        grammar(writer, options.samples)
    elif options.name in ("rewrite", "shorten"):
        rewriting(writer, options.samples, options.name)
    else:
        translation(writer, options.samples, options.name == "to-english")


if __name__ == "__main__":
    main()
