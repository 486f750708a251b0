"""Grooms: sets of strands that are made once on the base mesh and carried along by every person's head."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import scipy.ndimage as ndimage
import torch

from creator.training.assets.head_assets import Floats, Ints
from creator.training.hair.head_field import CarriedHead, HeadField, Reals, smoothstep, unit

POINTS = 16
SHADE_SIZE = 512
REFERENCE_COUNT = 12_000  # strands for which the styles' radii are chosen
_HOLD = (0.09, 0.58)  # decimetres along the strand between which it stops following its own root
# The space around the head moves so smoothly that every third point of a strand tells for those between.
_KNOT_STEP = 3
_BETWEEN_KNOTS = np.maximum(
    1 - np.abs(np.arange(POINTS)[:, None] / _KNOT_STEP - np.arange((POINTS - 1) // _KNOT_STEP + 1)), 0
).astype(np.float32)


@dataclass(frozen=True)
class Groom:
    """Strands of ``POINTS`` points each, in decimetres on the base mesh at rest.

    Hair follows its root's triangle by ``follow`` and the space around the head by the rest, which is linear in the
    base vertices. Brows, lashes and beards (``turns``) follow their triangle alone and turn with it.
    """

    refs: Ints  # (S, 3) base vertices of the triangle that the strand grows from
    weights: Floats  # (S, 3) barycentric place of the root in it
    rest: Floats  # (S, POINTS, 3)
    follow: Floats  # (S, POINTS) 0..1
    turns: bool  # whether it moves and turns with the triangle alone
    strand: Floats  # (S, POINTS, 4): random 0..1, place root 0..tip 1, random of its lock 0..1, share of open sky 0..1
    radius: Floats  # (S, POINTS) decimetres
    scalp_shade: Floats  # (SHADE_SIZE, SHADE_SIZE) 0..1: how densely the skin below is grown, first row at the top
    frame: Ints  # (S, 3) base vertices of the triangle whose turning it takes part in, where it turns
    across: Floats | None = None  # (S, 3) where brow strands move, in decimetres, as brows grow thicker by 1


def _triangle_frames(corners: Reals) -> Reals:
    """Orthonormal frames (S, 3, 3), columns along, across, normal, of triangles (S, 3, 3)."""
    along = unit(corners[:, 1] - corners[:, 0])
    normal = unit(np.cross(along, corners[:, 2] - corners[:, 0]))
    return np.stack([along, np.cross(normal, along), normal], -1)


def strand_points(groom: Groom, head: CarriedHead, thickness: float = 0.0) -> Floats:
    """Unposed points (S, POINTS, 3) float32, decimetres, on one person's head; ``thickness`` -1..1 spreads brows."""
    corners, rest_corners = head.base[groom.refs], head.rest[groom.refs]
    moved = (groom.weights[..., None] * (corners - rest_corners)).sum(1)[:, None]
    if groom.turns:
        root = (groom.weights[..., None] * rest_corners).sum(1)[:, None]
        turn = _triangle_frames(head.base[groom.frame]) @ _triangle_frames(head.rest[groom.frame]).transpose(0, 2, 1)
        rest = groom.rest if groom.across is None else groom.rest + thickness * groom.across[:, None]
        return ((rest - root) @ turn.transpose(0, 2, 1) + root + moved).astype(np.float32)
    if groom.follow.min() == 1:
        return groom.rest + moved
    own = head.displacement(groom.rest[:, ::_KNOT_STEP])
    own -= moved
    points: Floats = np.matmul(_BETWEEN_KNOTS, own)
    points *= 1 - groom.follow[..., None]
    points += groom.rest
    points += moved
    return points


def resampled(points: Reals, end: Reals) -> Reals:
    """Strands (S, P, 3) cut at the fractional point index ``end`` (S,), again P points each."""
    count = points.shape[1]
    at = end[:, None] * np.linspace(0, 1, count, dtype=np.float32)
    low = np.clip(at.astype(np.int32), 0, count - 2)
    share = (at - low)[..., None]
    rows = np.arange(len(points))[:, None]
    return points[rows, low] * (1 - share) + points[rows, low + 1] * share


def arc_length(points: Reals) -> Reals:
    """Distance (S, P) from the root along each strand."""
    steps = np.linalg.norm(np.diff(points, axis=1), axis=-1)
    return np.concatenate([np.zeros_like(steps[:, :1]), steps.cumsum(1)], 1)


def shade_map(uv: Reals, density: Reals) -> Floats:
    """(SHADE_SIZE, SHADE_SIZE): the mean ``density`` (N,) of places ``uv`` (N, 2), blurred over the gaps."""
    column = np.clip((uv[:, 0] * SHADE_SIZE).astype(int), 0, SHADE_SIZE - 1)
    row = np.clip(((1 - uv[:, 1]) * SHADE_SIZE).astype(int), 0, SHADE_SIZE - 1)
    cell = row * SHADE_SIZE + column
    total, weight = (
        ndimage.gaussian_filter(
            np.bincount(cell, values, SHADE_SIZE**2).reshape(SHADE_SIZE, SHADE_SIZE).astype(np.float32), 1.2
        )
        for values in (density, np.ones_like(density))
    )
    return np.clip(total / np.maximum(weight, 0.02), 0, 1).astype(np.float32)


def open_sky(head: HeadField, points: Reals, radius: Reals) -> Floats:
    """Share of the light from outside (S, P) that reaches each point through the other strands."""
    spacing = 0.08
    low = points.reshape(-1, 3).min(0) - 2 * spacing
    size = np.ceil((points.reshape(-1, 3).max(0) + 2 * spacing - low) / spacing).astype(int) + 1
    cell = ((points - low) / spacing + 0.5).astype(int).reshape(-1, 3)
    flat = (cell[:, 2] * size[1] + cell[:, 1]) * size[0] + cell[:, 0]
    step = np.linalg.norm(np.gradient(points, axis=1), axis=-1)
    # Projected area of the strands per volume: the extinction of a cloud of thin cylinders.
    extinction = np.bincount(flat, (2 * radius * step * 0.785).ravel(), int(size.prod())) / spacing**3
    cloud = ndimage.gaussian_filter(extinction.reshape(size[::-1]), 0.8).astype(np.float32)
    grid = torch.from_numpy(cloud)[None, None]
    outward = head.distance(points)[1]
    depth = np.zeros(points.shape[:2], np.float32)
    extent = (size - 1) * spacing
    for direction, share in ((outward, 0.7), (unit(outward + np.array([0, 1.2, 0.3], np.float32)), 0.3)):
        for far, width in ((0.06, 0.06), (0.14, 0.10), (0.26, 0.14)):
            place = ((points + far * direction - low) / extent * 2 - 1).astype(np.float32).reshape(1, 1, 1, -1, 3)
            found = torch.nn.functional.grid_sample(grid, torch.from_numpy(place), align_corners=True)
            depth += share * width * found.numpy().reshape(depth.shape)
    return np.exp(-0.16 * depth).astype(np.float32)


@dataclass(frozen=True)
class Locks:
    """Grown strands, or pieces of strands, before they become a groom."""

    refs: Ints  # (S, 3) base vertices of the triangle of the root
    weights: Reals  # (S, 3)
    points: Reals  # (S, POINTS, 3)
    lock: Reals  # (S,) random number of the lock, 0..1
    radius: Reals  # (S,) decimetres
    place: Reals  # (S, POINTS) along the whole strand, root 0..tip 1
    arc: Reals  # (S, POINTS) decimetres from the root; infinite where a strand is not to follow its own root
    exposed: Reals  # (S, POINTS) 0..1: how much of the light reaches it within its own rope or plait

    @staticmethod
    def whole(refs: Ints, weights: Reals, points: Reals, lock: Reals, radius: Reals) -> Locks:
        """Strands (S, K * (POINTS - 1) + 1, 3), each cut into K pieces of POINTS points."""
        s, count = points.shape[:2]
        pieces = (count - 1) // (POINTS - 1)
        cut = (np.arange(pieces)[:, None] * (POINTS - 1) + np.arange(POINTS)).ravel()

        def cut_up(values: Reals) -> Reals:
            return values[:, cut].reshape(s * pieces, POINTS, *values.shape[2:])

        place = np.broadcast_to(np.linspace(0, 1, count), (s, count))
        return Locks(
            refs.repeat(pieces, 0), weights.repeat(pieces, 0), cut_up(points), lock.repeat(pieces),
            radius.repeat(pieces), cut_up(place), cut_up(arc_length(points)),
            np.ones((s * pieces, POINTS), np.float32),
        )  # fmt: skip

    @staticmethod
    def bound(head: HeadField, points: Reals, lock: Reals, radius: float, exposed: Reals) -> Locks:
        """Strands (S, POINTS, 3) that do not grow from the skin but are carried by the space around the head."""
        refs, weights = head.bind(points[:, 0])
        place = np.broadcast_to(np.linspace(0.1, 0.9, POINTS), points.shape[:2])
        return Locks(
            refs, weights, points, lock, np.full(len(points), radius), place, np.full(points.shape[:2], np.inf), exposed
        )

    @staticmethod
    def together(*parts: Locks) -> Locks:
        """All strands of the parts, interleaved: any first share of the whole is a first share of each part."""
        place = np.concatenate([(np.arange(len(part.refs)) + 0.5) / max(len(part.refs), 1) for part in parts])
        order = np.argsort(place, kind="stable")
        return Locks(*(np.concatenate([getattr(part, f.name) for part in parts])[order] for f in fields(Locks)))


