#!/usr/bin/env python3
"""Draws the cells of a study beside this file: python3 draw.py converged. A panel a figure, a column an arm; lines join cells of one seed."""
import glob
import json
import os
import sys

ARMS = [
    ("frozen", "circuits at", "random"), ("perceptron", "percep-", "trons"), ("trained", "trained", "circuits"),
    ("separable", "without", "entangling"), ("identity", "nothing", "that mixes"), ("convolutions", "convo-", "lutions"),
]
FIGURES = [
    ("Held-out denoising loss", lambda cell: cell["held_out_loss"]["value"]),
    ("FD(FundusNet)", lambda cell: next((d["frechet"]["value"] for d in cell.get("distances") or [] if d["network"] == "FundusNet"), None)),
]
HEIGHT, TOP, BOTTOM, LEFT = 330, 40, 270, 60


def steps(low, high):
    step = next(s for s in (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2) if (high - low) / s <= 6)
    first = int(low / step)
    return [round(k * step, 6) for k in range(first, first + 9) if low <= k * step <= high]


def panel(name, read, cells, at, width):
    values = {(c["arm"], c["seed"]): read(c) for c in cells if read(c) is not None}
    arms = [a for a in ARMS if any(arm == a[0] for arm, _ in values)]
    low, high = min(values.values()), max(values.values())
    low, high = low - 0.06 * (high - low), high + 0.06 * (high - low)
    def x(k):
        return at + LEFT + (k + 0.5) * (width - LEFT - 10) / len(arms)
    def y(v):
        return BOTTOM - (v - low) / (high - low) * (BOTTOM - TOP)
    out = [f'<text x="{at + LEFT}" y="22" fill="#222" font-weight="bold">{name} (lower is better)</text>']
    for v in steps(low, high):
        out.append(f'<line x1="{at + LEFT}" x2="{at + width - 10}" y1="{y(v):.1f}" y2="{y(v):.1f}" stroke="#e2e2e2"/>'
                   f'<text x="{at + LEFT - 8}" y="{y(v) + 4:.1f}" text-anchor="end" fill="#444">{v:g}</text>')
    for seed in sorted({s for _, s in values}):
        points = " ".join(f"{x(k):.1f},{y(values[a[0], seed]):.1f}" for k, a in enumerate(arms) if (a[0], seed) in values)
        out.append(f'<polyline fill="none" stroke="#9db4cc" points="{points}"/>')
    for k, (arm, first, second) in enumerate(arms):
        mine, colour = [v for (a, _), v in sorted(values.items()) if a == arm], "#c0392b" if arm == "trained" else "#2c5f8a"
        out += [f'<circle cx="{x(k):.1f}" cy="{y(v):.1f}" r="3.5" fill="{colour}"/>' for v in mine]
        mean = y(sum(mine) / len(mine))
        out.append(f'<line x1="{x(k) - 20:.1f}" x2="{x(k) + 20:.1f}" y1="{mean:.1f}" y2="{mean:.1f}" stroke="{colour}" stroke-width="2.5"/>')
        out += [f'<text x="{x(k):.1f}" y="{BOTTOM + 22 + 16 * row}" text-anchor="middle" fill="#222">{word}</text>' for row, word in enumerate((first, second))]
    return out


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = os.path.join(os.path.dirname(os.path.abspath(__file__)), sys.argv[1])
    cells = [json.load(open(path, encoding="utf-8")) for path in sorted(glob.glob(os.path.join(folder, "cells", "*.json")))]
    panels = [figure for figure in FIGURES if any(figure[1](cell) is not None for cell in cells)]
    each = 760 if len(panels) == 1 else 470
    width = each * len(panels)
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" font-family="sans-serif" font-size="13" role="img" '
             f'aria-label="{" and ".join(name for name, _ in panels)} of each arm and seed">', f'<rect width="{width}" height="{HEIGHT}" fill="#ffffff"/>']
    for k, (name, read) in enumerate(panels):
        lines += panel(name, read, cells, k * each, each)
    open(folder + ".svg", "w", encoding="utf-8").write("\n".join(lines) + "\n</svg>\n")


if __name__ == "__main__":
    main()
