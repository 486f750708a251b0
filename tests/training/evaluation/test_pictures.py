from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.training.evaluation.pictures import (  # noqa: E402
    Portraitist,
    blurred,
    colours,
    floats,
    luma,
    pixels_of,
    smaller,
)
from creator.training.gaussian_blur import gaussian_blur  # noqa: E402


def test_blur_keeps_flat_pictures_and_the_mean() -> None:
    flat = torch.full((1, 4, 32, 32), 0.3)
    torch.testing.assert_close(gaussian_blur(flat, 1.5), flat)
    point = torch.zeros(1, 1, 33, 33)
    point[0, 0, 16, 16] = 1.0
    assert float(gaussian_blur(point, 1.5).sum()) == pytest.approx(1.0, abs=1e-4)
    assert float(gaussian_blur(point, 1.5)[0, 0, 16, 16]) < 0.1


def test_the_control_is_as_soft_at_every_size() -> None:
    random = np.random.default_rng(0)
    pixels = random.integers(0, 256, (2, 256, 256, 4), np.uint8)
    small_then_soft = blurred(smaller(pixels, 128), 256).astype(float)
    soft_then_small = smaller(blurred(pixels, 256), 128).astype(float)
    sharp = smaller(pixels, 128).astype(float)
    assert np.abs(small_then_soft - soft_then_small).mean() < 0.25 * np.abs(sharp - soft_then_small).mean()


def test_pixels_survive_the_way_through_floats() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (3, 64, 64, 4), np.uint8)
    np.testing.assert_array_equal(pixels_of(floats(pixels)), pixels)
    assert smaller(pixels, 64) is pixels
    assert smaller(pixels, 32).shape == (3, 32, 32, 4)


def test_clear_pictures_are_mid_grey() -> None:
    clear = np.zeros((1, 64, 64, 4), np.uint8)
    assert float(colours(clear).mean()) == pytest.approx(0.5, abs=0.01)
    assert float(luma(clear).std()) == 0.0


def test_the_portraitist_gives_a_head_of_its_own_or_reduces(small_network) -> None:
    attributes = np.zeros((3, small_network.config.attribute_size), np.float32)
    identity = np.zeros((3, 64), np.float32)
    full = Portraitist(small_network)(attributes, identity)
    assert full.shape == (3, 256, 256, 4)
    reduced = Portraitist(small_network)(attributes, identity, 128)
    np.testing.assert_array_equal(reduced, smaller(full, 128))
    draft = Portraitist(small_network, 128)(attributes, identity)
    assert draft.shape == (3, 128, 128, 4)
    assert (draft != reduced).any()
