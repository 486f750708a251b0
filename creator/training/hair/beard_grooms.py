"""Facial hair grown from the skin of cheeks, jaw, chin, lip and neck."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from creator.training.hair.head_field import HeadField, Reals, RootPool, smooth_noise, smoothstep
from creator.training.hair.scalp_grooms import Curl, Roots, Texture, grow, shaped
from creator.training.hair.strand_grooms import Groom, attached, face_count, finished, resampled, shade_map

_SHARE = 0.5  # of the count of hair


def _window(value: Reals, low: float, high: float, fade: float) -> Reals:
    """1 between ``low`` and ``high``, 0 beyond, with soft ends."""
    return smoothstep(low - fade, low + fade, value) * smoothstep(high + fade, high - fade, value)


@dataclass(frozen=True)
class _Regions:
    """Densities (N,) over the root pool."""

    moustache: Reals
    chin: Reals
    soul: Reals
    jaw: Reals
    cheek: Reals
    neck: Reals
    sideburn: Reals


def _regions(pool: RootPool) -> _Regions:
    x, y, z = pool.position.T
    x = np.abs(x)
    ragged = 0.02 * smooth_noise(pool.position, 14.0, 41) + 0.012 * smooth_noise(pool.position, 40.0, 42)
    y = y + ragged
    skin = 1 - smoothstep(0.05, 0.35, pool.lips)
    front = smoothstep(0.35, 0.55, z)
    # The upper border of the beard on the cheek, from the sideburn to the corner of the moustache.
    cheek_line = np.interp(z, (0.70, 0.90, 1.10, 1.28, 1.40, 1.50), (7.05, 6.98, 6.83, 6.68, 6.60, 6.52))
    neck_line = np.interp(z, (0.30, 0.50, 0.75, 1.00, 1.30), (6.62, 6.42, 6.16, 6.06, 6.04))
    below_cheek = smoothstep(0.05, -0.08, y - cheek_line)
    above_neck = smoothstep(-0.10, 0.08, y - neck_line)
    ear = np.interp(y, (6.3, 6.6, 6.8, 7.0), (0.44, 0.57, 0.70, 0.76))
    behind_ear = smoothstep(-0.02, 0.08, z - ear)
    around_mouth = smoothstep(0.17, 0.24, np.hypot(np.maximum(x - 0.14, 0), 1.35 * (y - 6.58)))
    lip_top = np.interp(x, (0.0, 0.06, 0.16, 0.26, 0.32), (6.70, 6.72, 6.69, 6.62, 6.55))
    lip_root = np.interp(x, (0.0, 0.04, 0.14, 0.24, 0.33), (6.81, 6.83, 6.82, 6.73, 6.62))
    moustache = smoothstep(-0.01, 0.02, y - lip_top) * smoothstep(0.025, -0.02, y - lip_root)
    moustache *= smoothstep(0.34, 0.27, x) * (z > 1.25) * (1 - 0.65 * smoothstep(0.035, 0.0, x))
    chin = smoothstep(0.30, 0.20, x) * smoothstep(6.47, 6.38, y) * smoothstep(0.98, 1.10, z) * above_neck
    soul = smoothstep(0.075, 0.03, x) * _window(y, 6.36, 6.475, 0.02) * (z > 1.3)
    jaw_low = np.interp(z, (0.5, 0.9, 1.2, 1.4), (6.62, 6.42, 6.26, 6.14))
    jaw = smoothstep(0.16, 0.02, y - jaw_low - 0.10) * above_neck * behind_ear
    beard = below_cheek * above_neck * behind_ear * around_mouth * (y < 7.1)
    sideburn = _window(z, 0.74, 0.93, 0.035) * _window(y, 6.72, 7.08, 0.06) * (x > 0.5)
    return _Regions(
        *(np.clip(a * skin * front, 0, 1).astype(np.float32) for a in (
            moustache, chin, soul, jaw, beard, above_neck, sideburn))
    )  # fmt: skip


@dataclass(frozen=True)
class _Beard:
    """Length in decimetres on cheeks and chin, and how it hangs."""

    cheek: float
    chin: float
    lip: float
    lift: float
    gravity: float
    texture: Texture
    shade: float
    count: float = 1.0


_BEARDS = {
    "stubble": _Beard(0.022, 0.026, 0.022, 0.40, 1.0, Texture(
        clump=0, frizz=0.002, flyaway=0, radius=0.0010), 1.0, 2.4),
    "moustache": _Beard(0.0, 0.0, 0.16, 0.18, 2.5, Texture(
        locks=60, clump=0.35, flyaway=0.015, frizz=0.005, radius=0.0024), 0.7, 0.55),
    "goatee": _Beard(0.10, 0.24, 0.13, 0.26, 2.5, Texture(
        locks=80, clump=0.4, flyaway=0.015, frizz=0.010, radius=0.0025), 0.7, 1.0),
    "short_beard": _Beard(0.07, 0.10, 0.09, 0.26, 2.2, Texture(
        locks=160, clump=0.3, flyaway=0.015, frizz=0.006, radius=0.0021), 0.85, 2.2),
    "full_beard": _Beard(0.13, 0.36, 0.15, 0.28, 2.8, Texture(
        locks=140, clump=0.4, flyaway=0.015, curl=Curl(0.016, 0.22, start=0.1), frizz=0.012, radius=0.0027), 0.9, 2.0),
    "long_beard": _Beard(0.20, 1.20, 0.22, 0.26, 3.4, Texture(
        locks=110, clump=0.5, flyaway=0.015, curl=Curl(0.03, 0.5, start=0.3), frizz=0.03, radius=0.0040), 0.9, 1.6),
    "sideburns": _Beard(0.10, 0.0, 0.0, 0.22, 2.2, Texture(
        locks=90, clump=0.3, flyaway=0.015, frizz=0.006, radius=0.0025), 0.7, 0.7),
    "chinstrap": _Beard(0.05, 0.08, 0.07, 0.26, 2.0, Texture(
        locks=120, clump=0.25, flyaway=0.015, frizz=0.004, radius=0.0022), 0.8, 1.4),
}  # fmt: skip
BEARDS = tuple(_BEARDS)


def _beard_density(style: str, r: _Regions) -> Reals:
    if style == "moustache":
        return r.moustache
    if style == "goatee":
        return np.maximum.reduce([r.moustache, r.chin, r.soul])
    if style == "sideburns":
        return r.sideburn
    if style == "chinstrap":
        return np.maximum.reduce([r.jaw, 0.72 * r.chin, r.sideburn])
    everything = np.maximum.reduce([r.cheek, r.moustache, r.soul, r.chin, r.sideburn])
    return everything * (0.75 if style == "stubble" else 1.0)


def beard_groom(head: HeadField, style: str, count: int, seed: int) -> Groom:
    """One beard style; ``count`` is that of the hair beside it."""
    beard = _BEARDS[style]
    density = _beard_density(style, _regions(head.face))
    r = Roots.drawn(head.face, density, round(_SHARE * face_count(count) * beard.count), seed)
    x, y, z = r.position.T
    side = np.sign(x)
    lip = smoothstep(6.56, 6.63, y) * smoothstep(0.36, 0.30, np.abs(x)) * (z > 1.25)
    chin = smoothstep(0.34, 0.12, np.abs(x)) * smoothstep(6.52, 6.35, y) * (1 - lip)
    zeros = np.zeros_like(x)
    down = np.stack([0.10 * side, -1.0 + zeros, 0.15 * smoothstep(6.4, 6.1, y)], -1)
    outwards = np.stack(
        [
            side * (0.35 + 1.9 * np.minimum(np.abs(x) / 0.2, 1)),
            -0.75 - 0.6 * np.minimum(np.abs(x) / 0.25, 1) ** 2,
            zeros,
        ],
        -1,
    )
    comb = np.where(lip[:, None] > 0.5, outwards, down)
    length = beard.cheek + (beard.chin - beard.cheek) * chin
    length = (length + (beard.lip - length) * lip) * (0.65 + 0.5 * r.random[:, 0])
    # Shorter where the beard thins out.
    length *= 0.45 + 0.55 * smoothstep(0.1, 0.8, r.density)
    start = r.start(comb, beard.lift * (1 - 0.4 * lip), 0.16)
    shell = 0.004 + 0.35 * length * r.random[:, 4] * (1 - 0.6 * lip)
    points = grow(head, r.position, r.normal, start, length.astype(np.float32), shell, beard.gravity)
    points = _off_the_lips(points, lip)
    locks = shaped(head, r, points, beard.texture, seed)
    shade = shade_map(head.face.uv, beard.shade * density)
    return finished(head, locks, shade, seed) if style == "long_beard" else attached(locks, shade, seed, count)


def _off_the_lips(points: Reals, moustache: Reals) -> Reals:
    """Moustache hairs end where they would hang over the mouth."""
    x, y = np.abs(points[..., 0]), points[..., 1]
    border = np.interp(x, (0.0, 0.06, 0.16, 0.26, 0.34), (6.700, 6.712, 6.680, 6.592, 6.41))
    over = (y < border) & (x < 0.34) & (moustache[:, None] > 0.5)
    end = np.where(over.any(1), over.argmax(1), points.shape[1]) - 0.5
    return resampled(points, np.clip(end, 1.0, points.shape[1] - 1).astype(np.float32))
