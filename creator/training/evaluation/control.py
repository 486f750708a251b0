"""Whether the picture shows what was asked for, and nothing else: by an independent reader of pictures.

A reader's output (see :mod:`creator.training.readers.reader_targets`) has columns for each attribute: one for a slider,
in standard deviations of the people it learned from; cosine and sine of a hue; a logit for each choice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from creator.training.evaluation.pictures import Floats
from creator.training.readers.reader_targets import ReaderTargets, reading_scores

FEWEST = 12
"""Pictures that must show an attribute for it to be scored."""
READABLE = 0.3
"""R2 on renders from which on an attribute counts in shares of that R2: below, the reader hardly sees it itself."""


@dataclass(frozen=True)
class Score:
    """How well one attribute is read. Sliders and hues: ``r2`` (1 is perfect, 0 no better than the mean); sliders also
    ``error``, the mean absolute one in standard deviations. Choices: ``accuracy``."""

    r2: float | None = None
    error: float | None = None
    accuracy: float | None = None


def scores(targets: ReaderTargets, read: Floats, truth: Floats, shown: NDArray[np.bool_]) -> dict[str, Score]:
    """Score of each attribute that at least 12 pictures show: ``read`` and ``truth`` (N, D), choices in ``truth``
    one-hot, ``shown`` bool (N, attributes)."""
    found = reading_scores(targets, *(torch.from_numpy(np.asarray(part)) for part in (read, truth, shown)))
    return {
        name: Score(entry.get("r2"), entry.get("mae"), entry.get("accuracy"))
        for name, entry in found.items()
        if entry["people"] >= FEWEST
    }


def share_of_ceiling(made: Mapping[str, Score], ceiling: Mapping[str, Score]) -> dict[str, float]:
    """R2 over the R2 on renders, of the sliders and hues that the reader reads on renders."""
    found = {}
    for name, best in ceiling.items():
        score = made.get(name, Score())
        if best.r2 is not None and best.r2 >= READABLE and score.r2 is not None:
            found[name] = score.r2 / best.r2
    return found


def reading_changes(targets: ReaderTargets, before: Floats, after: Floats) -> Floats:
    """How each attribute's reading changes ``(N, A)``: sliders in standard deviations, signed; hues on the unit circle;
    choices as the part of the probability that moves (0..1)."""
    columns = []
    for name, at in targets.columns.items():
        one, other = before[:, at], after[:, at]
        if targets.kinds[name] == "slider":
            columns.append((other - one)[:, 0])
        elif targets.kinds[name] == "hue":
            columns.append(np.linalg.norm(other - one, axis=1))
        else:
            columns.append(0.5 * np.abs(_probabilities(other) - _probabilities(one)).sum(1))
    return np.stack(columns, 1)


def _probabilities(logits: Floats) -> Floats:
    power = np.exp(logits - logits.max(1, keepdims=True))
    return power / power.sum(1, keepdims=True)


def change_matrix(edited: Sequence[str], changes: Floats, names: Sequence[str]) -> Floats:
    """Mean absolute change ``(A, A)``: row, which attribute was edited; column, which was read. ``edited`` (N) names
    the edit behind each row of ``changes`` (N, A). NaN where an attribute was not edited."""
    who = np.array(edited)
    matrix = np.full((len(names), len(names)), np.nan)
    for row, name in enumerate(names):
        if (who == name).any():
            matrix[row] = np.abs(changes[who == name]).mean(0)
    return matrix


def off_diagonal(matrix: Floats) -> Floats:
    """Mean of each row ``(A,)`` without the attribute itself: what else changed."""
    apart = ~np.eye(len(matrix), dtype=bool)
    return np.array([row[keep].mean() for row, keep in zip(matrix, apart, strict=True)])


def group_matrix(matrix: Floats, groups: Sequence[str]) -> tuple[list[str], Floats]:
    """The matrix's means by group of attributes, without the diagonal; ``groups`` (A) names the group of each."""
    names = list(dict.fromkeys(groups))
    who = np.array(groups)
    apart = np.where(np.eye(len(matrix), dtype=bool), np.nan, matrix)
    found = np.full((len(names), len(names)), np.nan)
    for i, one in enumerate(names):
        for j, other in enumerate(names):
            part = apart[np.ix_(who == one, who == other)]
            if np.isfinite(part).any():
                found[i, j] = np.nanmean(part)
    return names, found


def agreement(made: Floats, true: Floats) -> tuple[float, float]:
    """Cosine between the generator's change of a picture and the render's (1: the same change), and its strength over
    the render's: both changes (...), signed. The cosine is 0 if either hardly changes."""
    one, other = made.ravel().astype(np.float64), true.ravel().astype(np.float64)
    length, target = float(np.linalg.norm(one)), float(np.linalg.norm(other))
    if length < 1e-6 or target < 1e-6:
        return 0.0, 0.0
    return float(one @ other) / (length * target), length / target
