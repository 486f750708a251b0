"""Who in a cast could be mistaken for whom: by an identity embedding where there is one, else by the attributes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creator.attributes import Attribute, AttributeSchema
from creator.character import Character

ALIKE_BELOW = 0.75
"""Attribute distance of a pair worth a warning. Of 20,000 random pairs the nearest lie at 0.8, the median at 1.4."""

MAXIMUM_PAIRS = 200

_PASSING_GROUPS = ("Expression", "Action units", "View", "Light", "Clothes", "Background")
_PASSING = ("gaze_x", "gaze_y", "pupil_size", "eye_makeup", "lip_colour", "blush")
_OTHER_CHOICE = 1.5  # what another hair style or beard counts, in spreads
_OTHER_SEED = 0.5  # all that the attributes do not say
_LARGEST = 3.0  # spreads: a difference in one place does not outweigh all else
_BLOCK = 256


@dataclass(frozen=True)
class LookAlike:
    """Positions of two characters, ``first < second``, and their distance (smaller: more alike)."""

    first: int
    second: int
    distance: float


def look_alikes(
    characters: Sequence[Character], schema: AttributeSchema, below: float = ALIKE_BELOW
) -> tuple[LookAlike, ...]:
    """Pairs whose attributes differ less than ``below``, the most alike first; at most 200.

    The distance is the root mean square, over the attributes that make a person, of differences in spreads of random
    people. Expression, pose, light, clothes and make-up do not count.
    """
    lasting = [a for a in schema.attributes if a.group not in _PASSING_GROUPS and a.name not in _PASSING]
    numbers = [a for a in lasting if a.kind == "continuous"]
    choices = [a for a in lasting if a.kind == "choice"]
    if len(characters) < 2 or not lasting:
        return ()
    values = np.array([[float(c.values.get(a.name, a.default)) / _spread(a) for a in numbers] for c in characters])
    codes = np.array([[a.choices.index(str(c.values.get(a.name, a.default))) for a in choices] for c in characters])
    seeds = np.array([c.seed for c in characters], np.uint64)

    def distances(start: int) -> NDArray[np.float64]:
        rows = slice(start, start + _BLOCK)
        total = np.zeros((len(values[rows]), len(characters)))
        for column in range(len(numbers)):
            difference = np.abs(values[rows, column, None] - values[None, :, column])
            total += np.minimum(difference, _LARGEST) ** 2
        for column in range(len(choices)):
            total += _OTHER_CHOICE**2 * (codes[rows, column, None] != codes[None, :, column])
        total = total / len(lasting) + _OTHER_SEED**2 * (seeds[rows, None] != seeds[None, :])
        return np.sqrt(total)

    return _pairs(len(characters), distances, below)


def look_alikes_by_identity(embeddings: NDArray[np.float32], below: float) -> tuple[LookAlike, ...]:
    """Pairs of unit vectors (N, E) whose distance ``1 - cosine`` (0..2) is less than ``below``, as above."""

    def distances(start: int) -> NDArray[np.float64]:
        return 1.0 - (embeddings[start : start + _BLOCK] @ embeddings.T).astype(np.float64)

    return _pairs(len(embeddings), distances, below)


def _pairs(count: int, distances: Callable[[int], NDArray[np.float64]], below: float) -> tuple[LookAlike, ...]:
    found: list[LookAlike] = []
    for start in range(0, count, _BLOCK):
        block = distances(start)
        for row, column in zip(*np.nonzero(block < below), strict=True):
            if start + row < column:
                found.append(LookAlike(int(start + row), int(column), float(block[row, column])))
        found.sort(key=lambda pair: (pair.distance, pair.first, pair.second))
        del found[MAXIMUM_PAIRS:]
    return tuple(found)


def _spread(attribute: Attribute) -> float:
    """How much random people differ: the prior's sigma, or a fifth of the range where it is drawn in another way."""
    return float(attribute.prior.get("sigma") or (attribute.maximum - attribute.minimum) / 5.0)
