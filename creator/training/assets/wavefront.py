"""Reading polygon meshes from Wavefront OBJ text."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from creator.training.assets.head_assets import Floats, Ints
from creator.training.assets.source_folder import SourceText, coordinates, number_table, words_of

MAXIMUM_GROUPS = 1_000


@dataclass(frozen=True)
class WavefrontMesh:
    """Quads and triangles; a triangle has -1 in the last column of ``faces`` and ``face_uv``."""

    vertices: Floats  # (N, 3)
    uv: Floats  # (M, 2), v from the bottom
    faces: Ints  # (F, 4)
    face_uv: Ints  # (F, 4)
    face_group: NDArray[np.int16]  # (F,) into group_names
    group_names: tuple[str, ...]  # sorted; only groups that have faces


def parse_wavefront(text: SourceText) -> WavefrontMesh:
    """Vertices, texture coordinates, faces and groups; normals, materials and smoothing are passed over.

    Raises :class:`AssetError`, naming the line: bad numbers, indices out of range, faces with fewer than 3 or more than
    4 corners, corners without texture coordinates.
    """
    vertex_lines: list[int] = []
    vertex_rows: list[list[str]] = []
    uv_lines: list[int] = []
    uv_rows: list[list[str]] = []
    face_lines: list[int] = []
    face_corners: list[list[str]] = []
    face_groups: list[str] = []
    group = "default"
    for line, words in words_of(text):
        keyword = words[0]
        if keyword == "v":
            vertex_lines.append(line)
            vertex_rows.append(words[1:4])  # a fourth coordinate or a colour may follow
        elif keyword == "vt":
            uv_lines.append(line)
            uv_rows.append(words[1:3])
        elif keyword == "f":
            if not 4 <= len(words) <= 5:
                raise text.error(line, f"a face with {len(words) - 1} corners; only 3 and 4 are supported")
            face_lines.append(line)
            face_corners.append(words[1:])
            face_groups.append(group)
        elif keyword == "g":
            group = " ".join(words[1:]) or "default"
    if not vertex_rows or not face_corners:
        raise text.error(len(text.lines), "the mesh ends without vertices or without faces")

    vertices = coordinates(text, vertex_lines, number_table(text, vertex_lines, vertex_rows, 3))
    uv = coordinates(text, uv_lines, number_table(text, uv_lines, uv_rows, 2))
    faces, face_uv = _corner_indices(text, face_lines, face_corners, vertex_lines, uv_lines)
    names, face_group = np.unique(np.array(face_groups), return_inverse=True)
    if len(names) > MAXIMUM_GROUPS:
        raise text.error(len(text.lines), f"{len(names)} groups; at most {MAXIMUM_GROUPS} are supported")
    return WavefrontMesh(
        vertices, uv, faces, face_uv, face_group.astype(np.int16), tuple(str(name) for name in names)
    )  # fmt: skip


def _corner_indices(
    text: SourceText, lines: list[int], corners: list[list[str]], vertex_lines: list[int], uv_lines: list[int]
) -> tuple[Ints, Ints]:
    """Indices into vertices and texture coordinates, both (F, 4) int32."""
    sizes = np.array([len(face) for face in corners])
    corner_lines = np.repeat(lines, sizes)
    pairs = [corner.split("/", 2)[:2] for face in corners for corner in face]
    for position, pair in enumerate(pairs):
        if len(pair) < 2 or not pair[1]:
            raise text.error(int(corner_lines[position]), f"face corner {pair[0][:40]!r} has no texture coordinate")
    table = number_table(text, corner_lines.tolist(), pairs, 2)
    slots = np.arange(4) < sizes[:, None]
    filled = []
    for column, (what, place) in enumerate((("vertex", vertex_lines), ("texture coordinate", uv_lines))):
        written = table[:, column]
        # Negative numbers count back from what was defined above the face.
        so_far = np.searchsorted(place, corner_lines)
        index = np.where(written < 0, so_far + written, written - 1)
        wrong = np.flatnonzero((index < 0) | (index >= len(place)) | (index != np.floor(index)))
        if len(wrong):
            number = f"{written[wrong[0]]:g}"
            raise text.error(int(corner_lines[wrong[0]]), f"{what} {number}, but there are {len(place)} (from 1)")
        full = np.full(slots.shape, -1, np.int32)
        full[slots] = index
        filled.append(full)
    return filled[0], filled[1]
