"""Whether a person stays the same person: distances of identity embeddings (unit vectors)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from creator.training.evaluation.pictures import Floats


def area_under_curve(same: Floats, different: Floats) -> float:
    """Probability that a pair of pictures of one person is more alike than a pair of two people (ties count half)."""
    both = np.concatenate([same, different])
    order = np.argsort(both, kind="stable")
    ranks = np.empty(len(both))
    ranks[order] = np.arange(1, len(both) + 1)
    values, index, count = np.unique(both, return_inverse=True, return_counts=True)
    sums = np.zeros(len(values))
    np.add.at(sums, index, ranks)
    ranks = (sums / count)[index]
    return float((ranks[: len(same)].sum() - len(same) * (len(same) + 1) / 2) / (len(same) * len(different)))


def pair_likeness(embeddings: Floats, person: NDArray[np.int_]) -> tuple[Floats, Floats]:
    """Cosines of all pairs of one person, and of all pairs of two: embeddings (N, E), ``person`` (N,) their numbers."""
    cosine = embeddings @ embeddings.T
    upper = np.triu(np.ones(cosine.shape, bool), 1)
    alike = person[:, None] == person[None]
    return cosine[upper & alike], cosine[upper & ~alike]
