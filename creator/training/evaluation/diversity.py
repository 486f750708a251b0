"""Whether the generator makes as many different people as there are, and none that it learned by heart."""

from __future__ import annotations

import numpy as np
import torch

from creator.training.evaluation.pictures import Floats, Pixels, batches, floats

NEIGHBOURS = 5


def distances(first: Floats, second: Floats) -> Floats:
    """Euclidean distances ``(N, M)`` of two feature sets ``(N, F)`` and ``(M, F)``."""
    one, other = (torch.from_numpy(np.asarray(part, np.float64)) for part in (first, second))
    return torch.cdist(one, other).numpy()


def density_and_coverage(real: Floats, made: Floats, neighbours: int = NEIGHBOURS) -> tuple[float, float]:
    """Density (about 1 for equal distributions) and coverage (0..1) of ``made`` (M, F) against ``real`` (N, F).

    Around each real point lies a ball that reaches to its k-th real neighbour; density counts in how many balls the
    made points lie, coverage which balls hold one. Naeem et al. 2020, "Reliable fidelity and diversity metrics".
    """
    radius = np.sort(distances(real, real), 1)[:, neighbours]  # column 0 is the point itself
    inside = distances(real, made) <= radius[:, None]
    return float(inside.sum() / (neighbours * len(made))), float(inside.any(1).mean())


def nearest(features: Floats, others: Floats) -> Floats:
    """Distance ``(N,)`` of each point of ``features`` to the nearest of ``others``."""
    return distances(features, others).min(1)


def thumbnails(pixels: Pixels, size: int = 16) -> Floats:
    """Whole pictures as features ``(N, 4 size²)``: premultiplied RGBA at ``size`` pixels a side."""
    return np.concatenate([floats(pixels[rows], size).flatten(1).numpy() for rows in batches(len(pixels), 32)])
