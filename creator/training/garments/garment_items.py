"""CC0 garments taken over: their geometry refined and laid out anew in a garment atlas, their maps painted afresh.

What the items' own textures show (emblems, stripes, baked shading) is not used; they only tell which part is what.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.ndimage import binary_closing, binary_opening, gaussian_filter
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from creator.training.assets.head_assets import Ints, load_texture
from creator.training.garments import garment_textures as paint
from creator.training.garments.garment_shells import Design, Piece, reference_body
from creator.training.garments.garment_textures import Canvas, Region, Values, pack
from creator.training.head.fitted_vertices import BUST_LOWEST, FittedVertices
from creator.training.head.subdivision import catmull_clark, split_texture_coordinates


@dataclass(frozen=True)
class Island:
    """A connected part of an item's texture: where it lies on the body, and its texels to paint."""

    centre: Values  # (3,) decimetres
    colour: Values  # (3,) mean of the item's own texture there, sRGB-coded 0..1; ones without a texture
    region: Region
    own: Values  # (h, w, 3) the item's own texture over the region, ones without


Painter = Callable[[Island], None]


def item_design(item: str, painter: Painter, sheen: float) -> Design:
    """A CC0 garment as a design, each island of its texture painted by ``painter``."""
    fitted = FittedVertices.of_item(item, BUST_LOWEST)
    fitted.relocate(np.arange(len(reference_body())))
    points, mesh = fitted.fit(reference_body()), fitted.mesh
    matrix, faces = catmull_clark(mesh.faces, len(points))
    face_uv, uv = split_texture_coordinates(mesh.face_uv, mesh.uv)
    points = (matrix @ points).astype(np.float32)
    label = _islands(face_uv, len(uv))[face_uv[:, 0]]
    texture = _texture(item)

    pieces, sizes, windows = [], {}, {}
    for index, island in enumerate(np.unique(label)):
        mine = label == island
        name = f"island_{index}"
        used, own_faces = np.unique(faces[mine], return_inverse=True)
        used_uv, own_uv = np.unique(face_uv[mine], return_inverse=True)
        low, high = uv[used_uv].min(0), uv[used_uv].max(0)
        scale = _decimetres_per_unit(points[faces[mine]], uv[face_uv[mine]])
        sizes[name] = (float((high - low)[0] * scale), float((high - low)[1] * scale))
        windows[name] = (low, high)
        local = (uv[used_uv] - low) / np.maximum(high - low, 1e-6)
        pieces.append(
            Piece(name, points[used], own_faces.reshape(-1, 4).astype(np.int32), local.astype(np.float32),
                  own_uv.reshape(-1, 4).astype(np.int32))
        )  # fmt: skip
    canvas = Canvas(pack(sizes))
    for piece in pieces:
        region = canvas.region(piece.patch)
        own = _sampled(texture, *windows[piece.patch], region.shape)
        place = np.clip(piece.uv * region.shape[::-1], 0, np.array(region.shape[::-1]) - 1).astype(int)
        colour = own[region.shape[0] - 1 - place[:, 1], place[:, 0]].mean(0)
        painter(Island(piece.points.mean(0), colour, region, own))
    return Design(pieces, canvas, fitted.hidden_base_vertices, sheen)


def _islands(face_uv: Ints, count: int) -> Ints:
    edges = np.concatenate([face_uv[:, [k, (k + 1) % 4]] for k in range(4)])
    graph = coo_matrix((np.ones(len(edges)), edges.T), shape=(count, count))
    return connected_components(graph, directed=False)[1]


def _decimetres_per_unit(corners: Values, uv: Values) -> float:
    """Of texture coordinates, by areas: corners (F, 4, 3), uv (F, 4, 2)."""
    area = np.linalg.norm(np.cross(corners[:, 2] - corners[:, 0], corners[:, 3] - corners[:, 1]), axis=1).sum()
    one, other = uv[:, 2] - uv[:, 0], uv[:, 3] - uv[:, 1]
    return float(np.sqrt(area / max(np.abs(one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]).sum(), 1e-9)))


def _texture(item: str) -> Values | None:
    try:
        return load_texture(f"{item}_diffuse", 1024)[..., :3].astype(np.float32) / 255
    except FileNotFoundError:
        return None


def _sampled(texture: Values | None, low: Values, high: Values, shape: tuple[int, int]) -> Values:
    """The texture's window between two texture coordinates, resampled (nearest) to (h, w, 3)."""
    if texture is None:
        return np.ones((*shape, 3), np.float32)
    side = len(texture)
    u = low[0] + (high[0] - low[0]) * (np.arange(shape[1]) + 0.5) / shape[1]
    v = high[1] - (high[1] - low[1]) * (np.arange(shape[0]) + 0.5) / shape[0]
    rows = np.clip(((1 - v) * side).astype(int), 0, side - 1)
    columns = np.clip((u * side).astype(int), 0, side - 1)
    return texture[rows[:, None], columns[None]]


def _shirt(island: Island) -> None:
    region = island.region
    paint.plain_weave(region, 0.03, 0.5, 201)
    paint.wrinkle(region, 0.010, 202)
    if island.centre[1] > 5.7:  # the collar
        for edge in (0.04, region.t.max() - 0.04):
            paint.stitches(region, region.t - edge, region.s)


def _suit(island: Island) -> None:
    region, own = island.region, island.own
    if island.colour.mean() < 0.35:
        paint.twill(region, 0.03, 211)
        paint.pinstripes(region, 0.16, 0.10)
        return
    paint.plain_weave(region, 0.026, 0.2, 212)
    region.tint(0, 0)
    # The item's texture shows a blue tie with white stripes between dark lapels.
    tie = binary_opening(binary_closing(own[..., 2] - own[..., 0] > 0.04, iterations=7), iterations=4)
    tie = gaussian_filter(tie.astype(np.float32), 1.5)
    region.blend(tie, 0, 1)
    stripe = paint.band(np.abs(paint.triangle((region.s * 0.55 + region.t) / 0.36) - 0.5), 0.12, 0.04)
    region.blend(tie * stripe, 1, 0)
    region.roughness[...] -= 0.35 * tie
    edge = np.abs(tie - 0.5) < 0.3
    region.shade(1 - 0.35 * gaussian_filter(edge.astype(np.float32), 1.5))


def _jacket(island: Island) -> None:
    region = island.region
    if island.colour[0] - island.colour[1] > 0.05:
        paint.plain_weave(region, 0.028, 0.3, 221)
        region.tint(0, 1)
        return
    paint.leather(region, 0.6, 222)
    edge = np.minimum(np.minimum(region.s, region.s.max() - region.s), np.minimum(region.t, region.t.max() - region.t))
    paint.dirt(region, np.exp(-edge / 0.05), 0.15)


def shirt() -> Design:
    return item_design("male_casualsuit01", _shirt, 0.15)


def suit() -> Design:
    return item_design("male_elegantsuit01", _suit, 0.15)


def jacket() -> Design:
    design = item_design("male_casualsuit05", _jacket, 0.0)
    # The shirt is open further down than the item hides the chest.
    body = reference_body()[design.hidden]
    shown = (np.abs(body[:, 0]) < 0.22) & (body[:, 2] > 0.5) & (body[:, 1] > 4.95)
    return replace(design, hidden=design.hidden[~shown])
