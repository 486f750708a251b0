"""Grooms: hair as strands, traced once per style and carried by the meshes of each person.

Card styles follow the direction field of the hair texture over the fitted hair meshes; buzz cut and afro grow from the
scalp. The random seed of a style is fixed, so that a style always has the same strands.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy.ndimage as ndimage
from scipy.spatial import cKDTree

from creator.training.head_assets import Floats, Ints, load_texture
from creator.training.people_geometry import HAIR_ITEMS, PeopleGeometry, before_face, mesh_components, triangulate

POINTS = 14
_MAP = 512  # texels of the direction field
_STEP = 2.5  # texels
_MAXIMUM_STEPS = 260
_TEXTURES = {"short02": "short02_diffuse", "short04": "short04_diffuse", "bob02": "bob02_diffuse",
             "long01": "long01_diffuse", "ponytail01": "ponytail01_diffuse"}  # fmt: skip
CARD_TEXTURES = _TEXTURES | {"afro01": "afro_diffuse"}


@dataclass(frozen=True)
class Groom:
    """Strands over a carrier mesh.

    Point = sum of ``weights`` times carrier vertices ``refs`` + ``along_normal`` times the carrier's normals there +
    ``offsets``; the carrier is the fitted hair item ``item``, posed, or (item empty) the unposed base vertices.
    """

    item: str
    refs: Ints  # (S, POINTS, 3)
    weights: Floats  # (S, POINTS, 3)
    along_normal: Floats  # (S, POINTS) in units of the camera frame
    offsets: Floats  # (S, POINTS, 3) decimetres, for scalp-grown strands
    strand: Floats  # (S, POINTS, 2): random number of the strand, place along it

    @property
    def radius(self):
        return np.broadcast_to(np.float32(0.006), self.strand.shape[:2])*(1-0.6*self.strand[...,1])


def scalp_mask(size: int = 1024) -> Floats:
    """Where the skin atlas paints scalp hair: (size, size) float32 in 0..1, first row at the top."""
    atlas = load_texture("young_darkskinned_male_diffuse", size)[..., :3].astype(np.float32) / 255
    luminance = ndimage.gaussian_filter(atlas @ np.array([0.3, 0.6, 0.1], np.float32), size / 512)
    head = np.zeros((size, size), bool)
    head[int(0.17 * size) : int(0.86 * size), int(0.625 * size) :] = True
    labels, _ = ndimage.label((luminance < 0.125) & head)
    sizes = np.bincount(labels.ravel())
    large = np.isin(labels, [i for i in np.argsort(sizes)[::-1][:3] if i and sizes[i] > 0.005 * size * size])
    large = ndimage.binary_closing(large, iterations=3)
    return ndimage.gaussian_filter(large.astype(np.float32), size / 400)


def _direction_field(texture: np.ndarray) -> Floats:
    """Unit direction (H, W, 2) along the painted strands, as (x, y) in texels."""
    grey = texture[..., :3].astype(np.float32) @ np.array([0.3, 0.6, 0.1], np.float32)
    grey *= texture[..., 3] / 255.0
    gx, gy = ndimage.gaussian_filter(grey, 1, order=(0, 1)), ndimage.gaussian_filter(grey, 1, order=(1, 0))
    smooth = [ndimage.gaussian_filter(a, 5.0) for a in (gx * gx, gx * gy, gy * gy)]
    angle = 0.5 * np.arctan2(2 * smooth[1], smooth[0] - smooth[2]) + np.pi / 2
    return np.stack([np.cos(angle), np.sin(angle)], -1).astype(np.float32)


def _rasterise(triangles_uv: Floats) -> Ints:
    """Index of the triangle (or -1) at each texel of the map; triangles_uv (T, 3, 2) in texels."""
    ids = np.full((_MAP, _MAP), -1, np.int32)
    for index, corners in enumerate(triangles_uv):
        low = np.clip(np.floor(corners.min(0)).astype(int) - 1, 0, _MAP - 1)
        high = np.clip(np.ceil(corners.max(0)).astype(int) + 2, 0, _MAP)
        xs, ys = np.meshgrid(np.arange(low[0], high[0]) + 0.5, np.arange(low[1], high[1]) + 0.5)
        weights = _barycentric(np.broadcast_to(corners, (*xs.shape, 3, 2)), np.stack([xs, ys], -1))
        inside = weights.min(-1) > -0.02
        ids[low[1] : high[1], low[0] : high[0]][inside] = index
    return ids


def _barycentric(corners: np.ndarray, points: np.ndarray) -> np.ndarray:
    a, b, c = corners[..., 0, :], corners[..., 1, :], corners[..., 2, :]
    ab, ac, ap = b - a, c - a, points - a
    area = ab[..., 0] * ac[..., 1] - ab[..., 1] * ac[..., 0]
    area = np.where(np.abs(area) < 1e-9, 1e-9, area)
    v = (ap[..., 0] * ac[..., 1] - ap[..., 1] * ac[..., 0]) / area
    w = (ab[..., 0] * ap[..., 1] - ab[..., 1] * ap[..., 0]) / area
    return np.stack([1 - v - w, v, w], -1)


def _trace(seeds: Floats, field: Floats, inside: np.ndarray, first: Floats) -> list[list[np.ndarray]]:
    """Follow the field from every seed until it leaves the card; returns each seed's list of texel positions."""
    position, direction = seeds.copy(), first.copy()
    alive = np.ones(len(seeds), bool)
    paths: list[list[np.ndarray]] = [[] for _ in seeds]
    for _ in range(_MAXIMUM_STEPS):
        texel = np.clip(position.astype(int), 0, _MAP - 1)
        alive &= inside[texel[:, 1], texel[:, 0]]
        if not alive.any():
            break
        for i in np.flatnonzero(alive):
            paths[i].append(position[i].copy())
        step = field[texel[:, 1], texel[:, 0]]
        step = step * np.where((step * direction).sum(1, keepdims=True) < 0, -1, 1)
        direction = 0.6 * direction + 0.4 * step
        direction /= np.maximum(np.linalg.norm(direction, axis=1, keepdims=True), 1e-6)
        position = position + direction * _STEP
    return paths


