"""Correct English sentences, one a line, out of unpacked Debian packages and of what was written for Sotto.

    python sentences.py PACKAGES PAIRS.jsonl.gz OUT.txt.gz      # PAIRS: what pairs.py wrote, for its English side
"""

import gzip
import json
import random
import re
import sys
from pathlib import Path

from corpus import english, tidy
from lexicon import BASES, GERUND, OF_PARTICIPLE, PAST, THIRD
from pairs import NO_PROSE, ordinary

HERE = Path(__file__).parent
# As in examples.py: one line of so many is for measuring.
HELD_OUT = 10
VERBS = set(BASES) | set(THIRD) | set(GERUND) | set(OF_PARTICIPLE) | set(PAST.values())
VERBS |= set("is are was were be been am has had does did can could will would should must may might isn't don't can't".split())
FINITE = set(THIRD) | set(PAST.values()) | set("is are was were am has have had do does did can could will would should must may might".split())
FIRST = set("he she they we i it the a an this that these those his her my our their there when if although after before while in on at you who what why how where as no nobody everyone many most some all".split())
# No source may outweigh the others by its own subject and manner.
LIMITS = {"anarchism": 9_000}
# Speech that is odd on purpose, and older English.
ODD = r"\b(?:thee|thou|thy|thine|ye|hath|doth|shalt|nae|laddie|ya|yer|whut|dis|dat|dem|da|der|yous|gonna|wanna|gotta|ain't|me (?:am|is|smash|kill|want|see|go)|hast|unto|wouldst|'tis|'twas|o'er|em|cos|cuz|ol)\b|'[a-z]+ |\b\w+in' "


def fits(text):
    """Whether it is a whole, ordinary sentence."""
    words = re.findall(r"[A-Za-z']+", text)
    if not 4 <= len(words) <= 38 or not re.match(r"[\"']?[A-Z]", text) or text[-1] not in ".!?\"" or text.endswith(("..", " .")):
        return False
    if re.search(NO_PROSE, text) or re.search(ODD, text.lower()) or re.search(r"[^\x20-\x7e’‘“”–—éèêüöäñç°£€½]|\d{5}| ,|,,|!!|\?\?|\.\.|[a-z]\.[A-Z]|  |;$|[A-Z]{5}", text):
        return False
    if sum(char.isalpha() or char in " '’" for char in text) < 0.88 * len(text) or text.count('"') % 2 or text.count("(") != text.count(")"):
        return False
    lower = [word.lower() for word in words]
    if len(set(lower)) < 0.6 * len(lower) or any(a == b for a, b in zip(lower, lower[1:]) if a not in ("that", "had")):
        return False
    return any(word in FINITE or word.endswith("ed") for word in lower) or lower[0] in VERBS


def sentences(kind, paragraph):
    """The sentences of a paragraph."""
    text = tidy(paragraph)
    if kind == "wordnet":
        if text.split()[0].lower() not in FIRST or not any(word in FINITE for word in text.lower().split()[:6]):
            return []
        text = text[0].upper() + text[1:] + ("" if text[-1] in ".!?" else ".")
        return [text]
    text = text.replace("’", "'").replace("‘", "'").replace("“", '"').replace("”", '"')
    return re.split(r"(?<=[.!?][\"'])\s+(?=[\"'A-Z])|(?<=[.!?])\s+(?=[\"'A-Z])", text)


def main(packages, pairs, out, most=260_000):
    rng, found = random.Random(1), {}
    texts = list(english(Path(packages)))
    texts += [("pairs", json.loads(line)["to"]) for line in gzip.open(pairs, "rt")]
    for path in sorted((HERE / "data").glob("*.jsonl")):
        # What is kept back stays back; and what has mistakes is not correct.
        sides = {"grammar": ["to"]}.get(path.stem, ["en", "from", "to"])
        written = [json.loads(line) for i, line in enumerate(open(path)) if i % HELD_OUT]
        texts += [("written", line[side]) for line in written for side in sides if side in line and "\n" not in line[side]]
    for kind, text in texts:
        for sentence in sentences(kind, text):
            if fits(sentence):
                found.setdefault(sentence, kind)
    counts, starts, kept = {}, {}, []
    order = sorted(found, key=lambda sentence: ordinary(sentence) * 0.5 + 3 * rng.random(), reverse=True)
    for sentence in order[:most]:
        start = " ".join(sentence.split()[:3])
        starts[start] = starts.get(start, 0) + 1
        kind = found[sentence]
        if starts[start] <= 60 and ordinary(sentence) > -4 and counts.get(kind, 0) < LIMITS.get(kind, most):
            kept.append(sentence)
            counts[kind] = counts.get(kind, 0) + 1
    rng.shuffle(kept)
    with gzip.open(out, "wt") as file:
        file.write("\n".join(kept) + "\n")
    print(len(kept), counts)


if __name__ == "__main__":
    main(*sys.argv[1:])
