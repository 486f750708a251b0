"""Whether a slider moves the picture evenly."""

from __future__ import annotations

import numpy as np

from creator.training.evaluation.pictures import Floats, Pixels, batches, colours

STILL = 0.02
"""Steps, in 1/255, below which a sweep shows nothing and has no ratio."""


def step_sizes(pixels: Pixels) -> Floats:
    """Mean absolute difference ``(N - 1,)``, in 1/255 over mid grey, of each picture of a sweep to the next."""
    found = []
    for rows in batches(len(pixels) - 1):
        pair = colours(pixels[rows.start : rows.stop + 1])
        found.append((pair[1:] - pair[:-1]).abs().mean((1, 2, 3)).numpy() * 255.0)
    return np.concatenate(found)


def largest_over_median(steps: Floats) -> float:
    """The largest step over the median one; NaN if the attribute hardly shows."""
    middle = float(np.median(steps))
    return float(steps.max()) / middle if middle > STILL else float("nan")
