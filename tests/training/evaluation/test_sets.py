"""Measures between sets: distribution, diversity, identification, smoothness."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.training.evaluation.distribution import (  # noqa: E402
    kernel_distance,
    laplacian_pyramid,
    pyramid_patches,
    sliced_wasserstein,
    standardised,
    wavelet_features,
)
from creator.training.evaluation.diversity import density_and_coverage, nearest, thumbnails  # noqa: E402
from creator.training.evaluation.identification import area_under_curve, pair_likeness  # noqa: E402
from creator.training.evaluation.pictures import blurred  # noqa: E402
from creator.training.evaluation.smoothness import largest_over_median, step_sizes  # noqa: E402


def grainy(count: int, seed: int) -> np.ndarray:
    pixels = np.random.default_rng(seed).integers(0, 256, (count, 64, 64, 4), np.uint8)
    pixels[..., 3] = 255
    return pixels


def test_equal_sets_have_no_distance_and_shifted_ones_their_shift() -> None:
    points = np.random.default_rng(0).standard_normal((500, 8)).astype(np.float32)
    assert sliced_wasserstein(points, points) == 0.0
    assert sliced_wasserstein(points[::-1].copy(), points) == 0.0  # order does not count
    shift = np.zeros(8, np.float32)
    shift[0] = 2.0
    random = np.random.default_rng(0).standard_normal((8, 256))
    expected = 2.0 * np.abs(random[0] / np.linalg.norm(random, axis=0)).mean() / points.std()
    assert sliced_wasserstein(points + shift, points) == pytest.approx(expected, rel=1e-3)
    with pytest.raises(ValueError, match="500 and 400"):
        sliced_wasserstein(points, points[:400])


def test_kernel_distance_is_about_zero_for_one_distribution_and_grows() -> None:
    random = np.random.default_rng(1)
    one, same = random.standard_normal((2, 400, 6))
    near, far = random.standard_normal((400, 6)) + 0.3, random.standard_normal((400, 6)) + 1.0
    assert abs(kernel_distance(one, same)) < 0.05
    assert 0.05 < kernel_distance(one, near) < kernel_distance(one, far)


def test_the_pyramid_adds_up_and_blur_shows_in_its_finest_level_most() -> None:
    pixels, others = grainy(12, 0), grainy(12, 1)
    picture = torch.rand(1, 3, 64, 64)
    fine, middle, rest = laplacian_pyramid(picture)
    enlarge = torch.nn.functional.interpolate
    whole = fine + enlarge(middle + enlarge(rest, scale_factor=2, mode="bilinear"), scale_factor=2, mode="bilinear")
    torch.testing.assert_close(whole, picture)
    reference, floor, soft = (pyramid_patches(part) for part in (pixels, others, blurred(others, 64)))
    assert set(reference) == {64, 32, 16}
    floors = {side: sliced_wasserstein(floor[side], reference[side]) for side in reference}
    softs = {side: sliced_wasserstein(soft[side], reference[side]) for side in reference}
    assert floors[64] < 0.1
    assert softs[64] > 5 * floors[64]
    assert softs[64] > softs[16]


def test_wavelets_tell_where_detail_is() -> None:
    pixels = grainy(4, 2)
    flat = pixels.copy()
    flat[:, :32] = 128
    features, halved = wavelet_features(pixels), wavelet_features(flat)
    assert features.shape == (4, 144)
    finest = halved[:, :48].reshape(4, 3, 4, 4)
    assert (finest[:, :, :2] < -10).all()
    np.testing.assert_allclose(finest[:, :, 2:], features[:, :48].reshape(4, 3, 4, 4)[:, :, 2:], atol=1e-4)
    ready = standardised(features, features)
    np.testing.assert_allclose(ready.mean(0), 0.0, atol=1e-4)


def test_coverage_finds_a_collapsed_generator() -> None:
    random = np.random.default_rng(3)
    real, made = random.standard_normal((2, 300, 4))
    density, coverage = density_and_coverage(real, made)
    assert density == pytest.approx(1.0, abs=0.15)
    assert coverage > 0.9
    one_person = np.repeat(made[:3], 100, 0)
    assert density_and_coverage(real, one_person)[1] < 0.2
    far = made + 50.0
    assert density_and_coverage(real, far) == (0.0, 0.0)


def test_people_learned_by_heart_have_no_distance() -> None:
    random = np.random.default_rng(4)
    training, others = random.standard_normal((2, 50, 5))
    assert (nearest(training[:10], training) < 1e-6).all()
    assert (nearest(others, training) > 0.1).all()
    assert thumbnails(grainy(2, 0)).shape == (2, 16 * 16 * 4)


@given(st.lists(st.integers(-3, 3), min_size=1, max_size=12), st.lists(st.integers(-3, 3), min_size=1, max_size=12))
def test_area_under_curve_is_the_share_of_pairs_in_order(same, different) -> None:
    one, other = np.array(same, float), np.array(different, float)
    pairs = (one[:, None] > other[None]).mean() + 0.5 * (one[:, None] == other[None]).mean()
    assert area_under_curve(one, other) == pytest.approx(pairs)


def test_pairs_of_one_person_and_of_two() -> None:
    embeddings = np.eye(3)[[0, 0, 1, 2]]
    same, different = pair_likeness(embeddings, np.array([0, 0, 1, 2]))
    assert same.tolist() == [1.0]
    assert different.tolist() == [0.0] * 5
    assert area_under_curve(same, different) == 1.0


def test_a_jump_stands_out_of_an_even_sweep() -> None:
    levels = np.arange(0, 90, 10)
    even = np.full((9, 64, 64, 4), 255, np.uint8)
    even[..., :3] = levels[:, None, None, None]
    np.testing.assert_allclose(step_sizes(even), 10.0, rtol=1e-4)
    assert largest_over_median(step_sizes(even)) == pytest.approx(1.0)
    jump = even.copy()
    jump[5:, ..., :3] += 50
    assert largest_over_median(step_sizes(jump)) == pytest.approx(6.0, rel=1e-3)
    assert np.isnan(largest_over_median(step_sizes(even[:1].repeat(5, 0))))