def _resample(path: np.ndarray, start: float, end: float) -> np.ndarray:
    length = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(path, axis=0), axis=1))])
    at = np.linspace(start, end, POINTS) * length[-1]
    return np.stack([np.interp(at, length, path[:, k]) for k in range(2)], 1)


def _visible_part(
    line: np.ndarray, carry: Callable[[np.ndarray], tuple[Ints, Floats, Floats]], body: cKDTree
) -> np.ndarray | None:
    """The line from its root (the end near the scalp, or the upper one) to where it would hang before the face."""
    points = carry(line)[2]
    score = body.query(points[[0, -1]])[0] - 0.35 * points[[0, -1], 1]
    if score[0] > score[1]:
        line, points = line[::-1], points[::-1]
    hanging = np.flatnonzero(before_face(points))
    if len(hanging) == 0:
        return line
    if hanging[0] < 4:
        return None
    return _resample(line[: hanging[0]], 0.0, 1.0)


def card_groom(geometry: PeopleGeometry, item: str, count: int, seed: int) -> Groom:
    """Strands traced over the cards of a fitted hair item."""
    random = np.random.RandomState(seed)
    fitted = geometry.fitted[item]
    texture = load_texture(_TEXTURES[item], _MAP)
    field = _direction_field(texture)
    opaque = texture[..., 3] > 90
    rest = fitted.fit(geometry.base)
    faces, face_uv = fitted.mesh.faces, fitted.mesh.face_uv
    component = mesh_components(faces, fitted.count)
    triangles, triangles_uv = triangulate(faces), triangulate(face_uv)
    # v runs from the bottom, texel rows from the top.
    texels = fitted.mesh.uv[triangles_uv] * _MAP
    texels[..., 1] = _MAP - texels[..., 1]
    area = 0.5 * np.linalg.norm(
        np.cross(rest[triangles[:, 1]] - rest[triangles[:, 0]], rest[triangles[:, 2]] - rest[triangles[:, 0]]), axis=1
    )
    body = cKDTree(geometry.base[np.unique(geometry.body_base_faces)])
    refs, weights, randoms = [], [], []
    for part in np.unique(component[triangles[:, 0]]):
        own = np.flatnonzero(component[triangles[:, 0]] == part)
        ids = _rasterise(texels[own])
        inside = (ids >= 0) & opaque
        ys, xs = np.nonzero(inside)
        wanted = round(count * area[own].sum() / area.sum() + random.uniform(0, 1))
        if len(xs) < 12 or wanted == 0:
            continue
        texel_area = np.bincount(ids[ids >= 0], minlength=len(own))
        chance = (area[own] / np.maximum(texel_area, 1))[ids[ys, xs]]
        chosen = random.choice(len(xs), wanted, p=chance / chance.sum())
        seeds = (np.stack([xs[chosen], ys[chosen]], 1) + random.uniform(0, 1, (wanted, 2))).astype(np.float32)
        # Narrow cards: strands run along the card.
        points = np.stack([xs, ys], 1).astype(np.float32)
        values, vectors = np.linalg.eigh(np.cov(points.T))
        own_field = field
        if values[1] > 6 * values[0]:
            axis = vectors[:, 1].astype(np.float32)
            sign = np.where((field @ axis) < 0, -1, 1)[..., None]
            own_field = field * sign * 0.25 + axis * 0.75
            own_field /= np.linalg.norm(own_field, axis=-1, keepdims=True)
        texel = seeds.astype(int)
        first = own_field[texel[:, 1], texel[:, 0]]

        def carry(line: np.ndarray, ids: Ints = ids, own: np.ndarray = own) -> tuple[Ints, Floats, Floats]:
            """The triangles, barycentric weights and rest positions under texels (n, 2)."""
            at = np.clip(line.astype(int), 0, _MAP - 1)
            triangle = own[np.maximum(ids[at[:, 1], at[:, 0]], 0)]
            w = np.clip(_barycentric(texels[triangle], line), 0, None)
            w /= w.sum(1, keepdims=True)
            return triangle, w, (w[:, :, None] * rest[triangles[triangle]]).sum(1)

        forward = _trace(seeds, own_field, inside, first)
        backward = _trace(seeds, own_field, inside, -first)
        for one, other in zip(forward, backward, strict=True):
            path = np.array(other[::-1] + one[1:])
            if len(path) < 5:
                continue
            line = _visible_part(_resample(path, random.uniform(0, 0.12), 1 - random.uniform(0, 0.18)), carry, body)
            if line is None:
                continue
            triangle, w, _ = carry(line)
            refs.append(triangles[triangle])
            weights.append(w)
            randoms.append(random.uniform())
    s = len(refs)
    place = np.linspace(0, 1, POINTS, dtype=np.float32)
    lift = random.normal(0, 0.016, (s, 1)) + random.normal(0, 0.006, (s, POINTS)).cumsum(1) * place
    flyaway = (random.uniform(size=(s, 1)) < 0.04) * random.uniform(0.02, 0.10, (s, 1)) * place**2
    strand = np.stack(np.broadcast_arrays(np.array(randoms, np.float32)[:, None], place), -1)
    return Groom(
        item, np.array(refs, np.int32), np.array(weights, np.float32), (lift + flyaway).astype(np.float32),
        np.zeros((s, POINTS, 3), np.float32), strand.astype(np.float32),
    )  # fmt: skip


