"""Morph targets made from the assets' own: seams of lids and lips, half faces, rigid teeth, round eyeballs.

Everything stays a target, a sparse field of displacements that is multiplied by a weight, so that the mesh, the fitted
items and the exported geometry follow without knowing of it. Displacements are float32, decimetres at weight 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import dijkstra

from creator.training.assets.head_assets import Floats, Ints, load_base, load_targets

Target = tuple[Ints, Floats]

# The assets' units for the three ancestries differ by less than 5 mm of an opened mouth and 3 mm elsewhere, mostly in
# the guides of the lashes; one set serves everybody.
UNITS = "expression/units/caucasian"

# Two vertices of the base mesh that meet when a seam is closed: (upper, lower), from the inner to the outer corner of
# the left eye, and from the middle of the mouth to its left corner.
_LEFT_LIDS = ((6841, 6834), (6838, 6831), (6785, 6828), (6784, 6825), (6790, 6820), (6793, 6817), (6796, 6814))
_LEFT_LIPS = ((474, 523), (7228, 7264), (11964, 7236), (7225, 7230))
_LID_RING = (6841, 6838, 6785, 6784, 6790, 6793, 6796, 6799, 6811, 6814, 6817, 6820, 6825, 6828, 6831, 6834)
_LIP_CORNER = 0.25  # decimetres from the middle, where the lips stay joined by the mesh
_LIP_REACH = 0.11  # decimetres above and below the seam over which the lips follow it
# The guides' vertices that the teeth's height and depth are measured between, not where they lie.
_TEETH_HEIGHT_VERTEX = 14993
_TEETH_MEASURES = (14993, 15061, 15068)
# Where the assets' mean mouth hides its upper teeth: shifts in y and z, decimetres.
_UPPER_TEETH_SHIFT = (-0.035, 0.022)
_LOWER_TEETH_SHIFT = (-0.045, 0.018)
_TONGUE_SHIFT = (-0.07, -0.02)
_LINING_INWARDS = 0.25
LID_CLEARANCE = 0.023  # decimetres between the lids' inner edges and the balls
_BALL_RADIUS_SHARE = 0.984  # of the balls in the radius of their guide


@dataclass(frozen=True)
class Seam:
    """Two edges that can close: column k of ``targets`` moves its pair of vertices towards each other by 1 dm.

    ``upper`` and ``lower`` (K,) are base vertices; the gap is the difference of their heights.
    """

    name: str
    upper: Ints
    lower: Ints

    @property
    def targets(self) -> tuple[str, ...]:
        return tuple(f"seam/{self.name}/{column}" for column in range(len(self.upper)))


@lru_cache
def _mirror_of() -> Ints:
    """The base vertex on the other side for each vertex (N,)."""
    from scipy.spatial import cKDTree

    base = load_base()[0]
    return cKDTree(base).query(base * np.array([-1, 1, 1], np.float32))[1].astype(np.int32)


def _group_vertices(*names: str) -> Ints:
    _, mesh, group, group_names = load_base()
    faces = mesh.faces[np.isin(group, [group_names.index(name) for name in names])]
    return np.unique(faces[faces >= 0]).astype(np.int32)


@lru_cache
def seams() -> tuple[Seam, ...]:
    """The left eye's, the right eye's and the mouth's."""
    mirror = _mirror_of()
    lids = np.array(_LEFT_LIDS, np.int32)
    lips = np.array(_LEFT_LIPS, np.int32)
    both = np.concatenate([mirror[lips[:0:-1]], lips])  # from the right corner to the left
    return (
        Seam("left_eye", lids[:, 0], lids[:, 1]),
        Seam("right_eye", mirror[lids[:, 0]], mirror[lids[:, 1]]),
        Seam("lips", both[:, 0], both[:, 1]),
    )


def lid_rings() -> tuple[Ints, Ints]:
    """Base vertices (16,) along the inner edges of the lids, of the left and of the right eye."""
    ring = np.array(_LID_RING, np.int32)
    return ring, _mirror_of()[ring]


def _hats(x: Floats, places: Floats) -> Floats:
    """Piecewise linear weights (N, K) of ``x`` (N,) over sorted ``places`` (K,), constant beyond the ends."""
    columns = [np.interp(x, places, row) for row in np.eye(len(places))]
    return np.stack(columns, 1).astype(np.float32)


