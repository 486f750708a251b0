"""Quad meshes of garments on a reference body: draped shells, bands around the neck, strips, domes; their binding.

All points are decimetres in the rest space of the base mesh (y up, the face looks to +z, +x is the person's left), on
the *reference body*: a young adult of average weight, half feminine and half masculine. Lengths in the signatures are
decimetres too.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from scipy.interpolate import LinearNDInterpolator, make_interp_spline
from scipy.ndimage import gaussian_filter1d, zoom
from scipy.spatial import cKDTree

from creator.training.assets.head_assets import Ints, load_base, load_targets
from creator.training.garments.garment_textures import Canvas, Values
from creator.training.head.subdivision import catmull_clark

Field = Callable[[Values], Values]  # points (..., 3) -> (...,); positive where cloth is, roughly a distance

Window = tuple[tuple[float, float], tuple[float, float]]  # of the chart: low and high corner

NECK_AXIS_Z = 0.16  # the neck's axis at its root
BINDING_SIZE = 24  # base vertices per garment vertex
TORSO_WINDOW: Window = ((-3.3, -1.6), (3.3, 2.3))  # what a torso's patch shows
_LOWEST, _HIGHEST, _HALF_WIDTH = 3.7, 6.45, 3.35


@dataclass(frozen=True)
class Piece:
    """One quad mesh of a garment. Texture coordinates run 0..1 over the piece's own patch of the atlas."""

    patch: str
    points: Values  # (N, 3)
    faces: Ints  # (F, 4), counter-clockwise from outside
    uv: Values  # (M, 2), v from the bottom
    face_uv: Ints  # (F, 4)


@dataclass(frozen=True)
class Design:
    """A garment before it is bound: pieces, painted canvas, the base vertices that it covers, fuzz (0..1)."""

    pieces: list[Piece]
    canvas: Canvas
    hidden: Ints
    sheen: float


def _normalised(vectors: Values) -> Values:
    return vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-9)


def quad_normals(points: Values, faces: Ints) -> Values:
    """Unit normals (N, 3) of vertices, area weighted."""
    corners = points[faces]
    across = np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1])
    total = np.zeros_like(points)
    for corner in range(4):
        np.add.at(total, faces[:, corner], across)
    return _normalised(total)


def chart(points: Values) -> Values:
    """Cloth coordinates (..., 2) of torso points: across the body, and from the back over the shoulder to the front."""
    x, y, z = points[..., 0], points[..., 1], points[..., 2]
    width = np.abs(x)
    arm = np.clip((width - 1.3) / 0.7, 0, 1)
    across = np.sign(x) * (width + 0.8 * np.maximum(5.6 - y, 0) * arm * arm * (3 - 2 * arm))
    return np.stack([across, 1.05 * np.arctan2(z - 0.15, y - 4.75)], -1).astype(np.float32)


def _chart_uv(points: Values, window: Window) -> Values:
    """The chart's window (low, high) as texture coordinates 0..1: the front at the bottom."""
    low, high = np.array(window[0]), np.array(window[1])
    share = np.clip((chart(points) - low) / (high - low), 0, 1)
    return np.stack([share[..., 0], 1 - share[..., 1]], -1).astype(np.float32)


@lru_cache
def reference_body() -> Values:
    """All base vertices (19158, 3) of the reference body."""
    body = load_base()[0].copy()
    targets = load_targets()
    for sex in ("female", "male"):
        for name in (f"caucasian-{sex}-young", f"universal-{sex}-young-averagemuscle-averageweight"):
            indices, deltas = targets[f"macrodetails/{name}"]
            body[indices] += 0.5 * deltas
    return body


