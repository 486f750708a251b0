"""Loose hair styles grown from the scalp: where each strand starts, how long it is, where it is combed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from creator.training.hair.head_field import HeadField, Reals, smooth_noise, smoothstep, unit
from creator.training.hair.scalp_grooms import Curl, Roots, Texture, clipped, grow, scalp_density, shaped
from creator.training.hair.strand_grooms import Locks

_BESIDE_EARS = 0.62  # z at which front hair passes the ears
# A cut gives the grown strands and how dark the scalp below is: (N,) 0..1 over the root pool.
Cut = Callable[[HeadField, int, int], tuple[Locks, Reals]]


def _mixed(low: float, high: float, share: Reals) -> Reals:
    return (low + (high - low) * share).astype(np.float32)


def _vectors(x: Reals | float, y: Reals | float, z: Reals | float, like: Reals) -> Reals:
    return np.stack([np.broadcast_to(np.asarray(c, np.float32), like.shape) for c in (x, y, z)], -1)


def _roots(head: HeadField, density: Reals, count: int, seed: int) -> Roots:
    return Roots.drawn(head.scalp, density, count, seed)


def buzz(head: HeadField, count: int, seed: int) -> tuple[Locks, Reals]:
    density = scalp_density(head.scalp.position)
    r = _roots(head, density, round(2.2 * count), seed)
    length = _mixed(0.035, 0.070, r.top) * (0.75 + 0.4 * r.random[:, 0])
    start = r.start(r.radial() + np.array([0, -0.3, 0.3], np.float32), 0.5, 0.25)
    points = grow(head, r.position, r.normal, start, length, 0.004 * np.ones_like(length), 2.0)
    return shaped(head, r, points, Texture(clump=0.0, frizz=0.004, flyaway=0.0, radius=0.0050), seed), density


def _wispy(r: Roots) -> Reals:
    """Factor (S,) for lengths: hair is shorter and finer where the hair line fades out."""
    return 0.4 + 0.6 * smoothstep(0.1, 0.9, r.density)


def _trimmed_sideburns(r: Roots, length: Reals, longest: float) -> Reals:
    """Lengths (S,), not above ``longest`` before the ears."""
    sideburn = smoothstep(7.50, 7.30, r.position[:, 1]) * smoothstep(0.50, 0.65, r.position[:, 2])
    return length + sideburn * (np.minimum(length, longest) - length)


def _part_side(r: Roots, part: float, blurred: float) -> Reals:
    """-1 or 1 (S,): to which side of the part roots are combed; it wanders and is ``blurred`` decimetres wide."""
    middle = part + 0.02 * np.sin(9 * r.position[:, 2]) + blurred * (r.random[:, 5] - 0.5)
    return np.where(r.position[:, 0] > middle, 1.0, -1.0).astype(np.float32)


def crop(head: HeadField, count: int, seed: int) -> tuple[Locks, Reals]:
    """Short all round, the top brushed forward in choppy locks."""
    density = scalp_density(head.scalp.position)
    r = _roots(head, density, count, seed)
    length = _mixed(0.12, 0.36, r.top) * (0.7 + 0.5 * r.random[:, 0]) * _wispy(r)
    forward = _vectors(0.25, -0.1, 1.0, r.angle) * r.top[:, None]
    start = r.start(r.radial() + forward, 0.30 + 0.18 * r.top, 0.16)
    points = grow(head, r.position, r.normal, start, length, 0.015 + 0.09 * r.random[:, 4] * (0.3 + r.top), 3.0)
    return shaped(head, r, points, Texture(locks=260, clump=0.55, frizz=0.02), seed), 0.8 * density


def short(head: HeadField, count: int, seed: int) -> tuple[Locks, Reals]:
    """Classic: tapered sides, the top swept up and across from the forehead."""
    density = scalp_density(head.scalp.position)
    r = _roots(head, density, count, seed)
    front = r.top * smoothstep(0.5, 1.2, r.position[:, 2])
    length = (_mixed(0.15, 0.42, r.top) + 0.10 * front) * (0.75 + 0.35 * r.random[:, 0]) * _wispy(r)
    length *= _mixed(0.5, 1.0, smoothstep(6.5, 7.6, r.position[:, 1]))
    across = _vectors(0.75, 0.1, -0.35, r.angle)
    comb = (1 - r.top[:, None]) * (r.radial() + _vectors(0, -0.6, 0.1, r.angle)) + r.top[:, None] * across
    start = r.start(comb, 0.18 + 0.42 * front + 0.12 * r.top, 0.13)
    shell = 0.012 + r.random[:, 4] * _mixed(0.05, 0.17, r.top)
    points = grow(head, r.position, r.normal, start, length, shell, 2.2 - 0.8 * r.top, 1.1 * across * r.top[:, None])
    return shaped(head, r, points, Texture(locks=240, clump=0.5, frizz=0.018), seed), 0.75 * density


def side_part(head: HeadField, count: int, seed: int) -> tuple[Locks, Reals]:
    """Parted on one side and combed flat over the top."""
    density = scalp_density(head.scalp.position)
    r = _roots(head, density, count, seed)
    side = _part_side(r, 0.34, 0.02)
    # The part itself is a line of bare skin.
    length = _mixed(0.17, 0.62, r.top * (side < 0)) * (0.8 + 0.3 * r.random[:, 0]) * _wispy(r)
    across = _vectors(side, 0.15, -0.25 + 0.15 * side, r.angle)
    down = r.radial() + _vectors(0, -0.8, 0, r.angle)
    comb = r.top[:, None] * across + (1 - r.top[:, None]) * down
    front = r.top * smoothstep(0.8, 1.25, r.position[:, 2])
    start = r.start(comb, 0.16 + 0.30 * front, 0.06)
    shell = 0.012 + r.random[:, 4] * _mixed(0.05, 0.13, r.top)
    points = grow(head, r.position, r.normal, start, length, shell, 4.0)
    return shaped(head, r, points, Texture(locks=200, clump=0.5, frizz=0.008, flyaway=0.03), seed), 0.6 * density


def slick_back(head: HeadField, count: int, seed: int) -> tuple[Locks, Reals]:
    density = scalp_density(head.scalp.position)
    r = _roots(head, density, count, seed)
    length = _mixed(0.36, 1.25, r.top) * (0.85 + 0.25 * r.random[:, 0]) * _wispy(r)
    back = _vectors(0.06 * np.sign(r.position[:, 0]), 0.0, -1.0, r.angle) + (1 - r.top[:, None]) * _vectors(
        0, -0.35, 0, r.angle
    )
    length = _trimmed_sideburns(r, length, 0.13)
    front = smoothstep(0.9, 1.3, r.position[:, 2])
    start = r.start(back, 0.10 + 0.25 * front, 0.05)
    shell = 0.010 + r.random[:, 4] * (0.05 + 0.06 * r.top)
    points = grow(head, r.position, r.normal, start, length, shell, 0.7 + 0.9 * (1 - r.top), 1.2 * back)
    return shaped(head, r, points, Texture(locks=170, clump=0.65, frizz=0.006, flyaway=0.02), seed), 0.6 * density


def curly_short(head: HeadField, count: int, seed: int) -> tuple[Locks, Reals]:
    density = scalp_density(head.scalp.position)
    r = _roots(head, density, count, seed)
    length = _mixed(0.24, 0.62, r.top) * (0.75 + 0.4 * r.random[:, 0]) * _wispy(r)
    length = _trimmed_sideburns(r, length, 0.16)
    start = r.start(r.radial() + _vectors(0, -0.2, 0.25, r.angle), 0.55, 0.25)
    shell = 0.03 + r.random[:, 4] * _mixed(0.10, 0.26, r.top)
    points = grow(head, r.position, r.normal, start, length, shell, 4.5)
    texture = Texture(locks=330, clump=0.75, curl=Curl(0.075, 0.26, spread=0.22, start=0.18), frizz=0.02, flyaway=0.06)
    return shaped(head, r, points, texture, seed), 0.75 * density


def pixie(head: HeadField, count: int, seed: int) -> tuple[Locks, Reals]:
    """Short and feathery with a long swept fringe."""
    density = scalp_density(head.scalp.position)
    r = _roots(head, density, count, seed)
    front = smoothstep(0.75, 1.2, r.position[:, 2]) * smoothstep(7.8, 8.05, r.position[:, 1])
    length = (_mixed(0.34, 0.56, r.top) + 0.22 * front) * (0.7 + 0.45 * r.random[:, 0]) * _wispy(r)
    sweep = _vectors(-0.8, 0.0, 0.45, r.angle)
    comb = r.radial() + _vectors(0, -0.25, 0.35, r.angle) + 1.4 * front[:, None] * sweep
    start = r.start(comb, 0.20 + 0.06 * r.top, 0.10)
    shell = 0.015 + r.random[:, 4] * _mixed(0.07, 0.15, r.top)
    points = grow(head, r.position, r.normal, start, length, shell, 3.4 - 0.8 * front, 1.0 * front[:, None] * sweep)
    return shaped(head, r, points, Texture(locks=230, clump=0.48, frizz=0.015), seed), 0.75 * density


def undercut(head: HeadField, count: int, seed: int) -> tuple[Locks, Reals]:
    """Sides and nape clipped short, a long top swept back and over."""
    density = scalp_density(head.scalp.position)
    x, y, z = (head.scalp.position + 0.02 * smooth_noise(head.scalp.position, 9.0, 33)[:, None]).T
    crest = smoothstep(0.57, 0.51, np.abs(x)) * smoothstep(7.80, 7.90, y) * smoothstep(-0.28, -0.20, z)
    r = _roots(head, density * crest, round(0.55 * count), seed)
    length = (0.72 * (0.8 + 0.3 * r.random[:, 0]) * _wispy(r)).astype(np.float32)
    back = _vectors(0.45, 0.15, -1.0, r.angle)
    start = r.start(back, 0.42, 0.09)
    points = grow(head, r.position, r.normal, start, length, 0.03 + 0.16 * r.random[:, 4], 2.6, back)
    top = shaped(head, r, points, Texture(locks=160, clump=0.5, frizz=0.014), seed)
    sides = clipped(head, density * (1 - crest), 0.050, round(0.95 * count), seed + 40)
    return Locks.together(top, sides), density * (1 - 0.3 * crest)


def mohawk(head: HeadField, count: int, seed: int) -> tuple[Locks, Reals]:
    x = head.scalp.position[:, 0] + 0.015 * smooth_noise(head.scalp.position, 9.0, 32)
    strip = smoothstep(0.24, 0.19, np.abs(x)) * smoothstep(6.9, 7.3, head.scalp.position[:, 1])
    density = scalp_density(head.scalp.position)
    r = _roots(head, density * strip, round(0.5 * count), seed)
    # Highest over the crown, low where it meets forehead and nape.
    crest = smoothstep(1.30, 0.85, r.position[:, 2]) * smoothstep(6.9, 7.9, r.position[:, 1])
    length = ((0.30 + 0.20 * crest) * (0.85 + 0.2 * r.random[:, 0])).astype(np.float32)
    up = unit(r.position - np.array([0.0, 7.6, 0.6], np.float32)) * np.array([0.2, 1, 1], np.float32)
    start = unit(up + 0.16 * (r.random[:, 1:4] - 0.5))
    points = grow(head, r.position, r.normal, start, length, 0.004 * np.ones_like(length), 0.15)
    top = shaped(head, r, points, Texture(locks=90, clump=0.5, frizz=0.02), seed)
    sides = clipped(head, density * (1 - strip), 0.040, round(1.1 * count), seed + 40)
    return Locks.together(top, sides), density * (0.9 - 0.15 * strip)


def afro(head: HeadField, count: int, seed: int) -> tuple[Locks, Reals]:
    density = scalp_density(head.scalp.position)
    r = _roots(head, density, count, seed)
    centre = np.array([0.0, 7.72, 0.45], np.float32)
    out = unit((r.position - centre) * np.array([1.0, 0.9, 1.0], np.float32))
    # Tips lie on a ball; hair at the line is short so that it frames the face.
    hem = smoothstep(
        0.0,
        0.35,
        r.position[:, 1]
        - 0.06
        - np.interp(r.angle, (0, 30, 54, 66, 100, 140, 180), (7.96, 7.95, 7.56, 7.0, 7.2, 6.6, 6.5)),
    )
    reach = np.linalg.norm(r.position - centre, axis=1)
    length = (
        np.maximum((1.19 - reach) * (1 - 0.28 * np.maximum(out[:, 1], 0)), 0.1)
        * (0.45 + 0.55 * hem)
        * (0.80 + 0.24 * np.sqrt(r.random[:, 0]))
    )
    start = unit(0.75 * out + 0.35 * r.normal + 0.35 * (r.random[:, 1:4] - 0.5))
    points = grow(head, r.position, r.normal, start, length, 0.01 * np.ones_like(length), 0.0)
    texture = Texture(
        locks=1400, clump=0.25, curl=Curl(0.055, 0.20, spread=1.0, start=0.08), frizz=0.05, flyaway=0.1, radius=0.0075
    )
    return shaped(head, r, points, texture, seed), 0.9 * density


def _columns(r: Roots, side: Reals, apart: float = 0.90) -> Reals:
    """Where long hair hangs (S, 3): x, z beside the ears, z below; the front's before the shoulder at x = ``apart``."""
    front = smoothstep(0.35, 0.75, r.position[:, 2] + 0.12 * (r.random[:, 5] - 0.5))
    x = side * (apart - 0.03 * front + 0.18 * (r.random[:, 2] - 0.5))
    x = np.where(front > 0.5, x, r.position[:, 0] * 1.25 + 0.2 * (r.random[:, 2] - 0.5))
    z = np.where(front > 0.5, 0.75 + 0.35 * (r.random[:, 3] - 0.5), -0.40)
    return np.stack([x, np.minimum(z, _BESIDE_EARS), z], -1).astype(np.float32)


