"""The reverse of the import, for tests: arrays as the text files of a MakeHuman checkout."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

RELEASED = "# This asset was explicitly released as CC0 in september 2020.\n# Copyright (C) 2020 Somebody\n"


def numbers(row: np.ndarray) -> str:
    return " ".join(str(value) for value in row)


def obj_text(vertices, uv, faces, face_uv, groups: Sequence[str] | None = None, header: str = RELEASED) -> str:
    """OBJ text; ``groups`` names the group of each face."""
    lines = [header.rstrip("\n")]
    lines += [f"v {numbers(row)}" for row in vertices]
    lines += [f"vt {numbers(row)}" for row in uv]
    current = None
    for index, (corners, uv_corners) in enumerate(zip(faces, face_uv, strict=True)):
        if groups is not None and groups[index] != current:
            current = groups[index]
            lines.append(f"g {current}")
        lines.append("f " + " ".join(f"{a + 1}/{b + 1}" for a, b in zip(corners, uv_corners, strict=True) if a >= 0))
    return "\n".join(lines) + "\n"


def target_text(indices, deltas, header: str = RELEASED) -> str:
    rows = (f"{index} {numbers(row)}\n" for index, row in zip(indices, deltas, strict=True))
    return header + "# basemesh hm08\n" + "".join(rows)


def ranges(covered: Sequence[int]) -> str:
    """``1 - 3 7`` for 1, 2, 3, 7."""
    parts: list[list[int]] = []
    for value in covered:
        if parts and value == parts[-1][-1] + 1:
            parts[-1].append(value)
        else:
            parts.append([value])
    return " ".join(str(part[0]) if len(part) == 1 else f"{part[0]} - {part[-1]}" for part in parts)


def mhclo_text(name, refs, weights, offsets, scale_refs, hidden, header: str = RELEASED, material: str = "") -> str:
    lines = [header.rstrip("\n"), "uuid 11111111-2222-3333-4444-555555555555", "basemesh hm08", f"name {name}"]
    lines.append(f"obj_file {name}.obj")
    for axis, row in zip("xyz", scale_refs, strict=True):
        if row[2]:
            lines.append(f"{axis}_scale {int(row[0])} {int(row[1])} {row[2]}")
    if material:
        lines.append(f"material {material}")
    lines += ["z_depth 50", "verts 0"]
    for ref, weight, offset in zip(refs, weights, offsets, strict=True):
        alone = ref[0] == ref[1] == ref[2] and weight.tolist() == [1, 0, 0] and not offset.any()
        lines.append(str(ref[0]) if alone else f"{numbers(ref)} {numbers(weight)} {numbers(offset)}")
    if len(hidden):
        lines += ["", "delete_verts", ranges(hidden)]
    return "\n".join(lines) + "\n"


def write_files(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder
