"""Eyebrows and eyelashes as strands on the skin."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from creator.training.assets.head_assets import Ints, load_fitted, load_targets
from creator.training.hair.head_field import HeadField, Reals, smoothstep, unit
from creator.training.hair.strand_grooms import POINTS, SHADE_SIZE, Groom, Locks, attached, face_count, shade_map
from creator.training.head.people_geometry import mesh_components

_EYE_LINE = 7.28  # height between the lids
_BROW_SHARE, _LASH_SHARE = 0.095, 0.03  # of the count of hair
_LASH_CARDS = "eyelashes01"
_INNER, _OUTER = 0.100, 0.565  # x of the brow's ends


@dataclass(frozen=True)
class _Brow:
    """A brow's centre line at five places from its inner to its outer end, its half width there, and its hair."""

    height: tuple[float, ...]
    width: tuple[float, ...]
    density: float = 1.0
    length: float = 0.088
    radius: float = 0.0013
    disorder: float = 0.16


_PLACES = (0.0, 0.25, 0.5, 0.72, 1.0)
_BROWS = {
    "soft": _Brow((7.412, 7.430, 7.445, 7.446, 7.412), (0.026, 0.030, 0.027, 0.020, 0.008)),
    "straight": _Brow((7.424, 7.429, 7.434, 7.435, 7.420), (0.026, 0.030, 0.028, 0.023, 0.010)),
    "arched": _Brow((7.406, 7.430, 7.456, 7.466, 7.420), (0.024, 0.028, 0.024, 0.017, 0.006)),
    "bushy": _Brow((7.412, 7.428, 7.440, 7.440, 7.412), (0.038, 0.042, 0.039, 0.032, 0.018), 1.5, 0.108, 0.0015, 0.3),
    "thin": _Brow((7.420, 7.438, 7.456, 7.460, 7.418), (0.011, 0.013, 0.012, 0.009, 0.004), 0.5, 0.056, 0.0012, 0.10),
    "rounded": _Brow((7.402, 7.430, 7.452, 7.448, 7.404), (0.024, 0.027, 0.025, 0.019, 0.007)),
    "angular": _Brow((7.410, 7.430, 7.452, 7.468, 7.422), (0.028, 0.030, 0.027, 0.021, 0.007), 1.1),
}  # fmt: skip
BROWS = tuple(_BROWS)


def _smooth_curve(at: Reals, values: tuple[float, ...]) -> Reals:
    """Values (S,) between the five places, rounded at the knots."""
    fine = np.linspace(0, 1, 101)
    line = np.interp(fine, _PLACES, values)
    padded = np.pad(line, 12, mode="reflect", reflect_type="odd")
    kernel = np.hanning(25)
    return np.interp(at, fine, np.convolve(padded, kernel / kernel.sum(), "valid")).astype(np.float32)


