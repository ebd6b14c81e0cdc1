"""No text that something is measured with may be trained on: eight words in a row are too many.

    python overlap.py PREPARED [MORE…]      # MORE: other sets to keep clear of, if you have them: FLORES, WMT, NTREX, BEA, JFLEG

Takes what overlaps out of the prepared files, and says how much that was; what was written for Sotto is only named.
"""

import gzip
import json
import re
import sys
from pathlib import Path

HERE = Path(__file__).parent
TESTS = HERE.parent.parent / "tests"
TEXTS = {".txt", ".tsv", ".json", ".html", ".jsonl", ".md"}
WORDS = 8


def grams(text):
    """Every run of eight words; of a shorter line or string, all of it."""
    found = set()
    for part in re.split(r'["\n\t]', text):
        words = re.findall(r"\w+", part.lower())
        found |= {" ".join(words[at : at + WORDS]) for at in range(max(1, len(words) - WORDS + 1)) if len(words) >= 4}
    return found


def measured(more):
    """All runs of words in what is measured with."""
    paths = [path for root in (TESTS, HERE / "held-out") for path in root.rglob("*") if path.suffix in TEXTS]
    found = set()
    for path in [*paths, *map(Path, more)]:
        text = path.read_text(errors="replace")
        if path.suffix == ".html":
            text = re.sub(r"<[^>]*>", "", text)
        found |= grams(text.replace("\\n", " ").replace("\\u2019", "'"))
    return found


def main(prepared, *more):
    known = measured(more)
    print(f"{len(known)} runs of {WORDS} words are measured with")
    for path in sorted(Path(prepared).glob("*.gz")):
        with gzip.open(path, "rt") as file:
            lines = file.readlines()
        kept = [line for line in lines if not grams(line) & known]
        print(f"{path.name}: {len(lines)} lines, {len(lines) - len(kept)} overlapped and are out")
        with gzip.open(path, "wt") as file:
            file.writelines(kept)
    for path in sorted((HERE / "data").iterdir()):
        shared = [line for line in path.read_text().splitlines() if grams(line) & known]
        print(f"{path.name}: {len(shared)} overlap", *(json.dumps(line)[:160] for line in shared), sep="\n  ")


if __name__ == "__main__":
    main(*sys.argv[1:])
