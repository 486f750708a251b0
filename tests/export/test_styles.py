"""Styles and pixel art: what they promise about alpha, colours and repeatability."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from creator.attributes import AttributeSchema
from creator.character import new_character
from creator.export.oklab import from_oklab, to_oklab
from creator.export.pixel_art import pixel_art
from creator.export.styles import STYLES

from .conftest import head


@pytest.fixture
def pictures(schema: AttributeSchema) -> list[NDArray[np.uint8]]:
    moods = ("neutral", "happy", "sad")
    return [head(48, new_character(schema, 4, values={"expression": mood})) for mood in moods]


@pytest.mark.parametrize("style", sorted(STYLES))
def test_a_style_changes_the_colours_and_never_the_alpha(
    pictures: list[NDArray[np.uint8]], schema: AttributeSchema, style: str
) -> None:
    picture = head(128, new_character(schema, 4))
    drawn = STYLES[style](picture)
    assert np.array_equal(drawn[..., 3], picture[..., 3])
    assert (drawn[..., :3] <= drawn[..., 3:]).all(), "premultiplied"
    assert np.abs(drawn.astype(int) - picture)[..., :3].mean() > 1
    assert np.array_equal(drawn, STYLES[style](picture))
    assert not STYLES[style](np.zeros((32, 32, 4), np.uint8)).any()


def test_ink_is_black_on_white_for_every_skin(schema: AttributeSchema) -> None:
    for shade in (0.25, 1.0):
        picture = head(128, new_character(schema, 4)).astype(float)
        picture[..., :3] *= shade
        drawn = STYLES["ink"](np.rint(picture).astype(np.uint8))
        face = drawn[drawn[..., 3] == 255][:, :3].astype(int)
        assert np.ptp(face, axis=1).max() < 16, "no colours"
        assert (face.mean(axis=1) > 220).mean() > 0.2, "paper"
        assert (face.mean(axis=1) < 60).mean() > 0.005, "lines"


@pytest.mark.parametrize("dither", [False, True])
@pytest.mark.parametrize("outline", [False, True])
@pytest.mark.parametrize("colours", [8, 20])
def test_pixel_art_shares_few_colours_in_a_set(
    pictures: list[NDArray[np.uint8]], colours: int, outline: bool, dither: bool
) -> None:
    drawn = pixel_art(pictures, colours, outline, dither)
    everything = np.concatenate([picture.reshape(-1, 4) for picture in drawn])
    assert set(np.unique(everything[:, 3])) == {0, 255}
    used = np.unique(everything[everything[:, 3] == 255], axis=0)
    assert 4 < len(used) <= colours
    for picture, source in zip(drawn, pictures, strict=True):
        grown = int((picture[..., 3] == 255).sum() - (source[..., 3] >= 128).sum())
        assert (grown > 0) is outline
    assert all(np.array_equal(a, b) for a, b in zip(drawn, pixel_art(pictures, colours, outline, dither), strict=True))


def test_the_outline_is_dark_and_goes_around(pictures: list[NDArray[np.uint8]]) -> None:
    (drawn,) = pixel_art(pictures[:1], 12)
    shape = pictures[0][..., 3] >= 128
    rim = (drawn[..., 3] == 255) & ~shape
    assert len(np.unique(drawn[rim], axis=0)) == 1
    assert drawn[rim][0, :3].max() < 80
    clear = drawn[..., 3] == 0
    assert not (clear[:-1] & shape[1:]).any(), "nothing of the figure touches what is clear"


def test_an_empty_picture_is_no_trouble() -> None:
    (drawn,) = pixel_art([np.zeros((16, 16, 4), np.uint8)], 8)
    assert not drawn.any()


def test_oklab_goes_there_and_back() -> None:
    colours = np.random.default_rng(0).random((100, 3)).astype(np.float32)
    assert np.abs(from_oklab(to_oklab(colours)) - colours).max() < 2e-3
    assert to_oklab(np.ones((1, 3), np.float32))[0] == pytest.approx([1, 0, 0], abs=1e-3)