class Torso:
    """Neck, shoulders, chest and upper arms of the reference body, refined once, with what drapes over them."""

    def __init__(self) -> None:
        body = reference_body()
        mesh, group, names = load_base()[1:]
        centre = body[mesh.faces].mean(1)
        keep = (group == names.index("body")) & (centre[:, 1] > _LOWEST) & (np.abs(centre[:, 0]) < _HALF_WIDTH)
        keep &= (centre[:, 1] < _HIGHEST) & ((centre[:, 2] < 0.95) | (centre[:, 1] < 5.85))
        used, faces = np.unique(mesh.faces[keep], return_inverse=True)
        matrix, self.faces = catmull_clark(faces.reshape(-1, 4).astype(np.int32), len(used))
        self.points = (matrix @ body[used]).astype(np.float32)
        self.normals = quad_normals(self.points, self.faces)
        pairs = np.concatenate([self.faces[:, [k, (k + 1) % 4]] for k in range(4)])
        count = len(self.points)
        graph = sparse.coo_matrix((np.ones(len(pairs), np.float32), pairs.T), shape=(count, count)).tocsr()
        graph = ((graph + graph.T) > 0).astype(np.float32)
        self.average = sparse.diags(1 / np.asarray(graph.sum(1)).ravel()) @ graph
        self.anchors = self._anchor_vertices(used)
        self._anchor_tree = cKDTree(body[self.anchors])

    def _anchor_vertices(self, used: Ints) -> Ints:
        """Vertices that garments hang on: what jaw, chin and mouth do must not move a collar."""
        moved = np.zeros(len(load_base()[0]), bool)
        for name, (indices, deltas) in load_targets().items():
            if name.startswith(("expression/", "chin/", "mouth/", "head/", "cheek/")):
                moved[indices[np.linalg.norm(deltas, axis=1) > 0.004]] = True
        return used[~moved[used]]

    def smooth(self, points: Values, steps: int) -> Values:
        for _ in range(steps):
            points = 0.4 * points + 0.6 * (self.average @ points)
        return points

    def drape(self, clearance: float, smoothing: int) -> Values:
        """The body's surface as cloth lies on it (N, 3): hollows bridged, nowhere nearer than ``clearance``."""
        # On thin necks the collar bones' heads and what starts at them stand out further than anything else.
        half = self.points * np.where(self.points[:, :1] < 0, (-1, 1, 1), 1)
        from_heads = np.linalg.norm(half - (0.29, 5.72, 0.69), axis=1)
        least = clearance + 0.055 * np.exp(-((from_heads / 0.22) ** 2))
        cloth = self.points
        for steps in (smoothing, smoothing // 2, smoothing // 4, 2, 1):
            cloth = self.smooth(cloth, steps)
            height = ((cloth - self.points) * self.normals).sum(1)
            cloth = cloth + self.normals * np.maximum(least - height, 0)[:, None]
        return cloth.astype(np.float32)

    def bind(self, points: Values) -> tuple[Ints, Values, Values]:
        """Base vertices (N, K), weights (N, K) that sum to one, and offsets (N, 3) that give the points in rest.

        Weights fall to zero at the next nearest vertex (modified Shepard weights, Franke & Nielson 1980).
        """
        distance, index = self._anchor_tree.query(points, k=BINDING_SIZE + 1)
        reach = distance[:, -1:]
        weights = (np.maximum(reach - distance[:, :-1], 0) / reach) ** 2 + 1e-6
        weights /= weights.sum(1, keepdims=True)
        refs = self.anchors[index[:, :-1]].astype(np.int32)
        held = np.einsum("nk,nkc->nc", weights, reference_body()[refs])
        return refs, weights.astype(np.float32), (points - held).astype(np.float32)


@lru_cache
def torso() -> Torso:
    return Torso()


class Drape:
    """Cloth over the torso at one clearance: the surface that shells are cut from and that strips lie on."""

    def __init__(self, clearance: float, smoothing: int, folds: Field | None = None) -> None:
        body = torso()
        self.points = body.drape(clearance, smoothing)
        self.normals = quad_normals(self.points, body.faces)
        if folds is not None:
            self.points = (self.points + self.normals * folds(self.points)[:, None]).astype(np.float32)
            self.normals = quad_normals(self.points, body.faces)
        self._tree = cKDTree(self.points)

    def _nearest(self, points: Values) -> tuple[Values, Values]:
        """The smooth surface near points (N, 3): points on it and unit normals."""
        distance, index = self._tree.query(points, k=10)
        weights = np.maximum(1 - distance / distance[:, -1:], 1e-3) ** 2
        weights /= weights.sum(1, keepdims=True)
        near = np.einsum("nk,nkc->nc", weights, self.points[index])
        return near, _normalised(np.einsum("nk,nkc->nc", weights, self.normals[index]))

    def push_out(self, points: Values, clearance: float) -> Values:
        """Points (..., 3), those nearer to the surface than ``clearance`` moved out to it."""
        flat = points.reshape(-1, 3).astype(np.float64)
        for _ in range(2):
            near, normals = self._nearest(flat)
            height = ((flat - near) * normals).sum(1, keepdims=True)
            flat = flat + normals * np.maximum(clearance - height, 0)
        return flat.reshape(points.shape).astype(np.float32)

    def settle(self, points: Values, lift: Values | float = 0.0) -> tuple[Values, Values]:
        """Points (..., 3) moved onto the surface and lifted by (...,) decimetres; the normals there."""
        flat = points.reshape(-1, 3).astype(np.float64)
        for _ in range(2):
            near, normals = self._nearest(flat)
            flat = flat - normals * ((flat - near) * normals).sum(1, keepdims=True)
        normals = normals.reshape(points.shape)
        lifted = flat.reshape(points.shape) + normals * np.broadcast_to(lift, points.shape[:-1])[..., None]
        return lifted.astype(np.float32), normals.astype(np.float32)

    def shell(self, covers: Field, patch: str = "torso", window: Window = TORSO_WINDOW) -> Piece:
        """The part of the drape where ``covers`` is positive, its border moved onto the line where it is zero.

        Its patch shows a window of the torso's chart.
        """
        faces, points = torso().faces, self.points.copy()
        faces = faces[covers(points[faces].mean(1)) > 0]
        used, index = np.unique(faces, return_inverse=True)
        faces, points, normals = index.reshape(-1, 4).astype(np.int32), points[used], self.normals[used]
        border = border_vertices(faces, len(points)) & (np.abs(covers(points)) < 0.3)
        for _ in range(4):
            points[border] = _to_zero(covers, points[border], normals[border])
        return Piece(patch, points, faces, _chart_uv(points, window), faces)

    def line(self, covers: Field, count: int) -> Values:
        """The closed line (count, 3) around the neck where ``covers`` is zero, from the back over -x, front and +x."""
        shell = self.shell(covers)
        border = border_vertices(shell.faces, len(shell.points)) & (np.abs(covers(shell.points)) < 0.02)
        points = shell.points[border]
        angle = np.arctan2(points[:, 0], points[:, 2] - NECK_AXIS_Z)
        order = np.argsort(angle)
        angle, points = angle[order], points[order]
        target = np.linspace(-np.pi, np.pi, count, endpoint=False)
        line = np.stack([np.interp(target, angle, points[:, c], period=2 * np.pi) for c in range(3)], 1)
        line = gaussian_filter1d(line, 1.2, axis=0, mode="wrap")
        mirrored = np.roll(line[::-1], 1, axis=0) * (-1, 1, 1)
        return (0.5 * (line + mirrored)).astype(np.float32)


def border_vertices(faces: Ints, count: int) -> NDArray[np.bool_]:
    """Which of ``count`` vertices lie on an edge of a single quad."""
    sides = np.sort(np.stack([faces, np.roll(faces, -1, 1)], 2).reshape(-1, 2), 1)
    edges, number = np.unique(sides, axis=0, return_counts=True)
    border = np.zeros(count, bool)
    border[edges[number == 1].ravel()] = True
    return border


def _to_zero(field: Field, points: Values, normals: Values) -> Values:
    """One Newton step of points (N, 3) towards the zero of a field, within the surface."""
    step = 0.01
    value = field(points)
    gradient = np.stack([(field(points + step * axis) - value) / step for axis in np.eye(3, dtype=np.float32)], -1)
    gradient -= normals * (gradient * normals).sum(-1, keepdims=True)
    square = np.maximum((gradient * gradient).sum(-1, keepdims=True), 0.05)
    move = -gradient * value[:, None] / square
    length = np.linalg.norm(move, axis=-1, keepdims=True)
    return (points + move * np.minimum(1, 0.12 / np.maximum(length, 1e-9))).astype(np.float32)


def grid(points: Values, patch: str, closed: bool = False, height: float | None = None) -> Piece:
    """A mesh over points (R, C, 3): texture u along columns (a closed grid joins its ends), v along rows.

    The outside is where ``columns x rows`` points. With a ``height``, the patch's own, v is measured in each column
    by itself, down from the last row, so that cloth does not stretch where columns differ in length.
    """
    rows, columns = points.shape[:2]
    across = columns + closed
    r, c = np.mgrid[0 : rows - 1, 0 : across - 1]
    corner = [(r, c), (r, c + 1), (r + 1, c + 1), (r + 1, c)]
    faces = np.stack([(i * columns + j % columns).ravel() for i, j in corner], 1).astype(np.int32)
    face_uv = np.stack([(i * across + j).ravel() for i, j in corner], 1).astype(np.int32)
    length_c = np.linalg.norm(np.diff(points, axis=1), axis=2).mean(0)
    length_r = np.linalg.norm(np.diff(points, axis=0), axis=2).mean(1)
    if closed:
        length_c = np.append(length_c, np.linalg.norm(points[:, 0] - points[:, -1], axis=1).mean())
    u = np.concatenate([[0], np.cumsum(length_c)]) / max(length_c.sum(), 1e-9)
    v = np.concatenate([[0], np.cumsum(length_r)]) / max(length_r.sum(), 1e-9)
    v = np.repeat(v[:, None], across, 1)
    if height:
        steps = np.linalg.norm(np.diff(points, axis=0), axis=2)[::-1]
        way = np.concatenate([np.zeros((1, columns)), np.cumsum(steps, 0)])[::-1]
        v = np.clip(1 - way[:, np.arange(across) % columns] / height, 0, 1)
    uv = np.stack(np.broadcast_arrays(u[None, :], v), -1)
    return Piece(patch, points.reshape(-1, 3).astype(np.float32), faces, uv.reshape(-1, 2).astype(np.float32), face_uv)


def around_neck(line: Values) -> tuple[Values, Values]:
    """Horizontal unit vectors (C, 3) away from the neck's axis, and up along the leaning neck, for a neck line."""
    out = line - np.array([0, 0, NECK_AXIS_Z], np.float32)
    out[:, 1] = 0
    up = np.tile(_normalised(np.array([[0, 1, 0.28]], np.float32)), (len(line), 1))
    return _normalised(out), up


def spline(waypoints: list[tuple[float, float, float]], count: int) -> Values:
    """A smooth curve (count, 3) through waypoints, evenly spaced."""
    points = np.array(waypoints, float)
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))])
    curve = make_interp_spline(length, points, k=min(3, len(points) - 1))(np.linspace(0, length[-1], 8 * count))
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(curve, axis=0), axis=1))])
    even = np.linspace(0, length[-1], count)
    return np.stack([np.interp(even, length, curve[:, c]) for c in range(3)], 1).astype(np.float32)


