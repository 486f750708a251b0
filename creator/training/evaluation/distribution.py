"""How alike two sets of pictures are as sets, whoever is on them: distances that are 0 for equal distributions."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from creator.training.evaluation.pictures import LUMA, Floats, Pixels, batches, colours

_COARSEST = 16
_PATCH = 7
_PATCHES = 64  # of a picture and level
_DIRECTIONS = 256
_WAVELET_LEVELS = 3
_WAVELET_CELLS = 4  # a side


def laplacian_pyramid(pictures: Tensor) -> list[Tensor]:
    """``(B, C, S, S)`` as band-pass pictures from S down to 32 pixels a side, then the rest at 16."""
    levels = []
    while pictures.shape[-1] > _COARSEST:
        half = functional.avg_pool2d(pictures, 2)
        again = functional.interpolate(half, scale_factor=2.0, mode="bilinear", align_corners=False)
        levels.append(pictures - again)
        pictures = half
    return [*levels, pictures]


def pyramid_patches(pixels: Pixels, seed: int = 0) -> dict[int, Floats]:
    """By side of the level: ``(64 N, 147)`` patches of 7 x 7 pixels in three colours, from the same random places for
    every set of as many pictures. Karras et al. 2018, "Progressive growing of GANs", section 5."""
    random = np.random.default_rng(seed)
    found: dict[int, list[Floats]] = {}
    for rows in batches(len(pixels), 16):
        for level in laplacian_pyramid(colours(pixels[rows])):
            side = level.shape[-1]
            y, x = random.integers(0, side - _PATCH + 1, (2, len(level), _PATCHES))
            offsets = np.arange(_PATCH)
            picture = np.arange(len(level))[:, None, None, None]
            patches = level.permute(0, 2, 3, 1).numpy()[
                picture, (y[..., None] + offsets)[..., None], (x[..., None] + offsets)[..., None, :]
            ]
            found.setdefault(side, []).append(patches.reshape(-1, _PATCH * _PATCH * level.shape[1]))
    return {side: np.concatenate(parts) for side, parts in found.items()}


def sliced_wasserstein(first: Floats, second: Floats, seed: int = 0) -> float:
    """Mean Wasserstein-1 distance of 256 random projections of two point sets ``(N, F)`` of as many points, in units of
    the second set's spread. Rabin et al. 2011, "Wasserstein barycenter and its application to texture mixing"."""
    if len(first) != len(second):
        raise ValueError(f"the sets have {len(first)} and {len(second)} points; take as many of both")
    spread = max(float(second.std()), 1e-9)
    directions = np.random.default_rng(seed).standard_normal((second.shape[1], _DIRECTIONS)).astype(np.float32)
    directions /= np.linalg.norm(directions, axis=0)
    one, other = (torch.from_numpy(np.asarray(part, np.float32)) @ torch.from_numpy(directions) for part in
                  (first, second))  # fmt: skip
    return float((one.sort(0).values - other.sort(0).values).abs().mean()) / spread


def kernel_distance(first: Floats, second: Floats) -> float:
    """Unbiased squared maximum mean discrepancy of two feature sets ``(N, F)``, kernel ``(x y / F + 1)^3``.

    About 0, also below it, for equal distributions. Bińkowski et al. 2018, "Demystifying MMD GANs".
    """
    one, other = np.asarray(first, np.float64), np.asarray(second, np.float64)

    def kernel(a: Floats, b: Floats) -> Floats:
        return (a @ b.T / a.shape[1] + 1.0) ** 3

    def off_diagonal(k: Floats) -> float:
        return float((k.sum() - np.trace(k)) / (len(k) * (len(k) - 1)))

    within = off_diagonal(kernel(one, one)) + off_diagonal(kernel(other, other))
    return within - 2.0 * float(kernel(one, other).mean())


def wavelet_features(pixels: Pixels) -> Floats:
    """``(N, 144)``: log energy of the Haar wavelets of luma in three octaves and orientations, in 4 x 4 parts of the
    picture: how much fine detail lies where."""
    weights = torch.tensor(LUMA).view(1, 3, 1, 1)
    found = []
    for rows in batches(len(pixels), 16):
        low = (colours(pixels[rows]) * weights).sum(1, keepdim=True)
        columns = []
        for _ in range(_WAVELET_LEVELS):
            a, b, c, d = low[..., ::2, ::2], low[..., ::2, 1::2], low[..., 1::2, ::2], low[..., 1::2, 1::2]
            bands = torch.cat([a - b + c - d, a + b - c - d, a - b - c + d], 1) / 2
            energy = functional.adaptive_avg_pool2d(bands.square(), _WAVELET_CELLS)
            columns.append(torch.log(energy + 1e-6).flatten(1))
            low = (a + b + c + d) / 4
        found.append(torch.cat(columns, 1).numpy())
    return np.concatenate(found)


def standardised(features: Floats, reference: Floats) -> Floats:
    """``features`` (N, F) with the mean and the spread of ``reference`` (M, F) taken out."""
    return (features - reference.mean(0)) / np.maximum(reference.std(0), 1e-6)
