"""Whether the picture shows what was asked for, and nothing else: by an independent reader of pictures.

A reader's output is a matrix with a block of columns for each attribute: one for a slider (in standard deviations of
the training people), two for a hue (cosine and sine), one logit for each choice.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from creator.training.evaluation.pictures import Floats

FEWEST = 12
"""Pictures that must show an attribute for it to be scored."""
READABLE = 0.3
"""R2 on renders from which on an attribute counts in shares of that R2: below, the reader hardly sees it itself."""

Kind = Literal["slider", "hue", "choice"]


@dataclass(frozen=True)
class Block:
    """The columns of one attribute."""

    kind: Kind
    columns: slice


Layout = Mapping[str, Block]


@dataclass(frozen=True)
class Score:
    """How well one attribute is read. Sliders and hues: ``r2`` (1 is perfect, 0 no better than the mean), ``error`` the
    mean absolute error in standard deviations (hues: length of the error on the unit circle). Choices: ``accuracy``."""

    r2: float | None = None
    error: float | None = None
    accuracy: float | None = None

    @property
    def value(self) -> float:
        """R2 or accuracy."""
        return float(self.accuracy if self.accuracy is not None else self.r2 or 0.0)


def scores(read: Floats, truth: Floats, visible: Mapping[str, NDArray[np.bool_]], layout: Layout) -> dict[str, Score]:
    """Score of each attribute whose ``visible`` (N,) says that at least 12 pictures show it; ``read`` and ``truth``
    (N, D), choices in ``truth`` one-hot."""
    found = {}
    for name, block in layout.items():
        rows = visible[name]
        if rows.sum() < FEWEST:
            continue
        seen, true = read[rows, block.columns], truth[rows, block.columns]
        if block.kind == "choice":
            found[name] = Score(accuracy=float((seen.argmax(1) == true.argmax(1)).mean()))
        else:
            left = float(((seen - true) ** 2).sum())
            spread = float(((true - true.mean(0)) ** 2).sum())
            error = float(np.linalg.norm(seen - true, axis=1).mean())
            found[name] = Score(r2=1.0 - left / max(spread, 1e-9), error=error)
    return found


def share_of_ceiling(made: Mapping[str, Score], ceiling: Mapping[str, Score]) -> dict[str, float]:
    """R2 over the R2 on renders, of the sliders and hues that the reader reads on renders."""
    found = {}
    for name, best in ceiling.items():
        if best.r2 is not None and best.r2 >= READABLE and name in made:
            found[name] = made[name].value / best.r2
    return found


def reading_changes(before: Floats, after: Floats, layout: Layout) -> Floats:
    """How each attribute's reading changes ``(N, A)``: sliders in standard deviations, signed; hues on the unit circle;
    choices as the part of the probability that moves (0..1)."""
    columns = []
    for block in layout.values():
        one, other = before[:, block.columns], after[:, block.columns]
        if block.kind == "slider":
            columns.append((other - one)[:, 0])
        elif block.kind == "hue":
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
