"""The skin's grain: pores and the net of fine furrows between them as one tile, and the furrows of the lips."""

from __future__ import annotations

import numpy as np
import scipy.ndimage as ndimage
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from creator.training.assets.head_assets import Floats
from creator.training.skin.skin_layout import SkinLayout
from creator.training.skin.skin_zones import lip_mask, smooth_step

TILE = 256  # texels of the tile, which spans 128 texels of the head's map
_CELLS = 40  # across the tile
_LIP_DEPTH = 0.0042  # decimetres


def grain_tile(seed: int = 3) -> NDArray[np.uint8]:
    """(TILE, TILE, 4) uint8, periodic: slope right, slope down (128 is 0), cavity (0 is deep), mottling (128 is 0)."""
    random = np.random.RandomState(seed)
    step = TILE / _CELLS
    grid = np.stack(np.meshgrid(np.arange(_CELLS), np.arange(_CELLS)), -1).reshape(-1, 2)
    points = ((grid + 0.5 + random.uniform(-0.42, 0.42, grid.shape)) * step) % TILE
    tree = cKDTree(points, boxsize=TILE)
    texels = np.stack(np.meshgrid(np.arange(TILE) + 0.5, np.arange(TILE) + 0.5), -1).reshape(-1, 2)
    distance, index = tree.query(texels, k=2)
    furrow = np.exp(-(((distance[:, 1] - distance[:, 0]) / (0.24 * step)) ** 2))
    # A pore lies where furrows cross: at some points of a second, coarser pattern.
    pores = random.uniform(0, TILE, (520, 2))
    size, depth = random.uniform(0.16, 0.34, 520) * step, random.uniform(0.3, 1.0, 520)
    away, nearest = cKDTree(pores, boxsize=TILE).query(texels)
    pit = depth[nearest] * np.exp(-((away / (1.7 * size[nearest])) ** 2))
    bulge = random.uniform(0.0, 0.35, len(points))[index[:, 0]] * (1 - furrow)
    height = (bulge - 0.75 * furrow - 1.35 * pit).reshape(TILE, TILE)
    height = ndimage.gaussian_filter(height, 0.9, mode="wrap")
    right = 0.5 * (np.roll(height, -1, 1) - np.roll(height, 1, 1))
    down = 0.5 * (np.roll(height, -1, 0) - np.roll(height, 1, 0))
    scale = 40.0 / np.hypot(right, down).std()
    noise = sum(ndimage.gaussian_filter(random.standard_normal((TILE, TILE)), s, mode="wrap") * s for s in (3.0, 8.0))
    cavity = 225 + 60 * np.minimum(height - height.mean(), 0.5) / height.std()
    channels = [128 + right * scale, 128 + down * scale, cavity, 128 + 36 * noise / noise.std()]
    return np.clip(np.round(np.stack(channels, -1)), 0, 255).astype(np.uint8)


def lip_furrows(layout: SkinLayout, seed: int = 5) -> Floats:
    """Height (H, W) in decimetres of the lips' fine lines, which fan out from the line between them."""
    random = np.random.RandomState(seed)
    x, y = layout.across, layout.height
    from_middle = np.abs(y - 6.607)
    fan = x / (1.0 + 1.6 * from_middle / 0.1 * 0.35)
    places = np.linspace(-0.4, 0.4, 1024)
    lines = (
        ndimage.gaussian_filter1d(random.standard_normal(1024), 5.0) * 5.0
        + 0.6 * ndimage.gaussian_filter1d(random.standard_normal(1024), 2.5) * 3.5
    )
    # The two lips have their own lines.
    lower = np.roll(lines, 311)
    waver = 0.004 * np.sin(from_middle * 60 + 9 * x)
    value = np.where(y > 6.607, np.interp(fan + waver, places, lines), np.interp(fan + waver, places, lower))
    mask = ndimage.gaussian_filter(lip_mask(layout), 1.5)
    return (np.minimum(value, 0.8) * mask**2 * _LIP_DEPTH * 0.5).astype(np.float32)


def lip_shading(layout: SkinLayout) -> Floats:
    """Log albedo (H, W) of the lips: darker towards the line between them and in the corners, lighter below."""
    x, y = np.abs(layout.across), layout.height
    line = 6.607 + 0.006 * np.cos(x * 20)
    seam = np.exp(-(((y - line) / 0.022) ** 2))
    corner = smooth_step(0.20, 0.285, x)
    full = 0.11 * np.exp2(-((x / 0.15) ** 2 + ((y - 6.540) / 0.032) ** 2))
    return ((full - 0.16 * seam - 0.12 * corner) * ndimage.gaussian_filter(lip_mask(layout), 1.5)).astype(np.float32)
