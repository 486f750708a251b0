"""Crops: the same frame for all pictures of a set, found from where the face is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from creator.resampling import WHOLE, Frame

Crop = Literal["bust", "face", "eyes", "token"]
CROPS: tuple[Crop, ...] = get_args(Crop)

Landmarks = Mapping[str, tuple[float, float]]


@dataclass(frozen=True)
class FacePlace:
    """Where the face is, in fractions of the picture's side, y down.

    ``x``, ``y``: midpoint of the eyes. ``drop``: from there to the chin.
    """

    x: float
    y: float
    drop: float


# Every portrait is framed alike: a neutral head that looks ahead has its eyes and its chin here.
USUAL_PLACE = FacePlace(0.5, 0.475, 0.29)

_LEAST_DROP, _LARGEST_DROP = 0.15, 0.45

# In units of the drop: how far the frame's upper edge is above the eyes, and its side.
_FACE = (1.22, 2.44)
_EYES = (0.33, 1.50)
_TOKEN = (1.45, 2.76)


def face_place(landmarks: Landmarks | None) -> FacePlace:
    """The place of the face by the picture's landmarks, or where every neutral portrait has it.

    Looks at ``eye_left`` and ``eye_right``, the eyeballs' centres, and ``chin``.
    """
    if landmarks is None or not {"eye_left", "eye_right", "chin"} <= landmarks.keys():
        return USUAL_PLACE
    (left_x, left_y), (right_x, right_y) = landmarks["eye_left"], landmarks["eye_right"]
    x, y = (left_x + right_x) / 2, (left_y + right_y) / 2
    # A frame is never tiny or huge, whatever a model says.
    drop = min(max(landmarks["chin"][1] - y, _LEAST_DROP), _LARGEST_DROP)
    return FacePlace(min(max(x, 0.0), 1.0), min(max(y, 0.0), 1.0), drop)


def crop_frame(crop: Crop, place: FacePlace = USUAL_PLACE) -> Frame:
    """The frame of a crop: "bust" is the whole picture, "face" the whole head, "eyes" from the brows to below the chin
    and "token" a square for a round picture."""
    if crop == "bust":
        return WHOLE
    above, side = {"face": _FACE, "eyes": _EYES, "token": _TOKEN}[crop]
    return Frame(place.x - side * place.drop / 2, place.y - above * place.drop, side * place.drop)


def whole_pixels(frame: Frame, source: int) -> Frame:
    """The frame moved to whole pixels of a picture of side ``source``, so that no two sets are sampled differently."""
    return Frame(*(round(value * source) / source for value in (frame.left, frame.top, frame.side)))


def rounded(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Premultiplied ``pixels`` (uint8, (S, S, 4)) inside the largest circle, with a smooth edge of one pixel."""
    side = pixels.shape[0]
    middle = (side - 1) / 2
    distance = np.hypot(*np.ogrid[-middle : middle + 1 : 1, -middle : middle + 1 : 1])
    share = np.clip(side / 2 - distance, 0.0, 1.0).astype(np.float32)[..., None]
    return np.rint(pixels * share).astype(np.uint8)
