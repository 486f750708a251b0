"""The colour space OKLab, in which equal distances look about equal. Matrices: Björn Ottosson, 2020 (public domain)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from creator.resampling import to_display, to_linear

Floats = NDArray[np.float32]

_TO_CONES = np.array([[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
                      [0.0883024619, 0.2817188376, 0.6299787005]], np.float32)  # fmt: skip
_TO_LAB = np.array([[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
                    [0.0259040371, 0.7827717662, -0.8086757660]], np.float32)  # fmt: skip
_FROM_CONES = np.linalg.inv(_TO_CONES.astype(np.float64)).astype(np.float32)
_FROM_LAB = np.linalg.inv(_TO_LAB.astype(np.float64)).astype(np.float32)


def to_oklab(display: Floats) -> Floats:
    """sRGB 0..1 (..., 3) to lightness 0..1 and two axes of colour of about -0.3..0.3, float32 (..., 3)."""
    return np.cbrt(to_linear(display) @ _TO_CONES.T) @ _TO_LAB.T


def from_oklab(lab: Floats) -> Floats:
    """The way back, float32 (..., 3), clipped to sRGB's 0..1."""
    return to_display(np.clip((lab @ _FROM_LAB.T) ** 3 @ _FROM_CONES.T, 0.0, 1.0))