def _scalp_roots(geometry: PeopleGeometry, count: int, random: np.random.RandomState) -> tuple[Ints, Floats, Floats]:
    """Roots on the scalp: refs (count, 3), weights (count, 3), rest normals (count, 3)."""
    mask = scalp_mask()
    faces, uv = geometry.body_base_faces, geometry.body_base_uv
    triangles = np.concatenate([faces[:, :3], faces[:, [0, 2, 3]]])
    corner_uv = np.concatenate([uv[:, :3], uv[:, [0, 2, 3]]])
    a, b, c = (geometry.base[triangles[:, k]] for k in range(3))
    normal = np.cross(b - a, c - a)
    area = np.linalg.norm(normal, axis=1)
    chosen = random.choice(len(triangles), count * 12, p=area / area.sum())
    w = random.dirichlet((1, 1, 1), len(chosen)).astype(np.float32)
    at = (w[:, :, None] * corner_uv[chosen]).sum(1)
    size = mask.shape[0]
    column = np.clip((at[:, 0] * size).astype(int), 0, size - 1)
    row = np.clip(((1 - at[:, 1]) * size).astype(int), 0, size - 1)
    keep = np.flatnonzero(mask[row, column] > random.uniform(0.3, 0.7, len(chosen)))[:count]
    chosen, w = chosen[keep], w[keep]
    unit = normal[chosen] / np.maximum(area[chosen, None], 1e-9)
    return triangles[chosen].astype(np.int32), w, unit.astype(np.float32)


