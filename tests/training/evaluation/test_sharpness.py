from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.training.evaluation.pictures import blurred  # noqa: E402
from creator.training.evaluation.sharpness import decibels, region_spectrum  # noqa: E402


@pytest.fixture(scope="module")
def noise() -> np.ndarray:
    pixels = np.random.default_rng(0).integers(0, 256, (3, 128, 128, 1), np.uint8).repeat(4, 3)
    pixels[..., 3] = 255
    return pixels


def test_white_noise_is_white_and_equal_sets_do_not_differ(noise) -> None:
    region = np.ones((3, 128, 128), np.float32)
    found = region_spectrum(noise, region)
    assert found is not None
    assert found.patches == 3 * 7 * 7
    assert found.octave(0) == pytest.approx(found.octave(1), rel=0.15)
    assert decibels(found, found, 0) == 0.0


def test_a_blurred_set_loses_the_top_octave_most(noise) -> None:
    region = np.ones((3, 128, 128), np.float32)
    sharp, soft = region_spectrum(noise, region), region_spectrum(blurred(noise, 128), region)
    assert sharp is not None
    assert soft is not None
    assert decibels(soft, sharp, 0) < -15
    assert decibels(soft, sharp, 0) < decibels(soft, sharp, 1) < -2


def test_only_the_region_counts(noise) -> None:
    half = noise.copy()
    half[:, :, 64:] = 128
    region = np.zeros((3, 128, 128), np.float32)
    region[:, :, :64] = 1.0
    inside, whole = region_spectrum(half, region), region_spectrum(noise, region)
    assert inside is not None
    assert whole is not None
    assert decibels(inside, whole, 0) == 0.0
    assert region_spectrum(noise, np.zeros((3, 128, 128), np.float32)) is None
