"""How still a set stands: where eyes and shoulders are across the pictures that do not move the head."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from creator.export.crops import Landmarks

REFERENCE_SIZE = 512
EYES = ("eye_left", "eye_right")
SHOULDERS = ("shoulder_left", "shoulder_right")


@dataclass(frozen=True)
class Steadiness:
    """The largest distance of eyes and shoulders from the set's first picture, in pixels of a 512 pixel portrait."""

    character: str
    eyes: float
    shoulders: float


def steadiness(character: str, landmarks: Sequence[Landmarks]) -> Steadiness | None:
    """Measure pictures of one pose. None for fewer than two, or where one of them lacks eyes or shoulders."""
    if len(landmarks) < 2 or not all({*EYES, *SHOULDERS} <= each.keys() for each in landmarks):
        return None
    return Steadiness(character, _largest_shift(landmarks, EYES), _largest_shift(landmarks, SHOULDERS))


def _largest_shift(landmarks: Sequence[Landmarks], names: Sequence[str]) -> float:
    places = np.array([[each[name] for name in names] for each in landmarks])  # (pictures, points, 2)
    return round(float(np.linalg.norm(places - places[:1], axis=2).max()) * REFERENCE_SIZE, 2)
