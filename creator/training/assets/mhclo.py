"""MakeHuman's clothes (``.mhclo``) and material (``.mhmat``) text: how an item follows the body, its textures.

A vertex line of a clothes file holds either one base vertex, or three base vertices, their weights and (unless left
out) an offset. ``delete_verts`` opens a list of covered base vertices: numbers, and ranges with a dash between blanks.
Source: the file format pages of the MakeHuman project's documentation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from creator.training.assets.head_assets import Floats, Ints
from creator.training.assets.source_folder import SourceText, coordinates, number_table, vertex_indices, words_of

_AXES = {"x_scale": 0, "y_scale": 1, "z_scale": 2}
# These bend the offsets in ways that the arrays cannot hold.
_UNSUPPORTED = (
    "shear_x",
    "shear_y",
    "shear_z",
    "l_shear_x",
    "l_shear_y",
    "l_shear_z",
    "r_shear_x",
    "r_shear_y",
    "r_shear_z",
)
_TEXTURES = ("diffuseTexture", "normalmapTexture")


@dataclass(frozen=True)
class Clothes:
    """An item's mesh file and its fit: ``position = sum_j weights * base[refs] + scale * offsets``."""

    obj_file: str
    refs: Ints  # (N, 3)
    weights: Floats  # (N, 3)
    offsets: Floats  # (N, 3), decimetres
    scale_refs: Floats  # (3, 3): r0, r1, d for each axis; no scaling where d is 0
    hidden_base_vertices: Ints  # sorted


def parse_mhclo(text: SourceText, base_vertices: int) -> Clothes:
    """The fit of an item to a base mesh of ``base_vertices`` vertices. Raises :class:`AssetError` with the line."""
    obj_file = ""
    scale_refs = np.zeros((3, 3), np.float32)
    lines: list[int] = []
    rows: list[list[str]] = []
    covered: list[tuple[int, str]] = []
    section = ""
    for line, words in words_of(text):
        keyword = words[0]
        if keyword[0].isalpha():
            if keyword == "obj_file":
                obj_file = " ".join(words[1:])
            elif keyword in _AXES:
                scale_refs[_AXES[keyword]] = _scale_row(text, line, words[1:], base_vertices)
            elif keyword in _UNSUPPORTED:
                raise text.error(line, f"'{keyword}' is not supported")
            elif keyword in ("verts", "delete_verts", "weights"):
                section = keyword
        elif section == "verts":
            lines.append(line)
            rows.append(words)
        elif section == "delete_verts":
            covered += [(line, word) for word in words]
    if not obj_file:
        raise text.error(len(text.lines), "the file ends without 'obj_file'")
    if not rows:
        raise text.error(len(text.lines), "the file ends without vertex lines after 'verts'")
    refs, weights, offsets = _fit(text, lines, rows, base_vertices)
    return Clothes(obj_file, refs, weights, offsets, scale_refs, _covered(text, covered, base_vertices))


def _scale_row(text: SourceText, line: int, words: list[str], base_vertices: int) -> Floats:
    table = number_table(text, [line], [words], 3)
    vertex_indices(text, [line], table[:, :2], base_vertices)
    if table[0, 2] < 0:
        raise text.error(line, "a negative distance")
    return table[0].astype(np.float32)


def _fit(text: SourceText, lines: list[int], rows: list[list[str]], base_vertices: int) -> tuple[Ints, Floats, Floats]:
    full = [_full_row(text, line, row) for line, row in zip(lines, rows, strict=True)]
    table = number_table(text, lines, full, 9)
    refs = vertex_indices(text, lines, table[:, :3], base_vertices)
    numbers = coordinates(text, lines, table[:, 3:])
    return refs, numbers[:, :3].copy(), numbers[:, 3:].copy()


def _full_row(text: SourceText, line: int, row: list[str]) -> list[str]:
    if len(row) == 9:
        return row
    if len(row) == 1:
        return [*row * 3, "1", "0", "0", "0", "0", "0"]
    if len(row) == 6:
        return [*row, "0", "0", "0"]
    raise text.error(line, f"{len(row)} numbers in a vertex line; 1, 6 or 9 are expected")


def _covered(text: SourceText, words: list[tuple[int, str]], base_vertices: int) -> Ints:
    numbers = [(line, word) for line, word in words if word != "-"]
    lines = [line for line, _ in numbers]
    table = number_table(text, lines, [[word] for _, word in numbers], 1)
    values = iter(vertex_indices(text, lines, table, base_vertices)[:, 0].tolist())
    hidden = np.zeros(base_vertices, bool)
    previous = -1
    in_range = False
    for line, word in words:
        if word == "-":
            if previous < 0 or in_range:
                raise text.error(line, "a '-' without a number before it")
            in_range = True
            continue
        value = next(values)
        if in_range and value < previous:
            raise text.error(line, f"the range {previous} - {value} runs backwards")
        hidden[previous if in_range else value : value + 1] = True
        previous, in_range = value, False
    if in_range:
        raise text.error(words[-1][0], "a '-' without a number after it")
    return np.flatnonzero(hidden).astype(np.int32)


def parse_mhmat(text: SourceText) -> dict[str, str]:
    """The textures of a material as they are written, by ``diffuseTexture`` and ``normalmapTexture``."""
    textures: dict[str, str] = {}
    for line, words in words_of(text):
        if words[0] in _TEXTURES:
            if len(words) < 2:
                raise text.error(line, f"'{words[0]}' names no file")
            textures[words[0]] = text.lines[line - 1].split(None, 1)[1].strip()
    return textures
