#!/usr/bin/env python3
"""Ranks the ansätze of the cells in `ansaetze` by the held-out loss of denoisers trained with them, beside what the laboratory said of them before any
training (`ansaetze/laboratory.csv`), and draws both: python3 rank.py. The p-values count all orders of the ansätze; the eight take a minute."""
import csv
import glob
import itertools
import json
import math
import os
import statistics

HERE = os.path.dirname(os.path.abspath(__file__))
FIGURES = [
    ("variance of gradients, of pairs that depend on each other", "gradient_live_pairs"), ("half-cut entropy", "half_cut_entropy_encoded"),
    ("Meyer-Wallach Q", "meyer_wallach_encoded"), ("variance of the spectrum's terms", "spectrum_variance"), ("depth", "depth"),
    ("two-qubit gates", "two_qubit_gates"), ("parameters that do something", "live_parameters"), ("error on heavy-hex", "heavy_hex_relative_error"),
]
HEIGHT, TOP, BOTTOM, WIDTH, LEFT = 380, 40, 320, 520, 60


def ranks(values):
    order = sorted(values)
    return [(order.index(v) + len(order) - 1 - order[::-1].index(v)) / 2 for v in values]


def correlation(a, b):
    """Spearman's ρ and the share of all orders of b whose ρ is as far from 0."""
    a, b = ([r - statistics.mean(ranks(v)) for r in ranks(v)] for v in (a, b))
    scale = math.sqrt(sum(x * x for x in a) * sum(y * y for y in b))
    seen = sum(x * y for x, y in zip(a, b)) / scale
    far = total = 0
    for order in itertools.permutations(b):
        total += 1
        far += abs(sum(x * y for x, y in zip(a, order))) >= abs(seen) * scale - 1e-9
    return seen, far / total


def read():
    losses = {}
    for path in glob.glob(os.path.join(HERE, "ansaetze", "cells", "*.json")):
        cell = json.load(open(path, encoding="utf-8"))
        losses.setdefault(cell["arm"], {})[cell["seed"]] = cell["held_out_loss"]["value"]
    rows = [r for r in csv.DictReader(open(os.path.join(HERE, "ansaetze", "laboratory.csv"), encoding="utf-8")) if r["ansatz"] in losses]
    return losses, sorted(rows, key=lambda row: statistics.mean(losses[row["ansatz"]].values()))


def panel(at, name, key, rows, losses, logarithmic, words):
    values = [float(row[key]) for row in rows]
    place = math.log10 if logarithmic else float
    low, high = min(map(place, values)), max(map(place, values))
    low, high = low - 0.08 * (high - low), high + 0.22 * (high - low)
    every = [v for row in rows for v in losses[row["ansatz"]].values()] + list(losses["identity"].values())
    bottom, top = min(every) - 0.001, max(every) + 0.001
    def x(v):
        return at + LEFT + (place(v) - low) / (high - low) * (WIDTH - LEFT - 10)
    def y(v):
        return BOTTOM - (v - bottom) / (top - bottom) * (BOTTOM - TOP)
    nothing = y(statistics.mean(losses["identity"].values()))
    out = [f'<text x="{at + LEFT}" y="22" fill="#222" font-weight="bold">Held-out loss beside {name}</text>',
           f'<line x1="{at + LEFT}" x2="{at + WIDTH - 10}" y1="{nothing:.1f}" y2="{nothing:.1f}" stroke="#c0392b" stroke-dasharray="5 4"/>',
           f'<text x="{at + words}" y="{nothing - 6:.1f}" text-anchor="end" fill="#c0392b">nothing that mixes</text>']
    for k in range(math.ceil(bottom * 200), math.floor(top * 200) + 1):
        out.append(f'<line x1="{at + LEFT}" x2="{at + WIDTH - 10}" y1="{y(k / 200):.1f}" y2="{y(k / 200):.1f}" stroke="#ececec"/>'
                   f'<text x="{at + LEFT - 8}" y="{y(k / 200) + 4:.1f}" text-anchor="end" fill="#444">{k / 200:g}</text>')
    for v in ([0.001, 0.003, 0.01, 0.03] if logarithmic else [1, 2, 3]):
        out.append(f'<text x="{x(v):.1f}" y="{BOTTOM + 22}" text-anchor="middle" fill="#444">{v:g}</text>')
    taken = []
    for row, value in zip(rows, values):
        mine, here = list(losses[row["ansatz"]].values()), x(value)
        out.append(f'<line x1="{here:.1f}" x2="{here:.1f}" y1="{y(min(mine)):.1f}" y2="{y(max(mine)):.1f}" stroke="#2c5f8a"/>')
        out += [f'<circle cx="{here:.1f}" cy="{y(v):.1f}" r="3.5" fill="#2c5f8a"/>' for v in mine]
        # Names stand beside their points, to the left where there is no room, and below names that stand there already.
        length, line = 6.2 * len(row["ansatz"]), y(statistics.mean(mine)) + 4
        left = here + 8 if here + 8 + length < at + WIDTH else here - 8 - length
        while any(left < end and start < left + length and abs(line - other) < 13 for start, end, other in taken):
            line += 13
        taken.append((left, left + length, line))
        out.append(f'<text x="{left:.1f}" y="{line:.1f}" fill="#222" font-size="12">{row["ansatz"]}</text>')
    return out


def main():
    losses, rows = read()
    for row in rows:
        mine = losses[row["ansatz"]]
        print("|", row["ansatz"], "|", " | ".join(f"{mine[s]:.4f}" for s in sorted(mine)), "|", f"{float(row['gradient_live_pairs']):.4f}", "|",
              f"{float(row['half_cut_entropy_encoded']):.2f}", "|", row["two_qubit_gates"], "|")
    for arm in ("identity", "frozen", "handicapped"):
        print(arm, {s: round(v, 4) for s, v in sorted(losses.get(arm, {}).items())})
    trained = [statistics.mean(losses[row["ansatz"]].values()) for row in rows]
    for name, key in FIGURES:
        print("| {} | {:+.2f} | {:.3f} |".format(name, *correlation(trained, [float(row[key]) for row in rows])))
    seeds = sorted({s for row in rows for s in losses[row["ansatz"]]})
    print("seeds", seeds[0], "and", seeds[-1], "{:+.2f}, {:.4f}".format(*correlation(*([losses[row["ansatz"]][s] for row in rows] for s in (seeds[0], seeds[-1])))))
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * WIDTH} {HEIGHT}" font-family="sans-serif" font-size="13" role="img" '
             'aria-label="Held-out loss of each ansatz beside its half-cut entropy and the variance of its gradients before training">',
             f'<rect width="{2 * WIDTH}" height="{HEIGHT}" fill="#ffffff"/>',
             *panel(0, "half-cut entropy", "half_cut_entropy_encoded", rows, losses, False, WIDTH - 12),
             *panel(WIDTH, "the variance of gradients", "gradient_live_pairs", rows, losses, True, WIDTH / 2), "</svg>"]
    open(os.path.join(HERE, "ansaetze.svg"), "w", encoding="utf-8").write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
