"""How much of the finest detail pictures have: python3 detail.py SOURCE … with folders of PNG files as fovea writes them, or datasets (their held-out images).

The mean squared difference within blocks of 2 × 2 pixels, grey levels² of the green channel: the mean square of the three ways in which a block's pixels
differ, each over four, of blocks whose centre is within 0.42 of the side from the middle. Medians of some sixty pictures spread over each source.
"""
import csv
import pathlib
import struct
import sys
import zlib

SOME = 60


def read_png(path):
    """The green channel, a list a row, of 8-bit RGB without interlacing."""
    data, at, packed = path.read_bytes(), 8, b""
    while at < len(data):
        length, kind = struct.unpack(">I4s", data[at:at + 8])
        body = data[at + 8:at + 8 + length]
        at += 12 + length
        if kind == b"IHDR":
            width, height, depth, colour = struct.unpack(">IIBB", body[:10])
            if (depth, colour) != (8, 2):
                sys.exit(f"{path}: is no 8-bit RGB picture")
        elif kind == b"IDAT":
            packed += body
    raw, stride = zlib.decompress(packed), 3 * width
    above, rows = bytearray(stride), []
    for y in range(height):
        kind, row = raw[y * (stride + 1)], bytearray(raw[y * (stride + 1) + 1:(y + 1) * (stride + 1)])
        for x in range(stride):
            left, corner = (row[x - 3], above[x - 3]) if x >= 3 else (0, 0)
            row[x] = (row[x] + predicted(kind, left, above[x], corner)) & 255
        above = row
        rows.append(list(row[1::3]))
    return rows


def predicted(kind, left, up, corner):
    if kind != 4:
        return (0, left, up, (left + up) // 2)[kind]
    guess = left + up - corner
    return min((left, up, corner), key=lambda value: abs(guess - value))


def read_dataset(folder):
    with open(folder / "manifest.csv", newline="") as table:
        held = [int(row["index"]) for row in csv.DictReader(table) if row["split"] == "val"]
    with open(folder / "images.npy", "rb") as images:
        images.seek(8)
        header, = struct.unpack("<H", images.read(2))
        side = int(images.read(header).decode().split("'shape': (")[1].split(",")[1])
        for index in spread(held):
            images.seek(10 + header + index * 3 * side * side)
            pixels = images.read(3 * side * side)
            yield [list(pixels[3 * side * y + 1:3 * side * (y + 1):3]) for y in range(side)]


def spread(items):
    return items[::max(1, len(items) // SOME)]


def detail(rows):
    half, total, blocks = len(rows) // 2, 0, 0
    for y in range(half):
        for x in range(half):
            if ((x + 0.5) / half - 0.5) ** 2 + ((y + 0.5) / half - 0.5) ** 2 < 0.42 ** 2:
                a, b, c, d = *rows[2 * y][2 * x:2 * x + 2], *rows[2 * y + 1][2 * x:2 * x + 2]
                total += ((a + b - c - d) ** 2 + (a - b + c - d) ** 2 + (a - b - c + d) ** 2) / 16
                blocks += 1
    return total / blocks


if len(sys.argv) < 2:
    sys.exit(__doc__)
for source in map(pathlib.Path, sys.argv[1:]):
    pictures = read_dataset(source) if (source / "images.npy").exists() else map(read_png, spread(sorted(source.rglob("[0-9]*.png"))))
    each = sorted(map(detail, pictures))
    print(f"{source}: {each[len(each) // 2]:.2f} ({len(each)} pictures)")
