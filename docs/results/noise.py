"""Gradable images of a level of noise less those of the noiseless level, image by image: python3 noise.py NOISELESS.json LEVEL.json …

Files of `fovea grade FOLDER --json`. 95 % intervals over the pairs of images, which began from equal noise (1.96 standard errors).
"""
import json
import math
import sys

if len(sys.argv) < 3:
    sys.exit(__doc__)
noiseless, *levels = ([image["gradable"] for image in json.load(open(path, encoding="utf-8"))["images"]] for path in sys.argv[1:])
for path, level in zip(sys.argv[2:], levels):
    differences = [int(noisy) - int(clean) for noisy, clean in zip(level, noiseless, strict=True)]
    mean = sum(differences) / len(differences)
    error = math.sqrt(sum((value - mean) ** 2 for value in differences) / (len(differences) - 1) / len(differences))
    gained, lost = differences.count(1), differences.count(-1)
    print(f"{path}: {100 * mean:+.1f} points [{100 * (mean - 1.96 * error):.1f}, {100 * (mean + 1.96 * error):.1f}], {gained} gained and {lost} lost")