def brow_groom(head: HeadField, style: str, count: int, seed: int) -> Groom:
    """Both brows; ``count`` is that of the hair beside them.

    Inner hairs stand up, the others lie outwards and meet on the centre line.
    """
    brow = _BROWS[style]
    number = round(_BROW_SHARE * face_count(count) * brow.density)
    draw = np.random.RandomState(seed).uniform(size=(number, 10)).astype(np.float32)
    at = draw[:, 0] ** 1.08
    # Denser along the centre line: the sum of two draws.
    side = draw[:, 1] + draw[:, 2] - 1
    middle, width = _smooth_curve(at, brow.height), _smooth_curve(at, brow.width)
    mirror = np.where(draw[:, 3] < 0.5, -1.0, 1.0).astype(np.float32)
    soft_inner = 1 - 0.7 * smoothstep(0.20, 0.0, at)
    x = _INNER + (_OUTER - _INNER) * at + 0.008 * (draw[:, 4] - 0.5)
    y = middle + side * width
    keep = (draw[:, 5] < soft_inner) & (draw[:, 5] < 0.3 + smoothstep(1.02, 0.75, at))
    draw, at, side, mirror, x = draw[keep], at[keep], side[keep], mirror[keep], x[keep]
    y, width = y[keep], width[keep]
    root = head.ahead(mirror * x, y)
    normal = head.distance(root)[1]
    slope = (_smooth_curve(at + 0.02, brow.height) - _smooth_curve(at - 0.02, brow.height)) / (0.04 * (_OUTER - _INNER))
    # From straight up at the inner end to along the brow, hairs from below rising and from above falling.
    rise = 58 * smoothstep(0.30, 0.0, at) + 12 - 34 * side - 10 * smoothstep(0.5, 1.0, at)
    angle = np.radians(rise + brow.disorder * 90 * (draw[:, 6] - 0.5)) + np.arctan(slope)
    heading = np.stack([mirror * np.cos(angle), np.sin(angle), np.zeros_like(angle)], -1)
    heading = unit(heading - (heading * normal).sum(1, keepdims=True) * normal)
    length = (
        brow.length
        * (0.75 + 0.45 * draw[:, 7])
        * (0.75 + 0.4 * smoothstep(0.0, 0.3, at) - 0.4 * smoothstep(0.6, 1.0, at))
    )
    place = np.linspace(0, 1, POINTS, dtype=np.float32)[None, :, None]
    along = length[:, None, None] * place
    # Along the skin, outwards by a bow, and turned a little to the outer end on the way.
    bend = np.stack([mirror, -0.6 * np.ones_like(mirror), np.zeros_like(mirror)], -1)[:, None]
    points = root[:, None] + along * (heading[:, None] + 0.22 * place * bend)
    distance, gradient = head.distance(points)
    height = (
        (0.004 + 0.020 * draw[:, 8, None])
        * np.sin(np.pi * np.minimum(place[..., 0] * 0.75 + 0.05, 1))
        * np.minimum(length[:, None] / 0.08, 1)
    )
    points = points + (height - distance)[..., None] * gradient
    points[:, 0] = root
    refs, weights = head.bind(root)
    across = np.zeros_like(root)
    across[:, 1] = 0.42 * side * width
    locks = Locks.whole(refs, weights, points, draw[:, 9], np.full(len(root), brow.radius, np.float32))
    return attached(locks, _brow_shade(head, brow), seed, count, across=across.astype(np.float32))


def _brow_shade(head: HeadField, brow: _Brow) -> Reals:
    """A faint darkening of the skin under the brow."""
    x, y, z = head.scalp.position.T
    at = (np.abs(x) - _INNER) / (_OUTER - _INNER)
    away = np.abs(y - _smooth_curve(at, brow.height)) / np.maximum(_smooth_curve(at, brow.width), 1e-3)
    inside = smoothstep(1.7, 0.5, away) * smoothstep(-0.04, 0.16, at) * smoothstep(1.02, 0.85, at) * (z > 1.0)
    return shade_map(head.scalp.uv, min(brow.density, 1.0) * inside)


def lash_groom(head: HeadField, count: int, seed: int) -> Groom:
    """Upper and lower lashes of both eyes, in small tufts along the lids' edges; ``count`` is that of the hair.

    Among them stand short ones, so dense that the edge of the upper lid is a soft dark line where single lashes are
    too fine to be seen.
    """
    total = _LASH_SHARE * face_count(count)
    lids = []
    for index, edge in enumerate(_lid_edges(head)):
        for row in (_UPPER_LASHES, _LASH_LINE) if edge[6, 1] > _EYE_LINE else (_LOWER_LASHES,):
            lids.append(_lid_lashes(head, edge, row, round(total * row.share), seed + 10 * index))
    locks = Locks.together(*lids)
    # Lids slide over the balls: lashes turn about the line through both balls' centres.
    left = locks.points[:, 0, 0] > 0
    own, other = (np.where(left, *pair) for pair in (head.eyes, head.eyes[::-1]))
    root = locks.refs[np.arange(len(left)), locks.weights.argmax(1)]
    frame = np.stack([own, root, other], 1).astype(np.int32)
    return attached(locks, np.zeros((SHADE_SIZE, SHADE_SIZE), np.float32), seed, count, frame)


@dataclass(frozen=True)
class _Lashes:
    """One row of lashes."""

    share: float  # of the count of lashes
    tufts: int
    length: float  # decimetres
    radius: float  # decimetres
    lift: float  # slope at the root
    rise: float  # that the curve adds at the tip, over the length
    ahead: float  # decimetres by which the roots stand before the cards, which begin behind the lid's edge


