"""Tables and drawing of figures.json: python3 draw.py. Differences of paired seeds, with Student's 95 % interval, in per cent of the other arm's mean."""
import json
import math
import pathlib
import statistics

HERE = pathlib.Path(__file__).parent
SEEDS = range(21, 26)
T = 2.776445  # Student's t of 4 degrees of freedom, 95 %
QUESTIONS = [
    ("frozen", "the same circuits at random"), ("identity", "nothing that mixes"),
    ("convolutions", "convolutions"), ("separable", "circuits without entangling"),
]
REAL = ("all", "without odir5k", "without eyepacs", "without idrid")
ROW, TOP, LEFT, WIDE, REACH = 17, 62, 250, 190, 32


def rows(figures):
    """Name of a figure, its variants, how to read one of a cell, and whether more is better."""
    def distance(network, figure):
        return lambda variant, cell: figures["distances"][variant][cell][network][figure]
    sets = [name for name in REAL if name in figures["distances"]]
    yield "held-out loss", REAL, lambda variant, cell: figures["losses"]["means"][cell][variant], False
    for network in ("FundusNet", "SqueezeNet"):
        yield f"FD({network})", sets, distance(network, "FD"), False
    yield "gradable", ("by the grader's rule",), lambda _, cell: by_its_rule(cell), True
    yield "not rejected, from", ("0.3", "0.5", "0.7"), lambda variant, cell: figures["gradable"][cell][variant], True
    yield "coverage, FundusNet,", sets, distance("FundusNet", "coverage"), True


def by_its_rule(cell):
    verdicts = json.loads((HERE.parent / "converged" / "cells" / f"{cell}.json").read_text())["gradability"]["generated"]
    return verdicts.count("1") / len(verdicts)


def difference(read, variant, against):
    values = [(read(variant, f"trained-all-seed{seed}"), read(variant, f"{against}-all-seed{seed}")) for seed in SEEDS]
    other = statistics.mean(b for _, b in values)
    each = [100 * (a - b) / other for a, b in values]
    half = T * statistics.stdev(each) / math.sqrt(len(each))
    mean = statistics.mean(each)
    return mean, mean - half, mean + half


def verdict(low, high, more):
    return "undecided" if low <= 0 <= high else "better" if (low > 0) == more else "worse"


def main():
    figures = json.loads((HERE / "figures.json").read_text())
    listed = [(name, variant, read, more) for name, variants, read, more in rows(figures) for variant in variants]
    height = TOP + ROW * len(listed) + 34
    width = LEFT + WIDE * len(QUESTIONS) + 10
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="12" role="img" '
           'aria-label="Differences of trained circuits to four others, judged in many ways">', f'<rect width="{width}" height="{height}" fill="#fff"/>',
           f'<text x="{LEFT}" y="18" font-weight="bold" fill="#222">Trained circuits less …, per cent of the other; blue: better, red: worse, grey: undecided</text>']
    for k, (against, words) in enumerate(QUESTIONS):
        middle = LEFT + WIDE * (k + 0.5)
        out += [f'<text x="{middle}" y="42" text-anchor="middle" fill="#222">{words}</text>',
                f'<line x1="{middle}" x2="{middle}" y1="{TOP - 8}" y2="{height - 28}" stroke="#999"/>']
        for mark in (-30, -15, 15, 30):
            x = middle + mark * (WIDE / 2 - 8) / REACH
            out += [f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{TOP - 8}" y2="{height - 28}" stroke="#eee"/>',
                    f'<text x="{x:.1f}" y="{height - 12}" text-anchor="middle" fill="#555" font-size="11">{mark:+d}</text>']
    print("| figure | judged with | " + " | ".join(words for _, words in QUESTIONS) + " |\n| --- | --- |" + " --- |" * len(QUESTIONS))
    for row, (name, variant, read, more) in enumerate(listed):
        y = TOP + ROW * row + 4
        out.append(f'<text x="{LEFT - 12}" y="{y + 4}" text-anchor="end" fill="#222">{name} {variant}</text>')
        cells = []
        for k, (against, _) in enumerate(QUESTIONS):
            mean, low, high = difference(read, variant, against)
            said = verdict(low, high, more)
            colour = {"better": "#1f6fb2", "worse": "#c0392b", "undecided": "#888"}[said]
            def x(value, at=LEFT + WIDE * (k + 0.5)):
                return at + max(-REACH, min(REACH, value)) * (WIDE / 2 - 8) / REACH
            out += [f'<line x1="{x(low):.1f}" x2="{x(high):.1f}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="2"/>',
                    f'<circle cx="{x(mean):.1f}" cy="{y}" r="3" fill="{colour}"/>']
            cells.append(f"{mean:+.1f} [{low:.1f}, {high:.1f}]" + ("" if said == "undecided" else f" **{said}**"))
        print(f"| {name} | {variant} | " + " | ".join(cells) + " |")
    (HERE.parent / "sensitivity.svg").write_text("\n".join(out) + "\n</svg>\n")


main()
