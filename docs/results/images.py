"""The tables of images.md: python3 images.py NAME=FOLDER … gathers the figures of evaluations (report.json of each folder) in images.json; python3 images.py
prints the tables of images.json."""
import json
import pathlib
import sys

HERE = pathlib.Path(__file__).parent
KEPT = ["gradability", "two_sample", "features", "fundus", "memorisation", "classes", "settings"]
LONG = {"generated_hues", "real_hues", "generated_radial", "real_radial", "closest", "points", "distances", "subsets"}


def figures(value):
    """What is told in numbers, without long lists and without where files lay."""
    if isinstance(value, dict):
        return {key: figures(item) for key, item in value.items() if key not in LONG and key not in ("real", "training images") or isinstance(item, dict)}
    if isinstance(value, list):
        return [figures(item) for item in value]
    return float(f"{value:.6g}") if isinstance(value, float) else value


def gather(arguments):
    models = {}
    for argument in arguments:
        name, folder = argument.split("=", 1)
        report = json.loads((pathlib.Path(folder) / "report.json").read_text(encoding="utf-8"))
        models[name] = {"images": report["generated"]["images"], "photographs": report["real"]["images"], **{key: figures(report[key]) for key in KEPT}}
    (HERE / "images.json").write_text(json.dumps(models, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def within(figure, digits, scale=1, unit=""):
    low, high = figure["interval"]["low"], figure["interval"]["high"]
    return f"{scale * figure['value']:.{digits}f}{unit} [{scale * low:.{digits}f}, {scale * high:.{digits}f}]"


def share(figure):
    return within(figure, 1, 100, " %")


def both(name, of):
    def cell(model):
        found = next(item for item in model["features"] if item["network"]["name"] == name)["support_floor"]
        return f"{found['generated_' + of]['mean']:.2f} ({found['real_' + of]['mean']:.2f})"
    return cell


def distance(name, digits):
    def cell(model):
        found = next(item for item in model["features"] if item["network"]["name"] == name)
        return f"{within(found['frechet'], digits)}; {found['frechet_at_floor']:.{digits}f} ({found['frechet_floor']['mean']:.{digits}f})"
    return cell


def named(name):
    def cell(model):
        found = next(item for item in model["fundus"]["figures"] if item["name"] == name)
        return f"{found['generated_mean']:.3f} ({found['real_mean']:.3f}); {found['distance']['value']:.4f} ({found['floor']:.4f})"
    return cell


def near(model):
    return ", ".join(f"{100 * item['below_fifth']['share']:.1f}" for item in model["memorisation"]) + " %"


def member(model):
    return ", ".join(f"{item['membership']['area']:.3f}" for item in model["memorisation"])


def classes(model):
    found = model["classes"]
    return f"{within(found['generated']['balanced_accuracy'], 2)} ({found['real']['balanced_accuracy']['value']:.2f}); " \
        f"{found['generated']['rank_correlation']:.2f} ({found['real']['rank_correlation']:.2f})"


ROWS = [
    ("gradable", lambda m: share(m["gradability"]["generated"]["share"])),
    ("(photographs; reconstructions)", lambda m: f"({100 * m['gradability']['real']['share']['value']:.1f}; "
        f"{100 * m['gradability']['reconstructed']['share']['value']:.1f} %)"),
    ("told from photographs (other photographs)", lambda m: f"{share(m['two_sample']['generated'])} ({100 * m['two_sample']['real']['value']:.1f} %)"),
    ("FD(FundusNet); at 345 images a side (halves)", distance("FundusNet", 2)),
    ("FD(SqueezeNet); at 345 (halves)", distance("SqueezeNet", 0)),
    ("recall by FundusNet (halves)", both("FundusNet", "recall")),
    ("coverage by FundusNet (halves)", both("FundusNet", "coverage")),
    ("recall by SqueezeNet (halves)", both("SqueezeNet", "recall")),
    ("coverage by SqueezeNet (halves)", both("SqueezeNet", "coverage")),
    ("mean vesselness (photographs); distance (halves)", named("mean vesselness")),
    ("disc contrast (photographs); distance (halves)", named("disc contrast")),
    ("as near to a training image as the nearest 5 % of held-out ones", near),
    ("training images told from held-out ones, area", member),
    ("grades told right (photographs); rank correlation", classes),
]


def main():
    if sys.argv[1:]:
        gather(sys.argv[1:])
    models = json.loads((HERE / "images.json").read_text(encoding="utf-8"))
    print("| |", " | ".join(models), "|")
    print("| --- |", " | ".join("---" for _ in models), "|")
    for name, cell in ROWS:
        print(f"| {name} |", " | ".join(cell(model) for model in models.values()), "|")
    for name, model in models.items():
        print(f"\n{name}, share of images asked for as a grade (row) that are taken for it (column):")
        for kind in ("generated", "real"):
            for grade, counts in zip(model["classes"]["classes"], model["classes"][kind]["counts"]):
                print(kind, grade, sum(counts), [f"{100 * count / sum(counts):.0f}" for count in counts])


main()
