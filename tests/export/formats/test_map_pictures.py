"""Normal maps as they leave."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from creator.export.formats.map_pictures import FLAT_NORMAL, normal_picture
from creator.export.portrait_set import PictureMaps


def _picture(normal: tuple[int, int, int], alpha: list[int]) -> NDArray[np.uint8]:
    """One row: the same normal under each alpha."""
    normals = np.full((1, len(alpha), 3), normal, np.uint8)
    depth, masks = np.zeros((1, len(alpha)), np.float16), np.zeros((1, len(alpha), 8), np.uint8)
    return normal_picture(PictureMaps(normals, normals, depth, masks), np.array([alpha], np.uint8))[0]


def test_normals_turn_flat_as_the_portrait_fades() -> None:
    whole, half, nothing = _picture((1, 128, 128), [255, 128, 0])
    assert whole.tolist() == [1, 128, 128]
    assert nothing.tolist() == list(FLAT_NORMAL)
    slanted = (half.astype(np.float64) - 128.0) / 127.0
    assert abs(np.linalg.norm(slanted) - 1.0) < 0.01
    assert -0.8 < slanted[0] < -0.6 < 0.6 < slanted[2] < 0.8


def test_a_normal_never_vanishes() -> None:
    for found in _picture((128, 128, 1), [126, 127, 128]):
        assert np.linalg.norm(found.astype(np.float64) - 128.0) > 120.0
