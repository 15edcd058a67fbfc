"""Figures of README.md that the report does not print: effects over several arms and sizes, and how far circuits moved.

    python3 secondary.py                 # from cells/*.json and report.json beside this file
    python3 secondary.py STUDY/work      # also the angles, from the weights of trained and of frozen circuits
"""
import array
import json
import math
import pathlib
import statistics
import struct
import sys

HERE = pathlib.Path(__file__).parent
SEEDS, SIZES = range(3), ("all", "500")
T = 4.302653  # Student's t of 2 degrees of freedom, 95 %
# The same step from convolutions to circuits in the denoiser, with either autoencoder; and in the autoencoder, with either denoiser.
DENOISER = (("quantum-denoiser", "classical"), ("quantum", "quantum-autoencoder"))
AUTOENCODER = (("quantum-autoencoder", "classical"), ("quantum", "quantum-denoiser"))


def read():
    cells = {}
    for path in (HERE / "cells").glob("*.json"):
        cell = json.loads(path.read_text())
        cells[cell["arm"], cell["size"], cell["seed"]] = {
            "loss": cell["held_out_loss"]["value"],
            "gradable": cell["gradability"]["generated"].count("1") / len(cell["gradability"]["generated"]),
            "FD": cell["distances"][0]["frechet"]["value"],
            "cell": cell,
        }
    return cells


def show(what, values):
    mean, half = statistics.mean(values), T * statistics.stdev(values) / math.sqrt(len(values))
    print(f"{what}: {mean:+.4f} [{mean - half:.4f}, {mean + half:.4f}]")


def differences(cells, figure, pairs, seed, sizes=SIZES):
    return [cells[arm, size, seed][figure] - cells[against, size, seed][figure] for arm, against in pairs for size in sizes]


def effects(cells):
    for figure in ("loss", "gradable", "FD"):
        every = [value for seed in SEEDS for value in differences(cells, figure, DENOISER, seed)]
        print(f"circuits in the denoiser, {figure}: higher in {sum(value > 0 for value in every)} of {len(every)} pairs")
        show("  mean of a seed's four pairs", [statistics.mean(differences(cells, figure, DENOISER, seed)) for seed in SEEDS])
        if figure != "loss":  # losses of unlike autoencoders are on scales of their own
            show(f"circuits in the autoencoder, {figure}", [statistics.mean(differences(cells, figure, AUTOENCODER, seed)) for seed in SEEDS])
        show(f"trained less random, {figure}", [statistics.mean(differences(cells, figure, (("quantum-denoiser", "frozen-denoiser"),), seed)) for seed in SEEDS])
        for arm in ("quantum-denoiser", "quantum"):
            if figure != "loss":
                few, many = ([differences(cells, figure, ((arm, "classical"),), seed, (size,))[0] for seed in SEEDS] for size in ("500", "all"))
                show(f"what 500 images change of {arm} less classical, {figure}", [one - other for one, other in zip(few, many)])
    show("equal-size less classical, loss, all", [differences(cells, "loss", (("equal-size", "classical"),), seed, ("all",))[0] for seed in SEEDS])
    show("classical, FD, 500 less all", [cells["classical", "500", seed]["FD"] - cells["classical", "all", seed]["FD"] for seed in SEEDS])
    both = [key for key in cells if key[1] == "all" and (key[0], "500", key[2]) in cells]
    print(f"FD lower on 500 in {sum(cells[arm, '500', seed]['FD'] < cells[arm, 'all', seed]['FD'] for arm, _, seed in both)} of {len(both)} pairs")


def others(cells):
    for arm in sorted({arm for arm, _, _ in cells}):
        for size in SIZES:
            losses = [cells[arm, size, seed]["loss"] for seed in SEEDS if (arm, size, seed) in cells]
            if losses:
                print(f"held-out loss of {arm}, {size}: {statistics.mean(losses):.4f} ({len(losses)} seeds)")
    for profile, scale in ((profile, scale) for profile in ("heavy-hex", "trapped-ion") for scale in (1, 4)):
        levels = [{(level["profile"], level["scale"]): level["distances"][0]["frechet"]["value"] for level in cells["quantum-denoiser", "all", seed]["cell"]["noise"]} for seed in SEEDS]
        show(f"{profile} x {scale} less ideal, FD", [level[profile, scale] - level["", 0] for level in levels])
    for space in ("FundusNet", "pixels"):
        near = [copy["below5"]["hits"] / copy["below5"]["total"] for entry in cells.values() for copy in entry["cell"]["copies"] if copy["space"] == space]
        print(f"nearest to training images by {space}: at most {max(near):.1%}")
    for name, chosen in (("larger-2x", lambda arm: arm == "larger-2x"), ("all others", lambda arm: arm != "larger-2x")):
        costs = [entry["cell"]["costs"] for (arm, _, _), entry in cells.items() if chosen(arm)]
        minutes = [(cost["autoencoder_seconds"] + cost["denoiser_seconds"]) / 60 for cost in costs]
        print(f"minutes of training, {name}: {min(minutes):.1f} to {max(minutes):.1f}, median {statistics.median(minutes):.1f}")
    tests = sorted((c["p_student"], q["title"], c["name"], c["size"]) for q in json.loads((HERE / "report.json").read_text())["questions"] for c in q["comparisons"] if c["p_student"] is not None)
    adjusted = 0.0
    for rank, (p, *what) in enumerate(tests[:4]):
        adjusted = max(adjusted, min(1, p * (len(tests) - rank)))
        print(f"Holm over all {len(tests)} tests: {adjusted:.3f} {what}")


def weights(path):
    with open(path, "rb") as file:
        header = json.loads(file.read(struct.unpack("<Q", file.read(8))[0]))
        data = file.read()
    return {name: array.array("f", data[slice(*entry["data_offsets"])]) for name, entry in header.items() if name.endswith(".conv2.weights")}


def angles(work):
    for size in SIZES:
        for seed in SEEDS:
            trained, frozen = (weights(work / f"{arm}-{size}-seed{seed}" / "run" / "denoiser.safetensors") for arm in ("quantum-denoiser", "frozen-denoiser"))
            moved = [one - other for name in trained for one, other in zip(trained[name], frozen[name])]
            print(f"angles, {size}, seed {seed}: {len(moved)}, moved by {math.sqrt(statistics.mean(value * value for value in moved)):.4f} rad (rms), at most {max(map(abs, moved)):.3f}")


if __name__ == "__main__":
    found = read()
    effects(found)
    others(found)
    if len(sys.argv) > 1:
        angles(pathlib.Path(sys.argv[1]))
