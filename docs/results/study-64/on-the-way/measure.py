"""Held-out losses on the way of each training of a study, while its learning rate is at its peak: python3 measure.py STUDY. Writes losses.json beside this file.

STUDY: the folder of `fovea study run`, with what it keeps under work/."""
import json
import pathlib
import sys

if len(sys.argv) != 2:
    sys.exit(__doc__)
losses = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("work/*-all-seed*/run/metrics.jsonl")):
    rows = [row for row in map(json.loads, path.read_text().splitlines()) if row["stage"] == "denoiser"]
    peak = max(row["learning_rate"] for row in rows)
    arm, seed = path.parts[-3].split("-all-seed")
    losses.setdefault(arm, {})[seed] = {row["step"]: round(row["held_out_loss"], 5) for row in rows if "held_out_loss" in row and row["learning_rate"] == peak}
(pathlib.Path(__file__).parent / "losses.json").write_text(json.dumps(losses, indent=1) + "\n")
