"""The garments that people wear: meshes bound to the base body, and what they are made of.

The designs stand in ``everyday_garments``, ``fantasy_garments`` and ``dress_garments``; those in ``garment_items`` take
their geometry from CC0 items. This module turns designs into what the renderer draws.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from creator.training.assets.head_assets import Floats, Ints, Mesh
from creator.training.garments import dress_garments, everyday_garments, fantasy_garments, garment_items
from creator.training.garments.garment_shells import Design, Piece, reference_body, torso
from creator.training.garments.garment_textures import Canvas, GarmentMaterial
from creator.training.head.fitted_vertices import BUST_HALF_WIDTH, BUST_LOWEST, FittedVertices

__all__ = ["Garment", "GarmentMaterial", "make_garments"]


DESIGNS: dict[str, Callable[[], Design]] = {
    "t_shirt": everyday_garments.t_shirt,
    "shirt": garment_items.shirt,
    "suit": garment_items.suit,
    "overalls": everyday_garments.overalls,
    "jacket": garment_items.jacket,
    "turtleneck": everyday_garments.turtleneck,
    "hoodie": everyday_garments.hoodie,
    "scarf": everyday_garments.scarf,
    "robe": fantasy_garments.robe,
    "tunic": fantasy_garments.tunic,
    "hooded_cloak": fantasy_garments.hooded_cloak,
    "plate_armour": fantasy_garments.plate_armour,
    "gown": fantasy_garments.gown,
    "ranger": fantasy_garments.ranger,
    "uniform": dress_garments.uniform,
    "doublet": fantasy_garments.doublet,
    "scifi_suit": dress_garments.scifi_suit,
}


@dataclass(frozen=True)
class Garment:
    """One garment, ready to be fitted to people."""

    name: str
    fitted: FittedVertices
    material: GarmentMaterial
    hidden: Ints  # base vertices that the garment covers; a body face between hidden vertices is not drawn


def make_garments(names: tuple[str, ...]) -> dict[str, Garment]:
    """The named garments. Deterministic; about a third of a second each."""
    return {name: _bound(name, DESIGNS[name]()) for name in names}


def _bound(name: str, design: Design) -> Garment:
    points, mesh = _assemble(_cropped(design.pieces), design.canvas)
    refs, weights, offsets = torso().bind(points)
    fitted = FittedVertices(refs, weights, offsets, _scale_refs(), mesh, design.hidden)
    return Garment(name, fitted, design.canvas.material(design.sheen), design.hidden)


def _cropped(pieces: list[Piece]) -> list[Piece]:
    """Pieces without the quads below and beside the bust."""
    kept = []
    for piece in pieces:
        corners = piece.points[piece.faces]
        keep = (corners[..., 1].max(1) > BUST_LOWEST) & (np.abs(corners[..., 0]).min(1) < BUST_HALF_WIDTH)
        used, index = np.unique(piece.faces[keep], return_inverse=True)
        faces = index.reshape(-1, 4).astype(np.int32)
        kept.append(Piece(piece.patch, piece.points[used], faces, piece.uv, piece.face_uv[keep]))
    return kept


def _assemble(pieces: list[Piece], canvas: Canvas) -> tuple[Floats, Mesh]:
    points, faces, uv, face_uv = [], [], [], []
    vertices, coordinates = 0, 0
    for piece in pieces:
        u0, v0, u1, v1 = canvas.patches[piece.patch].uv_window()
        points.append(piece.points)
        faces.append(piece.faces + vertices)
        uv.append(piece.uv * np.array([u1 - u0, v1 - v0]) + np.array([u0, v0]))
        face_uv.append(piece.face_uv + coordinates)
        vertices += len(piece.points)
        coordinates += len(piece.uv)
    mesh = Mesh(
        np.concatenate(faces).astype(np.int32), np.concatenate(face_uv).astype(np.int32),
        np.concatenate(uv).astype(np.float32),
    )  # fmt: skip
    return np.concatenate(points).astype(np.float32), mesh


def _scale_refs() -> Floats:
    """Offsets stretch with the breadth of the shoulders, the height of the upper back and the depth of the chest."""
    base = reference_body()
    anchors = torso().anchors
    tree = cKDTree(base[anchors])
    ends = (((1.7, 5.5, 0.15), (-1.7, 5.5, 0.15)), ((0, 6.0, -0.33), (0, 4.6, -0.48)), ((0, 5.4, 0.9), (0, 5.4, -0.48)))
    rows = []
    for axis, pair in enumerate(ends):
        one, other = (int(anchors[tree.query(end)[1]]) for end in pair)
        rows.append((one, other, abs(base[one, axis] - base[other, axis])))
    return np.array(rows, np.float32)