def scalp_groom(geometry: PeopleGeometry, count: int, seed: int, length: float, curl: float) -> Groom:
    """Strands that grow from the scalp: straight and short, or coiled outwards to ``length`` decimetres."""
    random = np.random.RandomState(seed)
    refs, weights, normals = _scalp_roots(geometry, count, random)
    root = (weights[:, :, None] * geometry.base[refs]).sum(1)
    centre = np.array([0.0, 7.35, 0.35])
    outward = root - centre
    outward /= np.linalg.norm(outward, axis=1, keepdims=True)
    place = np.linspace(0, 1, POINTS)[None, :, None]
    direction = 0.35 * normals + 0.65 * outward + random.normal(0, 0.16, root.shape)
    if curl == 0:  # short hair lies forward and down
        direction = 0.8 * normals + np.array([0.0, -0.25, 0.25]) + random.normal(0, 0.2, root.shape)
    direction /= np.linalg.norm(direction, axis=1, keepdims=True)
    # Shorter towards the hair line and the nape.
    height = np.clip((root[:, 1] - 6.75) / 1.0, 0.25, 1.0) if curl else np.ones(len(root))
    reach = (length * random.uniform(0.75, 1.06, len(root)) * height)[:, None, None]
    side = np.cross(direction, random.normal(size=root.shape))
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    other = np.cross(direction, side)
    turns = random.uniform(2.2, 3.6, (len(root), 1, 1)) * 2 * np.pi
    phase = random.uniform(0, 2 * np.pi, (len(root), 1, 1))
    radius = curl * np.minimum(place * 4, 1)
    offsets = direction[:, None] * reach * place + radius * (
        side[:, None] * np.cos(turns * place + phase) + other[:, None] * np.sin(turns * place + phase)
    )
    s = len(root)
    strand = np.stack(np.broadcast_arrays(random.uniform(size=(s, 1)), place[..., 0]), -1).astype(np.float32)
    return Groom(
        "", np.repeat(refs[:, None], POINTS, 1), np.repeat(weights[:, None], POINTS, 1).astype(np.float32),
        np.zeros((s, POINTS), np.float32), offsets.astype(np.float32), strand,
    )  # fmt: skip


def make_grooms(geometry: PeopleGeometry, count: int) -> dict[str, Groom]:
    """All styles that have strands (bald has none), about ``count`` strands each."""
    grooms = {
        style: card_groom(geometry, HAIR_ITEMS[style], count, 100 + index)
        for index, style in enumerate(("short", "crop", "bob", "long", "ponytail"))
    }
    grooms["buzz"] = scalp_groom(geometry, count, 201, 0.09, 0.0)
    grooms["afro"] = scalp_groom(geometry, count, 202, 0.62, 0.045)
    return grooms


def strand_points(groom: Groom, carrier: Floats, normals: Floats | None) -> Floats:
    """Points (S, POINTS, 3) for one person's carrier vertices (N, 3)."""
    points = np.einsum("spk,spkc->spc", groom.weights, carrier[groom.refs], optimize=True)
    if normals is not None:
        points += groom.along_normal[..., None] * normals[groom.refs[..., 0]]
    return (points + groom.offsets).astype(np.float32)
