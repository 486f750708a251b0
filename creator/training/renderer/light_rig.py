"""The lights of a portrait, from five attributes: key, fill, two rims and an environment.

Everything mirrors when the light's azimuth changes sign, so that a mirrored picture fits mirrored labels. Colours are
linear RGB radiances; directions are unit vectors in camera space (x right, y up, z to the camera).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from creator.training.assets.head_assets import Floats

_KEY = np.array([2.08, 2.02, 1.94])
_FILL = np.array([0.25, 0.26, 0.28])
_RIM = np.array([0.62, 0.66, 0.73])
_SKY = np.array([0.30, 0.315, 0.34])
_GROUND = np.array([0.135, 0.12, 0.11])
_SOFT_BOXES = np.array([[0.85, 0.88, 0.92], [0.34, 0.36, 0.40], [0.30, 0.31, 0.33]])
# Tints at the ends of the warmth slider: a lamp of about 3,200 K and skylight of about 9,000 K, of equal luminance.
_WARM = np.array([1.27, 0.97, 0.56])
_COOL = np.array([0.64, 1.0, 1.72])


@dataclass(frozen=True)
class LightRig:
    """Uniforms of the light pass; see ``shaders/lighting.frag``. The lobes are soft boxes: axes and colours (3, 3)."""

    key_direction: Floats
    key_colour: Floats
    fill_colour: Floats
    rim_colour: Floats
    sky_colour: Floats
    ground_colour: Floats
    lobe_axes: Floats
    lobe_colours: Floats


RIM_DIRECTIONS = np.array([[-0.88, 0.34, -0.52], [0.88, 0.34, -0.52]], np.float32)
RIM_DIRECTIONS /= np.linalg.norm(RIM_DIRECTIONS, axis=1, keepdims=True)


def _tint(amount: float) -> Floats:
    end = _WARM if amount > 0 else _COOL
    return np.exp(abs(amount) * np.log(end))


def light_rig(azimuth: float, elevation: float, warmth: float, contrast: float, rim: float) -> LightRig:
    """Lights for ``azimuth`` and ``elevation`` in degrees; ``warmth``, ``contrast`` and ``rim`` in -1..1.

    Contrast takes from ambient and fill what it gives to the key, so that the exposure of a lit face stays.
    """
    a, e = math.radians(azimuth), math.radians(elevation)
    key = np.array([math.sin(a) * math.cos(e), math.sin(e), math.cos(a) * math.cos(e)])
    main = np.array([0.75 * key[0], 0.42 + 0.35 * key[1], 0.80])
    side = np.array([-1.35 * key[0], 0.12, 0.45])
    above = np.array([0.0, 1.0, 0.15])
    axes = np.stack([v / np.linalg.norm(v) for v in (main, side, above)])
    key_gain, soft_gain = 2.0 ** (0.32 * contrast), 2.0 ** (-1.05 * contrast)
    key_tint, air_tint = _tint(warmth), _tint(-0.35 * warmth)
    boxes = _SOFT_BOXES * soft_gain * np.stack([_tint(0.5 * warmth), air_tint, air_tint])
    values = (
        key, _KEY * key_gain * key_tint, _FILL * soft_gain * air_tint, _RIM * (1.0 + rim) ** 1.6 * air_tint,
        _SKY * soft_gain * air_tint, _GROUND * soft_gain * _tint(0.3 * warmth), axes, boxes,
    )  # fmt: skip
    return LightRig(*(np.asarray(value, np.float32) for value in values))