def _sparse(field: Floats) -> Target:
    indices = np.flatnonzero(np.abs(field).max(1) > 1e-5).astype(np.int32)
    return indices, field[indices].astype(np.float32)


def _lid_targets(seam: Seam, closure: Target) -> dict[str, Target]:
    """The assets' closed eye, cut into columns and scaled so that each column closes by one."""
    base = load_base()[0]
    indices, deltas = closure
    field = np.zeros_like(base)
    field[indices] = deltas
    order = np.argsort(base[seam.upper, 0])
    places = base[seam.upper[order], 0]
    # The lids meet four fifths of the way down.
    closing = field[seam.lower, 1] - field[seam.upper, 1]
    across = _hats(base[indices, 0], places) @ (1.0 / closing[order])
    upper = {}
    shares = _hats(base[indices, 0], places)
    lower_lid = _lower_lid_field(seam)
    for position, column in enumerate(order):
        moved = np.zeros_like(base)
        moved[indices] = 0.82 * deltas * (shares[:, position] * across)[:, None]
        # The share must reach exactly one at its own pair of vertices.
        moved += 0.18 * lower_lid * _hats(base[:, 0], places)[:, position][:, None]
        upper[seam.targets[column]] = _sparse(moved)
    return upper


def _lower_lid_field(seam: Seam) -> Floats:
    """Raises the lower lid (N, 3): 1 dm at its edge, fading out over the lid below and behind it."""
    base = load_base()[0]
    order = np.argsort(base[seam.lower, 0])
    edge = np.stack([np.interp(base[:, 0], base[seam.lower[order], 0], base[seam.lower[order], k]) for k in (1, 2)], 1)
    low, high = base[seam.lower, 0].min() - 0.03, base[seam.lower, 0].max() + 0.02
    below = edge[:, 0] - base[:, 1]
    fade = np.clip(1.0 - below / 0.09, 0.0, 1.0) * (below > -0.006)
    fade *= np.clip(1.0 - np.abs(base[:, 2] - edge[:, 1]) / 0.12, 0.0, 1.0)
    inside = np.minimum(np.clip((base[:, 0] - low) / 0.03, 0, 1), np.clip((high - base[:, 0]) / 0.03, 0, 1))
    field = np.zeros_like(base)
    kept = _group_vertices("body", *(f"helper-{side}-eyelashes-2" for side in "lr"))
    field[kept, 1] = (fade * inside)[kept]
    field[seam.lower, 1] = 1.0
    return field


def _lip_targets(seam: Seam, parting: Target) -> dict[str, Target]:
    """Close the lips: the upper lip comes down half the way, the lower lip up the other half."""
    base = load_base()[0]
    upper_lip = np.zeros(len(base), bool)
    upper_lip[parting[0][parting[1][:, 1] > 0.002]] = True
    places = base[seam.upper, 0]
    ends = np.concatenate([[-_LIP_CORNER], places, [_LIP_CORNER]])
    shares = _hats(base[:, 0], ends)[:, 1:-1]
    height = np.interp(base[:, 0], places, 0.5 * (base[seam.upper, 1] + base[seam.lower, 1]))
    away = np.abs(base[:, 1] - height) / _LIP_REACH
    fade = np.where(away < 1.0, (1.0 - away**2) ** 2, 0.0) * (base[:, 2] > 1.3)
    outside = np.ones(len(base), bool)
    outside[_group_vertices("body")] = False
    fade[outside] = 0.0
    fade[np.concatenate([seam.upper, seam.lower])] = 1.0
    direction = np.where(upper_lip, -0.5, 0.5)
    result = {}
    for column, name in enumerate(seam.targets):
        field = np.zeros_like(base)
        field[:, 1] = direction * fade * shares[:, column]
        result[name] = _sparse(field)
    return result


def _sum(one: Target, other: Target) -> Target:
    field = np.zeros_like(load_base()[0])
    field[one[0]] += one[1]
    field[other[0]] += other[1]
    return _sparse(field)


def _halves(target: Target) -> tuple[Target, Target]:
    """The left and the right half of a target; together they are the whole."""
    base = load_base()[0]
    indices, deltas = target
    t = np.clip(0.5 + base[indices, 0] / 0.28, 0.0, 1.0)
    left = (t * t * (3.0 - 2.0 * t)).astype(np.float32)[:, None]
    return (indices, deltas * left), (indices, deltas * (1.0 - left))