def strip(
    drape: Drape, curve: Values, half_width: Values | float, lift: float, thickness: float, patch: str,
    closed: bool = False, roundness: float = 4.0, across: int = 9,
) -> Piece:  # fmt: skip
    """A band of cloth on the drape along a curve (C, 3); its rounded section dips below the drape at the edges."""
    curve, normals = drape.settle(curve)
    mode = "wrap" if closed else "nearest"
    tangent = np.gradient(curve, axis=0)
    if closed:
        tangent = 0.5 * (np.roll(curve, -1, 0) - np.roll(curve, 1, 0))
    side = gaussian_filter1d(_normalised(np.cross(normals, tangent)), 1.5, axis=0, mode=mode)
    place = np.linspace(-1, 1, across)
    # Beyond the flat top the section turns down into the cloth below.
    height = lift + thickness * (1 - np.abs(place) ** roundness)
    height[[0, -1]] -= lift + 0.03
    inset = place * np.where(np.abs(place) > 0.99, 0.985, 1.0)
    width = np.broadcast_to(half_width, len(curve))
    points = curve[None] + side[None] * (inset[:, None] * width[None])[..., None]
    points = drape.settle(points, height[:, None])[0]
    points = gaussian_filter1d(points, 0.7, axis=1, mode=mode)
    if not closed:
        beyond = 1.2 * points[:, [0, -1]] - 0.2 * points[:, [1, -2]]
        ends = drape.settle(beyond, -0.03)[0]
        points = np.concatenate([ends[:, :1], points, ends[:, 1:]], 1)
    return grid(points, patch, closed)


