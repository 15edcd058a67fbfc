#!/usr/bin/env python3
"""Ranks the ansätze of a study's folder by trained loss beside the laboratory's figures of the same circuits:
python3 rank.py ansaetze comparison.csv, the table that `fovea ansatz compare --qubits 8 --layers 3` writes."""
import csv
import glob
import itertools
import json
import os
import statistics
import sys

FIGURES = [
    ("gradients, pairs that depend on each other", "gradient_live_pairs"), ("expressibility (less is more)", "expressibility_encoded"),
    ("Meyer-Wallach Q", "meyer_wallach_encoded"), ("half-cut entropy", "half_cut_entropy_encoded"), ("terms of the spectrum", "spectrum_terms"),
    ("live parameters", "live_parameters"), ("two-qubit gates", "two_qubit_gates"), ("error on heavy-hex", "heavy_hex_relative_error"),
]


def ranks(values):
    order = sorted(values)
    return [(order.index(v) + len(order) - 1 - order[::-1].index(v)) / 2 for v in values]


def correlation(a, b):
    a, b = ranks(a), ranks(b)
    ma, mb = statistics.mean(a), statistics.mean(b)
    return sum((x - ma) * (y - mb) for x, y in zip(a, b)) / (sum((x - ma) ** 2 for x in a) * sum((y - mb) ** 2 for y in b)) ** 0.5


def chance(a, b):
    """The share of all orders of b whose correlation is as far from 0: the exact two-sided p-value."""
    seen, a, b = abs(correlation(a, b)) - 1e-12, ranks(a), ranks(b)
    ma, mb = statistics.mean(a), statistics.mean(b)
    a, b = [x - ma for x in a], [y - mb for y in b]
    scale = (sum(x * x for x in a) * sum(y * y for y in b)) ** 0.5
    far = total = 0
    for order in itertools.permutations(b):
        total += 1
        far += abs(sum(x * y for x, y in zip(a, order))) / scale >= seen
    return far / total


def main():
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), sys.argv[1], "cells", "*.json")
    losses = {}
    for path in glob.glob(folder):
        cell = json.load(open(path, encoding="utf-8"))
        losses.setdefault(cell["arm"], []).append(cell["held_out_loss"]["value"])
    rows = [row for row in csv.DictReader(open(sys.argv[2], encoding="utf-8")) if row["ansatz"] in losses]
    rows.sort(key=lambda row: statistics.mean(losses[row["ansatz"]]))
    for row in rows:
        print(row["ansatz"], f'{statistics.mean(losses[row["ansatz"]]):.4f}', *(row[key] for _, key in FIGURES))
    trained = [statistics.mean(losses[row["ansatz"]]) for row in rows]
    for name, key in FIGURES:
        figure = [float(row[key]) for row in rows]
        print(f"{name}: rank correlation with the held-out loss {correlation(trained, figure):+.2f}, p = {chance(trained, figure):.2f} of {len(rows)} ansätze")


if __name__ == "__main__":
    main()
