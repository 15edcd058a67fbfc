"""Draws images with the networks of this folder by ONNX Runtime: python sample.py [count] [class] [guidance]"""
import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime

FOLDER = Path(__file__).parent
MODEL = json.loads((FOLDER / "model.json").read_text(encoding="utf-8"))
DENOISER = onnxruntime.InferenceSession(str(FOLDER / "denoiser.onnx"))
DECODER = onnxruntime.InferenceSession(str(FOLDER / "decoder.onnx"))


def predict(latents, timestep, class_ids):
    count, size = len(latents), MODEL["size"]
    inputs = {"latents": latents, "timesteps": np.full(count, timestep, dtype=np.int64)}
    if MODEL["classes"]:
        inputs["class_ids"] = class_ids
    if MODEL["masks"]:  # zeros: no mask
        inputs["masks"] = np.zeros((count, len(MODEL["masks"]) + 1, size, size), dtype=np.float32)
    return DENOISER.run(["prediction"], inputs)[0].astype(np.float64)
