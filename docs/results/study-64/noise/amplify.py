"""Copies a run and multiplies what its mixers give on by a factor: python3 amplify.py RUN OUT FACTOR"""
import array
import json
import shutil
import struct
import sys
from pathlib import Path

if len(sys.argv) != 4:
    sys.exit(__doc__)
run, out, factor = Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])
out.mkdir(parents=True)
for name in ("autoencoder.safetensors", "config.toml", "data.json"):
    shutil.copy(run / name, out)
weights = bytearray((run / "denoiser.safetensors").read_bytes())
length = struct.unpack("<Q", weights[:8])[0]
for name, tensor in json.loads(weights[8 : 8 + length]).items():
    # The factor of each channel with which a mixer's numbers go back to it; its constant stays as it is.
    if name.endswith("conv2.expand.weight"):
        assert tensor["dtype"] == "F32"
        place = slice(*(8 + length + offset for offset in tensor["data_offsets"]))
        weights[place] = array.array("f", (factor * value for value in array.array("f", bytes(weights[place])))).tobytes()
(out / "denoiser.safetensors").write_bytes(weights)