def face_count(count: int) -> float:
    """How many strands of brows, lashes and beards go with ``count`` strands of hair, before each style's own share.

    It grows with the root of the count, as strands grow thinner, so that skin shines through in any number.
    """
    return float(np.sqrt(count * REFERENCE_COUNT))


def _thickness(count: int) -> float:
    """What radii are multiplied by, so that more strands cover as much of the head."""
    return float(np.sqrt(REFERENCE_COUNT / max(count, 1)))


def finished(head: HeadField, locks: Locks, shade: Floats, seed: int) -> Groom:
    """The groom of grown hair; tapers, random numbers and self-shadow are added here."""
    thicker = _thickness(len(locks.refs))
    taper = np.interp(locks.place, (0.0, 0.12, 0.7, 1.0), (0.5, 1.0, 0.85, 0.25))
    radius = (locks.radius[:, None] * taper * thicker).astype(np.float32)
    points = locks.points.astype(np.float32)
    follow = (1 - smoothstep(*_HOLD, locks.arc)).astype(np.float32)
    strand = _strand_numbers(locks, open_sky(head, points, radius * thicker) * locks.exposed, seed)
    weights = locks.weights.astype(np.float32)
    return Groom(locks.refs, weights, points, follow, False, strand, radius, shade, locks.refs)


def attached(
    locks: Locks, shade: Floats, seed: int, count: int, frame: Ints | None = None, across: Floats | None = None
) -> Groom:
    """The groom of short hair of the face, which moves and turns with the skin it grows from.

    ``count`` is that of the hair beside it, for the thickness. It turns with the triangles ``frame`` (S, 3), by default
    those of the roots.
    """
    taper = np.interp(locks.place, (0.0, 0.15, 0.5, 1.0), (0.7, 1.0, 0.85, 0.12)) * _thickness(count)
    points = locks.points.astype(np.float32)
    follow = np.ones(points.shape[:2], np.float32)
    return Groom(
        locks.refs, locks.weights.astype(np.float32), points, follow, True, _strand_numbers(locks, follow, seed),
        (locks.radius[:, None] * taper).astype(np.float32), shade, locks.refs if frame is None else frame, across,
    )  # fmt: skip


def _strand_numbers(locks: Locks, sky: Reals, seed: int) -> Floats:
    """(S, POINTS, 4) float32: see :class:`Groom`."""
    random = np.random.RandomState(seed + 9000).uniform(size=(len(locks.refs), 1))
    return np.stack(np.broadcast_arrays(random, locks.place, locks.lock[:, None], sky), -1).astype(np.float32)


def thinned_radius(groom: Groom, share: float) -> Floats:
    """Radii (S, POINTS) when only ``share`` (0..1) of the strands, chosen by their random number, is to be seen.

    A strand goes by growing thin, so that a picture changes smoothly with the share.
    """
    fade = 0.12
    return groom.radius * np.clip((share * (1 + fade) - groom.strand[..., 0]) / fade, 0, 1)