_UPPER_LASHES = _Lashes(0.75, 40, 0.054, 0.0014, -0.14, 0.85, 0.018)
_LASH_LINE = _Lashes(0.50, 90, 0.022, 0.0150, -0.20, 0.20, 0.032)
_LOWER_LASHES = _Lashes(0.16, 26, 0.026, 0.0009, 0.0, -0.55, 0.014)


def _lid_edges(head: HeadField) -> list[Reals]:
    """The four lid edges, each (13, 3) from the nose outwards: the rear row of each lash card."""
    item = load_fitted(_LASH_CARDS)
    vertices = (item.weights[..., None] * head.full_base[item.refs]).sum(1)
    across = np.zeros(len(vertices), np.float32)
    across[item.mesh.faces.ravel()] = item.mesh.uv[item.mesh.face_uv.ravel(), 0]
    component = mesh_components(item.mesh.faces, len(vertices))
    edges = []
    for part in range(component.max() + 1):
        own = np.flatnonzero(component == part)
        columns = np.array_split(own[np.argsort(across[own])], 13)
        edge = np.stack([vertices[column[vertices[column, 2].argmin()]] for column in columns])
        edges.append(edge if abs(edge[0, 0]) < abs(edge[-1, 0]) else edge[::-1])
    return edges


def _closing_triangles(head: HeadField) -> Ints:
    """Skin triangles (T, 3) along the upper lids' edges: those that a blink moves most."""
    moved = np.zeros(len(head.full_base), np.float32)
    for side in ("left", "right"):
        indices, deltas = load_targets()[f"expression/units/caucasian/eye-{side}-closure"]
        moved[indices] = np.linalg.norm(deltas, axis=1)
    moved = moved[head.used]
    skin = np.unique(head.faces)
    lid = skin[moved[skin] > 0.008]
    beside = np.abs(head.base[lid, None, 0] - head.base[None, lid, 0]) < 0.022
    most = np.where(beside, moved[lid], 0).max(1)
    edge = np.zeros(len(head.base), bool)
    edge[lid] = moved[lid] > 0.7 * most
    return head.triangles[edge[head.triangles].all(1)]


def _lid_lashes(head: HeadField, edge: Reals, row: _Lashes, count: int, seed: int) -> Locks:
    upper = row.rise > 0
    draw = np.random.RandomState(seed).uniform(size=(count, 6)).astype(np.float32)
    at = 0.03 + 0.95 * draw[:, 0]
    tuft = np.clip((at * row.tufts).astype(int), 0, row.tufts - 1)
    aim = (tuft + 0.5) / row.tufts
    knots = np.linspace(0, 1, len(edge))
    root = np.stack([np.interp(at, knots, edge[:, k]) for k in range(3)], -1)
    root += np.array([0.0, 0.0, row.ahead])
    refs, weights = head.bind(root, _closing_triangles(head) if upper else None)
    root = (weights[..., None] * head.base[refs]).sum(1)
    tip_from = np.stack([np.interp(at + 0.75 * (aim - at), knots, edge[:, k]) for k in range(3)], -1)
    tip_from += root - np.stack([np.interp(at, knots, edge[:, k]) for k in range(3)], -1)
    outward = np.sign(edge[6, 0])
    # Lashes fan out along the lid; the longest stand at its outer third.
    fan = (at - 0.38) * 1.5
    longest = np.interp(at, (0, 0.2, 0.6, 0.8, 1.0), (0.40, 0.70, 1.0, 1.0, 0.7))
    length = row.length * longest * (0.65 + 0.45 * draw[:, 1])
    place = np.linspace(0, 1, POINTS)[None, :]
    forward = length[:, None] * (place - 0.3 * place**2) * (0.85 if upper else 0.7)
    rise = length[:, None] * (row.lift * place + row.rise * place**2)
    sideways = length[:, None] * place * (outward * fan)[:, None]
    points = np.stack([sideways, rise, forward], -1) + root[:, None] + (tip_from - root)[:, None] * place[..., None]
    points += 0.14 * length[:, None, None] * (draw[:, None, 2:5] - 0.5) * place[..., None]
    radius = np.full(count, row.radius, np.float32)
    return Locks.whole(refs, weights, points.astype(np.float32), draw[:, 5], radius)
