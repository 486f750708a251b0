"""Normal maps as they leave."""

from __future__ import annotations

import numpy as np

from creator.export.formats.map_pictures import FLAT_NORMAL, normal_picture
from creator.export.portrait_set import PictureMaps


def test_normals_turn_flat_as_the_portrait_fades() -> None:
    leftward = np.broadcast_to(np.array([1, 128, 128], np.uint8), (3, 3, 3))
    maps = PictureMaps(leftward, leftward, np.zeros((3, 3, 8), np.uint8))
    alpha = np.repeat(np.array([[255], [128], [0]], np.uint8), 3, 1)
    found = normal_picture(maps, alpha)
    assert (found[0] == leftward[0]).all()
    assert (found[2] == FLAT_NORMAL).all()
    slanted = (found[1, 0].astype(np.float64) - 128.0) / 127.0
    assert abs(np.linalg.norm(slanted) - 1.0) < 0.01
    assert -0.8 < slanted[0] < -0.6 < 0.6 < slanted[2] < 0.8


def test_opposite_directions_do_not_cancel_to_nothing() -> None:
    backward = np.full((1, 1, 3), (128, 128, 1), np.uint8)
    found = normal_picture(
        PictureMaps(backward, backward, np.zeros((1, 1, 8), np.uint8)), np.full((1, 1), 127, np.uint8)
    )
    assert np.linalg.norm(found[0, 0].astype(np.float64) - 128.0) > 120.0
