"""Long hair lies on what is worn: pushes that are found once for each style and garment, on the base mesh at rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.ndimage as ndimage
from numpy.typing import NDArray

from creator.training.assets.head_assets import Floats, Ints
from creator.training.hair.head_field import Reals
from creator.training.hair.strand_grooms import POINTS, Groom

_SPACING = 0.05  # decimetres
_LOW, _HIGH = np.array([-2.4, 4.0, -1.9]), np.array([2.4, 6.9, 2.3])
_SAMPLES = 5  # along each side of a quad
_FARTHEST = 0.6  # decimetres that a point is moved at most


@dataclass(frozen=True)
class Drape:
    """How one groom's strands give way to a garment, in decimetres at rest."""

    strands: Ints  # (K,) those that do
    offset: NDArray[np.float16]  # (K, POINTS, 3)


def drape(groom: Groom, vertices: Floats, faces: Ints) -> Drape:
    """Pushes of a groom out of the garment with ``vertices`` (V, 3) on the base mesh and quads ``faces`` (F, 4).

    All that lies below some part of the garment counts as filled, so that hair comes to lie on a ruff or a pauldron
    and never under it, while it may fall between the neck and a collar.
    """
    low = np.flatnonzero(groom.rest[..., 1].min(1) < _HIGH[1])
    points = groom.rest[low]
    gap = _gap_to(_filled(vertices, faces))
    # Strands lie on each other, not all on the cloth.
    margin = 0.02 + 0.07 * groom.strand[low, :, 0]
    moved = points
    for _ in range(3):
        moved = _pushed(gap, moved, margin)
        offset = ndimage.gaussian_filter1d(moved - points, 1.0, axis=1, mode="nearest")
        # The root stays where it grows.
        moved = points + offset * np.minimum(np.arange(POINTS) / 3, 1)[:, None]
    moved = _pushed(gap, moved, margin)
    offset = moved - points
    touched = np.abs(offset).max((1, 2)) > 0.005
    return Drape(low[touched].astype(np.int32), offset[touched].astype(np.float16))


def _filled(vertices: Floats, faces: Ints) -> np.ndarray:
    """(X, Y, Z) bool: cells of the box that have some of the garment above them."""
    share = (np.arange(_SAMPLES) + 0.5) / _SAMPLES
    u, v = (a.ravel()[:, None] for a in np.meshgrid(share, share))
    weights = np.concatenate([(1 - u) * (1 - v), u * (1 - v), u * v, (1 - u) * v], 1).astype(np.float32)
    surface = np.einsum("sk,fkc->fsc", weights, vertices[faces]).reshape(-1, 3)
    shape = np.round((_HIGH - _LOW) / _SPACING).astype(int)
    cell = ((surface - _LOW) / _SPACING).astype(int)
    inside = ((surface > _LOW) & (cell < shape)).all(1)
    x, y, z = cell[inside].T
    top = np.full((shape[0], shape[2]), -1)
    np.maximum.at(top, (x, z), y)
    return np.arange(shape[1])[None, :, None] <= top[:, None, :]


def _gap_to(filled: np.ndarray) -> Floats:
    """(4, X, Y, Z) gradient of the signed distance to filled cells, and the distance (decimetres)."""
    outside = ndimage.distance_transform_edt(~filled, sampling=_SPACING)
    inside = ndimage.distance_transform_edt(filled, sampling=_SPACING)
    distance = ndimage.gaussian_filter((outside - inside).astype(np.float32), 1.0)
    return np.stack([*np.gradient(distance, _SPACING), distance]).astype(np.float32)


def _pushed(gap: Floats, points: Reals, margin: Reals) -> Reals:
    """Points (S, P, 3) moved until they are ``margin`` (S, P) outside."""
    place = ((points - _LOW) / _SPACING - 0.5).reshape(-1, 3).T
    gradient = np.stack([ndimage.map_coordinates(part, place, order=1, mode="nearest") for part in gap[:3]], -1)
    distance = ndimage.map_coordinates(gap[3], place, order=1, mode="nearest").reshape(margin.shape)
    inside_box = ((points > _LOW) & (points < _HIGH)).all(-1)
    depth = np.clip(margin - distance, 0, _FARTHEST) * inside_box
    gradient = gradient.reshape(points.shape)
    gradient = gradient / np.maximum(np.linalg.norm(gradient, axis=-1, keepdims=True), 1e-6)
    return points + depth[..., None] * gradient
