"""Skin detail: the CC0 atlases turned into relative maps without tone, painted hair or large baked light.

A map holds the logarithm of albedo over the face's mean, so that any two skins blend and any tone can be laid under.
"""

from __future__ import annotations

import numpy as np
import scipy.ndimage as ndimage
import torch

from creator.training.hair_strands import scalp_mask
from creator.training.head_assets import Floats, load_texture

WINDOW = (0.60, 0.14, 1.0, 0.84)  # u0, v0, u1, v1 (v from the bottom): head and neck
MAP_SIZE = (768, 480)  # rows, columns
LOG_RANGE = 1.28  # the map's 0..1 stands for -LOG_RANGE..LOG_RANGE
_LOW_KEPT = 0.5

# (darkness, sex, age) -> atlases, any of which is that kind of skin.
_ATLASES = {
    ("light", "female", "young"): ("young_lightskinned_female_diffuse2", "young_lightskinned_female_diffuse3"),
    ("light", "female", "middle"): ("middleage_lightskinned_female_diffuse2",),
    ("light", "female", "old"): ("old_lightskinned_female_diffuse",),
    ("light", "male", "young"): ("young_lightskinned_male_diffuse2", "young_lightskinned_male_diffuse"),
    ("light", "male", "middle"): ("middleage_lightskinned_male_diffuse", "middleage_lightskinned_male_diffuse2"),
    ("light", "male", "old"): ("old_lightskinned_male_diffuse2",),
    ("dark", "female", "young"): ("young_darkskinned_female_diffuse",),
    ("dark", "female", "middle"): ("middleage_darkskinned_female_diffuse",),
    ("dark", "female", "old"): ("old_darkskinned_female_diffuse",),
    ("dark", "male", "young"): ("young_darkskinned_male_diffuse",),
    ("dark", "male", "middle"): ("middleage_darkskinned_male_diffuse",),
    ("dark", "male", "old"): ("old_darkskinned_male_diffuse",),
}  # fmt: skip
AGE_KNOTS = (26.0, 48.0, 74.0)


def _window(image: np.ndarray) -> np.ndarray:
    size = image.shape[0]
    rows = slice(round((1 - WINDOW[3]) * size), round((1 - WINDOW[1]) * size))
    return image[rows, round(WINDOW[0] * size) : round(WINDOW[2] * size)]


def _resized(image: Floats) -> Floats:
    zoom = (MAP_SIZE[0] / image.shape[0], MAP_SIZE[1] / image.shape[1], 1)
    return ndimage.zoom(image, zoom, order=1)[: MAP_SIZE[0], : MAP_SIZE[1]]


def _relative_map(name: str, mask: Floats) -> Floats:
    """(H, W, 3) log albedo relative to the face's mean; flat where ``mask`` (H, W) says painted hair."""
    picture = load_texture(name, 1024)[..., :3].astype(np.float32) / 255
    linear = np.clip(_resized(_window(picture)), 0.02, 1) ** 2.2
    log = np.log(linear)
    h, w = MAP_SIZE
    face = log[int(0.34 * h) : int(0.66 * h), int(0.52 * w) : int(0.90 * w)]
    relative = log - np.median(face.reshape(-1, 3), axis=0)
    painted = ndimage.gaussian_filter(ndimage.maximum_filter(mask, 31), 7)
    skin = 1 - np.clip(painted * 1.1, 0, 1)[..., None]
    blurred = ndimage.gaussian_filter(relative * skin, (16, 16, 0))
    weight = ndimage.gaussian_filter(skin, (16, 16, 0))
    low = blurred / np.maximum(weight, 1e-3)
    relative = relative - (1 - _LOW_KEPT) * low.mean(-1, keepdims=True)
    fill = _LOW_KEPT * np.minimum(weight * 2, 1) * low
    return np.clip(skin * relative + (1 - skin) * fill, -LOG_RANGE, LOG_RANGE).astype(np.float32)


class SkinAtlas:
    """All relative maps; :meth:`blend` mixes a person's own."""

    def __init__(self) -> None:
        mask = _resized(_window(scalp_mask(1024))[..., None])[..., 0]
        self.mask = (np.clip(mask, 0, 1) * 255).astype(np.uint8)
        self.kinds = [(kind, i, len(names)) for kind, names in _ATLASES.items() for i in range(len(names))]
        maps = [_relative_map(name, mask) for names in _ATLASES.values() for name in names]
        self.maps = torch.from_numpy(np.stack(maps).reshape(len(maps), -1))

    def blend(self, tone: float, gender: float, age: float, variant: float) -> np.ndarray:
        """(H, W, 4) uint8: relative log albedo and, in alpha, the painted scalp. ``variant`` in 0..1 picks a skin."""
        dark = float(np.clip((tone - 5.0) / 3.0, 0, 1))
        knots = np.interp(age, AGE_KNOTS, (0.0, 1.0, 2.0))
        ages = {name: max(0.0, 1.0 - abs(knots - k)) for k, name in enumerate(("young", "middle", "old"))}
        weights = np.zeros(len(self.kinds), np.float32)
        for index, ((darkness, sex, stage), version, versions) in enumerate(self.kinds):
            weight = dark if darkness == "dark" else 1 - dark
            weight *= gender if sex == "male" else 1 - gender
            weight *= ages[stage]
            weights[index] = weight if versions == 1 else weight * (variant if version else 1 - variant)
        used = torch.from_numpy(np.flatnonzero(weights > 0.01))
        mixed = torch.from_numpy(weights)[used] @ self.maps[used]
        encoded = (mixed * (255 / (2 * LOG_RANGE)) + 128).clamp(0, 255).to(torch.uint8).reshape(*MAP_SIZE, 3)
        return np.concatenate([encoded.numpy(), self.mask[..., None]], -1)
