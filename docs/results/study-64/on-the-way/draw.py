"""The table and the drawing of losses.json: python3 draw.py. Trained circuits less each other arm at equal steps, with Student's 95 % interval over seeds."""
import json
import math
import pathlib
import statistics

HERE = pathlib.Path(__file__).parent
T = 2.776445  # Student's t of 4 degrees of freedom, 95 %
ARMS = [
    ("frozen", "the same circuits at random", "#2c7a4b", 4), ("separable", "without entangling gates", "#b9770e", -3),
    ("identity", "nothing that mixes", "#666666", 12), ("convolutions", "convolutions", "#c0392b", 4),
]
SEEDS, STEPS = ("21", "22", "23", "24", "25"), range(1000, 2751, 250)
LEFT, TOP, WIDE, HIGH, LOW, UP = 70, 30, 560, 260, -0.012, 0.022


def difference(losses, against, step):
    values = [losses["trained"][seed][str(step)] - losses[against][seed][str(step)] for seed in SEEDS]
    return statistics.mean(values), T * statistics.stdev(values) / math.sqrt(len(values)), sum(v < 0 for v in values)


def x(step):
    return LEFT + (step - STEPS[0]) / (STEPS[-1] - STEPS[0]) * WIDE


def y(value):
    return TOP + (UP - value) / (UP - LOW) * HIGH


def main():
    losses = json.loads((HERE / "losses.json").read_text())
    out = ['<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 340" font-family="sans-serif" font-size="13" fill="#222" role="img" '
           'aria-label="Held-out loss of trained circuits less that of four others, by training step">', '<rect width="860" height="340" fill="#ffffff"/>',
           f'<text x="{LEFT}" y="18" font-weight="bold">Held-out loss: trained circuits less … (below 0: trained circuits are better)</text>']
    for v in (-0.01, 0, 0.01, 0.02):
        out.append(f'<line x1="{LEFT}" x2="{LEFT + WIDE}" y1="{y(v):.1f}" y2="{y(v):.1f}" stroke="{"#555" if v == 0 else "#e2e2e2"}"/>'
                   f'<text x="{LEFT - 8}" y="{y(v) + 4:.1f}" text-anchor="end" fill="#444">{v:g}</text>')
    for step in STEPS:
        out.append(f'<text x="{x(step):.1f}" y="{TOP + HIGH + 20}" text-anchor="middle" fill="#444">{step:,}</text>')
    out.append(f'<text x="{LEFT + WIDE / 2}" y="{TOP + HIGH + 40}" text-anchor="middle" fill="#444">training steps</text>')
    for arm, name, colour, lower in ARMS:
        points = [(step, *difference(losses, arm, step)) for step in STEPS]
        band = [(s, m + h) for s, m, h, _ in points] + [(s, m - h) for s, m, h, _ in reversed(points)]
        out.append(f'<polygon fill="{colour}" opacity="0.13" points="{" ".join(f"{x(s):.1f},{y(v):.1f}" for s, v in band)}"/>'
                   f'<polyline fill="none" stroke="{colour}" stroke-width="2.5" points="{" ".join(f"{x(s):.1f},{y(m):.1f}" for s, m, _, _ in points)}"/>')
        step, mean, half, better = points[-1]
        out.append(f'<text x="{x(step) + 10:.1f}" y="{y(mean) + lower:.1f}" fill="{colour}">{name}</text>')
        print(f"| {name} | {mean:+.4f} [{mean - half:+.4f}, {mean + half:+.4f}] | {better} of 5 |".replace("-", "−"))
    (HERE / "losses.svg").write_text("\n".join(out) + "\n</svg>\n", encoding="utf-8")


main()
