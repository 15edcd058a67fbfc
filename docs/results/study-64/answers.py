"""The table and the drawing of this page: python3 answers.py. Intervals are those of comparisons.csv of each study's report, dots the cells' differences.

`fovea study report FOLDER` writes comparisons.csv anew."""
import csv
import json
import pathlib

HERE = pathlib.Path(__file__).parent
ROWS = [
    ("converged", "trained", "frozen", "the same circuits at their random start"),
    ("converged", "trained", "separable", "trained circuits without entangling gates"),
    ("converged", "trained", "identity", "nothing that mixes channels"),
    ("converged", "trained", "convolutions", "convolutions, as many parameters"),
    ("larger", "trained", "larger", "convolutions, twice the parameters"),
    ("few", "trained", "identity", "260 photographs: nothing that mixes"),
    ("few", "trained", "convolutions", "260 photographs: convolutions"),
    ("few-pairings", "both", "classical", "260 photographs, both networks: convolutions"),
    ("at-128", "trained", "frozen", "128 px: the same circuits at random"),
    ("at-128", "trained", "identity", "128 px: nothing that mixes"),
    ("at-128", "trained", "convolutions", "128 px: convolutions, as many parameters"),
]
PAPER = 17  # points of gradable share between the paper's hybrid and classical models
ROW, TOP, LEFT, WIDE, GAP = 26, 58, 300, 340, 50


def loss(cell):
    return cell["held_out_loss"]["value"]


def gradable(cell):
    verdicts = cell["gradability"]["generated"]
    return verdicts.count("1") / len(verdicts)


def read(study, arm, against, metric, figure):
    """Mean difference, interval and the seeds' differences in per cent: of the other arm's mean for a loss, of the images for a share. None where not measured."""
    with open(HERE / study / "comparisons.csv", encoding="utf-8") as file:
        found = [r for r in csv.DictReader(file) if (r["arm"], r["against"], r["metric"]) == (arm, against, metric)]
    if not found:
        return None
    row, scale = found[0], 1 if metric == "gradable" else float(found[0]["against_mean"])
    cells = {name: {c["seed"]: c for c in (json.loads(p.read_text()) for p in (HERE / study / "cells").glob(f"{name}-*.json"))} for name in (arm, against)}
    dots = [100 * (figure(cells[arm][seed]) - figure(cells[against][seed])) / scale for seed in map(int, row["seeds"].split())]
    return {"mean": 100 * float(row["difference"]) / scale, "low": 100 * float(row["low"]) / scale, "high": 100 * float(row["high"]) / scale,
            "dots": dots, "row": row}


def signed(value, digits):
    return f"{value:+.{digits}f}".replace("-", "−")


def panel(out, at, title, values, low, high, step, better_above, missing, mark=None):
    def x(v):
        return at + (v - low) / (high - low) * WIDE
    bottom = TOP + ROW * len(ROWS)
    out.append(f'<text x="{at}" y="20" font-weight="bold">{title}</text>')
    out.append(f'<text x="{x(0) - 8}" y="42" text-anchor="end" fill="#666">{"worse" if better_above else "better"} ←</text>'
               f'<text x="{x(0) + 8}" y="42" fill="#666">→ {"better" if better_above else "worse"}</text>')
    for k in range(int(low / step), int(high / step) + 1):
        v = k * step
        out.append(f'<line x1="{x(v):.1f}" x2="{x(v):.1f}" y1="{TOP - 8}" y2="{bottom}" stroke="{"#555" if v == 0 else "#e2e2e2"}"/>'
                   f'<text x="{x(v):.1f}" y="{bottom + 16}" text-anchor="middle" fill="#444">{signed(v, 0) if v else 0}</text>')
    if mark:
        out.append(f'<line x1="{x(mark):.1f}" x2="{x(mark):.1f}" y1="{TOP - 8}" y2="{bottom}" stroke="#8e44ad" stroke-width="2" stroke-dasharray="5 4"/>'
                   f'<text x="{x(mark):.1f}" y="{bottom + 32}" text-anchor="middle" fill="#8e44ad">the paper: +{mark}</text>')
    for k, value in enumerate(values):
        y = TOP + ROW * (k + 0.5)
        if value is None:
            out.append(f'<text x="{x(0) + 8:.1f}" y="{y + 4:.1f}" fill="#999">{missing}</text>')
            continue
        decided = value["low"] > 0 or value["high"] < 0
        colour = "#666" if not decided else "#2c7a4b" if (value["mean"] > 0) == better_above else "#c0392b"
        out += [f'<circle cx="{x(d):.1f}" cy="{y + 6:.1f}" r="2.2" fill="{colour}" opacity="0.45"/>' for d in value["dots"]]
        out.append(f'<line x1="{x(value["low"]):.1f}" x2="{x(value["high"]):.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="{colour}" stroke-width="3"/>'
                   f'<circle cx="{x(value["mean"]):.1f}" cy="{y:.1f}" r="5" fill="{colour}"/>')


def main():
    losses = [read(*row[:3], "held_out_loss", loss) for row in ROWS]
    shares = [read(*row[:3], "gradable", gradable) for row in ROWS]
    width, height = LEFT + 2 * WIDE + GAP + 30, TOP + ROW * len(ROWS) + 44
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13" fill="#222" role="img" '
           f'aria-label="Differences of trained circuits to {len(ROWS)} others, in held-out loss and in gradable share, with 95 % intervals">',
           f'<rect width="{width}" height="{height}" fill="#ffffff"/>', '<text x="10" y="20" font-weight="bold">Trained circuits less …</text>']
    out += [f'<text x="10" y="{TOP + ROW * (k + 0.5) + 4}">{row[3]}</text>' for k, row in enumerate(ROWS)]
    panel(out, LEFT, "held-out loss, % of the other's (planned)", losses, -6, 12, 2, False, "losses of other latents")
    panel(out, LEFT + WIDE + GAP, "gradable images, points", shares, -20, 20, 5, True, "no images drawn", PAPER)
    (HERE / "answers.svg").write_text("\n".join(out) + "\n</svg>\n", encoding="utf-8")
    for row, one, share in zip(ROWS, losses, shares):
        r = one and one["row"]
        difference = f'{signed(float(r["difference"]), 4)} [{signed(float(r["low"]), 4)}, {signed(float(r["high"]), 4)}]' if r else ""
        points = "" if share is None else f'{signed(share["mean"], 1)} [{signed(share["low"], 1)}, {signed(share["high"], 1)}]'
        print(f'| {row[3]} | {len((one or share)["dots"])} | {difference} | {signed(one["mean"], 1) + " %" if one else ""} | {points} |')


main()