def _hanging(
    head: HeadField, seed: int, length: Reals, part: float, blurred: float, texture: Texture, volume: float, r: Roots
) -> Locks:
    """Hair parted at x = ``part`` that falls down both sides and the back."""
    side = _part_side(r, part, blurred)
    back = smoothstep(0.75, 0.1, r.position[:, 2])
    near_part = np.exp(-(((r.position[:, 0] - part) / 0.22) ** 2)) * r.top
    # The front beside the part falls to the sides, not back, or it would leave the hair line bare.
    front = near_part * smoothstep(0.8, 1.15, r.position[:, 2])
    comb = _vectors(side * (1 - 0.75 * back), -0.2 - 0.5 * (1 - r.top), -0.75 - 0.4 * back + 0.75 * front, r.angle)
    start = r.start(comb, 0.14 + 0.16 * near_part, 0.06)
    shell = 0.015 + volume * (0.25 + 0.75 * r.random[:, 4])
    points = grow(
        head,
        r.position,
        r.normal,
        start,
        length,
        shell,
        2.6 - 1.4 * front,
        column=_columns(r, side),
        pieces=texture.pieces,
    )
    return shaped(head, r, points, texture, seed, kept_share=0.95)


def _to_height(r: Roots, height: float, ragged: float) -> Reals:
    """Lengths (S,) with which strands from everywhere end near one height."""
    over = np.linalg.norm(r.position - np.array([0, 8.2, 0.4], np.float32), axis=1)
    return (r.position[:, 1] - height + 0.28 * np.maximum(1.0 - over, 0) + ragged * (r.random[:, 0] - 0.6)).astype(
        np.float32
    )


