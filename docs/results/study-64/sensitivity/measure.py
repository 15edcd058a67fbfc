"""Judges the cells of a study again, in other ways, and writes figures.json beside this file.

    python3 measure.py STUDY PHOTOGRAPHS SQUEEZENET WORK    # an hour and a half of one core; what is in WORK is not done again

STUDY: the folder of the converged study, with its work in it. PHOTOGRAPHS: the folder with the photographs and their manifest.csv.
SQUEEZENET: squeezenet1_1_imagenet.safetensors. WORK: a folder for datasets, reports and tables, with graded-64 in it: the graders' photographs.
"""
import csv
import json
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).parent
SOURCES = ("odir5k", "eyepacs", "idrid")
THRESHOLDS = (0.3, 0.5, 0.7)


def fovea(*words):
    subprocess.run(["fovea", *map(str, words)], check=True, stdout=subprocess.DEVNULL)


def dataset(work, photographs, left_out):
    out = work / (f"without-{left_out}" if left_out else "apart")
    if not out.exists():
        where = ("--where", f"dataset!={left_out}") if left_out else ()
        fovea("prepare", photographs, "--out", out, "--size", 64, "--labels", photographs / "manifest.csv", "--label-column", "dr_grade",
              "--patient-column", "patient", "--split-column", "split", "--apart-from", work / "graded-64", *where)
    return out


def distances(work, study, data, network):
    figures = {}
    for cell in sorted((study / "work").glob("*-seed*")):
        report = work / f"{data.name}.json" / f"{cell.name}.json"
        if not report.exists():
            fovea("evaluate", "--real", data, "--generated", cell / "samples", "--features", "fundusnet", "--features", network, "--out", work / "evaluation",
                  "--downstream-steps", 0, "--two-sample-steps", 0, "--half-samples", 20, "--threads", 1, "--no-photographs", "--force")
            report.parent.mkdir(exist_ok=True)
            report.write_bytes((work / "evaluation" / "report.json").read_bytes())
        figures[cell.name] = {
            judged["network"]["name"]: {"FD": judged["frechet"]["value"], **{name: judged[name]["value"] for name in ("precision", "recall", "coverage")}}
            for judged in json.loads(report.read_text())["features"]
        }
    return figures


def losses(work, study, data):
    table = work / "losses.csv"
    if not table.exists():
        runs = [str(cell / "run") for cell in sorted((study / "work").glob("*-seed*"))]
        subprocess.run(["dotnet", "run", str(HERE / "losses.cs"), "--", str(data), str(table), *runs], check=True)
    rows = list(csv.DictReader(table.open()))
    kept = {"all": rows} | {f"without {left_out}": [row for row in rows if not row["file"].startswith(left_out)] for left_out in SOURCES}
    cells = [name for name in rows[0] if name != "file"]
    return {
        "photographs": {name: len(some) for name, some in kept.items()},
        "means": {cell: {name: round(sum(float(row[cell]) for row in some) / len(some), 6) for name, some in kept.items()} for cell in cells},
    }


def gradable(work, study):
    shares = {}
    for cell in sorted((study / "work").glob("*-seed*")):
        table = work / "grades" / f"{cell.name}.csv"
        if not table.exists():
            table.parent.mkdir(exist_ok=True)
            fovea("grade", cell / "samples", "--out", table, "--threads", 1)
        readable = [1 - float(row["reject"]) for row in csv.DictReader(table.open())]
        shares[cell.name] = {str(least): sum(value >= least for value in readable) / len(readable) for least in THRESHOLDS}
    return shares


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    study, photographs, network, work = map(pathlib.Path, sys.argv[1:])
    # Four fifths of the photographs are of one source; without the others little changes.
    sets = {f"without {left_out}" if left_out else "all": dataset(work, photographs, left_out) for left_out in (None, SOURCES[0])}
    figures = {
        "losses": losses(work, study, sets["all"]),
        "gradable": gradable(work, study),
        "distances": {name: distances(work, study, data, network) for name, data in sets.items()},
    }
    (HERE / "figures.json").write_text(json.dumps(figures, indent=1) + "\n")


main()
