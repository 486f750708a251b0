from __future__ import annotations

import math

import pytest

torch = pytest.importorskip("torch", reason="needs the extra 'training'")

from creator.training.generator.fixed_noise import BANDS, FixedNoise, roughened, streak_noise  # noqa: E402


@pytest.fixture(scope="module")
def noise() -> FixedNoise:
    return FixedNoise(64)


def _roughness(picture: torch.Tensor) -> tuple[float, float]:
    """Mean change from pixel to pixel, to the right and down."""
    return float(picture.diff(dim=-1).abs().mean()), float(picture.diff(dim=-2).abs().mean())


@pytest.mark.parametrize("band", BANDS)
def test_streaks_have_unit_variance_and_are_the_same_each_time(band: tuple[float, float]) -> None:
    one = streak_noise(64, 0.3, band, 7)
    assert one.mean() == pytest.approx(0.0, abs=1e-5)
    assert one.std() == pytest.approx(1.0, abs=1e-5)
    assert (one == streak_noise(64, 0.3, band, 7)).all()
    assert (one != streak_noise(64, 0.3, band, 8)).any()


@pytest.mark.parametrize("layer", range(len(BANDS)))
def test_streaks_follow_the_hair(noise: FixedNoise, layer: int) -> None:
    tangent = torch.zeros(1, 2, 64, 64)
    tangent[:, 0] = 0.8
    across, down = _roughness(noise(tangent)[:, layer])
    assert down > 3.0 * across
    across, down = _roughness(noise(tangent.flip(1))[:, layer])
    assert across > 3.0 * down
    # Up and to the right: pixels up to the right are alike, pixels down to the right are not.
    slanted = noise(torch.full((1, 2, 64, 64), 0.5))[0, layer]
    alike = float((slanted[1:, :-1] - slanted[:-1, 1:]).abs().mean())
    other = float((slanted[:-1, :-1] - slanted[1:, 1:]).abs().mean())
    assert other > 3.0 * alike


def test_streaks_keep_their_strength_between_orientations(noise: FixedNoise) -> None:
    spreads = []
    for angle in torch.linspace(0.0, math.pi, 33):
        tangent = torch.stack([torch.cos(angle), torch.sin(angle)]).view(1, 2, 1, 1).expand(1, 2, 64, 64)
        spreads.append(float(noise(tangent)[:, 0].std()))
    assert min(spreads) > 0.85
    assert max(spreads) < 1.15


def test_only_hair_is_roughened(noise: FixedNoise) -> None:
    picture = torch.full((1, 4, 128, 128), 0.5)
    hair = torch.zeros(1, 1, 128, 128)
    hair[:, :, :40] = 1.0
    strands = noise(torch.ones(1, 2, 64, 64))
    strength = torch.full((1, 4, 64, 64), 0.1)
    found = roughened(picture, strength, strands, hair)
    assert bool((found[..., 41:, :] == picture[..., 41:, :]).all())
    assert float(found[..., :40, :].std()) > 0.02
    assert bool((roughened(picture, 0.0 * strength, strands, hair) == picture).all())
