"""Frames found from landmarks, round pictures, and what lies beyond a picture."""

from __future__ import annotations

import numpy as np
import pytest

from creator.export.crops import CROPS, USUAL_PLACE, crop_frame, face_place, rounded, whole_pixels
from creator.export.steadiness import steadiness
from creator.resampling import WHOLE, Frame, framed

MARKED = {"eye_left": (0.62, 0.40), "eye_right": (0.42, 0.42), "chin": (0.5, 0.70)}


def test_the_place_of_the_face_follows_the_landmarks() -> None:
    place = face_place(MARKED)
    assert (place.x, place.y, place.drop) == pytest.approx((0.52, 0.41, 0.29))
    assert face_place(None) == USUAL_PLACE
    assert face_place({"chin": (0.5, 0.5)}) == USUAL_PLACE
    wild = face_place({"eye_left": (9.0, -4.0), "eye_right": (9.0, -4.0), "chin": (0.5, 90.0)})
    assert (wild.x, wild.y, wild.drop) == (1.0, 0.0, 0.45)


@pytest.mark.parametrize("crop", ["face", "eyes", "token"])
def test_every_crop_holds_eyes_and_chin_in_its_middle(crop: str) -> None:
    frame = crop_frame(crop, USUAL_PLACE)  # type: ignore[arg-type]
    assert frame.left + frame.side / 2 == pytest.approx(0.5)
    assert frame.top + 0.15 * frame.side < USUAL_PLACE.y
    assert USUAL_PLACE.y + USUAL_PLACE.drop < frame.top + 0.93 * frame.side


def test_crops_go_from_wide_to_narrow() -> None:
    assert crop_frame("bust") == WHOLE
    sides = {crop: crop_frame(crop).side for crop in CROPS}
    assert sides["bust"] > sides["token"] > sides["face"] > sides["eyes"]


def test_a_frame_of_whole_pixels_is_cut_and_not_resampled() -> None:
    picture = np.random.default_rng(0).integers(0, 256, (64, 64, 4), dtype=np.uint8)
    picture[..., :3] = np.minimum(picture[..., :3], picture[..., 3:])
    frame = whole_pixels(Frame(0.251, 0.124, 0.501), 64)
    assert np.array_equal(framed(picture, 32, frame), picture[8:40, 16:48])


def test_beyond_the_picture_is_nothing() -> None:
    picture = np.full((32, 32, 4), 200, np.uint8)
    picture[..., 3] = 255
    for size in (16, 48, 100):
        seen = framed(picture, size, Frame(-0.5, 0.0, 1.5))
        assert not seen[:, : size // 3 - 2].any()
        inside = seen[: size * 2 // 3 - 3, size // 3 + 3 :]
        assert (inside == [200, 200, 200, 255]).all()


def test_a_round_picture_has_a_smooth_edge_and_clear_corners() -> None:
    for side in (40, 41):
        picture = rounded(np.full((side, side, 4), 255, np.uint8))
        assert not picture[[0, 0, -1, -1], [0, -1, 0, -1]].any()
        assert (picture[side // 2] > 0).all()
        assert 0 < ((picture[..., 3] > 0) & (picture[..., 3] < 255)).sum() < 6 * side
        assert np.array_equal(picture, picture[::-1, ::-1])


def test_steadiness_is_the_largest_distance_in_pixels_of_512() -> None:
    first = {**MARKED, "shoulder_left": (0.9, 0.9), "shoulder_right": (0.1, 0.9)}
    other = {**first, "eye_left": (0.62, 0.40 + 3 / 512), "shoulder_right": (0.1 + 0.25 / 512, 0.9)}
    found = steadiness("anna", [first, first, other])
    assert found is not None
    assert (found.eyes, found.shoulders) == (3.0, 0.25)
    assert steadiness("anna", [first]) is None
    assert steadiness("anna", [first, MARKED]) is None
