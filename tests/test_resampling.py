from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from creator.resampling import framed, straight_rgba


def disc(size: int, colour: tuple[int, int, int]) -> NDArray[np.uint8]:
    """A soft disc of one colour: uint8, (size, size, 4), premultiplied."""
    rows, columns = np.mgrid[:size, :size] + 0.5
    alpha = np.clip((0.4 * size - np.hypot(rows - size / 2, columns - size / 2)) / 2 + 0.5, 0, 1)[..., None]
    return np.rint(np.concatenate([alpha * colour, alpha * 255], axis=2)).astype(np.uint8)


def straight(pixels: NDArray[np.uint8], size: int | None = None) -> NDArray[np.uint8]:
    """The picture as a file holds it."""
    return straight_rgba(pixels if size is None else framed(pixels, size))


@pytest.mark.parametrize("size", [None, 16, 17, 48, 64, 100, 144, 256])
def test_one_colour_stays_one_colour_at_every_edge(size: int | None) -> None:
    picture = straight(disc(64, (200, 120, 90)), size).astype(int)
    side = size or 64
    assert picture.shape == (side, side, 4)
    visible = picture[..., 3] > 0
    assert visible.any()
    # An 8-bit premultiplied pixel of alpha a knows its colour only to 128 / a.
    error = np.abs(picture[..., :3] - [200, 120, 90]).max(axis=2) * picture[..., 3] / 255
    assert error[visible].max() <= 2.5
    assert np.abs(picture[picture[..., 3] > 250][:, :3] - [200, 120, 90]).max() <= 1


@pytest.mark.parametrize("size", [None, 48, 128])
def test_transparent_pixels_beside_the_edge_carry_its_colour(size: int | None) -> None:
    picture = straight(disc(64, (200, 120, 90)), size).astype(int)
    clear = picture[..., 3] == 0
    beside = np.zeros_like(clear)
    for axis in (0, 1):
        for step in (-1, 1):
            beside |= np.roll(picture[..., 3] > 0, step, axis)
    assert np.abs(picture[clear & beside][:, :3] - [200, 120, 90]).max() < 60
    assert not picture[0, 0].any(), "far from the edge it stays empty, which compresses well"


def test_reducing_averages_light_and_not_codes() -> None:
    board = np.zeros((64, 64, 4), np.uint8)
    board[..., 3] = 255
    board[(np.indices((64, 64)).sum(0) % 2) == 0, :3] = 255
    grey = straight(board, 16)[4:12, 4:12, :3]
    assert abs(float(grey.mean()) - 188) < 2, "half of the light is sRGB 188"


@pytest.mark.parametrize("size", [100, 256])
def test_enlarging_makes_no_rims(size: int) -> None:
    step = np.full((64, 64, 4), 255, np.uint8)
    step[:, :32, :3] = 40
    step[:, 32:, :3] = 200
    picture = straight(step, size)[..., :3]
    assert picture.min() >= 39
    assert picture.max() <= 201


def test_without_resizing_the_picture_is_exact() -> None:
    rng = np.random.default_rng(0)
    alpha = rng.integers(0, 256, (16, 16, 1))
    colour = np.rint(rng.random((16, 16, 3)) * alpha)
    pixels = np.concatenate([colour, alpha], axis=2).astype(np.uint8)
    picture = straight(pixels).astype(float)
    again = np.rint(picture[..., :3] * picture[..., 3:] / 255)
    assert np.array_equal(picture[..., 3], pixels[..., 3])
    assert np.abs(again - pixels[..., :3]).max() <= 1


@given(seed=st.integers(0, 2**32 - 1), size=st.sampled_from([None, 16, 23, 40]))
def test_any_pixels_give_a_picture(seed: int, size: int | None) -> None:
    pixels = np.random.default_rng(seed).integers(0, 256, (24, 24, 4), dtype=np.uint8)
    picture = straight(pixels, size)
    assert picture.dtype == np.uint8
    assert picture.shape[0] == (size or 24)


def test_a_black_and_an_empty_picture_survive() -> None:
    empty = np.zeros((16, 16, 4), np.uint8)
    assert not straight(empty, 20).any()
    empty[..., 3] = 255
    assert straight(empty, 20)[..., :3].max() == 0