def dome(centre: Values, normal: Values, radius: float, height: float, patch: str, sides: int = 12) -> Piece:
    """A button or rivet: a flattened dome whose texture is seen from above (its patch's inscribed circle)."""
    normal = _normalised(np.asarray(normal, np.float32))
    right = _normalised(np.cross((0, 1, 0.1), normal).astype(np.float32))
    up = np.cross(normal, right)
    angle = np.linspace(0, 2 * np.pi, sides, endpoint=False)
    rings = ((1.0, -0.6), (1.0, 0.45), (0.86, 0.9), (0.5, 1.0), (0.02, 1.0))
    points = np.stack(
        [
            centre + radius * r * (np.cos(angle)[:, None] * right + np.sin(angle)[:, None] * up) + height * h * normal
            for r, h in rings
        ]
    )
    piece = grid(points, patch, closed=True)
    flat = np.stack(
        [[0.5 + 0.49 * min(r, 1) * np.cos(angle), 0.5 + 0.49 * min(r, 1) * np.sin(angle)] for r, _ in rings]
    )
    uv = flat.transpose(0, 2, 1).reshape(-1, 2).astype(np.float32)
    return Piece(patch, piece.points, piece.faces, uv, piece.faces)


def mirrored(piece: Piece) -> Piece:
    """The same piece on the other half of the body."""
    return Piece(piece.patch, piece.points * np.array([-1, 1, 1], np.float32), piece.faces[:, ::-1].copy(), piece.uv,
                 piece.face_uv[:, ::-1].copy())  # fmt: skip


def covered_vertices(covers: Field, margin: float) -> Ints:
    """Base vertices of the body that lie at least ``margin`` inside a covered region."""
    base = reference_body()
    mesh, group, names = load_base()[1:]
    skin = np.unique(mesh.faces[group == names.index("body")])
    near = skin[(base[skin, 1] < _HIGHEST) & ((base[skin, 2] < 0.95) | (base[skin, 1] < 5.85))]
    return near[covers(base[near]) > margin].astype(np.int32)


@lru_cache
def torso_positions(rows: int, columns: int) -> Values:
    """Where each texel (rows, columns, 3) of the torso's patch lies on the body; first row at the top (the back)."""
    body = torso()
    outer = body.points[:, 1] < 6.2
    step = 4
    low, high = TORSO_WINDOW
    across = np.linspace(low[0], high[0], columns // step)
    along = np.linspace(low[1], high[1], rows // step)
    points = body.points[outer]
    coarse = LinearNDInterpolator(chart(points), points, fill_value=0.0)(*np.meshgrid(across, along))
    positions = zoom(coarse, (rows / coarse.shape[0], columns / coarse.shape[1], 1), order=1)
    return positions.astype(np.float32)
