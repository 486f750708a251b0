"""Meshes and strands on the graphics device: what moves with a person, and what stays."""

from __future__ import annotations

from typing import Any

import moderngl
import numpy as np

from creator.training.assets.head_assets import Floats
from creator.training.head.people_geometry import Part, vertex_normals

STRANDS_A_ROW = 256
_RESTART = 0xFFFFFFFF
PRIMITIVE_RESTART = 0x8F9D  # GL_PRIMITIVE_RESTART_FIXED_INDEX


class SurfaceBuffers:
    """One part: moving positions and normals, fixed texture coordinates and marks."""

    def __init__(self, context: moderngl.Context, part: Part, marks: Floats) -> None:
        self._context = context
        self.part = part
        self._moving = context.buffer(reserve=len(part.source) * 24, dynamic=True)
        fixed = np.concatenate([part.uv, marks[part.source]], 1).astype(np.float32)
        self._fixed = context.buffer(fixed.tobytes())
        self._indices = context.buffer(part.triangles.tobytes())
        self._arrays: dict[tuple[int, int], moderngl.VertexArray] = {}

    def upload(self, vertices: Floats) -> None:
        """Mesh vertices (N, 3) in camera space; normals are made here."""
        normals = vertex_normals(self.part, vertices)
        self._moving.write(np.concatenate([vertices, normals], 1)[self.part.source].tobytes())

    def draw(self, program: moderngl.Program, indices: moderngl.Buffer | None = None) -> None:
        """Draw all triangles, or those of ``indices``."""
        chosen = indices or self._indices
        key = (program.glo, chosen.glo)
        if key not in self._arrays:
            content: list[tuple[Any, ...]] = []
            for buffer, names, sizes in (
                (self._moving, ("position", "normal"), (3, 3)), (self._fixed, ("uv", "marks"), (2, 4))
            ):  # fmt: skip
                # moderngl refuses attributes that the program does not use: they become padding.
                layout = " ".join(f"{s}f" if n in program else f"{4 * s}x" for n, s in zip(names, sizes, strict=True))
                present = [name for name in names if name in program]
                if present:
                    content.append((buffer, layout, *present))
            self._arrays[key] = self._context.vertex_array(program, content, index_buffer=chosen)
        self._arrays[key].render()


class StrandBuffers:
    """One groom: its points in a texture (vertices are pulled from there), shapes in another, strips as indices."""

    def __init__(self, context: moderngl.Context, shapes: Floats, point_step: int, shadow_stride: int) -> None:
        """``shapes`` (S, P, 4): random number, random number of the lock, radius (decimetres), share of open sky.

        Every ``point_step``-th point is drawn; every ``shadow_stride``-th strand casts shadow.
        """
        self._context = context
        self.count, self.points = shapes.shape[:2]
        self._rows = -(-self.count // STRANDS_A_ROW)
        size = (self.points * STRANDS_A_ROW, self._rows)
        self._texture = context.texture(size, 3, dtype="f4")
        self._shapes = context.texture(size, 4, self._padded(shapes).tobytes(), dtype="f4")
        for texture in (self._texture, self._shapes):
            texture.filter = (moderngl.NEAREST, moderngl.NEAREST)
        places = np.unique(np.append(np.arange(0, self.points, point_step), self.points - 1))
        first = np.arange(self.count, dtype=np.uint32)[:, None] * self.points
        self._ribbons = self._strips((first[:, :, None] + places[:, None]) * 2 + np.arange(2), self.count)
        thin = first[::shadow_stride]
        self._lines = self._strips(thin + places[None], len(thin))
        self._arrays: dict[tuple[int, int], moderngl.VertexArray] = {}

    def _padded(self, values: Floats) -> Floats:
        whole = np.zeros((self._rows * STRANDS_A_ROW, *values.shape[1:]), np.float32)
        whole[: len(values)] = values
        return whole

    def _strips(self, indices: np.ndarray, count: int) -> moderngl.Buffer:
        flat = indices.reshape(count, -1).astype(np.uint32)
        return self._context.buffer(np.pad(flat, ((0, 0), (0, 1)), constant_values=_RESTART).tobytes())

    def upload(self, points: Floats) -> None:
        """Points (S, P, 3) in camera space."""
        self._texture.write(self._padded(points).tobytes())

    def draw(self, program: moderngl.Program, shadow: bool) -> None:
        """Draw ribbons or, for a shadow map, lines. ``program`` finds points at texture unit 2 and shapes at 3."""
        self._texture.use(2)
        self._shapes.use(3)
        indices, mode = (self._lines, moderngl.LINE_STRIP) if shadow else (self._ribbons, moderngl.TRIANGLE_STRIP)
        key = (program.glo, indices.glo)
        if key not in self._arrays:
            self._arrays[key] = self._context.vertex_array(program, [], index_buffer=indices)
        self._context.enable_direct(PRIMITIVE_RESTART)
        self._arrays[key].render(mode)