def _with_fitting_balls(target: Target) -> Target:
    """Shift and scale the eyeballs of a person's macro target so that the lids lie evenly before them.

    The weights of these targets sum to one, so that what is added to each is added to everybody.
    """
    base = load_base()[0]
    field = np.zeros_like(base)
    field[target[0]] = target[1]
    for side, ring in zip("lr", lid_rings(), strict=True):
        ball = _ball_vertices(side)
        joint = _group_vertices(f"joint-{side}-eye")
        surface = np.setdiff1d(ball, joint)
        placed = base + field
        centre = placed[joint].mean(0)
        radius = _BALL_RADIUS_SHARE * np.linalg.norm(placed[surface] - centre, axis=1).mean()
        around = placed[ring] - centre
        distance = np.linalg.norm(around, axis=1)
        # distance - normal . shift - radius * (1 + scale) = clearance
        rows = np.concatenate([around / distance[:, None], np.full((len(ring), 1), radius)], 1)
        wanted = distance - radius - LID_CLEARANCE
        hold = np.diag([0.6, 0.3, 0.2, 0.1]) ** 2
        shift = np.linalg.solve(rows.T @ rows + hold, rows.T @ wanted)
        field[ball] += shift[:3] + shift[3] * (placed[ball] - centre)
    return _sparse(field)


def _with_mouth_in_place(target: Target) -> Target:
    """Lower teeth and tongue of a person's macro target, so that the upper incisors show when the lips part.

    The mouth's lining is drawn in from the cheeks, or it pierces them when the lips purse or laugh.
    """
    field = np.zeros_like(load_base()[0])
    field[target[0]] = target[1]
    measures = field[list(_TEETH_MEASURES)]
    shifts = {"upper-teeth": _UPPER_TEETH_SHIFT, "lower-teeth": _LOWER_TEETH_SHIFT, "tongue": _TONGUE_SHIFT}
    for part, shift in shifts.items():
        field[_group_vertices(f"helper-{part}"), 1:] += shift
    field[list(_TEETH_MEASURES)] = measures
    depth = _lining_depth()
    field[:, 0] -= _LINING_INWARDS * depth * (load_base()[0] + field)[:, 0]
    return _sparse(field)


