"""How still a set stands: where eyes and shoulders are across the pictures that do not move the head."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from creator.export.crops import Landmarks

REFERENCE_SIZE = 512
REGIONS = ("iris_left", "iris_right", "shoulders")


@dataclass(frozen=True)
class Steadiness:
    """The largest distance of eyes and shoulders from the set's first picture, in pixels of a 512 pixel portrait."""

    character: str
    eyes: float
    shoulders: float


def steadiness(character: str, landmarks: Sequence[Landmarks]) -> Steadiness | None:
    """Measure pictures of one pose. None for fewer than two, or landmarks that name neither eyes nor shoulders."""
    if len(landmarks) < 2:
        return None
    eyes = [_largest_shift(landmarks, region) for region in REGIONS[:2]]
    shoulders = _largest_shift(landmarks, REGIONS[2])
    found = [shift for shift in eyes if shift is not None]
    if not found or shoulders is None:
        return None
    return Steadiness(character, round(max(found), 2), round(shoulders, 2))


def _largest_shift(landmarks: Sequence[Landmarks], region: str) -> float | None:
    points = [_points(each, region) for each in landmarks]
    common = sorted(set.intersection(*(set(each) for each in points)))
    if not common:
        return None
    places = np.array([[each[name] for name in common] for each in points])
    # The centre of a region: an iris turns with the gaze, a shoulder has several points.
    centres = places.mean(axis=1) if region != REGIONS[2] else places
    return float(np.linalg.norm(centres - centres[:1], axis=-1).max() * REFERENCE_SIZE)


def _points(landmarks: Landmarks, region: str) -> Mapping[str, tuple[float, float]]:
    return {name: xy for name, xy in landmarks.items() if name == region or name.startswith(f"{region}_")}
