from __future__ import annotations

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.training.evaluation.fidelity import (  # noqa: E402
    WHOLE,
    alpha_errors,
    landmark_errors,
    region_weights,
    structural_similarity,
    weighted_psnr,
)
from creator.training.evaluation.pictures import blurred  # noqa: E402


def textured(count: int = 2, size: int = 128, seed: int = 0) -> np.ndarray:
    """Solid pictures with detail of every size."""
    random = np.random.default_rng(seed)
    pixels = np.full((count, size, size, 4), 255, np.uint8)
    for octave in (4, 8, 16, 32):
        grain = random.normal(0, 18, (count, octave, octave)).repeat(size // octave, 1).repeat(size // octave, 2)
        pixels[..., :3] = np.clip(pixels[..., :3] * 1.0 - 30 + grain[..., None], 0, 255)
    return pixels


def masks_of(count: int, size: int) -> np.ndarray:
    """Skin at the left, clothes at the right."""
    masks = np.zeros((count, size, size, 8), np.uint8)
    masks[:, :, : size // 2, 0] = 255
    masks[:, :, size // 2 :, 7] = 255
    return masks


def test_equal_pictures_are_perfect_everywhere() -> None:
    pixels = textured()
    weights = region_weights(masks_of(2, 128))
    assert (weighted_psnr(pixels, pixels, weights)[WHOLE] == 80.0).all()
    np.testing.assert_allclose(structural_similarity(pixels, pixels, weights)["skin"], 1.0, atol=1e-4)
    assert np.isnan(weighted_psnr(pixels, pixels, weights)["lips"]).all()  # nobody has any
    assert all((errors == 0).all() for errors in alpha_errors(pixels, pixels))


def test_a_known_error_has_its_psnr_in_its_own_region() -> None:
    pixels, other = textured(), textured()
    skin = pixels[:, :, :64, :3].astype(int)
    other[:, :, :64, :3] = skin + np.where(skin > 127, -10, 10)
    found = weighted_psnr(other, pixels, region_weights(masks_of(2, 128)))
    np.testing.assert_allclose(found["skin"], 20 * np.log10(255 / 10), atol=0.01)
    assert (found["clothes"] == 80.0).all()
    np.testing.assert_allclose(found[WHOLE], found["skin"] + 10 * np.log10(2), atol=0.01)


def test_blur_costs_similarity_and_a_constant_shift_little() -> None:
    pixels = textured(size=256)
    weights = {WHOLE: np.ones((2, 256, 256), np.float32)}
    soft = structural_similarity(blurred(pixels, 128), pixels, weights)[WHOLE]
    lighter = np.clip(pixels.astype(int) + np.array([4, 4, 4, 0]), 0, 255).astype(np.uint8)
    shifted = structural_similarity(lighter, pixels, weights)[WHOLE]
    assert (soft < 0.99).all()
    assert (shifted > soft).all()


def test_alpha_is_measured_everywhere_and_at_the_edges() -> None:
    truth = np.zeros((1, 64, 64, 4), np.uint8)
    truth[:, :32, :, 3] = 255
    truth[:, 32, :, 3] = 128
    made = truth.copy()
    made[:, 32, :, 3] = 77
    everywhere, edges = alpha_errors(made, truth)
    assert float(edges[0]) == pytest.approx(51 / 255, abs=1e-6)
    assert float(everywhere[0]) == pytest.approx(51 / 255 / 64, abs=1e-6)


def test_shifted_landmarks_are_found_where_they_went() -> None:
    random = np.random.default_rng(3)
    grain = random.integers(60, 200, (1, 140, 140, 1), np.uint8).repeat(4, 3)
    grain[..., 3] = 255
    truth, moved = grain[:, 6:134, 6:134], grain[:, 7:135, 4:132]  # content moves 2 to the right, 1 up
    xy = np.array([[[40.3, 50.8], [90.0, 70.0], [64.0, 64.0], [2.0, 2.0]]], np.float32)
    cosine = np.array([[0.9, 0.9, -0.2, 0.9]], np.float32)
    found = landmark_errors(moved, truth, xy, cosine)
    np.testing.assert_allclose(found[0, :2], np.hypot(2, 1), atol=0.15)
    assert np.isnan(found[0, 2:]).all()  # it faces away; it lies at the border
    np.testing.assert_allclose(landmark_errors(truth, truth, xy, cosine)[0, :2], 0.0, atol=0.05)


def test_flat_places_have_no_landmarks() -> None:
    flat = np.full((1, 128, 128, 4), 200, np.uint8)
    found = landmark_errors(flat, flat, np.full((1, 1, 2), 64.0, np.float32), np.ones((1, 1), np.float32))
    assert np.isnan(found).all()
