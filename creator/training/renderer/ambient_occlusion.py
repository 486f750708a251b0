"""Ambient occlusion of each vertex, baked once: how much of the sky it sees among the given parts."""

from __future__ import annotations

import moderngl
import numpy as np

from creator.training.assets.head_assets import Floats
from creator.training.head.people_geometry import vertex_normals
from creator.training.renderer.camera import light_matrix
from creator.training.renderer.gpu_buffers import SurfaceBuffers
from creator.training.renderer.shader_sources import set_uniforms

_DIRECTIONS = 48
_SIZE = 320
_DARKEST = 0.04


def sphere_directions(count: int) -> Floats:
    """Evenly spread unit vectors (count, 3): a Fibonacci lattice."""
    y = 1 - 2 * (np.arange(count) + 0.5) / count
    around = np.arange(count) * (np.pi * (3 - np.sqrt(5)))
    flat = np.sqrt(1 - y * y)
    return np.stack([np.cos(around) * flat, y, np.sin(around) * flat], 1).astype(np.float32)


def bake_occlusion(
    context: moderngl.Context, program: moderngl.Program, surfaces: list[SurfaceBuffers], vertices: Floats
) -> Floats:
    """Visibility (N,) in 0.04..1 of the last surface's ``vertices`` (N, 3), weighted by the cosine.

    ``surfaces`` are uploaded parts that occlude; ``program`` writes depth only.
    """
    depth_map = context.depth_texture((_SIZE, _SIZE))
    frame = context.framebuffer(depth_attachment=depth_map)
    normals = vertex_normals(surfaces[-1].part, vertices)
    raised = np.c_[vertices + normals * 0.02, np.ones(len(vertices))]
    seen, total = np.zeros(len(vertices)), np.zeros(len(vertices))
    frame.use()
    context.enable_only(moderngl.DEPTH_TEST)
    for direction in sphere_directions(_DIRECTIONS):
        matrix = light_matrix(direction)
        frame.clear(depth=1.0)
        set_uniforms(program, view_projection=matrix)
        for surface in surfaces:
            surface.draw(program)
        depth = np.frombuffer(depth_map.read(), np.float32).reshape(_SIZE, _SIZE)
        q = raised @ matrix.T
        at = np.clip(((q[:, :2] * 0.5 + 0.5) * _SIZE).astype(int), 0, _SIZE - 1)
        cosine = np.maximum(normals @ direction, 0)
        seen += (depth[at[:, 1], at[:, 0]] > q[:, 2] * 0.5 + 0.5 - 0.003) * cosine
        total += cosine
    frame.release()
    depth_map.release()
    return (np.clip(seen / np.maximum(total, 1e-6), _DARKEST, 1) ** 0.8).astype(np.float32)
