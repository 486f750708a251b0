"""A finished portrait under another light, at once, from its normals.

The picture is multiplied by the ratio of what the new and the old light would give a matt white surface of the same
normals (a quotient image, after Shashua and Riklin-Raviv 2001). So nothing changes where the light does not, and all
detail of the picture stays; shadows that one part throws on another do not move. It stands in for the model's own
picture while a light is being moved.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creator.attributes import Value
from creator.character import Character

LIGHT_ATTRIBUTES = ("light_azimuth", "light_elevation", "light_warmth", "light_contrast", "light_rim")

_Floats = NDArray[np.float32]

# Linear RGB radiances of key, fill, rims, sky and ground, and the tints at the ends of the warmth slider.
_KEY = np.array([2.08, 2.02, 1.94], np.float32)
_FILL = np.array([0.25, 0.26, 0.28], np.float32)
_RIM = np.array([0.62, 0.66, 0.73], np.float32)
_SKY = np.array([0.30, 0.315, 0.34], np.float32)
_GROUND = np.array([0.135, 0.12, 0.11], np.float32)
_WARM = np.array([1.27, 0.97, 0.56], np.float32)
_COOL = np.array([0.64, 1.0, 1.72], np.float32)
_RIM_DIRECTIONS = np.array([[-0.82, 0.32, -0.48], [0.82, 0.32, -0.48]], np.float32)
_WRAP = 0.25  # skin and hair carry light a little beyond the terminator
_GAIN = (0.08, 5.0)  # of a pixel, at most

_CODES = np.arange(256, dtype=np.float32) / 255
_LINEAR = np.where(_CODES <= 0.04045, _CODES / 12.92, ((_CODES + 0.055) / 1.055) ** 2.4).astype(np.float32)
_STEPS = 4096
_LEVELS = np.arange(_STEPS, dtype=np.float32) / (_STEPS - 1)
_ENCODED = np.where(_LEVELS <= 0.0031308, _LEVELS * 12.92, 1.055 * _LEVELS ** (1 / 2.4) - 0.055).astype(np.float32)


@dataclass(frozen=True)
class Light:
    """Directions in degrees; warmth, contrast and rim in -1..1."""

    azimuth: float = -35.0
    elevation: float = 32.0
    warmth: float = 0.0
    contrast: float = 0.0
    rim: float = 0.0


def light_of(values: Mapping[str, Value]) -> Light:
    """The light of a character; what its model does not have is as it usually is."""
    given = {name.removeprefix("light_"): float(values[name]) for name in LIGHT_ATTRIBUTES if name in values}
    return Light(**given)


def irradiance(normals: _Floats, light: Light) -> _Floats:
    """What ``light`` gives to matt white surfaces: ``normals`` unit vectors (N, 3) in camera space, x right, y up, z to
    the viewer; returns linear RGB (N, 3), above 0."""
    a, e = math.radians(light.azimuth), math.radians(light.elevation)
    key = np.array([math.sin(a) * math.cos(e), math.sin(e), math.cos(a) * math.cos(e)], np.float32)
    key_gain, soft_gain = 2.0 ** (0.32 * light.contrast), 2.0 ** (-1.05 * light.contrast)
    air = _tint(-0.35 * light.warmth)
    up = normals[:, 1:2] * np.float32(0.5) + np.float32(0.5)
    ground, sky = (_GROUND * _tint(0.3 * light.warmth), _SKY * air)
    total: _Floats = (ground + (sky - ground) * up) * np.float32(soft_gain)
    total += _lambert(normals @ key) * (_KEY * _tint(light.warmth) * np.float32(key_gain))
    total += np.maximum(normals[:, 2:3], 0) * (_FILL * air * np.float32(soft_gain))
    rim = _RIM * air * np.float32((1.0 + light.rim) ** 1.6)
    for direction in _RIM_DIRECTIONS:
        total += _lambert(normals @ direction) * rim
    return total


def _tint(amount: float) -> _Floats:
    return np.exp(np.float32(abs(amount)) * np.log(_WARM if amount > 0 else _COOL))


def _lambert(cosine: _Floats) -> _Floats:
    """(N,) to (N, 1), wrapped a little around the edge."""
    return np.maximum((cosine + np.float32(_WRAP)) / np.float32(1 + _WRAP), 0)[:, None]


class Relighter:
    """Keeps one person's full picture and normals; used in one thread."""

    def __init__(self) -> None:
        self._person: Character | None = None

    def prepare(self, person: Character, pixels: NDArray[np.uint8], normals: NDArray[np.uint8]) -> None:
        """``pixels``: the picture, uint8 (S, S, 4), premultiplied sRGB; ``normals``: uint8 (S, S, 3), 128 + 127 n."""
        self._pixels = pixels
        self._where = np.flatnonzero(pixels[..., 3].ravel())
        vectors = (normals.reshape(-1, 3)[self._where].astype(np.float32) - 128) / 127
        self._normals = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-3)
        shown = pixels.reshape(-1, 4)[self._where]
        self._alpha = shown[:, 3:].astype(np.float32) / 255
        straight = np.minimum(shown[:, :3] / self._alpha + 0.5, 255).astype(np.uint8)
        self._light_free = _LINEAR[straight] / irradiance(self._normals, light_of(person.values))
        self._person = person

    def relit(self, person: Character) -> NDArray[np.uint8] | None:
        """The picture under the light of ``person``; None if that person differs in anything but the light."""
        known = self._person
        if known is None or known.seed != person.seed:
            return None
        if any(known.values[name] != value for name, value in person.values.items() if name not in LIGHT_ATTRIBUTES):
            return None
        old = irradiance(self._normals, light_of(known.values))
        new = irradiance(self._normals, light_of(person.values))
        linear = self._light_free * np.clip(new, old * np.float32(_GAIN[0]), old * np.float32(_GAIN[1]))
        codes = _ENCODED[np.minimum(linear * (_STEPS - 1) + 0.5, _STEPS - 1).astype(np.int32)]
        relit = np.zeros_like(self._pixels)
        flat = relit.reshape(-1, 4)
        flat[self._where, :3] = codes * self._alpha * 255 + 0.5
        flat[self._where, 3] = self._pixels.reshape(-1, 4)[self._where, 3]
        relit.flags.writeable = False
        return relit