def long(head: HeadField, count: int, seed: int) -> tuple[Locks, Reals]:
    density = scalp_density(head.scalp.position)
    r = _roots(head, density, count, seed)
    texture = Texture(locks=150, clump=0.5, curl=Curl(0.03, 1.6, flat=0.3, start=1.2), frizz=0.03, flyaway=0.06)
    return _hanging(head, seed, _to_height(r, 4.55, 0.9), 0.0, 0.07, texture, 0.10, r), 0.6 * density


def wavy(head: HeadField, count: int, seed: int) -> tuple[Locks, Reals]:
    """Shoulder length in loose waves, parted on one side."""
    density = scalp_density(head.scalp.position)
    r = _roots(head, density, count, seed)
    texture = Texture(locks=130, clump=0.6, curl=Curl(0.08, 1.0, flat=0.5, start=0.7), frizz=0.03)
    return _hanging(head, seed, _to_height(r, 5.45, 0.7), 0.26, 0.10, texture, 0.16, r), 0.6 * density


def curly(head: HeadField, count: int, seed: int) -> tuple[Locks, Reals]:
    """Long ringlets."""
    density = scalp_density(head.scalp.position)
    r = _roots(head, density, count // 2, seed)
    curl = Curl(0.095, 0.55, spread=0.2, start=0.5)
    texture = Texture(locks=190, clump=0.8, curl=curl, frizz=0.03, flyaway=0.03, radius=0.0085, pieces=2)
    return _hanging(head, seed, _to_height(r, 5.35, 0.8), -0.15, 0.24, texture, 0.24, r), 0.7 * density


def _with_fringe(
    head: HeadField, count: int, seed: int, height: float, texture: Texture, volume: float, apart: float, ragged: float
) -> tuple[Locks, Reals]:
    """Hair without a part, cut straight over the brows."""
    density = scalp_density(head.scalp.position)
    r = _roots(head, density, count, seed)
    bangs = (r.position[:, 1] > 7.72) & (r.position[:, 2] > 0.78)
    bangs &= np.abs(r.position[:, 0]) < 0.55 + 0.22 * (r.random[:, 5] - 0.5)
    # Locks before the ears frame the face down to the jaw.
    framing = ~bangs & (r.position[:, 2] > 0.74) & (r.position[:, 1] > 7.45) & (r.random[:, 3] < 0.75)
    length = np.where(framing, r.position[:, 1] - 6.42 + 0.3 * (r.random[:, 0] - 0.5), _to_height(r, height, ragged))
    fringe = r.position[:, 1] - 7.66 + 0.55 * np.maximum(1.32 - r.position[:, 2], 0) + 0.11 * (r.random[:, 0] - 0.6)
    # Tips of neighbours lie together: small steps along the edge.
    fringe += 0.025 * smooth_noise(r.position, 16.0, 34)
    fringe -= 0.10 * np.abs(r.position[:, 0])
    length = np.where(bangs, np.maximum(fringe + 0.1, 0.15), length)
    forward = _vectors(0.25 * r.position[:, 0], 0.0, 1.0, r.angle)
    side = np.sign(r.position[:, 0])
    back = smoothstep(0.75, 0.1, r.position[:, 2])
    around = _vectors(side * (1 - 0.75 * back), -0.4 - 0.6 * framing, 0.05 - 0.9 * back + 0.35 * framing, r.angle)
    start = r.start(np.where(bangs[:, None], forward, around), 0.16 + 0.10 * bangs, 0.05)
    crown = r.top * smoothstep(0.9, 0.4, r.position[:, 2])
    shell = 0.02 + (volume + 0.05 * crown) * (0.3 + 0.7 * r.random[:, 4])
    length = length.astype(np.float32)
    points = grow(head, r.position, r.normal, start, length, shell, 3.2)
    z = 0.92 + 0.12 * (r.random[:, 5] - 0.5)
    column = np.where(framing[:, None], np.stack([0.76 * side, z, z], -1), _columns(r, side, apart))
    fall = grow(head, r.position, r.normal, start, length, shell, 3.2, column=column)
    locks = shaped(head, r, np.where(bangs[:, None, None], points, fall), texture, seed, kept_share=0.9)
    return locks, 0.65 * density


def bob(head: HeadField, count: int, seed: int) -> tuple[Locks, Reals]:
    texture = Texture(locks=190, clump=0.5, curl=Curl(0.012, 1.2, flat=0.3, start=0.8), frizz=0.018, flyaway=0.06)
    return _with_fringe(head, count, seed, 6.10, texture, 0.13, 0.70, 0.34)


def fringe(head: HeadField, count: int, seed: int) -> tuple[Locks, Reals]:
    texture = Texture(locks=170, clump=0.5, curl=Curl(0.03, 1.5, flat=0.3, start=1.2), frizz=0.028, flyaway=0.05)
    return _with_fringe(head, count, seed, 4.7, texture, 0.10, 0.88, 0.6)


CUTS: dict[str, Cut] = {
    "buzz": buzz, "crop": crop, "short": short, "side_part": side_part, "slick_back": slick_back,
    "curly_short": curly_short, "pixie": pixie, "undercut": undercut, "mohawk": mohawk, "bob": bob, "wavy": wavy,
    "curly": curly, "long": long, "fringe": fringe, "afro": afro,
}  # fmt: skip