@lru_cache
def _lining_depth() -> Floats:
    """How deep in the mouth each base vertex lies (N,): 0 on the skin and the lips, 1 from the fourth row on."""
    vertices, mesh, group, names = load_base()
    body = group == names.index("body")
    faces, place = mesh.faces[body], mesh.uv[mesh.face_uv[body]].mean(1)
    height = vertices[faces][..., 1].mean(1)
    # The lining lies in patches of its own in the atlas, beside the head's.
    lining = ((place[:, 0] < 0.17) | ((place[:, 0] > 0.7) & (place[:, 1] < 0.16))) & (height > 6.0) & (height < 7.05)
    inside = np.unique(faces[lining])
    rim = np.intersect1d(inside, np.unique(faces[~lining]))
    edges = np.concatenate([faces[lining][:, [k, (k + 1) % 4]] for k in range(4)])
    graph = sparse.coo_matrix((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(len(vertices),) * 2)
    rows = dijkstra(graph.tocsr(), directed=False, indices=rim, unweighted=True, min_only=True)
    depth = np.zeros(len(vertices), np.float32)
    depth[inside] = np.clip((rows[inside] - 1.0) / 3.0, 0.0, 1.0)
    return depth


def _odd(target: Target) -> Target:
    """The part of a target that its mirror image undoes."""
    field = np.zeros_like(load_base()[0])
    field[target[0]] = target[1]
    mirrored = (field * np.array([-1, 1, 1], np.float32))[_mirror_of()]
    return _with_round_balls(_sparse(0.5 * (field - mirrored)))


def _with_rigid_jaw(target: Target, opens_jaw: bool) -> Target:
    """Upper teeth stay with the skull; lower teeth and tongue turn with the jaw, or stay if it does not open.

    The turn is the linearised rigid motion (two shifts and an angle about x) nearest to the chin's displacement. The
    vertex that the teeth's height is measured at stays, or they would grow with the opening.
    """
    base = load_base()[0]
    field = np.zeros_like(base)
    field[target[0]] = target[1]
    moving = _group_vertices("helper-lower-teeth", "helper-tongue")
    motion = np.zeros(3)
    if opens_jaw:
        skin = _group_vertices("body")
        chin = skin[((base[skin] > [-0.2, 6.15, 1.3]) & (base[skin] < [0.2, 6.55, 1.7])).all(1)]
        y, z = base[chin, 1], base[chin, 2]
        one, none = np.ones_like(y), np.zeros_like(y)
        rows = np.concatenate([np.stack([one, none, -z], 1), np.stack([none, one, y], 1)])
        motion = np.linalg.lstsq(rows, np.concatenate([field[chin, 1], field[chin, 2]]), rcond=None)[0]
    field[moving, 0] = 0.0
    field[moving, 1] = motion[0] - motion[2] * base[moving, 2]
    field[moving, 2] = motion[1] + motion[2] * base[moving, 1]
    field[_group_vertices("helper-upper-teeth")] = 0.0
    field[_TEETH_HEIGHT_VERTEX] = 0.0
    return _sparse(field)


def _ball_vertices(side: str) -> Ints:
    return _group_vertices(f"helper-{side}-eye", f"joint-{side}-eye")


def _without_balls(target: Target) -> Target:
    """Expressions do not move the eyeballs."""
    keep = ~np.isin(target[0], np.concatenate([_ball_vertices("l"), _ball_vertices("r")]))
    return target[0][keep], target[1][keep]


def _with_round_balls(target: Target) -> Target:
    """Replace the eyeballs' displacement by a shift and a scale, as the lids' edges ask for.

    Least squares over the ring of the lids: what the ball's surface moves along its normal should be what the ring
    moves; held towards the shift and scale of the assets' own displacement.
    """
    base = load_base()[0]
    indices, deltas = target
    if not np.isin(indices, np.concatenate([*lid_rings(), _ball_vertices("l"), _ball_vertices("r")])).any():
        return target
    field = np.zeros_like(base)
    field[indices] = deltas
    for side, ring in zip("lr", lid_rings(), strict=True):
        ball = _ball_vertices(side)
        joint = _group_vertices(f"joint-{side}-eye")
        centre = base[joint].mean(0)
        own = base[ball] - centre
        shift = field[ball].mean(0)
        radius = float((own**2).sum())
        scale = float((own * (field[ball] - shift)).sum() / radius)
        around = base[ring] - centre
        distance = np.linalg.norm(around, axis=1)
        normal = around / distance[:, None]
        rows = np.concatenate([normal, distance[:, None]], 1)
        left = (normal * (field[ring] - shift)).sum(1) - scale * distance
        hold = np.diag([0.6, 1.2, 0.35, 0.15]) ** 2
        correction = np.linalg.solve(rows.T @ rows + hold, rows.T @ left)
        field[ball] = shift + correction[:3] + (scale + correction[3]) * own
    return _sparse(field)


@lru_cache
def head_targets() -> dict[str, Target]:
    """All morph targets by name: the assets' with mended teeth and eyes, and the derived ones.

    ``seam/<eye or lips>/<column>`` close a seam; a star in the place of a side stands for both sides together;
    ``<unit>@left`` and ``<unit>@right`` are the halves of a unit; ``asym/...-odd`` turn into their negatives in a
    mirror.
    """
    raw = load_targets()
    result: dict[str, Target] = {}
    for name, target in raw.items():
        if name.startswith("expression/") and not name.startswith(UNITS):
            continue
        if name.startswith(UNITS):
            result[name] = _with_rigid_jaw(_without_balls(target), name.endswith("mouth-open"))
        else:
            result[name] = _with_round_balls(target)
            if name.startswith("macrodetails/") and "universal" not in name:
                result[name] = _with_mouth_in_place(_with_fitting_balls(result[name]))
    whole = f"{UNITS}/mouth-corner-puller"
    result[f"{whole}@left"], result[f"{whole}@right"] = _halves(result[whole])
    for name in list(result):
        for one, other, both in (("/l-", "/r-", "/*-"), ("-left-", "-right-", "-*-")):
            if one in name and name.replace(one, other) in result:
                result[name.replace(one, both)] = _sum(result[name], result[name.replace(one, other)])
    for name in [name for name in raw if name.startswith("asym/") and name.endswith("-l")]:
        result[f"{name[:-2]}-odd"] = _odd(raw[name])
    left_lids, right_lids, lips = seams()
    result |= _lid_targets(left_lids, result[f"{UNITS}/eye-left-closure"])
    result |= _lid_targets(right_lids, result[f"{UNITS}/eye-right-closure"])
    result |= _lip_targets(lips, result[f"{UNITS}/mouth-parling"])
    return result
