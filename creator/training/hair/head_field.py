"""The space around the head that strands live in: distance to the skin, places to root in, how it moves with people.

All of it is measured on the base mesh at rest, in decimetres.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.ndimage as ndimage
import scipy.sparse as sparse
import torch
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from creator.training.assets.head_assets import Floats, Ints, load_base
from creator.training.head.people_geometry import PeopleGeometry, lip_amounts, vertex_normals

# What the growing functions take: float32 or float64.
Reals = NDArray[np.floating[Any]]

_LOW = np.array([-2.88, 3.0, -1.8], np.float32)
_HIGH = np.array([2.88, 9.6, 2.88], np.float32)
_FINE = 0.06  # spacing of the distances
_COARSE = 0.24  # spacing of the displacements
_SCALP_POOL, _FACE_POOL = 140_000, 100_000
_CLOTH = 0.13  # room that garments take above the skin of shoulders and chest
_CONTROLS = 420
_NEIGHBOURS = 20


def smoothstep(low: float, high: float, value: Reals) -> Reals:
    """0 at ``low``, 1 at ``high``, cubic between; ``low`` may be above ``high``."""
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def unit(vectors: Reals) -> Reals:
    length = np.sqrt(np.einsum("...i,...i->...", vectors, vectors))[..., None]
    return vectors / np.maximum(length, 1e-9)


def smooth_noise(points: Reals, frequency: float, seed: int) -> Floats:
    """Band-limited noise (...,) about -1..1 at points (..., 3): a sum of eight sines."""
    random = np.random.RandomState(seed)
    waves = unit(random.normal(size=(8, 3))) * frequency * random.uniform(0.6, 1.6, (8, 1))
    phases = random.uniform(0, 2 * np.pi, 8)
    # Wave by wave and in single precision: this is most of the time of making a groom.
    single, total = points.astype(np.float32), np.zeros(points.shape[:-1], np.float32)
    for wave, phase in zip(waves.astype(np.float32), phases.astype(np.float32), strict=True):
        total += np.sin(single @ wave + phase)
    return total / np.float32(2.8)


@dataclass(frozen=True)
class RootPool:
    """Places on head and neck, evenly spread in random order: any first part of it is spread evenly too."""

    refs: Ints  # (N, 3) base vertices
    weights: Floats  # (N, 3) barycentric
    position: Floats  # (N, 3)
    normal: Floats  # (N, 3) unit, smooth
    uv: Floats  # (N, 2) in the skin atlas, v from the bottom
    lips: Floats  # (N,) 1 on the red of the lips


def _lips(geometry: PeopleGeometry, refs: Ints, weights: Floats) -> Floats:
    """(N,) how far each place belongs to the lips."""
    return np.clip(((weights * lip_amounts(geometry)[refs]).sum(1) - 0.10) / 0.3, 0, 1)


def _sample(grid: torch.Tensor, points: Reals) -> Floats:
    """Trilinear samples (..., C) of a grid (1, C, Z, Y, X) over the box, at points (..., 3)."""
    scale = 2 / (_HIGH - _LOW)
    place = np.asarray(points, np.float32).reshape(1, 1, 1, -1, 3) * scale
    place -= _LOW * scale + 1
    found = torch.nn.functional.grid_sample(grid, torch.from_numpy(place), padding_mode="border", align_corners=True)
    return found.reshape(grid.shape[1], -1).T.contiguous().numpy().reshape(*points.shape[:-1], -1)


def _nodes(spacing: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    counts = np.round((_HIGH - _LOW) / spacing).astype(int) + 1
    x, y, z = (np.linspace(_LOW[k], _HIGH[k], counts[k], dtype=np.float32) for k in range(3))
    return x, y, z


class HeadField:
    """Distance grids and root places of the base mesh, built once."""

    def __init__(self, geometry: PeopleGeometry) -> None:
        self.base = geometry.base
        self.full_base = load_base()[0]  # with the vertices that the bust lacks, for fitted items
        # A vertex of the guide at the centre of each eyeball, of the left one first.
        self.eyes = tuple(int(joint[0]) for joint in geometry.eye_joints)
        skin = ~geometry.mouth_lining
        fine = geometry.subdivide @ geometry.base
        part = geometry.parts["body"]
        normals = vertex_normals(part, fine)
        used = np.unique(part.faces[skin.repeat(4)])
        distances = self._distances(fine[used], normals[used])
        self._grid = self._with_gradient(distances)
        self._soft_grid = self._with_gradient(ndimage.gaussian_filter(distances, 2.2) - 0.02)
        self.used = geometry.used  # (N,) which of the full base's vertices those of the bust are
        self.faces = geometry.body_base_faces[skin]
        self.triangles = np.concatenate([self.faces[:, :3], self.faces[:, [0, 2, 3]]])
        corner_uv = geometry.body_base_uv[skin]
        _, y, z = self.base[self.faces].mean(1).T
        self.scalp = self._make_pool(geometry, corner_uv, (y > 6.2) & ((y > 7.25) | (z < 1.1)), _SCALP_POOL)
        self.face = self._make_pool(geometry, corner_uv, (y > 5.8) & (y < 7.2) & (z > 0.25), _FACE_POOL)
        self._cage = self._make_cage()

    @staticmethod
    def _distances(surface: Floats, normals: Floats) -> Floats:
        """(Z, Y, X) signed distances; built for x >= 0 and mirrored."""
        x, y, z = _nodes(_FINE)
        half = x[len(x) // 2 :]
        grid = np.stack(np.meshgrid(z, y, half, indexing="ij")[::-1], -1).reshape(-1, 3)
        near = surface[:, 0] > -0.1
        distance, nearest = cKDTree(surface[near]).query(grid, k=3)
        away = grid[:, None] - surface[near][nearest]
        height = (away * normals[near][nearest]).sum(-1)
        # Close to the surface the plane through the nearest vertex is exacter than the distance to the vertex.
        signed = np.where(distance < 0.09, height, np.sign(height) * distance)
        weight = 1 / (distance + 1e-3) ** 2
        weight /= weight.sum(1, keepdims=True)
        signed = (signed * weight).sum(1).reshape(len(z), len(y), len(half))
        signed -= _CLOTH * smoothstep(5.95, 5.5, y)[None, :, None]
        return np.concatenate([signed[..., :0:-1], signed], 2).astype(np.float32)

    @staticmethod
    def _with_gradient(full: Floats) -> torch.Tensor:
        """(1, 4, Z, Y, X): outward gradient and distance."""
        gradient = np.stack([np.gradient(full, _FINE, axis=axis) for axis in (2, 1, 0)])
        gradient /= np.maximum(np.linalg.norm(gradient, axis=0, keepdims=True), 1e-6)
        return torch.from_numpy(np.concatenate([gradient, full[None]]).astype(np.float32))[None]

    def distance(self, points: Reals, soft: bool = False) -> tuple[Reals, Reals]:
        """Signed distance (...,) to skin or garment, positive outside, and its unit gradient (..., 3).

        ``soft``: to a rounder shape, whose ears and shoulders hair glides over.
        """
        found = _sample(self._soft_grid if soft else self._grid, points)
        return found[..., 3], unit(found[..., :3])

    def bind(self, points: Reals, triangles: Ints | None = None) -> tuple[Ints, Floats]:
        """The nearest skin triangle (S, 3) of each point (S, 3), and barycentric weights (S, 3) of the place there.

        ``triangles`` (T, 3) are those to choose from, by default all.
        """
        triangles = self.triangles if triangles is None else triangles
        _, near = cKDTree(self.base[triangles].mean(1)).query(points, k=10)
        a, b, c = (self.base[triangles[near][..., k]] for k in range(3))
        ab, ac, ap = b - a, c - a, points[:, None] - a
        d00, d01, d11 = (ab * ab).sum(-1), (ab * ac).sum(-1), (ac * ac).sum(-1)
        d20, d21 = (ap * ab).sum(-1), (ap * ac).sum(-1)
        area = np.maximum(d00 * d11 - d01 * d01, 1e-12)
        v, w = (d11 * d20 - d01 * d21) / area, (d00 * d21 - d01 * d20) / area
        weights = np.clip(np.stack([1 - v - w, v, w], -1), 0, None)
        weights /= weights.sum(-1, keepdims=True)
        found = (weights[..., None] * self.base[triangles[near]]).sum(2)
        best = np.linalg.norm(found - points[:, None], axis=-1).argmin(1)
        rows = np.arange(len(points))
        return triangles[near[rows, best]].astype(np.int32), weights[rows, best].astype(np.float32)

    def ahead(self, x: Reals, y: Reals) -> Floats:
        """Points (S, 3) of the face's surface at x and y (S,), seen from the front."""
        points = np.stack([x, y, np.full_like(x, 2.2)], -1).astype(np.float32)
        for _ in range(24):
            points[:, 2] -= 0.8 * self.distance(points)[0]
        return points

    def pushed_out(self, points: Reals, margin: Reals | float) -> Reals:
        """Points (..., 3) moved along the gradient until they are ``margin`` outside."""
        for _ in range(2):
            distance, gradient = self.distance(points)
            points = points + np.clip(margin - distance, 0, 0.3)[..., None] * gradient
        return points

    def _make_pool(self, geometry: PeopleGeometry, corner_uv: Floats, region: np.ndarray, count: int) -> RootPool:
        random = np.random.RandomState(7)
        triangles = self.triangles
        uv = np.concatenate([corner_uv[:, :3], corner_uv[:, [0, 2, 3]]])
        vertex_normal = np.zeros_like(self.base)
        a, b, c = (self.base[triangles[:, k]] for k in range(3))
        cross = np.cross(b - a, c - a)
        for k in range(3):
            np.add.at(vertex_normal, triangles[:, k], cross)
        keep = np.tile(region, 2)
        triangles, uv = triangles[keep], uv[keep]
        area = np.linalg.norm(cross[keep], axis=1)
        chosen = random.choice(len(triangles), count, p=area / area.sum())
        one, two = np.sqrt(random.uniform(size=count)), random.uniform(size=count)
        weights = np.stack([1 - one, one * (1 - two), one * two], 1).astype(np.float32)
        refs = triangles[chosen].astype(np.int32)

        def mixed(values: Reals) -> Floats:
            return (weights[..., None] * values).sum(1).astype(np.float32)

        return RootPool(
            refs, weights, mixed(self.base[refs]), unit(mixed(unit(vertex_normal)[refs])),
            mixed(uv[chosen]), _lips(geometry, refs, weights),
        )  # fmt: skip

    def _make_cage(self) -> sparse.csr_matrix:
        """(nodes, N) averages of base vertices, the wider the farther the node is from the skin.

        Vertices round eyes and mouth take no part: expressions move skin, not hair.
        """
        skin = np.unique(self.faces)
        x, y, z = self.base[skin].T
        skin = skin[~((np.abs(x) < 0.66) & (y > 6.25) & (y < 7.65) & (z > 1.0))]
        points = self.base[skin]
        chosen, gap = [0], np.full(len(points), np.inf)
        for _ in range(_CONTROLS - 1):
            gap = np.minimum(gap, ((points - points[chosen[-1]]) ** 2).sum(1))
            chosen.append(int(gap.argmax()))
        controls = skin[np.array(chosen)]
        nodes = np.stack(np.meshgrid(*_nodes(_COARSE)[::-1], indexing="ij")[::-1], -1).reshape(-1, 3)
        distance, nearest = cKDTree(self.base[controls]).query(nodes, k=_NEIGHBOURS)
        width = 0.16 + 0.5 * distance[:, :1]
        weights = np.exp(-0.5 * (distance**2 - distance[:, :1] ** 2) / width**2)
        # Falls to nothing at the last neighbour, so that it makes no step where the set of neighbours changes.
        weights *= 1 - (distance / distance[:, -1:]) ** 2 + 1e-6
        weights /= weights.sum(1, keepdims=True)
        rows = np.repeat(np.arange(len(nodes)), _NEIGHBOURS)
        columns = controls[nearest].ravel()
        return sparse.csr_matrix((weights.ravel().astype(np.float32), (rows, columns)), (len(nodes), len(self.base)))

    def carry(self, base: Floats) -> CarriedHead:
        """The same head with other (unposed) base vertices (N, 3)."""
        moved = self._cage @ (base - self.base)
        x, y, z = (len(axis) for axis in _nodes(_COARSE))
        grid = np.ascontiguousarray(moved.reshape(z, y, x, 3).transpose(3, 0, 1, 2), np.float32)
        return CarriedHead(base, self.base, torch.from_numpy(grid)[None])


@dataclass(frozen=True)
class CarriedHead:
    """One person's unposed base vertices (N, 3) and how far they carry the space around the head."""

    base: Floats
    rest: Floats  # (N, 3) the base mesh
    grid: torch.Tensor  # (1, 3, Z, Y, X) displacements in decimetres

    def displacement(self, points: Floats) -> Floats:
        """Of the space at rest positions (..., 3): (..., 3), linear in the base vertices."""
        return _sample(self.grid, points)
