"""Where the texels of the skin atlas lie on the head: rest positions and an unrolled face, for drawing skin by places.

The atlas lays the head on its side: u grows from the crown to the neck, v from the person's right to the left, and the
two halves mirror each other about ``MIRROR_V``. All maps are arrays with the first row at the top (largest v).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import scipy.ndimage as ndimage

from creator.training.assets.head_assets import Floats, Mesh, load_base
from creator.training.head.subdivision import catmull_clark, split_texture_coordinates

MIRROR_V = 0.48317
HEAD_WINDOW = (0.60, MIRROR_V - 0.35, 1.0, MIRROR_V + 0.35)  # u0, v0, u1, v1 (v from the bottom)
HEAD_SIZE = (1432, 816)  # rows, columns: the 2048 px atlases' own density
# Neck, chest and shoulders lie in the body's patch: a strip below the head at half the density.
MIRROR_U = 0.3805
BODY_SIZE = (344, 816)
BODY_WINDOW = (MIRROR_U - 408 / 1024, 0.656, MIRROR_U + 408 / 1024, 0.656 + 344 / 1024)
BODY_LARGEST_U = 0.63  # what lies beyond belongs to the head
MAP_SIZE = (HEAD_SIZE[0] + BODY_SIZE[0], HEAD_SIZE[1])
COARSE = 4  # slow colour is kept at a quarter of the density
COARSE_SIZE = (MAP_SIZE[0] // COARSE, MAP_SIZE[1] // COARSE)
_AXIS_Z = 0.30  # the unrolling cylinder's axis, decimetres before the origin
_RADIUS = 1.20


@dataclass(frozen=True)
class SkinLayout:
    """Rest places of texels, decimetres.

    ``position`` (H, W, 3), ``normal`` (H, W, 3) unit; ``across`` (H, W) is the way around the head from its middle
    plane, positive to the person's left, as on an unrolled cylinder; ``used`` (H, W) says where the mesh has texels
    (elsewhere the nearest used texel's values stand).
    """

    position: Floats
    normal: Floats
    across: Floats
    used: np.ndarray

    @property
    def height(self) -> Floats:
        """(H, W) y."""
        return self.position[..., 1]


def packed(picture: np.ndarray) -> np.ndarray:
    """An atlas (S, S, C), first row at the top, S = 2048 -> its head window over its body window (H, W, C)."""
    size = picture.shape[0]

    def cut(window: tuple[float, float, float, float], shape: tuple[int, int]) -> np.ndarray:
        x = (window[0] + (np.arange(shape[1]) + 0.5) / shape[1] * (window[2] - window[0])) * size
        y = (1 - window[3] + (np.arange(shape[0]) + 0.5) / shape[0] * (window[3] - window[1])) * size
        columns = np.clip(x.astype(int), 0, size - 1)
        return picture[np.clip(y.astype(int), 0, size - 1)[:, None], columns[None]]

    return np.concatenate([cut(HEAD_WINDOW, HEAD_SIZE), cut(BODY_WINDOW, BODY_SIZE)])


def mirrored(picture: Floats) -> Floats:
    """A packed map (H, W, ...) of any whole fraction of the density with left and right exchanged."""
    rows = picture.shape[0] * HEAD_SIZE[0] // MAP_SIZE[0]
    return np.concatenate([picture[:rows][::-1], picture[rows:][:, ::-1]])


def unrolled(x: Floats, z: Floats) -> Floats:
    """The way around the cylinder, decimetres, for rest x and z of the same shape."""
    return (_RADIUS * np.arctan2(x, z - _AXIS_Z)).astype(np.float32)


@lru_cache
def skin_layout(step: int = 1) -> SkinLayout:
    """The layout of every ``step``-th texel of the packed map: (H / step, W / step)."""
    base, mesh, group, names = load_base()
    place, centre = mesh.uv[mesh.face_uv].mean(1), base[mesh.faces].mean(1)
    body = (group == names.index("body")) & (mesh.faces[:, 3] >= 0) & (centre[:, 1] > 3.7)
    body &= np.abs(centre[:, 0]) < 3.6
    patches = (
        (body & (place[:, 0] > BODY_LARGEST_U) & (place[:, 1] > 0.16), HEAD_WINDOW, HEAD_SIZE),
        (body & (place[:, 0] < BODY_LARGEST_U) & (place[:, 1] > 0.64) & (place[:, 0] > 0.1), BODY_WINDOW, BODY_SIZE),
    )
    maps = [_patch(base, mesh, chosen, window, (h // step, w // step)) for chosen, window, (h, w) in patches]
    position, normal, used = (np.concatenate([m[k] for m in maps]) for k in range(3))
    return SkinLayout(position, normal, unrolled(position[..., 0], position[..., 2]), used)


def _patch(
    base: Floats, mesh: Mesh, chosen: np.ndarray, window: tuple[float, float, float, float], size: tuple[int, int]
) -> tuple[Floats, Floats, np.ndarray]:
    """Positions, normals (H, W, 3) and coverage (H, W) of the chosen faces in one window."""
    vertices, faces = np.unique(mesh.faces[chosen], return_inverse=True)
    matrix, fine_faces = catmull_clark(faces.reshape(-1, 4).astype(np.int32), len(vertices))
    uv_faces, uv = split_texture_coordinates(mesh.face_uv[chosen], mesh.uv)
    fine = np.asarray(matrix @ base[vertices], np.float32)
    texels = (uv - window[:2]) / (np.array(window[2:]) - window[:2])
    texels = np.stack([texels[:, 0], 1 - texels[:, 1]], 1) * (size[1], size[0])
    halves = np.array([[0, 1, 2], [0, 2, 3]])
    corners = texels[uv_faces[:, halves].reshape(-1, 3)]
    position, used = _rasterise(corners, fine[fine_faces[:, halves].reshape(-1, 3)], *size)
    if not used.all():
        nearest = ndimage.distance_transform_edt(~used, return_distances=False, return_indices=True)
        position = position[tuple(nearest)]
    return position, _normals(position), used


def _normals(position: Floats) -> Floats:
    """Unit normals (H, W, 3) of a position map, smoothed over a few texels."""
    smooth = ndimage.gaussian_filter(position, (1.5, 1.5, 0))
    normal = np.cross(np.gradient(smooth, axis=0), np.gradient(smooth, axis=1))
    normal = ndimage.gaussian_filter(normal, (2.0, 2.0, 0))
    return (normal / np.maximum(np.linalg.norm(normal, axis=-1, keepdims=True), 1e-9)).astype(np.float32)


def _rasterise(corners: np.ndarray, values: Floats, rows: int, columns: int) -> tuple[Floats, np.ndarray]:
    """Values (T, 3, C) at corners (T, 3, 2) of triangles, in texels (x, y down) -> map (H, W, C), coverage (H, W)."""
    low = np.clip(np.floor(corners.min(1) - 0.5).astype(int), 0, (columns - 1, rows - 1))
    high = np.clip(np.ceil(corners.max(1) + 0.5).astype(int), 1, (columns, rows))
    extent = np.maximum(high - low, 0)
    counts = extent.prod(1)
    triangle = np.repeat(np.arange(len(corners)), counts)
    within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    x = low[triangle, 0] + within % extent[triangle, 0]
    y = low[triangle, 1] + within // extent[triangle, 0]
    a, b, c = (corners[triangle, k] for k in range(3))
    px, py = x + 0.5 - a[:, 0], y + 0.5 - a[:, 1]
    ab, ac = b - a, c - a
    area = ab[:, 0] * ac[:, 1] - ab[:, 1] * ac[:, 0]
    area = np.where(np.abs(area) < 1e-9, 1e-9, area)
    v = (px * ac[:, 1] - py * ac[:, 0]) / area
    w = (ab[:, 0] * py - ab[:, 1] * px) / area
    weights = np.stack([1 - v - w, v, w], 1)
    hit = weights.min(1) > -0.02
    mixed = np.einsum("nk,nkc->nc", weights[hit], values[triangle[hit]])
    picture = np.zeros((rows, columns, values.shape[-1]), np.float32)
    covered = np.zeros((rows, columns), bool)
    picture[y[hit], x[hit]] = mixed
    covered[y[hit], x[hit]] = True
    return picture, covered
