"""The table and the drawing of the recipe's page: python3 levers.py. Intervals are those of comparisons.csv, dots the differences of the cells of a seed.

`fovea study report FOLDER` writes comparisons.csv anew."""
import csv
import json
import pathlib

HERE = pathlib.Path(__file__).parent
ROWS = [
    ("uniform", "recipe", "timesteps drawn all alike, for the middle more often"),
    ("uniform", "velocity-alike", "flow matching, for velocity on a cosine schedule"),
    ("velocity", "velocity-alike", "min-SNR weights, for equal ones (velocity)"),
    ("velocity", "recipe", "velocity with min-SNR weights, for the recipe"),
    ("equivariant", "recipe", "an equivariant autoencoder (EQ-VAE, 0.1)"),
    ("muon", "recipe", "Muon, in 0.75 of the steps, which took half as long again"),
    ("undecayed", "recipe", "biases and scales without weight decay"),
    ("short-average", "recipe", "an average of 100 steps in place of 1,000"),
]
PANELS = [
    ("frechet_distance", "FundusNet", "FD(FundusNet), per cent", 90, 30, True),
    ("frechet_distance", "SqueezeNet", "FD(SqueezeNet), per cent", 40, 20, True),
    ("gradable", "", "gradable, points", 20, 10, False),
]
ROW, TOP, LEFT, WIDE, GAP = 26, 58, 330, 210, 40


def figure(cell, metric, network):
    if metric == "gradable":
        verdicts = cell["gradability"]["generated"]
        return 100 * verdicts.count("1") / len(verdicts)
    return next(d for d in cell["distances"] if d["network"] == network)["frechet"]["value"]


def read(cells, arm, against, metric, network):
    with open(HERE / "comparisons.csv", encoding="utf-8") as file:
        row = next(r for r in csv.DictReader(file) if (r["arm"], r["against"], r["metric"], r["network"]) == (arm, against, metric, network))
    scale = 0.01 if metric == "gradable" else float(row["against_mean"]) / 100
    seeds = [int(seed) for seed in row["seeds"].split()]
    unit = 1 if metric == "gradable" else scale
    dots = [(figure(cells[arm, s], metric, network) - figure(cells[against, s], metric, network)) / unit for s in seeds]
    low, mean, high = (float(row[key]) / scale for key in ("low", "difference", "high"))
    return {"low": low, "mean": mean, "high": high, "dots": dots, "row": row}


def signed(value, digits=1):
    return f"{value:+.{digits}f}".replace("-", "−")


def panel(out, at, title, values, reach, step, lower_is_better):
    def x(value):
        return at + (value + reach) / (2 * reach) * WIDE
    bottom = TOP + ROW * len(values)
    out.append(f'<text x="{at}" y="20" font-weight="bold">{title}</text>')
    out.append(f'<text x="{x(0) - 8}" y="42" text-anchor="end" fill="#666">{"better" if lower_is_better else "worse"} ←</text>'
               f'<text x="{x(0) + 8}" y="42" fill="#666">→ {"worse" if lower_is_better else "better"}</text>')
    for v in range(-reach, reach + 1, step):
        out.append(f'<line x1="{x(v):.1f}" x2="{x(v):.1f}" y1="{TOP - 8}" y2="{bottom}" stroke="{"#555" if v == 0 else "#e2e2e2"}"/>'
                   f'<text x="{x(v):.1f}" y="{bottom + 16}" text-anchor="middle" fill="#444">{signed(v, 0) if v else 0}</text>')
    for k, value in enumerate(values):
        y = TOP + ROW * (k + 0.5)
        decided = value["low"] > 0 or value["high"] < 0
        colour = "#666" if not decided else "#2c7a4b" if (value["mean"] < 0) == lower_is_better else "#c0392b"
        out += [f'<circle cx="{x(d):.1f}" cy="{y + 6:.1f}" r="2.2" fill="{colour}" opacity="0.45"/>' for d in value["dots"]]
        out.append(f'<line x1="{x(value["low"]):.1f}" x2="{x(value["high"]):.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="{colour}" stroke-width="3"/>'
                   f'<circle cx="{x(value["mean"]):.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>')


def main():
    cells = {(c["arm"], c["seed"]): c for c in (json.loads(p.read_text()) for p in (HERE / "cells").glob("*.json"))}
    columns = [[read(cells, arm, against, metric, network) for arm, against, _ in ROWS] for metric, network, *_ in PANELS]
    width, height = LEFT + len(PANELS) * (WIDE + GAP), TOP + ROW * len(ROWS) + 30
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13">',
           f'<rect width="{width}" height="{height}" fill="#fff"/>']
    for k, (_, _, label) in enumerate(ROWS):
        out.append(f'<text x="{LEFT - 14}" y="{TOP + ROW * (k + 0.5) + 4:.1f}" text-anchor="end">{label}</text>')
    for k, (panel_of, column) in enumerate(zip(PANELS, columns)):
        panel(out, LEFT + k * (WIDE + GAP), panel_of[2], column, *panel_of[3:])
    (HERE.parent / "levers.svg").write_text("\n".join([*out, "</svg>"]) + "\n", encoding="utf-8")
    print("| | FD(FundusNet) | FD(SqueezeNet) | gradable (points) |\n| --- | --- | --- | --- |")
    for k, (_, _, label) in enumerate(ROWS):
        texts = []
        for (metric, *_), column in zip(PANELS, columns):
            digits = 1 if metric == "gradable" else 2 if _[0] == "FundusNet" else 0
            scale = 100 if metric == "gradable" else 1
            low, mean, high = (signed(scale * float(column[k]["row"][key]), digits) for key in ("low", "difference", "high"))
            text = f"{mean} [{low.lstrip('+')}, {high.lstrip('+')}]"
            texts.append(f"**{text}**" if column[k]["low"] > 0 or column[k]["high"] < 0 else text)
        print(f"| {label} | " + " | ".join(texts) + " |")


main()
