"""Draws images with diffusers' UNet2DModel and the decoder of this folder: python sample.py [count] [class] [guidance]"""
import json
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from diffusers import UNet2DModel

FOLDER = Path(__file__).parent
MODEL = json.loads((FOLDER / "model.json").read_text(encoding="utf-8"))
UNET = UNet2DModel.from_pretrained(str(FOLDER), subfolder="unet", use_safetensors=True).eval()
DECODER = onnxruntime.InferenceSession(str(FOLDER / "decoder.onnx"))


@torch.no_grad()
def predict(latents, timestep, class_ids):
    labels = torch.from_numpy(class_ids) if MODEL["classes"] else None
    return UNET(torch.from_numpy(latents), timestep, class_labels=labels).sample.numpy().astype(np.float64)
