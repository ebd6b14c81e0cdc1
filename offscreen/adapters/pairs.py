"""Sentence pairs for translation, out of unpacked Debian packages and of those written for Sotto.

    python pairs.py PACKAGES OUT.jsonl.gz      # PACKAGES: the folder they were unpacked into
"""

import gzip
import json
import random
import re
import sys
from pathlib import Path

from corpus import LANGUAGES, pairs

HERE = Path(__file__).parent
END = r"(?<=[.!?…])[\"”»’)]?\s+(?=[\"“„«¿¡(]?[A-ZÄÖÜÉÈÀÁÍÓÚÇÊ])"
# What no sentence of prose holds: code, placeholders, paths, keys.
NO_PROSE = r"[{}<>|=_\\^~#@*\[\]]|%[\w(]|\$\w|//|--|::|\(\)|\w\.\w{2,4}\b(?<!\w\.\d)|/\w+/|\+\w|\t|&\w+;|\.{4}"
# Words that only one of the languages has, each frequent.
WORDS = {
    "en": "the and of to is that it for with you this are was not have be from they we he she his her will what",
    "de": "der die das und ist nicht ein eine zu den mit sich auf dem es ich sie von für wir wird sind auch im haben war",
    "fr": "le la les et est des une pas que qui dans pour vous il ce avec sur au nous sont du ne elle mais votre",
    "es": "el los las y es una que del por con no para se su como más pero está esta son lo al ha un",
    "it": "il che di è non un una per con sono della del gli le si questo nel più ma come essere alla dei questa i",
    "pt": "o os as e é não um uma que do da em para com se por mais está você são dos foi ao como seu ele",
}
WORDS = {language: set(text.split()) for language, text in WORDS.items()}


def language(text):
    """The language whose frequent words a text holds most of, and by how many it leads."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = sorted(((sum(word in known for word in words), name) for name, known in WORDS.items()), reverse=True)
    return counts[0][1], counts[0][0] - counts[1][0]


def fits(other, english, name):
    """Whether the two are sentences of prose that may say the same."""
    for text in (other, english):
        if not 12 <= len(text) <= 400 or re.search(NO_PROSE, text) or text.upper() == text or not text[0].isalnum() and text[0] not in "\"“„«¿¡'":
            return False
        if sum(char.isalpha() or char == " " for char in text) < 0.85 * len(text):
            return False
    if not 0.6 < len(other) / len(english) < 2 or other == english:
        return False
    if re.findall(r"\d+", other) != re.findall(r"\d+", english) and sorted(re.findall(r"\d+", other)) != sorted(re.findall(r"\d+", english)):
        return False
    if (other[-1] in ".!?") != (english[-1] in ".!?"):
        return False
    ours, theirs = language(english), language(other)
    return ours[0] == "en" and theirs[0] == name and (theirs[1] > 0 or len(other) < 40)


def split(other, english):
    """A paragraph's sentences, where both have as many; and the paragraph itself, if it is short."""
    theirs, ours = re.split(END, other), re.split(END, english)
    if len(theirs) == len(ours) and len(ours) > 1:
        yield from zip(theirs, ours)
    if len(ours) == 1 or len(english) < 260:
        yield other, english


def of_packages(root, name, rng):
    """Distinct pairs; at most so many of one beginning, lest a manual's refrains fill the set."""
    seen, starts, kept = set(), {}, []
    everything = list(pairs(root, name))
    rng.shuffle(everything)
    for other, english in everything:
        for a, b in split(other, english):
            start = " ".join(b.split()[:4]).lower()
            if b in seen or starts.get(start, 0) >= 12 or not fits(a, b, name):
                continue
            seen.add(b)
            starts[start] = starts.get(start, 0) + 1
            kept.append((a, b))
    return kept


def ordinary(english):
    """How far from a manual a sentence is: people in it, no computers."""
    people = len(re.findall(r"\b(?:I|he|she|they|we|him|her|his|my|our|them|who|was|were|had|said)\b", english))
    machines = len(re.findall(r"(?i)\b(?:click|file|menu|button|dialog|window|option|package|install\w*|command|cell|server|default|select\w*|tab|folder|kernel|Debian|version|system|user|data|configur\w*|setting\w*|document|column|format\w*|text|function)s?\b", english))
    return people - 1.5 * machines


def main(root, out, most=60_000):
    rng = random.Random(1)
    with gzip.open(out, "wt") as file:
        for name in LANGUAGES:
            kept = of_packages(root, name, rng)
            kept.sort(key=lambda pair: ordinary(pair[1]) + rng.random(), reverse=True)
            prose = sum(ordinary(english) >= 0 for _, english in kept)
            kept = kept[: min(most, prose + prose // 2)]
            rng.shuffle(kept)
            for other, english in kept:
                file.write(json.dumps({"lang": name, "from": other, "to": english}, ensure_ascii=False) + "\n")
            print(f"{name}: {len(kept)} pairs, {prose} of them without a word of computers")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
