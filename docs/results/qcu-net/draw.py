"""Table and drawing of figures.json: python3 draw.py. Differences are of equal seeds; from two seeds on with Student's 95 % interval."""
import json
import math
import pathlib
import statistics

HERE = pathlib.Path(__file__).parent
T = {2: 12.7062, 3: 4.302653}  # Student's t by seeds, 95 %
ARMS = {
    "Published": "circuits as published", "Cosines": "cosines in their place", "Intended": "circuits as intended", "Frozen": "the same, at random",
    "Convolution": "convolutions", "Untimed": "convolutions, not told the timestep",
}
PANELS = (
    ("held-out loss, weighted as trained", lambda cell: 1000 * cell["HeldOutLoss"], "{:.2f}", "thousandths"),
    ("held-out error, all timesteps alike", lambda cell: 1000 * cell["HeldOutError"], "{:.1f}", "thousandths"),
    ("FD(FundusNet)", lambda cell: cell["distances"]["FundusNet"], "{:.1f}", ""),
)


def main():
    cells = json.loads((HERE / "figures.json").read_text())
    of = {arm: {cell["Seed"]: cell for cell in cells if cell["Arm"] == arm} for arm in ARMS}
    seeds = sorted(set.intersection(*(set(by) for by in of.values())))
    table(of, seeds)
    (HERE / "arms.svg").write_text(drawing(of, seeds))


def table(of, seeds):
    heads = ("arm", "parameters", "held-out loss (10⁻³)", "less convolutions", "FD(FundusNet)", "FD(SqueezeNet)", "class accuracy", "angles moved (rad)")
    print(f"| {' | '.join(heads)} |\n{'| --- ' * len(heads)}|")
    for arm, words in ARMS.items():
        mine = [of[arm][seed] for seed in seeds]
        moved = [value for cell in mine for value in cell["Moved"].values() if value > 0]
        print("| " + " | ".join((
            words, f"{mine[0]['Parameters']:,}", f"{statistics.mean(1000 * c['HeldOutLoss'] for c in mine):.3f}", difference(of, seeds, arm, "Convolution"),
            *(f"{statistics.mean(c['distances'][name] for c in mine):.2f}" for name in mine[0]["distances"]),
            f"{statistics.mean(c['classAccuracy'] for c in mine):.3f}", f"{min(moved):.4f} to {max(moved):.4f}" if moved else "")) + " |")
    for arm, other in (("Published", "Cosines"), ("Intended", "Frozen"), ("Intended", "Convolution"), ("Published", "Untimed"), ("Convolution", "Untimed")):
        print(f"{ARMS[arm]} less {ARMS[other]}: {difference(of, seeds, arm, other)}")


def difference(of, seeds, arm, other):
    if arm == other:
        return ""
    each = [1000 * (of[arm][seed]["HeldOutLoss"] - of[other][seed]["HeldOutLoss"]) for seed in seeds]
    if len(each) == 1:
        return f"{each[0]:+.3f}".replace("-", "−")
    half = T[len(each)] * statistics.stdev(each) / math.sqrt(len(each))
    return f"{statistics.mean(each):+.3f} [{statistics.mean(each) - half:+.3f}, {statistics.mean(each) + half:+.3f}]".replace("-", "−")


def drawing(of, seeds):
    left, wide, row, top = 230, 250, 30, 58
    width, height = left + wide * len(PANELS) + 20, top + row * len(ARMS) + 34
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12" role="img" '
           'aria-label="Held-out loss, held-out error and distance of six arms, by seed">', f'<rect width="{width}" height="{height}" fill="#fff"/>']
    for k, (words, read, form, unit) in enumerate(PANELS):
        values = [read(of[arm][seed]) for arm in ARMS for seed in seeds]
        low, high = min(values), max(values)
        start, scale = left + wide * k + 20, (wide - 50) / (high - low)
        out.append(f'<text x="{start}" y="20" font-weight="bold" fill="#222">{words}</text>')
        for value, anchor in ((low, "start"), (high, "end")):
            out.append(f'<text x="{start + (value - low) * scale:.1f}" y="40" text-anchor="{anchor}" fill="#555">{form.format(value)} {unit}</text>')
        for number, arm in enumerate(ARMS):
            y = top + row * (number + 0.5)
            colour = "#1f77b4" if arm in ("Published", "Intended") else "#888"
            out.append(f'<line x1="{start}" x2="{start + (high - low) * scale:.1f}" y1="{y}" y2="{y}" stroke="#eee"/>')
            mine = [read(of[arm][seed]) for seed in seeds]
            out += [f'<circle cx="{start + (value - low) * scale:.1f}" cy="{y}" r="4" fill="{colour}" fill-opacity="0.7"/>' for value in mine]
            mean = start + (statistics.mean(mine) - low) * scale
            out.append(f'<line x1="{mean:.1f}" x2="{mean:.1f}" y1="{y - 9}" y2="{y + 9}" stroke="#222" stroke-width="2"/>')
    for number, words in enumerate(ARMS.values()):
        out.append(f'<text x="{left}" y="{top + row * (number + 0.5) + 4}" text-anchor="end" fill="#222">{words}</text>')
    return "\n".join([*out, f'<text x="{left}" y="{height - 10}" text-anchor="end" fill="#555">dot: a seed; line: the mean</text>', "</svg>", ""])


main()
