"""Matrices of the renderer's camera and lights: the same picture as :func:`head_model.project`."""

from __future__ import annotations

import numpy as np

from creator.training.assets.head_assets import Floats
from creator.training.head import head_model

NEAR, FAR = 6.0, 18.0

SCALE = 2 * head_model.CHIN_DROP * head_model.CAMERA_DISTANCE
SHIFT = 1 - 2 * head_model.EYE_LINE
# Depth in normalised device coordinates is DEPTH_A + DEPTH_B / distance.
DEPTH_A, DEPTH_B = (FAR + NEAR) / (FAR - NEAR), -2 * FAR * NEAR / (FAR - NEAR)


def view_projection() -> Floats:
    """Camera space (units of the frame) to clip space, (4, 4); clip w is the distance to the camera."""
    d = head_model.CAMERA_DISTANCE
    return np.array(
        [[SCALE, 0, 0, 0], [0, SCALE, -SHIFT, SHIFT * d], [0, 0, -DEPTH_A, DEPTH_A * d + DEPTH_B], [0, 0, -1, d]],
        np.float32,
    )


def light_matrix(direction: Floats) -> Floats:
    """Orthographic matrix (4, 4) from camera space to a distant light's clip space, around head and shoulders."""
    x = np.cross(np.array([0, 1, 0], np.float32), direction)
    x /= np.linalg.norm(x)
    y = np.cross(direction, x)
    centre = np.array([0, -0.35, -0.7], np.float32)
    half, depth = 2.35, 4.5
    rows = [[*(x / half), -x @ centre / half], [*(y / half), -y @ centre / half],
            [*(-direction / depth), direction @ centre / depth], [0, 0, 0, 1]]  # fmt: skip
    return np.array(rows, np.float32)
