"""How near a picture comes to the render of the same person: errors by picture and region, and where features lie.

Every function compares pictures one by one: row i of the first with row i of the second.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from creator.training.evaluation.pictures import Floats, Pixels, batches, colours, floats, luma
from creator.training.renderer.people_renderer import MASK_NAMES

WHOLE = "whole"
SMALLEST_REGION = 40.0
"""Covered pixels below which a region of a picture is not measured."""
_SMALLEST_ERROR = 1e-8  # mean square: 80 dB, what equal pictures get
# Weights of the scales, finest first: Wang, Simoncelli and Bovik 2003, "Multiscale structural similarity".
_SCALES = (0.0448, 0.2856, 0.3001, 0.2363, 0.1333)
_WINDOW, _WINDOW_SIGMA = 11, 1.5
_SOFT_EDGE = (0.02, 0.98)  # alpha between is an edge


def region_weights(masks: NDArray[np.uint8]) -> dict[str, Floats]:
    """Shares of each pixel ``(N, S, S)``, 0..1, from the renderer's masks ``(N, S, S, 8)``; ``whole`` is everywhere."""
    shares = masks.astype(np.float32) / 255.0
    found: dict[str, Floats] = {WHOLE: np.ones(masks.shape[:3], np.float32)}
    return found | {name: shares[..., index] for index, name in enumerate(MASK_NAMES)}


def psnr(square: Floats) -> Floats:
    """Decibels of mean squares of errors of values 0..1; equal pictures have 80."""
    return -10.0 * np.log10(np.maximum(np.asarray(square, np.float64), _SMALLEST_ERROR))


def weighted_psnr(first: Pixels, second: Pixels, weights: Mapping[str, Floats]) -> dict[str, Floats]:
    """PSNR in dB over mid grey, by region and picture ``(N,)``; NaN where a region hardly shows."""
    found: dict[str, list[Floats]] = {name: [] for name in weights}
    for rows in batches(len(first)):
        square = (colours(first[rows]) - colours(second[rows])).square().mean(1).numpy()
        for name, weight in weights.items():
            covered = weight[rows].sum((1, 2))
            mean = (square * weight[rows]).sum((1, 2)) / np.maximum(covered, 1e-9)
            found[name].append(np.where(covered >= SMALLEST_REGION, psnr(mean), np.nan))
    return {name: np.concatenate(parts) for name, parts in found.items()}


def structural_similarity(first: Pixels, second: Pixels, weights: Mapping[str, Floats]) -> dict[str, Floats]:
    """MS-SSIM of luma by region and picture ``(N,)``, up to 1; NaN where a region hardly shows.

    Contrast and structure of each scale are averaged over the region; pictures of 128 pixels have one scale fewer.
    """
    found: dict[str, list[Floats]] = {name: [] for name in weights}
    for rows in batches(len(first)):
        maps = _similarity_maps(luma(first[rows]), luma(second[rows]))
        for name, weight in weights.items():
            region = torch.from_numpy(weight[rows]).unsqueeze(1)
            covered = region.sum((1, 2, 3))
            product = torch.ones(len(region))
            for scale, (contrast, brightness) in enumerate(maps):
                likeness = contrast * brightness if scale == len(maps) - 1 else contrast
                total = region.sum((1, 2, 3)).clamp_min(1e-9)
                mean = ((likeness * region).sum((1, 2, 3)) / total).clamp_min(0.0)
                product = product * mean ** (_SCALES[scale] / sum(_SCALES[: len(maps)]))
                region = functional.avg_pool2d(region, 2)
            found[name].append(torch.where(covered >= SMALLEST_REGION, product, torch.nan).numpy())
    return {name: np.concatenate(parts) for name, parts in found.items()}


