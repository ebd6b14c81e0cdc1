"""Writes the mean of adapters that went on from the same one: it does a little better than each of them.

    python average.py to-english --base gemma-3-270m-q4_k_m.gguf --out to-english.gguf 1.gguf 2.gguf …
"""

import argparse

import torch

import base
from train import ADAPTERS


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("adapter", choices=ADAPTERS)
    parser.add_argument("files", nargs="+")
    parser.add_argument("--base", required=True)
    parser.add_argument("--out", required=True)
    options = parser.parse_args()
    settings = ADAPTERS[options.adapter]
    model, _, _ = base.load(options.base)
    parameters = model.add_adapter(settings.rank, settings.alpha)
    sums = [torch.zeros_like(parameter) for parameter in parameters]
    for file in options.files:
        base.load_adapter(model, file)
        sums = [total + parameter.detach() for total, parameter in zip(sums, parameters)]
    for parameter, total in zip(parameters, sums):
        parameter.data.copy_(total / len(options.files))
    base.save_adapter(model, options.out, options.adapter, base.sha256(options.base), settings.rank, settings.alpha)


if __name__ == "__main__":
    main()
