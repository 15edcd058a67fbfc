"""Trains, draws and judges every cell, and writes figures.json beside this file.

    python3 measure.py PROGRAM DATASET SQUEEZENET WORK SEED …    # an hour of one core a seed; what is in WORK is not done again

PROGRAM: Fovea.QcuNet.dll as built. DATASET: the photographs at 64 px, prepared as the page says. SQUEEZENET: squeezenet1_1_imagenet.safetensors.
"""
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
ARMS = ("Convolution", "Intended", "Frozen", "Published", "Cosines", "Untimed")
STEPS = 1000


def judged(dataset, cell, network, work):
    report = cell / "report.json"
    if not report.exists():
        subprocess.run(["fovea", "evaluate", "--real", dataset, "--generated", cell / "samples", "--features", "fundusnet", "--features", network,
                        "--out", work / "evaluation", "--downstream-steps", "0", "--two-sample-steps", "0", "--half-samples", "20", "--threads", "1",
                        "--no-photographs", "--force"], check=True, stdout=subprocess.DEVNULL)
        report.write_bytes((work / "evaluation" / "report.json").read_bytes())
    figures = json.loads(report.read_text())
    distances = {one["network"]["name"]: round(one["frechet"]["value"], 4) for one in figures["features"]}
    return {"distances": distances, "classAccuracy": round(figures["classes"]["generated"]["balanced_accuracy"]["value"], 4),
            "classAccuracyOfPhotographs": round(figures["classes"]["real"]["balanced_accuracy"]["value"], 4)}


def main():
    if len(sys.argv) < 6:
        sys.exit(__doc__)
    program, dataset, network, work, *seeds = sys.argv[1:]
    work = pathlib.Path(work)
    cells = []
    for seed in seeds:
        for arm in ARMS:
            subprocess.run(["dotnet", program, dataset, work, arm, seed, str(STEPS)], check=True)
            cell = work / f"{arm}-{seed}".lower()
            cells.append(json.loads((cell / "result.json").read_text()) | judged(dataset, cell, network, work))
    (HERE / "figures.json").write_text(json.dumps(cells, indent=1) + "\n")


main()
