"""Hair styles that are tied, braided, wound or locked: strands around centre curves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.spatial import cKDTree

from creator.training.assets.head_assets import Ints
from creator.training.hair.hair_cuts import Cut
from creator.training.hair.head_field import HeadField, Reals, smooth_noise, smoothstep, unit
from creator.training.hair.scalp_grooms import (
    Curl,
    Roots,
    Texture,
    clipped,
    grow,
    scalp_density,
    shaped,
    trimmed_before_face,
)
from creator.training.hair.strand_grooms import POINTS, Locks

_FINE = 97  # points of a centre curve
_PLACE = np.linspace(0, 1, POINTS, dtype=np.float32)


@dataclass(frozen=True)
class _Curves:
    """Centre curves with frames: all (C, _FINE, 3), points equally spaced along each curve; ``length`` (C,)."""

    points: Reals
    along: Reals
    outward: Reals
    side: Reals
    length: Reals

    @staticmethod
    def through(head: HeadField, knots: Reals, gap: float) -> _Curves:
        """Smooth curves through knots (C, K, 3), kept ``gap`` outside of the skin."""
        fine = CubicSpline(np.linspace(0, 1, knots.shape[1]), knots, axis=1)(np.linspace(0, 1, _FINE)).astype(
            np.float32
        )
        fine = head.pushed_out(fine, gap)
        steps = np.linalg.norm(np.diff(fine, axis=1), axis=-1)
        place = np.concatenate([np.zeros((len(fine), 1)), steps.cumsum(1)], 1)
        even = np.stack([
            np.stack([np.interp(np.linspace(0, at[-1], _FINE), at, line[:, k]) for k in range(3)], -1)
            for at, line in zip(place, fine, strict=True)
        ])  # fmt: skip
        along = unit(np.gradient(even, axis=1))
        outward = head.distance(even.astype(np.float32), soft=True)[1]
        outward = unit(outward - (outward * along).sum(-1, keepdims=True) * along)
        return _Curves(*(a.astype(np.float32) for a in (even, along, outward, np.cross(along, outward), place[:, -1])))

    def at(self, which: Ints, place: Reals) -> tuple[Reals, Reals, Reals]:
        """Points, outward and side directions, each (S, P, 3), on curves ``which`` (S,) at places (S, P) in 0..1."""
        position = np.clip(place, 0, 1) * (_FINE - 1)
        low = np.minimum(position.astype(int), _FINE - 2)
        share, rows = (position - low)[..., None].astype(np.float32), which[:, None]
        points, outward, side = (
            a[rows, low] * (1 - share) + a[rows, low + 1] * share for a in (self.points, self.outward, self.side)
        )
        return points, outward, side


def _window(draw: Reals, cover: Reals) -> Reals:
    """Places (S, POINTS) on the curve of strands that each run along a share ``cover`` (S,) of it."""
    start = draw[:, None] * (1 + cover[:, None]) - cover[:, None]
    return np.clip(start + cover[:, None] * _PLACE, 0, 1).astype(np.float32)


def _draws(count: int, seed: int) -> Reals:
    return np.random.RandomState(seed + 5).uniform(size=(count, 10)).astype(np.float32)


def _braided(
    head: HeadField,
    curves: _Curves,
    count: int,
    seed: int,
    width: float,
    pitch: float,
    radius: float = 0.0055,
    rooted: float = 1.0,
    frizzy: float = 0.10,
) -> Locks:
    """Three-strand plaits of half width ``width`` about the curves; hairs run ``pitch`` decimetres a turn.

    ``rooted`` is the share of the width that a plait starts with, ``frizzy`` how far single hairs stand off.
    """
    draw = _draws(count, seed)
    which = np.searchsorted((curves.length / curves.length.sum()).cumsum(), draw[:, 0] * 0.9999).astype(np.int32)
    length = curves.length[which]
    place = _window(draw[:, 1], np.minimum(1.1 * pitch / length, 1.0))
    points, outward, side = curves.at(which, place)
    strand = np.floor(draw[:, 2] * 3)
    turn = 2 * np.pi * (place * length[:, None] / pitch + strand[:, None] / 3)
    # Slimmer to the end, with a tuft behind the tie.
    slim = width * (1 - 0.35 * place) * (1 - 0.45 * np.exp(-(((place - 0.93) / 0.02) ** 2)))
    slim = slim * (rooted + (1 - rooted) * smoothstep(-0.02, 0.10, place))
    plait = smoothstep(0.95, 0.90, place)
    # The hair's own place in the cross-section of its third, and a curve of a plait: a figure of eight.
    ring, spin = 0.46 * np.sqrt(draw[:, 3:4]), 2 * np.pi * draw[:, 4:5]
    loose = 1 + 0.25 * (1 - plait)
    across = slim * (0.62 * np.sin(turn) * plait + loose * ring * np.cos(spin))
    depth = slim * (0.36 * np.sin(2 * turn) * plait + 0.8 * loose * ring * np.sin(spin))
    points = points + across[..., None] * side + depth[..., None] * outward
    frizz = 0.012 * frizzy / 0.10 + frizzy * (draw[:, 5:6] > 0.96) * _PLACE
    points = points + frizz[..., None] * np.stack(
        [smooth_noise(points + 9 * draw[:, None, 6:7], 9.0, seed + k) for k in range(3)], -1
    )
    points = head.pushed_out(points, 0.005)
    exposed = 0.3 + 0.7 * smoothstep(-0.75, 0.55, depth / slim)
    return Locks.bound(head, points, ((strand + 3 * which) * 0.381 + 0.1 * draw[:, 7]) % 1, radius, exposed)


def _gathered(head: HeadField, r: Roots, tie: Reals, shell: Reals, seed: int, over_ears: bool = False) -> Locks:
    """Strands combed over the head to where they are tied, ``tie`` (3,) or (S, 3).

    ``over_ears``: by way of a place above the ears, so that hair tied low does not cross the forehead.
    """
    p, line = r.position, [r.position]
    steps = 2 * (POINTS - 1)
    ear = np.stack([0.76 * np.sign(p[:, 0]), np.full(len(p), 7.62), np.full(len(p), 0.30)], -1)
    before = smoothstep(0.35, 0.7, p[:, 2:]) if over_ears else np.zeros((len(p), 1), np.float32)
    for index in range(steps):
        gone = index / steps
        to_ear = before * np.interp(gone, (0.35, 0.55), (1.0, 0.0))
        aim = tie + to_ear * (ear - tie)
        left = np.linalg.norm(tie - p, axis=1) + to_ear[:, 0] * 0.35
        p = p + unit(aim - p) * (1.02 * left / (steps - index))[:, None]
        distance, gradient = head.distance(p)
        depth = shell * min(1.0, gone / 0.15) + 0.05 * gone**3 - distance
        p = p + np.clip(depth, 0, 0.3)[:, None] * gradient
        if index % 2 == 1:
            line.append(p)
    texture = Texture(locks=320, clump=0.22, frizz=0.008, flyaway=0.03, radius=0.0060)
    return shaped(head, r, np.stack(line, 1).astype(np.float32), texture, seed)


def _baby_hair(head: HeadField, density: Reals, parted: bool, count: int, seed: int) -> Locks:
    """Fine short hair at the edge of the hair line, so that gathered hair does not start like a comb.

    It is combed back or, where the hair is ``parted``, to the sides.
    """
    edge = smoothstep(0.0, 0.08, density) * smoothstep(0.95, 0.45, density) * (head.scalp.position[:, 2] > 0.3)
    r = Roots.drawn(head.scalp, edge, count, seed)
    length = (0.10 + 0.22 * r.random[:, 0]).astype(np.float32)
    sideways = np.stack([(r.random[:, 4] - 0.5) * 1.2, np.zeros_like(length), np.zeros_like(length)], -1)
    comb = np.array([1.0, -0.2, -0.5], np.float32) * np.sign(r.position[:, :1]) ** [1, 0, 0] if parted else -r.radial()
    start = r.start(comb + sideways * (0.3 if parted else 1.0), 0.10, 0.18)
    points = grow(head, r.position, r.normal, start, length, 0.008 + 0.012 * r.random[:, 4], 0.0)
    texture = Texture(locks=60, clump=0.2, frizz=0.012, flyaway=0.05, radius=0.0042)
    return shaped(head, r, points, texture, seed)


def _tail(
    head: HeadField, tie: Reals, start: Reals, length: float, count: int, seed: int, wide: float, texture: Texture
) -> Locks:
    """A free tail of hair from the tie."""
    draw = _draws(count, seed)
    spread = unit(np.random.RandomState(seed + 6).normal(size=(count, 3)).astype(np.float32))
    root = (tie + 0.07 * spread * draw[:, :1]).astype(np.float32)
    direction = unit(start + wide * spread * draw[:, 1:2])
    zeros = np.zeros(count, np.float32)
    refs, weights = head.bind(root)
    r = Roots(refs, weights, root, direction, zeros + 1, zeros, zeros, draw[:, :6])
    reach = (length * (0.62 + 0.38 * draw[:, 2])).astype(np.float32)
    points = grow(head, root, direction, direction, reach, 0.03 + 0.12 * draw[:, 3], 2.2)
    return shaped(head, r, points, texture, seed)


def _drawn(head: HeadField, count: int, seed: int) -> tuple[Roots, Reals]:
    density = scalp_density(head.scalp.position)
    return Roots.drawn(head.scalp, density, count, seed), density


def _wisps(head: HeadField, count: int, seed: int) -> Locks:
    """A few loose strands before the ears."""
    position = head.scalp.position
    temple = smoothstep(0.16, 0.06, np.hypot(position[:, 1] - 7.45, position[:, 2] - 0.98)) * scalp_density(position)
    r = Roots.drawn(head.scalp, temple, count, seed)
    side = np.sign(r.position[:, 0])
    start = r.start(np.stack([0.2 * side, -np.ones_like(side), 0.15 * np.ones_like(side)], -1), 0.25, 0.15)
    z = 0.88 + 0.2 * (r.random[:, 3] - 0.5)
    column = np.stack([0.82 * side, z, z], -1)
    length = 0.5 + 0.6 * r.random[:, 0]
    points = grow(head, r.position, r.normal, start, length, 0.02 + 0.05 * r.random[:, 4], 2.5, column=column)
    return shaped(
        head, r, points, Texture(locks=10, clump=0.5, curl=Curl(0.035, 0.7, flat=0.4), frizz=0.02, radius=0.005), seed
    )


def _dressed(
    head: HeadField, density: Reals, parted: bool, count: int, seed: int, *parts: Locks
) -> tuple[Locks, Reals]:
    """Tied hair with what frames the face, and the shade below it."""
    locks = Locks.together(
        *parts,
        _wisps(head, round(0.012 * count), seed + 60),
        _baby_hair(head, density, parted, round(0.08 * count), seed + 80),
    )
    return locks, 0.65 * density**0.6


def ponytail(head: HeadField, count: int, seed: int) -> tuple[Locks, Reals]:
    """High at the back of the head, the tail swung to one side."""
    tie = np.array([0.02, 8.22, -0.40], np.float32)
    r, density = _drawn(head, round(0.62 * count), seed)
    cap = _gathered(head, r, tie, 0.010 + 0.04 * r.random[:, 4], seed)
    start = np.array([0.42, 0.55, -0.70], np.float32)
    texture = Texture(locks=40, clump=0.5, curl=Curl(0.045, 1.1, flat=0.5, start=0.8), frizz=0.03, flyaway=0.05)
    tail = _tail(head, tie, start, 2.9, round(0.36 * count), seed + 40, 0.55, texture)
    return _dressed(head, density, False, count, seed, cap, tail)


def bun(head: HeadField, count: int, seed: int) -> tuple[Locks, Reals]:
    """Tied up to a knot on the crown."""
    tie = np.array([0.0, 8.46, 0.02], np.float32)
    r, density = _drawn(head, round(0.66 * count), seed)
    cap = _gathered(head, r, tie, 0.010 + 0.035 * r.random[:, 4], seed)
    knot = round(0.32 * count)
    draw = _draws(knot, seed + 40)
    # Wound about an upright axis in three overlapping coils, each a thick rope of hair.
    coil = np.floor(draw[:, 0:1] * 3)
    turn = 2 * np.pi * (draw[:, 1:2] + 0.55 * _PLACE) + 2.1 * coil
    ring, spin = 0.115 * np.sqrt(draw[:, 2:3]), 2 * np.pi * draw[:, 3:4] + 2.5 * _PLACE
    out = np.array([[0.235, 0.215, 0.120]])[0][coil.astype(int)] + ring * np.cos(spin)
    up = np.array([0.02, 0.14, 0.25])[coil.astype(int)] + ring * np.sin(spin) + 0.05 * np.sin(turn + 2 * coil)
    frizz = 0.008 + 0.10 * (draw[:, 4:5] > 0.97) * _PLACE**2
    out = out + frizz * smooth_noise(np.stack([turn, up, out], -1).astype(np.float32), 6.0, seed)
    lean = np.array([0.0, 0.0, -0.35])
    points = tie + np.stack([out * np.cos(turn), up, out * np.sin(turn)], -1) + up[..., None] * lean
    points = head.pushed_out(points.astype(np.float32), 0.01)
    exposed = 0.35 + 0.65 * smoothstep(-0.7, 0.6, (np.cos(spin) + np.sin(spin)) * ring / 0.115)
    knots = Locks.bound(head, points, (coil[:, 0] * 0.37 + 0.15 * draw[:, 5]) % 1, 0.0060, exposed)
    return _dressed(head, density, False, count, seed, cap, knots)


def braid(head: HeadField, count: int, seed: int) -> tuple[Locks, Reals]:
    """One plait that comes over the shoulder."""
    tie = np.array([0.36, 6.72, -0.16], np.float32)
    r, density = _drawn(head, round(0.60 * count), seed)
    cap = _gathered(head, r, tie, 0.012 + 0.07 * r.random[:, 4], seed, over_ears=True)
    knots = np.array(
        [[tie, (0.58, 6.40, -0.02), (0.80, 6.05, 0.28), (0.80, 5.65, 0.72), (0.70, 5.15, 1.15), (0.64, 4.55, 1.40)]],
        np.float32,
    )
    plait = _braided(head, _Curves.through(head, knots, 0.15), round(0.38 * count), seed + 40, 0.165, 0.62)
    return _dressed(head, density, True, count, seed, cap, plait)


def braids(head: HeadField, count: int, seed: int) -> tuple[Locks, Reals]:
    """Parted in the middle, a plait on either side."""
    r, density = _drawn(head, round(0.56 * count), seed)
    side = np.where(r.position[:, 0] > 0.015 * np.sin(9 * r.position[:, 2]), 1.0, -1.0)[:, None]
    tie = np.array([0.70, 6.82, 0.18], np.float32)
    cap = _gathered(
        head,
        r,
        np.array([1, 0, 0], np.float32) * side * tie + np.array([0, 1, 1], np.float32) * tie,
        0.012 + 0.05 * r.random[:, 4],
        seed,
    )
    one = np.array(
        [tie, (0.84, 6.45, 0.36), (0.88, 6.05, 0.62), (0.84, 5.6, 0.95), (0.78, 5.1, 1.2), (0.74, 4.6, 1.38)],
        np.float32,
    )
    knots = np.stack([one, one * np.array([-1, 1, 1], np.float32)])
    plait = _braided(head, _Curves.through(head, knots, 0.13), round(0.42 * count), seed + 40, 0.135, 0.52)
    return _dressed(head, density, True, count, seed, cap, plait)


def _rows(head: HeadField) -> tuple[_Curves, Reals]:
    """Centre curves of cornrows from the front hair line to the nape, and their knots (C, K, 3)."""
    lanes = np.radians(np.linspace(-64, 64, 13))
    sweep = np.radians(np.linspace(88, -88, 60))
    centre = np.array([0.0, 7.52, 0.52], np.float32)
    lane, turn = np.meshgrid(lanes, sweep, indexing="ij")
    ray = np.stack([np.sin(lane), np.cos(lane) * np.cos(turn), np.cos(lane) * np.sin(turn)], -1).astype(np.float32)
    points = centre + 1.6 * ray
    for _ in range(24):
        points = points - 0.8 * head.distance(points)[0][..., None] * ray
    grown = scalp_density(points.reshape(-1, 3)).reshape(points.shape[:2]) > 0.12
    first = grown.argmax(1)
    last = points.shape[1] - 1 - grown[:, ::-1].argmax(1)
    cut = np.linspace(0, 1, 24)[None] * (last - first)[:, None] + first[:, None]
    low = np.minimum(cut.astype(int), points.shape[1] - 2)
    share, rows = (cut - low)[..., None], np.arange(len(points))[:, None]
    knots = (points[rows, low] * (1 - share) + points[rows, low + 1] * share).astype(np.float32)
    return _Curves.through(head, knots, 0.035), knots


def cornrows(head: HeadField, count: int, seed: int) -> tuple[Locks, Reals]:
    curves, _ = _rows(head)
    plait = _braided(head, curves, round(0.62 * count), seed, 0.075, 0.20, 0.0042, rooted=0.3, frizzy=0.05)
    # Hair on the skin beside a row runs to it: close-combed stubble in the lanes.
    density = scalp_density(head.scalp.position)
    gap = cKDTree(curves.points.reshape(-1, 3)).query(head.scalp.position)[0]
    lanes = density * smoothstep(0.11, 0.06, gap)
    r = Roots.drawn(head.scalp, lanes, round(0.13 * count), seed + 1)
    nearest = cKDTree(curves.points.reshape(-1, 3)).query(r.position)[1]
    start = r.start(
        curves.points.reshape(-1, 3)[nearest] - r.position + 0.04 * curves.along.reshape(-1, 3)[nearest], 0.2, 0.1
    )
    points = grow(
        head,
        r.position,
        r.normal,
        start,
        np.full(len(r.position), 0.10, np.float32),
        np.full(len(r.position), 0.01, np.float32),
        0.0,
    )
    combed = shaped(head, r, points, Texture(clump=0.0, frizz=0.004, flyaway=0.0, radius=0.0035), seed)
    below = density * smoothstep(0.095, 0.13, gap)
    fade = clipped(head, below, 0.035, round(0.35 * count), seed + 2)
    shade = density * (0.30 + 0.65 * smoothstep(0.10, 0.05, gap)) * smoothstep(0.15, 0.11, gap) + 0.95 * below
    return Locks.together(plait, combed, fade), np.clip(shade, 0, 1)


def dreadlocks(head: HeadField, count: int, seed: int) -> tuple[Locks, Reals]:
    density = scalp_density(head.scalp.position)
    _, y, z = head.scalp.position.T
    r = Roots.drawn(head.scalp, ((density > 0.25) & ((y > 7.5) | (z < 0.45))).astype(np.float32), 3600, 17)
    chosen, gap = [0], np.full(len(r.position), np.inf)
    for _ in range(118):
        gap = np.minimum(gap, ((r.position - r.position[chosen[-1]]) ** 2).sum(1))
        chosen.append(int(gap.argmax()))
    r = Roots(*(getattr(r, name)[chosen] for name in Roots.__dataclass_fields__))
    side = np.where(r.position[:, 0] > 0.04, 1.0, -1.0)
    # Those at the front fall to the sides and cover the hair line.
    ahead = smoothstep(0.6, 1.1, r.position[:, 2])
    away = np.stack([side * (0.35 + 0.55 * ahead), -0.3 + 0.2 * ahead, -0.8 + 0.75 * ahead], -1)
    start = r.start(away, 0.24 + 0.10 * r.random[:, 4], 0.22)
    length = (r.position[:, 1] - 5.95 + 0.35 + 0.5 * (r.random[:, 0] - 0.5)).astype(np.float32)
    front = r.position[:, 2] > 0.5
    z = np.where(front, 0.72, -0.2) + 0.5 * (r.random[:, 3] - 0.5)
    column = np.stack([side * (0.82 + 0.24 * (r.random[:, 2] - 0.5)), np.minimum(z, 0.62), z], -1)
    column[:, 0] = np.where(front, column[:, 0], r.position[:, 0] * 1.25)
    centre = grow(
        head, r.position, r.normal, start, length, 0.06 + 0.17 * r.random[:, 4], 2.6 - 1.5 * ahead, column=column
    )
    centre, kept = trimmed_before_face(centre, 0.75)
    curves = _Curves.through(head, centre[kept], 0.03)
    draw = _draws(count, seed)
    which = np.searchsorted((curves.length / curves.length.sum()).cumsum(), draw[:, 0] * 0.9999).astype(np.int32)
    place = _window(draw[:, 1], np.minimum(0.8 / curves.length[which], 1.0))
    points, outward, across = curves.at(which, place)
    thick = (
        (0.062 + 0.018 * ((which * 0.618) % 1))[:, None]
        * (1 - 0.35 * smoothstep(0.85, 1.0, place))
        * (0.7 + 0.3 * smoothstep(0, 0.1, place))
    )
    thick = thick * (1 + 0.14 * np.sin(place * curves.length[which, None] * 19 + which[:, None]))
    spin = 2 * np.pi * (draw[:, 2:3] + 0.6 * (draw[:, 3:4] - 0.2) * _PLACE)
    size = thick * (0.75 + 0.25 * draw[:, 4:5]) + 0.03 * (draw[:, 5:6] > 0.93) * _PLACE
    points = points + size[..., None] * (np.cos(spin)[..., None] * outward + np.sin(spin)[..., None] * across)
    points = head.pushed_out(points.astype(np.float32), 0.004)
    exposed = 0.25 + 0.75 * smoothstep(-0.5, 0.8, np.cos(spin))
    exposed = exposed * (0.3 + 0.7 * smoothstep(0.0, 0.10, place))
    return Locks.bound(head, points, (which * 0.381) % 1, 0.0075, exposed), 0.9 * density


TIED: dict[str, Cut] = {
    "ponytail": ponytail, "bun": bun, "braid": braid, "braids": braids, "cornrows": cornrows, "dreadlocks": dreadlocks,
}  # fmt: skip