def _similarity_maps(first: Tensor, second: Tensor) -> list[tuple[Tensor, Tensor]]:
    """Contrast times structure, and brightness, ``(B, 1, S, S)`` at each scale, finest first."""
    offsets = torch.arange(_WINDOW, dtype=torch.float32) - _WINDOW // 2
    line = torch.exp(-0.5 * (offsets / _WINDOW_SIGMA) ** 2)
    line = (line / line.sum()).view(1, 1, 1, -1)

    def local(x: Tensor) -> Tensor:
        padded = functional.pad(x, (_WINDOW // 2,) * 4, mode="reflect")
        return functional.conv2d(functional.conv2d(padded, line), line.transpose(2, 3))

    found = []
    for _ in _SCALES:
        if first.shape[-1] < _WINDOW:
            break
        mean_a, mean_b = local(first), local(second)
        variance_a = (local(first * first) - mean_a * mean_a).clamp_min(0.0)
        variance_b = (local(second * second) - mean_b * mean_b).clamp_min(0.0)
        covariance = local(first * second) - mean_a * mean_b
        contrast = (2 * covariance + 9e-4) / (variance_a + variance_b + 9e-4)
        brightness = (2 * mean_a * mean_b + 1e-4) / (mean_a * mean_a + mean_b * mean_b + 1e-4)
        found.append((contrast, brightness))
        first, second = functional.avg_pool2d(first, 2), functional.avg_pool2d(second, 2)
    return found


def alpha_errors(first: Pixels, second: Pixels) -> tuple[Floats, Floats]:
    """Mean absolute error of alpha by picture ``(N,)``, 0..1: everywhere, and where the second's edges are."""
    everywhere, edges = [], []
    for rows in batches(len(first)):
        truth = floats(second[rows])[:, 3]
        error = (floats(first[rows])[:, 3] - truth).abs()
        edge = ((truth > _SOFT_EDGE[0]) & (truth < _SOFT_EDGE[1])).float()
        everywhere.append(error.mean((1, 2)).numpy())
        edges.append(((error * edge).sum((1, 2)) / edge.sum((1, 2)).clamp_min(1.0)).numpy())
    return np.concatenate(everywhere), np.concatenate(edges)


@dataclass(frozen=True)
class LandmarkSearch:
    """How landmarks are found again: the patch around each, ``2 radius + 1`` pixels wide, is sought up to ``reach``
    pixels away. Points that face the camera less than ``facing`` (a cosine), or whose patch is flatter than
    ``contrast`` (standard deviation of luma), are left out."""

    radius: int = 7
    reach: int = 6
    facing: float = 0.35
    contrast: float = 0.03


def landmark_errors(
    first: Pixels, second: Pixels, xy: Floats, cosine: Floats, search: LandmarkSearch | None = None
) -> Floats:
    """How far each landmark of the second picture lies in the first from where it should, in pixels ``(N, K)``.

    ``xy`` (N, K, 2) in pixels and ``cosine`` (N, K) as the renderer gives them. The patch around a landmark is sought
    by normalised cross-correlation to a part of a pixel; NaN where there is nothing to seek.
    """
    search = search or LandmarkSearch()
    found = np.full(cosine.shape, np.nan, np.float32)
    for index in range(len(first)):
        side = first.shape[1]
        border = search.radius + search.reach + 1
        place = np.floor(xy[index]).astype(int)
        chosen = np.flatnonzero(
            (cosine[index] > search.facing) & (place >= border).all(1) & (place < side - border).all(1)
        )
        if len(chosen):
            found[index, chosen] = _displacements(
                luma(first[index : index + 1])[0, 0], luma(second[index : index + 1])[0, 0], place[chosen], search
            )
    return found


def _displacements(first: Tensor, second: Tensor, place: NDArray[np.int_], search: LandmarkSearch) -> Floats:
    radius, reach = search.radius, search.reach
    wide, tall = 2 * radius + 1, 2 * (radius + reach) + 1

    def cut(picture: Tensor, size: int) -> Tensor:
        half = size // 2
        return torch.stack([picture[y - half : y + half + 1, x - half : x + half + 1] for x, y in place.tolist()])

    patch = cut(second, wide).flatten(1)
    spread = patch.std(1, unbiased=False)
    patch = (patch - patch.mean(1, keepdim=True)) / (spread * wide).clamp_min(1e-6).unsqueeze(1)
    windows = cut(first, tall).unsqueeze(1)
    seen = functional.unfold(windows, wide)  # (K, wide * wide, steps * steps)
    seen = seen - seen.mean(1, keepdim=True)
    likeness = torch.einsum("kp,kps->ks", patch, seen) / seen.norm(dim=1).clamp_min(1e-6)
    steps = 2 * reach + 1
    likeness = likeness.view(-1, steps, steps)
    best = likeness.flatten(1).argmax(1)
    row, column = best // steps, best % steps
    index = torch.arange(len(best))

    def refined(before: Tensor, peak: Tensor, after: Tensor) -> Tensor:
        """Where the parabola through three neighbours has its top, -0.5..0.5."""
        bend = before - 2 * peak + after
        return torch.where(bend < -1e-6, 0.5 * (before - after) / bend, 0.0).clamp(-0.5, 0.5)

    def at(y: Tensor, x: Tensor) -> Tensor:
        return likeness[index, y.clamp(0, steps - 1), x.clamp(0, steps - 1)]

    peak = at(row, column)
    dx = column - reach + refined(at(row, column - 1), peak, at(row, column + 1))
    dy = row - reach + refined(at(row - 1, column), peak, at(row + 1, column))
    return torch.where(spread >= search.contrast, torch.hypot(dx, dy), torch.nan).numpy()
